"""The recipes of `cnnedu train`: networks and the settings to train them with, by name."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from cnnedu.models.classic import classic
from cnnedu.models.whitened import fast, record
from cnnedu.training.settings import Settings, TrainingError


class Recipe(NamedTuple):
    """A network and the settings to train it with."""

    build: Callable  # returns the network
    settings: Settings


# What introductory texts do: a plain loop, Adam, batches of 32, no augmentation.
CLASSIC = Recipe(classic, Settings(epochs=10, batch_size=32, optimizer="adam", learning_rate=1e-3))

# Aims at the best accuracy in the time that `classic` takes on two CPU cores.
FAST = Recipe(
    fast,
    Settings(
        epochs=8,
        held_out=0.02,
        batch_size=500,
        whitened=True,
        optimizer="muon",
        learning_rate=0.1,
        momentum=0.6,
        rest_momentum=0.85,
        shift_rate=12.5,
        dense_rate=150.0,
        weight_decay=1e-3,
        label_smoothing=0.1,
        flip="alternating",
        shift=2,
        sizes=((20, 1 / 4), (32, 1)),
        average=0.95,
        views=6,
        precision="bfloat16",
    ),
)

# Aims at the best accuracy in an hour on two CPU cores: a larger network, more epochs without the
# easy pictures, and squares covered so that it memorises less.
RECORD = Recipe(
    record,
    replace(
        FAST.settings,
        epochs=48,
        batch_size=360,
        left_out=1 / 3,
        sizes=((24, 0.3), (32, 1)),
        shift=4,
        cutout=12,
    ),
)

RECIPES = {"classic": CLASSIC, "fast": FAST, "record": RECORD}


def changed(settings, words):
    """Return settings with some values changed by words of the form `NAME=VALUE`.

    Raises:
        TrainingError: a word has another form, an unknown name, or a value that doesn't fit.

    >>> changed(Settings(), ["flip=random", "shift=2"]).flip
    'random'
    """
    changes = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in Settings.__dataclass_fields__:
            raise TrainingError(
                f"{word!r} is not NAME=VALUE; the names are "
                f"{', '.join(Settings.__dataclass_fields__)}"
            )
        try:
            changes[name] = ast.literal_eval(value)
        except (SyntaxError, ValueError):
            changes[name] = value  # a word, such as "random"
    return replace(settings, **changes)
