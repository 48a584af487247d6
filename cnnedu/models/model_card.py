"""A model card: what a network is for, what it was measured on, and what it can't do."""

SECTIONS = ("intended use", "not for", "data", "splits", "training", "measures", "limits")


def model_card(name, parts):
    """Return a model card as Markdown.

    Args:
        name: of the network.
        parts: {section: text, or {what: value} for a table}, with all of `SECTIONS`.

    Raises:
        ValueError: a section is missing, empty, or not one of `SECTIONS`.

    Source
        Mitchell et al., "Model cards for model reporting", FAT* 2019.

    >>> parts = {section: "to be written" for section in SECTIONS}
    >>> print(model_card("charms", parts)[:38])
    # Model card: charms
    <BLANKLINE>
    ## Intended use
    """
    if unknown := set(parts) - set(SECTIONS):
        raise ValueError(f"model_card: there is no section {', '.join(sorted(unknown))}")
    if missing := [section for section in SECTIONS if not parts.get(section)]:
        raise ValueError(f"model_card: nothing is said about: {', '.join(missing)}")
    texts = [f"## {section.capitalize()}\n\n{_text(parts[section])}" for section in SECTIONS]
    return "\n\n".join([f"# Model card: {name}", *texts]) + "\n"


def _text(part):
    """Return a text as it is, a dict as a table."""
    if isinstance(part, str):
        return part
    return "\n".join(["| | |", "| --- | --- |", *(f"| {k} | {v} |" for k, v in part.items())])
