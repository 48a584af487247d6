"""Remedies against over-fitting: a loop that takes them, and what each is worth on CIFAR-10.

`figures` returns what is stored in `regularisation.json`, or, in the full budget, measures it anew.
"""

import copy
import json
import os
from importlib.resources import files

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from cnnedu.data import cifar10
from cnnedu.models.classic import classic
from cnnedu.models.normalise import normalise
from cnnedu.nn.fitting import Batch
from cnnedu.training.augmentation import cutout, random_flip, random_rotation, random_shift

STORED = files("cnnedu.experiments") / "figures" / "regularisation.json"
KNOWN, STOPPING, KEPT = 1_000, 1_000, 5_000  # pictures to learn from, to stop by, to judge by
EPOCHS, SEEDS = 40, 3


def equipped(network, dropout=0.0, batch_norm=False):
    """Return the layers of a network with batch norm after convolutions, dropout before dense ones.

    Args:
        network: `nn.Sequential`; its layers are used, not copied.
        dropout: probability of a zero, 0 for no such layer.
        batch_norm: normalise what each convolution gives.

    Returns:
        `nn.Sequential`.

    >>> len(equipped(nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(8, 2)), 0.5, True))
    5
    """
    layers = []
    for layer in network:
        if dropout and isinstance(layer, nn.Linear):
            layers.append(nn.Dropout(dropout))
        layers.append(layer)
        if batch_norm and isinstance(layer, nn.Conv2d):
            layers.append(nn.BatchNorm2d(layer.out_channels))
    return nn.Sequential(*layers)


def teach(
    build,
    data,
    held_out=None,
    epochs=EPOCHS,
    learning_rate=1e-3,
    batch_size=25,
    augment=None,
    label_smoothing=0.0,
    l2=0.0,
    decay=0.0,
    patience=None,
    seed=0,
    progress=None,
):
    """Build a network and teach it with Adam, with the remedies asked for.

    The learning rate falls in a straight line to 0.

    Args:
        build: function without arguments that returns the network.
        data: (x, y): normalised pictures, float tensor (N, C, H, W), and labels (N,).
        held_out: likewise, measured after every epoch; None for nothing.
        epochs, batch_size, learning_rate: the last is the highest.
        augment: function from a batch of pictures to a new one, or None.
        label_smoothing: share of the target that all classes get alike.
        l2: strength of the L2 penalty in the loss, on all parameters.
        decay: strength of weight decay outside the loss (AdamW).
        patience: stop when the held-out loss has had no new lowest value for so many epochs, and
            go back to the weights that had the lowest; None to use all epochs.
        seed: of the first weights, the order, dropout and the augmentation.
        progress: called as `cnnedu.nn.fit` calls it; None for nothing.

    Returns:
        The network in evaluation mode, and its history: lists with one entry per epoch.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network, (x, y) = build().to(memory_format=torch.channels_last), data
        kind = torch.optim.AdamW if decay else torch.optim.Adam
        optimiser = kind(
            network.parameters(), lr=learning_rate, weight_decay=decay or l2, fused=True
        )
        total, done, seen = epochs * -(-len(y) // batch_size), 0, None
        history = {"loss": [], "accuracy": []}
        best, kept = 0, None
        for epoch in range(epochs):
            loss_sum, right = 0.0, 0
            network.train()
            for some in torch.randperm(len(y)).split(batch_size):
                shown = augment(x[some]) if augment else x[some]
                logits = network(shown.contiguous(memory_format=torch.channels_last))
                loss = cross_entropy(logits, y[some], label_smoothing=label_smoothing)
                optimiser.zero_grad()
                loss.backward()
                rate = optimiser.param_groups[0]["lr"] = learning_rate * (1 - done / total)
                optimiser.step()
                done += 1
                loss_sum += loss.item() * len(some)
                right += (logits.argmax(dim=1) == y[some]).sum().item()
                if progress:
                    seen = Batch(shown, y[some], logits.detach(), loss.item(), rate)
                    progress(done, total, history, seen)
            _record(history, "", loss_sum / len(y), right / len(y))
            if held_out:
                _record(history, "held_out_", *judged(network, *held_out))
                losses = history["held_out_loss"]
                if losses[epoch] <= min(losses):
                    best, kept = epoch, copy.deepcopy(network.state_dict())
            if patience and epoch - best >= patience:
                network.load_state_dict(kept)
                break
        if progress:
            progress(done, done, history, seen)
    return network.eval(), history


def _record(history, prefix, loss, accuracy):
    history.setdefault(f"{prefix}loss", []).append(loss)
    history.setdefault(f"{prefix}accuracy", []).append(accuracy)


@torch.no_grad()
def judged(network, x, y):
    """Return mean cross-entropy and accuracy; leave the network in evaluation mode."""
    network.eval()
    parts = x.contiguous(memory_format=torch.channels_last).split(500)
    logits = torch.cat([network(part) for part in parts])
    return cross_entropy(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


def upside_down(x):
    """Turn each picture upside down with probability 1/2."""
    return torch.where(torch.rand(len(x), 1, 1, 1) < 0.5, x.flip(2), x)


def _all_four(x):
    return cutout(random_rotation(random_shift(random_flip(x), 3), 15), 10)


# What is changed of the plain run: keywords of `equipped`, and of `teach`.
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


def figures():
    """Return the ablation's figures as a dict; measure them with CNNEDU_BUDGET=full.

    >>> figures()["runs"]["nothing"][0]["training"] > 0.98
    True
    """
    if os.environ.get("CNNEDU_BUDGET") == "full" and cifar10.find():
        return measure(cifar10.load())
    return json.loads(STORED.read_text(encoding="utf-8"))


def measure(data, report=None):
    """Teach the classic network 1,000 pictures, with each remedy alone and with many together.

    Args:
        data: `cnnedu.data.cifar10.CIFAR10`; its test part is not looked at.
        report: called as report(name of the remedy, result) after each run.

    Returns:
        {"runs": {remedy: one dict per seed}, "curves": {remedy: history with seed 0}}. A result
        holds `training` and `validation`, accuracies in evaluation mode on unchanged pictures,
        `shown`, that of the last epoch while it was learnt, `loss` on the validation pictures,
        and `epochs`.
    """
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train)
    first = slice(0, KNOWN), slice(KNOWN, KNOWN + STOPPING), slice(-KEPT, None)
    known, stopping, kept = (
        (normalise(x[part], cifar10.MEAN, cifar10.STD), y[part]) for part in first
    )
    found = {"runs": {name: [] for name in REMEDIES}, "curves": {}}
    for seed in range(SEEDS):
        for name, (layers, ways) in REMEDIES.items():
            drawn = seed == 0 and name in ("nothing", "all together")
            watched = stopping if "patience" in ways else kept if drawn else None
            network, history = teach(
                lambda layers=layers: equipped(classic(), **layers),
                known,
                watched,
                seed=seed,
                **ways,
            )
            loss, accuracy = judged(network, *kept)
            result = {
                "training": judged(network, *known)[1],
                "shown": history["accuracy"][-1],
                "validation": accuracy,
                "loss": loss,
                "epochs": len(history["loss"]),
            }
            result = {key: round(value, 4) for key, value in result.items()}
            found["runs"][name].append(result)
            if drawn:
                found["curves"][name] = {k: [round(v, 4) for v in vs] for k, vs in history.items()}
            if report:
                report(name, result)
    return found
