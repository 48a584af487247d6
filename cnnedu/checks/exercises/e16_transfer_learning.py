"""Well-known wrong answers of exercise 16, and its references."""

import numpy as np
from PIL import Image

from cnnedu import kernels
from cnnedu.checks.case import Mistake
from cnnedu.checks.picture_folders import folder_probe

EPS = 1e-5


def numbers_by_hand():
    """Return the six numbers of part 1.

    >>> numbers_by_hand()
    [0.25, -0.75, -0.5, 4.0, 5.2, 965]
    """
    f, y = np.array([[2.0, 0], [1, 1], [0, 4], [1, 3]]), np.array([1, 1, 0, 0])
    w = -((0.5 - y) @ f) / 4
    once = 0.6 * 2 + 0.4 * 7
    return [float(w[0]), float(w[1]), float(f[1] @ w), once, 0.6 * once + 0.4 * 7, 192 * 5 + 5]


_RIGHT = numbers_by_hand()
BY_HAND = (
    ([-0.25, 0.75, 0.5, *_RIGHT[3:]], "A step goes *against* the gradient: down, not up."),
    ([1, -3, -2, *_RIGHT[3:]], "The loss is the mean over the four pictures: divide by 4."),
    ([*_RIGHT[:3], 5, 5.8, 965], "The new batch has the share 0.4, the old mean keeps 0.6."),
    ([*_RIGHT[:5], 960], "Each of the five classes has a bias, too."),
)


def features(x, w, mean, var):
    """Return the features of a small frozen network, (N, F).

    >>> features(np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3)), np.zeros(1), np.ones(1)).round(3)
    array([[9.]])
    """
    return _features(x, w, mean, var)


def _features(x, w, mean, var, eps=EPS, relu=True, pool=np.max, flip=False, by=np.sqrt):
    w = w[:, :, ::-1, ::-1] if flip else w
    maps = kernels.conv2d(x, w)
    normal = (maps - mean[:, None, None]) / by(var[:, None, None] + eps)
    return pool(np.maximum(normal, 0) if relu else normal, axis=(2, 3))


def _features_by(**changed):
    return lambda *arguments: _features(*arguments, **changed)


def _own_statistics(x, w, mean, var):
    maps = kernels.conv2d(x, w)
    return _features(x, w, maps.mean(axis=(0, 2, 3)), maps.var(axis=(0, 2, 3)))


FEATURES = (
    Mistake(
        "You normalise by the batch's own mean and variance: that is training mode. A frozen "
        "network uses the running statistics it is given.",
        _own_statistics,
    ),
    Mistake("Take the *maximum* over the map, not the mean.", _features_by(pool=np.mean)),
    Mistake("The ReLU is missing: no feature is below 0.", _features_by(relu=False)),
    Mistake(
        "Divide by the standard deviation, the root of the variance.", _features_by(by=lambda v: v)
    ),
    Mistake("1e-5 is to be added to the variance, under the root.", _features_by(eps=0)),
    Mistake(
        "You flipped the filters; here cross-correlation is asked for.", _features_by(flip=True)
    ),
)


def probe(f, y, classes, rate, steps):
    """Return weights and, in the last column, biases after some steps, (classes, D + 1).

    >>> probe(np.array([[3.0, 0], [2, 1], [0, 3], [1, 2]]), np.array([1, 1, 0, 0]), 2, 1.0, 1)
    array([[-0.5,  0.5,  0. ],
           [ 0.5, -0.5,  0. ]])
    """
    return _probe(f, y, classes, rate, steps)


def _probe(f, y, classes, rate, steps, mean=True, sign=1, bias=True, softmax=True):
    f1 = np.column_stack([f, np.full(len(f), float(bias))])
    w = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        scores = f1 @ w.T
        p = kernels.softmax(scores, dim=1) if softmax else scores
        gradient = (p - np.eye(classes)[y]).T @ f1
        w -= sign * rate * gradient / (len(f) if mean else 1)
    return w


def _probe_by(**changed):
    return lambda *arguments: _probe(*arguments, **changed)


PROBE = (
    Mistake("The loss is the mean over the pictures: divide by N.", _probe_by(mean=False)),
    Mistake("You go uphill: subtract the gradient.", _probe_by(sign=-1)),
    Mistake("The biases never learn: their feature is 1.", _probe_by(bias=False)),
    Mistake("Scores are no probabilities: take the softmax first.", _probe_by(softmax=False)),
    Mistake(
        "That is a single step: go on from the new weights.",
        lambda f, y, classes, rate, steps: _probe(f, y, classes, rate, 1),
    ),
)


def folder(files, size):
    """Return the right answer to `folder_probe`: counts, then each picture's label and numbers.

    >>> folder(np.array([[0, 1, 0, 1, 1], [1, 2, 0, 1, 1]]), 1)[:3]
    array([2., 0., 2.])
    """
    return folder_probe(_read)(files, size)


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


def _read_by(**changed):
    return lambda files, size: folder_probe(lambda *given: _read(*given, **changed))(files, size)


FOLDER = (
    Mistake(
        "Files that can't be read are to be listed in `skipped`, as class/name.",
        _read_by(skip=False),
    ),
    Mistake("Hidden files (their names begin with a dot) don't count.", _read_by(hidden=True)),
    Mistake(
        "The rows and columns of the pictures are exchanged: channels first is transpose(2, 0, 1).",
        _read_by(axes=(2, 1, 0)),
    ),
    Mistake(
        "The labels don't fit the names: number the classes in their sorted order.",
        _read_by(order=lambda names: sorted(names, reverse=True)),
    ),
)


def folds(groups, count):
    """Return the fold of each picture.

    >>> folds(np.array([1, 1, 2, 3, 3, 3]), 2)
    array([1, 1, 1, 0, 0, 0])
    """
    return _folds(groups, count)


def _folds(groups, count, key=lambda size, name: (-size, name), weigh=True):
    names, sizes = np.unique(groups, return_counts=True)
    full, out = np.zeros(count), np.zeros(len(groups), int)
    for size, name in sorted(zip(sizes, names, strict=True), key=lambda pair: key(*pair)):
        place = int(full.argmin())
        out[groups == name] = place
        full[place] += size if weigh else 1
    return out


FOLDS = (
    Mistake(
        "A group stands in several folds: its pictures belong together.",
        lambda groups, count: np.arange(len(groups)) % count,
    ),
    Mistake(
        "Begin with the *largest* group.",
        lambda groups, count: _folds(groups, count, key=lambda size, name: (size, name)),
    ),
    Mistake(
        "Sort the groups by size first, the largest in front.",
        lambda groups, count: _folds(groups, count, key=lambda size, name: name),
    ),
    Mistake(
        "A fold is full by its *pictures*, not by its groups.",
        lambda groups, count: _folds(groups, count, weigh=False),
    ),
    Mistake(
        "Of groups of one size the one with the smaller number comes first.",
        lambda groups, count: _folds(groups, count, key=lambda size, name: (-size, -name)),
    ),
)
