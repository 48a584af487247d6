"""Exercise 16: the references, the right answers by hand and the well-known mistakes."""

import functools

import numpy as np
from PIL import Image

from cnnedu import kernels
from cnnedu.checks.case import Mistake
from cnnedu.checks.picture_folders import folder_function


def frozen_features(x, w, mean, var, eps=1e-5, relu=True, pool=np.max, flip=False, by=np.sqrt):
    """Return the features of a frozen network, (N, F); arguments after `var` change one thing."""
    w = w[:, :, ::-1, ::-1] if flip else w
    maps = kernels.conv2d(x, w)
    normal = (maps - mean[:, None, None]) / by(var[:, None, None] + eps)
    return pool(np.maximum(normal, 0) if relu else normal, axis=(2, 3))


def fit_probe(f, y, classes, rate, steps, mean=True, sign=1, bias=True, softmax=True):
    """Return weights and, in the last column, biases; arguments after `steps` change one thing."""
    f1 = np.column_stack([f, np.full(len(f), float(bias))])
    w = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        scores = f1 @ w.T
        p = kernels.softmax(scores, dim=1) if softmax else scores
        gradient = (p - np.eye(classes)[y]).T @ f1
        w -= sign * rate * gradient / (len(f) if mean else 1)
    return w


def folder_as_numbers(files, size):
    """Return the right answer of what `folder_function` makes."""
    return folder_function(_read)(files, size)


def _read(path, size, order=sorted, skip=True, hidden=False, axes=(2, 0, 1)):
    names = order(folder.name for folder in path.iterdir())
    x, y, skipped = [], [], []
    for label, name in enumerate(names):
        for file in sorted((path / name).iterdir()):
            if file.name.startswith(".") and not hidden:
                continue
            try:
                with Image.open(file) as image:
                    square = image.convert("RGB").resize((size, size), Image.Resampling.BOX)
            except (OSError, SyntaxError):
                skipped += [f"{name}/{file.name}"] * skip
                continue
            x.append(np.asarray(square).transpose(axes))
            y.append(label)
    return np.array(x), np.array(y), sorted(names), skipped


def group_folds(groups, count, key=lambda size, name: (-size, name), weigh=True):
    """Return the fold of each picture; arguments after `count` change one thing."""
    names, sizes = np.unique(groups, return_counts=True)
    full, out = np.zeros(count), np.zeros(len(groups), int)
    for size, name in sorted(zip(sizes, names, strict=True), key=lambda pair: key(*pair)):
        place = int(full.argmin())
        out[groups == name] = place
        full[place] += size if weigh else 1
    return out


_RIGHT = [0.25, -0.75, -0.5, 4.0, 5.2, 965]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-0.25, 0.75, 0.5, *_RIGHT[3:]], "a, b: a step goes *against* the gradient: down, not up"),
        (
            [1, -3, -2, *_RIGHT[3:]],
            "a, b: the loss is the mean over the four pictures: divide by 4",
        ),
        (
            [*_RIGHT[:3], 5, 5.8, 965],
            "d, e: the new batch has the share 0.4, the old mean keeps 0.6",
        ),
        ([*_RIGHT[:5], 960], "f: each of the five classes has a bias, too"),
    ),
}


def _batch_statistics(x, w, mean, var):
    maps = kernels.conv2d(x, w)
    return frozen_features(x, w, maps.mean(axis=(0, 2, 3)), maps.var(axis=(0, 2, 3)))


def _read_with(**changed):
    return folder_function(functools.partial(_read, **changed))


MISTAKES = {
    "frozen_features": (
        Mistake(
            "You normalise by the batch's own mean and variance: that is training mode. A frozen "
            "network uses the running statistics it is given.",
            _batch_statistics,
        ),
        Mistake(
            "Take the *maximum* over the map, not the mean.",
            functools.partial(frozen_features, pool=np.mean),
        ),
        Mistake(
            "The ReLU is missing: no feature is below 0.",
            functools.partial(frozen_features, relu=False),
        ),
        Mistake(
            "Divide by the standard deviation, the square root of the variance.",
            functools.partial(frozen_features, by=np.asarray),
        ),
        Mistake(
            "Add 1e-5 to the variance, under the square root.",
            functools.partial(frozen_features, eps=0),
        ),
        Mistake(
            "You flipped the filters; cross-correlation uses them as they are.",
            functools.partial(frozen_features, flip=True),
        ),
    ),
    "fit_probe": (
        Mistake(
            "The loss is the mean over the pictures: divide by N.",
            functools.partial(fit_probe, mean=False),
        ),
        Mistake("You step uphill: subtract the gradient.", functools.partial(fit_probe, sign=-1)),
        Mistake(
            "Your biases never learn: append a feature that is 1.",
            functools.partial(fit_probe, bias=False),
        ),
        Mistake(
            "Scores are not probabilities: take the softmax first.",
            functools.partial(fit_probe, softmax=False),
        ),
        Mistake(
            "That is a single step: continue from the new weights.",
            lambda f, y, classes, rate, steps: fit_probe(f, y, classes, rate, 1),
        ),
    ),
    "folder_as_numbers": (
        Mistake(
            "List the files that can't be read in `skipped`, as class/file.", _read_with(skip=False)
        ),
        Mistake(
            "Hidden files (their names begin with a dot) don't count.", _read_with(hidden=True)
        ),
        Mistake(
            "The rows and columns of the pictures are swapped: channels first is transpose(2, 0, "
            "1).",
            _read_with(axes=(2, 1, 0)),
        ),
        Mistake(
            "The labels don't match the names: number the classes in their sorted order.",
            _read_with(order=lambda names: sorted(names, reverse=True)),
        ),
    ),
    "group_folds": (
        Mistake(
            "A group is in several folds: its pictures belong together.",
            lambda groups, count: np.arange(len(groups)) % count,
        ),
        Mistake(
            "Begin with the *largest* group.",
            lambda groups, count: group_folds(groups, count, key=lambda size, name: (size, name)),
        ),
        Mistake(
            "Sort the groups by size first, the largest in front.",
            lambda groups, count: group_folds(groups, count, key=lambda size, name: name),
        ),
        Mistake(
            "Count the *pictures* in a fold, not its groups.",
            lambda groups, count: group_folds(groups, count, weigh=False),
        ),
        Mistake(
            "If two groups have the same size, the one with the smaller number comes first.",
            lambda groups, count: group_folds(groups, count, key=lambda size, name: (-size, -name)),
        ),
    ),
}
