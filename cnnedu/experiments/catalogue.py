"""All experiments of the course: find one by name, or list them with what each costs."""

from importlib import import_module
from pathlib import Path

import numpy as np

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("l[0-9]*.py"))


class UnknownExperiment(ValueError):
    """No such experiment, part or seed; the message says in one line what there is."""


def find(name):
    """Return the only `Experiment` whose name begins with `name`.

    Raises:
        UnknownExperiment: none does, or several do.

    >>> find("l18").name
    'l18_splits'
    """
    found = [known for known in NAMES if known.startswith(name)]
    if len(found) != 1:
        raise UnknownExperiment(f"no single experiment {name!r}; choose from {', '.join(NAMES)}")
    return import_module(f"cnnedu.experiments.{found[0]}").figures


def runs(experiment, part="", seeds=()):
    """Return what to measure: pairs (part, seed), where seed is None if the part has no seeds.

    Args:
        experiment: `Experiment`.
        part: one of its parts; "" for all.
        seeds: whole numbers; () for the part's own.

    Raises:
        UnknownExperiment: there is no such part, or it takes no seeds.
    """
    if part not in ("", *experiment.parts):
        raise UnknownExperiment(
            f"{experiment.name} has no part {part!r}; it has {', '.join(experiment.parts)}"
        )
    wanted = [part] if part else list(experiment.parts)
    if seeds and not all(experiment.parts[name].seeds for name in wanted):
        problem = f"{part} takes no seeds" if part else "not every part takes seeds; name one"
        raise UnknownExperiment(f"{experiment.name}: {problem}")
    return [
        (name, seed)
        for name in wanted
        for seed in (seeds or experiment.parts[name].seeds or (None,))
    ]


def shown(result):
    """Return a result that JSON can hold, with only the shapes of arrays."""
    if not isinstance(result, dict):
        return result
    return {
        name: list(value.shape) if isinstance(value, np.ndarray) else value
        for name, value in result.items()
    }


def table():
    """Return a table of all experiments and their parts, with minutes on two CPU cores."""
    lines = []
    for name in NAMES:
        experiment = find(name)
        lines.append(f"{name}: {experiment.about}")
        for part, known in experiment.parts.items():
            seeds = f"{len(known.seeds)} seeds" if known.seeds else ""
            data = "CIFAR-10" if known.needs_cifar10 else ""
            lines.append(f"  {part:<13}{known.minutes:>4} min  {seeds:<9} {data}".rstrip())
    return "\n".join(lines)
