"""Lesson 11: what each remedy against over-fitting is worth, and on digits in particular.

A network learns few pictures with each remedy alone and with several together. Every remedy gets
the same number of epochs, and the strength and learning rate that suit it: those with the best
accuracy on pictures and seeds that take no part in the comparison.
"""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from cnnedu.data.digits import shuffled_digits
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.models.classic import equipped
from cnnedu.training.augmentation import cutout, random_flip, random_rotation, random_shift
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import teach

TUNING_SEEDS = 1000, 1001
RATES = 1e-3, 3e-3, 1e-2


def half_turn(x):
    """Turn each picture by 180° with probability 1/2."""
    return torch.where(torch.rand(len(x), 1, 1, 1) < 0.5, x.flip(2, 3), x)


def network(channels=1, side=8):
    """Build 3×3 convolutions, each with a pooling, until maps are 2×2, and two dense layers.

    Args:
        channels: of the pictures (N, channels, side, side).
        side: 8 for two convolutions, 16 for three.

    >>> [sum(p.numel() for p in built.parameters()) for built in (network(), network(3, 16))]
    [13706, 23242]
    """
    layers, maps = [], 16
    while side > 2:
        layers += nn.Conv2d(channels, maps, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)
        channels, maps, side = maps, 32, side // 2
    return nn.Sequential(
        *layers, nn.Flatten(), nn.Linear(4 * channels, 64), nn.ReLU(), nn.Linear(64, 10)
    )


# What a remedy of a strength adds to the plain run: keywords for `equipped` and for `teach`. The
# strengths of shifts and squares are parts of the picture's side.
REMEDIES = {
    "nothing": lambda _: ({}, {}),
    "early stopping": lambda patience: ({}, {"patience": patience}),
    "L2 in the loss": lambda strength: ({}, {"l2": strength}),
    "weight decay": lambda strength: ({}, {"decay": strength}),
    "dropout": lambda p: ({"dropout": p}, {}),
    "batch norm": lambda _: ({"batch_norm": True}, {}),
    "label smoothing": lambda share: ({}, {"label_smoothing": share}),
    "shift": lambda part: ({}, {"augment": lambda x: random_shift(x, round(part * x.shape[3]))}),
    "rotate": lambda most: ({}, {"augment": lambda x: random_rotation(x, most)}),
    "cut-out": lambda part: ({}, {"augment": lambda x: cutout(x, round(part * x.shape[3]))}),
    "mirror": lambda _: ({}, {"augment": random_flip}),
    "half turns": lambda _: ({}, {"augment": half_turn}),
}
STRENGTHS = {  # those tried
    "early stopping": (10, 20),
    "L2 in the loss": (1e-3, 1e-2),
    "weight decay": (0.1, 1.0),
    "dropout": (0.25, 0.5),
    "label smoothing": (0.1, 0.3),
    "shift": (1 / 8, 1 / 4),
    "rotate": (15,),
    "cut-out": (1 / 4, 3 / 8),
}
TOGETHER = "several together"


@dataclass(frozen=True)
class Task:
    """Pictures to learn, and how long.

    Args:
        draw: function of a seed, after CIFAR-10 where it is needed; returns pictures and labels
            (x, y) three times: to learn from, to stop by, to judge by.
        epochs: how many.
        remedies: names in `REMEDIES`, the plain run first.
        together: those of them that are also tried together.
        strengths: those to choose from, for each remedy that has one.
        batch_size: pictures per step.
    """

    draw: Callable
    epochs: int
    remedies: tuple[str, ...]
    together: tuple[str, ...] = ()
    strengths: Mapping = field(default_factory=lambda: STRENGTHS)
    batch_size: int = 20

    def tune(self, *data):
        """Return {remedy: [strength, rate]}: the best on average over `TUNING_SEEDS`.

        Remedies that are tried together keep the strengths that suit each of them alone.
        """
        draws = [(seed, self.draw(*data, seed)) for seed in TUNING_SEEDS]
        found = {}
        for name in self.names():
            strengths = (None,)
            if name == TOGETHER:
                strengths = ([found[one][0] for one in self.together],)
            elif name in self.strengths:
                strengths = self.strengths[name]
            found[name] = max(
                ([strength, rate] for strength, rate in itertools.product(strengths, RATES)),
                key=lambda chosen, name=name: np.mean(
                    [self.run(name, chosen, drawn, seed)["held_out"] for seed, drawn in draws]
                ),
            )
        return found

    def compare(self, settings, seed, *data):
        """Train with each remedy on the same pictures; return {remedy: result}.

        A result holds `training` and `held_out`, the accuracies (%) in evaluation mode on
        pictures as they are; `shown`, the training accuracy that the last epoch reported; `loss`
        on the held-out pictures; `epochs`; and `recall` (%), one number per class.
        """
        drawn = self.draw(*data, seed)
        return {name: self.run(name, settings[name], drawn, seed) for name in self.names()}

    def names(self):
        """Return the names of all rows."""
        return (*self.remedies, *([TOGETHER] if self.together else []))

    def train(self, name, chosen, drawn, seed):
        """Train once; return the network and the history.

        Args:
            name: of the remedy.
            chosen: its strength and learning rate.
            drawn: what `draw` returned.
            seed: for the weights, the order and all noise.
        """
        strength, rate = chosen
        known, stopping, _ = drawn
        layers, ways = (
            _joined([REMEDIES[one](k) for one, k in zip(self.together, strength, strict=True)])
            if name == TOGETHER
            else REMEDIES[name](strength)
        )
        return teach(
            lambda: equipped(network(*known[0].shape[1:3]), **layers),
            known,
            stopping if "patience" in ways else None,
            epochs=self.epochs,
            batch_size=self.batch_size,
            learning_rate=rate,
            seed=seed,
            **ways,
        )

    def run(self, name, chosen, drawn, seed):
        """Train once; return the result."""
        trained, history = self.train(name, chosen, drawn, seed)
        known, _, (x, y) = drawn
        with torch.no_grad():
            logits = trained(x)
        right = (logits.argmax(dim=1) == y).double()
        result = {
            "training": 100 * evaluate(trained, *known)[1],
            "shown": 100 * history["accuracy"][-1],
            "held_out": 100 * right.mean().item(),
            "loss": cross_entropy(logits, y).item(),
            "epochs": len(history["loss"]),
            "recall": [100 * right[y == k].mean().item() for k in range(10)],
        }
        return {key: np.round(value, 3).tolist() for key, value in result.items()}


def _joined(remedies):
    """Return what several remedies add: keywords for `equipped` and for `teach`."""
    layers, ways, changes = {}, {}, []
    for some_layers, some_ways in remedies:
        layers |= some_layers
        ways |= {name: way for name, way in some_ways.items() if name != "augment"}
        changes += [some_ways["augment"]] if "augment" in some_ways else []

    def augment(x):
        for change in changes:
            x = change(x)
        return x

    return layers, ways | {"augment": augment}


def drawn_digits(seed):
    """Return 100 digits to learn from, 200 to stop by and 1,497 to judge by, drawn anew."""
    x, y = map(torch.from_numpy, shuffled_digits(np.random.default_rng(seed)))
    x = 2 * x - 1
    return [(x[part], y[part]) for part in (slice(100), slice(100, 300), slice(300, None))]


DIGITS = Task(
    drawn_digits,
    epochs=80,
    remedies=tuple(REMEDIES),
    together=("weight decay", "dropout", "batch norm", "label smoothing", "shift"),
)
BRIEF = Task(drawn_digits, epochs=20, remedies=("nothing", "shift"))


def two_parts(name, task, minutes, seeds, settings):
    """Return two parts of an experiment: `NAME_settings` for each remedy, and the comparison.

    Args:
        name: of the comparison.
        task: `Task`.
        minutes: of the tuning, and of the comparison.
        seeds: how many.
        settings: function without arguments that returns the stored settings.
    """

    def compare(seed):
        return task.compare(settings(), seed)

    return {
        f"{name}_settings": Part(task.tune, minutes[0], needs_cifar10=False),
        name: Part(compare, minutes[1], tuple(range(seeds)), by_name, needs_cifar10=False),
    }


figures = Experiment(
    "l11_regularisation",
    "each remedy against over-fitting alone, and several together, on digits",
    {
        **two_parts("digits", DIGITS, (1.5, 1.5), 8, lambda: figures["digits_settings"]),
        **two_parts("brief", BRIEF, (0.2, 0.2), 12, lambda: figures["brief_settings"]),
    },
)
