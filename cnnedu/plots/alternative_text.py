"""What a figure shows, in words, for readers who don't see it."""

import re

COLOURS = "<colorbar>"  # the label that matplotlib gives the axes of a colour bar
MOST_PANELS = 12
MOST_WORDS = 60
MOST_NUMBERS = 4


def alternative_text(figure):
    """Return one line that says what a figure shows, from its titles, axes, legends and texts.

    >>> from cnnedu.plots.style import plt, style
    >>> with style():
    ...     figure, axes = plt.subplots()
    ...     _ = axes.plot([0, 1], [2, 1], label="held out")
    ...     _ = axes.set(title="Loss", xlabel="epoch", ylabel="nats")
    >>> alternative_text(figure)
    'Loss: nats over epoch (held out).'

    The rows of a chart are named, each with what is written at its bar:

    >>> with style():
    ...     figure, axes = plt.subplots()
    ...     _ = axes.bar_label(axes.barh(["cat", "dog"], [60, 40]), fmt="%d %%")
    >>> alternative_text(figure)
    'cat 60 %, dog 40 %.'
    """
    panels = [axes for axes in figure.axes if axes.get_visible() and axes.get_label() != COLOURS]
    said = [_plain(figure.get_suptitle())]
    said += list(dict.fromkeys(_panel(axes) for axes in panels[:MOST_PANELS]))
    if len(panels) > MOST_PANELS:
        said.append(f"{len(panels)} panels in all")
    said.append(_listed(figure.texts))
    words = ". ".join(part.rstrip(".") for part in said if part).split()
    ending = "" if len(words) <= MOST_WORDS else " …"
    return (" ".join(words[:MOST_WORDS]) or "A drawing") + (ending or ".")


def _panel(axes):
    """Return what one pair of axes shows: title, axes, legend, or else the words in it."""
    title = _plain(axes.get_title() or axes.get_title("left") or axes.get_title("right"))
    x, y = _plain(axes.get_xlabel()), _plain(axes.get_ylabel())
    against = f"{y} over {x}" if x and y else x or y
    legend = axes.get_legend()
    names = [_plain(text.get_text()) for text in legend.texts] if legend else []
    names = names or [
        label for label in axes.get_legend_handles_labels()[1] if not label.startswith("_")
    ]
    names = f"({', '.join(map(_plain, names))})" if names else ""
    words = " ".join(part for part in (against, names) if part)
    if rows := _rows(axes):
        texts = [_plain(text.get_text()) for text in axes.texts]
        if len(texts) == len(rows):
            rows = [" ".join(pair) for pair in zip(rows, texts, strict=True)]
        words = ": ".join(part for part in (words, ", ".join(rows)) if part)
    words = words or _listed(axes.texts)
    if not words and axes.images:
        words = "" if title else "a picture"
    return ": ".join(part for part in (title, words) if part)


def _rows(axes):
    """Return the names of the rows of a chart, none where they are numbers."""
    low, high = sorted(axes.get_ylim())
    labels = [tick for tick in axes.get_yticklabels() if low <= tick.get_position()[1] <= high]
    names = [_plain(tick.get_text()) for tick in labels]
    named = any(re.match(r"[^\W\d_]{2}", name) for name in names)
    return [name for name in names if name] if named else []


def _listed(texts):
    """Return the words among texts, and only how many numbers there are if they are many."""
    texts = list(dict.fromkeys(_plain(text.get_text()) for text in texts if text.get_text()))
    numbers = [text for text in texts if _is_number(text)]
    if len(numbers) <= MOST_NUMBERS:
        return ", ".join(texts)
    words = [text for text in texts if not _is_number(text)]
    return ", ".join([*words, "a table of numbers"])


def _is_number(text):
    return re.fullmatch(r"[−+-]?[\d.,]+", text) is not None


def _plain(text):
    """Return a text in one line, without the dollars of its formulas."""
    return " ".join(text.replace("$", "").split())
