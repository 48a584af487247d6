"""Lesson 11: what each remedy against over-fitting is worth on CIFAR-10.

The classic network learns 1,000 pictures in 40 epochs, with each remedy alone and with many
together, and is judged on 5,000 others. The test pictures stay untouched.
"""

import torch

from cnnedu.data import cifar10
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.models.classic import classic, equipped
from cnnedu.models.normalise import normalise
from cnnedu.training.augmentation import cutout, random_flip, random_rotation, random_shift
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import teach

KNOWN, STOPPING, KEPT = 1_000, 1_000, 5_000  # pictures to train on, to stop by, to judge by


def upside_down(x):
    """Turn each picture upside down with probability 1/2."""
    return torch.where(torch.rand(len(x), 1, 1, 1) < 0.5, x.flip(2), x)


def _all_four(x):
    return cutout(random_rotation(random_shift(random_flip(x), 3), 15), 10)


# What each remedy adds to the plain run: keywords for `equipped` and for `teach`.
REMEDIES = {
    "nothing": ({}, {}),
    "early stopping": ({}, {"patience": 3}),
    "L2 in the loss": ({}, {"l2": 1e-3}),
    "dropout": ({"dropout": 0.5}, {}),
    "batch norm": ({"batch_norm": True}, {}),
    "label smoothing": ({}, {"label_smoothing": 0.1}),
    "flip": ({}, {"augment": random_flip}),
    "shift (crop)": ({}, {"augment": lambda x: random_shift(x, 3)}),
    "rotate": ({}, {"augment": lambda x: random_rotation(x, 15)}),
    "cut-out": ({}, {"augment": lambda x: cutout(x, 10)}),
    "upside down": ({}, {"augment": upside_down}),
    "all together": (
        {"dropout": 0.5, "batch_norm": True},
        {"l2": 1e-3, "label_smoothing": 0.1, "augment": _all_four},
    ),
}


def ablation(data, seed):
    """Train the classic network on 1,000 pictures, with each remedy alone and many together.

    Returns:
        {"runs": {remedy: result}, "curves": {remedy: history}}, the curves only for seed 0. A
        result holds `training` and `validation`, the accuracies in evaluation mode on unchanged
        pictures; `shown`, the training accuracy that the last epoch reported on its way; `loss` on
        the validation pictures; and `epochs`.
    """
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train)
    first = slice(0, KNOWN), slice(KNOWN, KNOWN + STOPPING), slice(-KEPT, None)
    known, stopping, kept = (
        (normalise(x[part], cifar10.MEAN, cifar10.STD), y[part]) for part in first
    )
    found = {"runs": {}, "curves": {}}
    for name, (layers, ways) in REMEDIES.items():
        drawn = seed == 0 and name in ("nothing", "all together")
        watched = stopping if "patience" in ways else kept if drawn else None
        network, history = teach(
            lambda layers=layers: equipped(classic(), **layers), known, watched, seed=seed, **ways
        )
        loss, accuracy = evaluate(network, *kept)
        result = {
            "training": evaluate(network, *known)[1],
            "shown": history["accuracy"][-1],
            "validation": accuracy,
            "loss": loss,
            "epochs": len(history["loss"]),
        }
        found["runs"][name] = {key: round(value, 4) for key, value in result.items()}
        if drawn:
            found["curves"][name] = {k: [round(v, 4) for v in vs] for k, vs in history.items()}
    return found


def _arranged(results):
    """Return {"runs": {remedy: one result per seed}, "curves": those of seed 0}."""
    runs = by_name([result["runs"] for result in results])
    return {"runs": runs, "curves": results[0]["curves"]}


figures = Experiment(
    "l11_regularisation",
    "each remedy against over-fitting alone, and many together",
    {"ablation": Part(ablation, minutes=20, seeds=(0, 1, 2), arrange=_arranged)},
)
