"""Exercise 16: the references, the right answers by hand and the well-known mistakes."""

import functools

import numpy as np
from PIL import Image

from cnnedu import kernels
from cnnedu.checks.case import Mistake
from cnnedu.checks.picture_folders import folder_function


def frozen_features(x, w, mean, var, by=lambda var: np.sqrt(var + 1e-5), maps=None, pool=None):
    """Return the features of a frozen network, (N, F); arguments after `var` change one thing."""
    maps = kernels.conv2d(x, w) if maps is None else maps(x, w)
    normal = (maps - mean[:, None, None]) / by(var[:, None, None])
    return (pool or _largest)(normal)


def _largest(maps):
    return np.maximum(maps, 0).max(axis=(2, 3))


def fit_probe(f, y, classes, rate, steps, share=kernels.softmax, mean=len, bias=1.0, rebuilt=True):
    """Return weights and, in the last column, biases; arguments after `steps` change one thing."""
    f1 = np.column_stack([f, np.full(len(f), bias)])
    w = at = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        gradient = (share(f1 @ at.T) - np.eye(classes)[y]).T @ f1
        w = w - rate * gradient / mean(f)
        at = w if rebuilt else at
    return w


def _convert(image, size, resampling=Image.Resampling.BOX):
    return image.convert("RGB").resize((size, size), resampling)


def _read(
    path,
    size,
    order=sorted,
    key=lambda file: file.name,
    counts=lambda file: not file.name.startswith("."),
    skips=lambda file: True,
    square=_convert,
    axes=(2, 0, 1),
    first=0,
):
    """Read a folder of pictures; arguments after `size` change one thing."""
    names = order(folder.name for folder in path.iterdir())
    x, y, skipped = [], [], []
    for label, name in enumerate(names):
        for file in sorted(filter(counts, (path / name).iterdir()), key=key):
            try:
                with Image.open(file) as image:
                    x.append(np.asarray(square(image, size)).transpose(axes))
                y.append(first + label)
            except (OSError, SyntaxError):
                skipped += [f"{name}/{file.name}"] * skips(file)
    return np.array(x), np.array(y), sorted(names), skipped


def _read_with(read=_read, **changed):
    """Return what `folder_function` makes of `_read`; it remembers its answers: files are slow."""
    answer = folder_function(functools.partial(read, **changed))

    @functools.lru_cache(maxsize=2**10)
    def remembered(rows, size):
        return answer(np.array(rows), size)

    return lambda files, size: remembered(tuple(map(tuple, files.tolist())), size)


folder_as_numbers = _read_with()


def group_folds(
    groups,
    count,
    key=lambda size, name, place: (-size, name),
    weigh=lambda size: size,
    choose=np.argmin,
):
    """Return the fold of each picture; arguments after `count` change one thing."""
    names, places, sizes = np.unique(groups, return_index=True, return_counts=True)
    full, out = np.zeros(count), np.zeros(len(groups), int)
    for size, name, _ in sorted(zip(sizes, names, places, strict=True), key=lambda g: key(*g)):
        fold = int(choose(full))
        out[groups == name] = fold
        full[fold] += weigh(size)
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


def _batch_statistics(x, w, mean, var, share=1.0):
    maps = kernels.conv2d(x, w)
    mean = (1 - share) * mean + share * maps.mean(axis=(0, 2, 3))
    return frozen_features(x, w, mean, (1 - share) * var + share * maps.var(axis=(0, 2, 3)))


def _first_channel(x, w, mean, var):
    return frozen_features(x[:, :1], w[:, :1], mean, var)


def _sigmoid(scores):
    return 1 / (1 + np.exp(-np.clip(scores, -700, 700)))


def _overflowing(scores, most=lambda scores: 0.0):
    with np.errstate(all="ignore"):
        powers = np.exp(scores - most(scores))
        return powers / powers.sum(axis=1, keepdims=True)


def _bias_first(f, y, classes, rate, steps):
    return np.roll(fit_probe(f, y, classes, rate, steps), 1, axis=1)


def _picture_by_picture(f, y, classes, rate, steps):
    w = np.zeros((classes, f.shape[1] + 1))
    for _ in range(steps):
        for row, label in zip(np.column_stack([f, np.ones(len(f))]), y, strict=True):
            w -= rate * np.outer(kernels.softmax(w @ row, dim=0) - np.eye(classes)[label], row)
    return w


def _with_steps(change):
    return lambda f, y, classes, rate, steps: fit_probe(f, y, classes, rate, change(steps))


def _by_endings(*endings, lower=True):
    """Return a test of a file by its ending, and by the dot in front."""

    def counts(file):
        ending = file.suffix.lower() if lower else file.suffix
        return ending in endings and not file.name.startswith(".")

    return counts


def _shrunk_first(image, size):
    return image.resize((size, size), Image.Resampling.BOX).convert("RGB")


def _middle(image, size):
    """Cut the middle square out."""
    edge = min(image.size)
    left, top = ((n - edge) // 2 for n in image.size)
    return _convert(image.crop((left, top, left + edge, top + edge)), size)


def _read_filled(path, size):
    """Leave empty classes out."""
    x, y, names, skipped = _read(path, size)
    filled = np.unique(y)
    return x, np.searchsorted(filled, y), [names[label] for label in filled], skipped


FROZEN = (
    "You normalise by the batch's own mean and variance: that is training mode. A frozen "
    "network uses the running statistics it is given."
)
EPSILON = "Add 1e-5 to the variance, under the square root."
SCORES = "Scores are not probabilities: take the softmax of each row first."
ENDING = (
    "You went by the endings. A picture may have any ending, and what Pillow can't read is "
    "`skipped`, whatever its ending: try all files."
)
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif")

MISTAKES = {
    "frozen_features": (
        Mistake(FROZEN, _batch_statistics),
        Mistake(
            "You let the running statistics follow the batch: that is training mode. A frozen "
            "network leaves them as they are.",
            functools.partial(_batch_statistics, share=0.1),
        ),
        Mistake(
            "Take the *maximum* over the map, not the mean.",
            functools.partial(
                frozen_features, pool=lambda maps: np.maximum(maps, 0).mean(axis=(2, 3))
            ),
        ),
        Mistake(
            "Take the *maximum* over the map, not the minimum.",
            functools.partial(
                frozen_features, pool=lambda maps: np.maximum(maps, 0).min(axis=(2, 3))
            ),
        ),
        Mistake(
            "The ReLU is missing: no feature is below 0.",
            functools.partial(frozen_features, pool=lambda maps: maps.max(axis=(2, 3))),
        ),
        Mistake(
            "A ReLU gives 0 for numbers below 0; you took their size.",
            functools.partial(frozen_features, pool=lambda maps: abs(maps).max(axis=(2, 3))),
        ),
        Mistake(
            "The ReLU comes after the normalisation, not before.",
            functools.partial(
                frozen_features,
                maps=lambda x, w: np.maximum(kernels.conv2d(x, w), 0),
                pool=lambda maps: maps.max(axis=(2, 3)),
            ),
        ),
        Mistake(
            "The ReLU comes after the normalisation, not before.",
            functools.partial(
                frozen_features, maps=lambda x, w: np.maximum(kernels.conv2d(x, w), 0)
            ),
        ),
        Mistake(
            "Divide by the standard deviation, the square root of the variance.",
            functools.partial(frozen_features, by=lambda var: var + 1e-5),
        ),
        Mistake(
            "The variance is missing: divide by its square root.",
            functools.partial(frozen_features, by=np.ones_like),
        ),
        Mistake(EPSILON, functools.partial(frozen_features, by=np.sqrt)),
        Mistake(EPSILON, functools.partial(frozen_features, by=lambda var: np.sqrt(var) + 1e-5)),
        Mistake(
            "Subtract the running mean; you added it.",
            lambda x, w, mean, var: frozen_features(x, w, -mean, var),
        ),
        Mistake(
            "The running mean is missing: subtract it.",
            lambda x, w, mean, var: frozen_features(x, w, 0 * mean, var),
        ),
        Mistake(
            "You flipped the filters; cross-correlation uses them as they are.",
            lambda x, w, mean, var: frozen_features(x, w[:, :, ::-1, ::-1], mean, var),
        ),
        Mistake(
            "You used the first channel alone: a filter adds its products up over all channels.",
            _first_channel,
        ),
        Mistake(
            "You padded the pictures; here only whole windows count.",
            functools.partial(
                frozen_features,
                maps=lambda x, w: kernels.conv2d(x, w, padding=tuple(n // 2 for n in w.shape[2:])),
            ),
        ),
    ),
    "fit_probe": (
        Mistake(
            "The loss is the mean over the pictures: divide by N.",
            functools.partial(fit_probe, mean=lambda f: 1),
        ),
        Mistake(
            "You divided by the number of all scores, N · K: divide by N.",
            lambda f, y, classes, rate, steps: fit_probe(f, y, classes, rate / classes, steps),
        ),
        Mistake(
            "You step uphill: subtract the gradient.",
            lambda f, y, classes, rate, steps: fit_probe(f, y, classes, -rate, steps),
        ),
        Mistake(
            "Your biases never learn: append a feature that is 1.",
            functools.partial(fit_probe, bias=0.0),
        ),
        Mistake(
            "Your biases are in the first column: append the 1 *after* the features.", _bias_first
        ),
        Mistake(
            "Your weights have one column per class: give one row per class.",
            lambda *arguments: fit_probe(*arguments).T,
        ),
        Mistake(
            "The biases are missing: append a feature that is 1.",
            lambda f, y, classes, rate, steps: fit_probe(f, y, classes, rate, steps, bias=0.0)[
                :, :-1
            ],
        ),
        Mistake(SCORES, functools.partial(fit_probe, share=np.asarray)),
        Mistake(
            "You took the logistic function of each score: take the softmax of each row.",
            functools.partial(fit_probe, share=_sigmoid),
        ),
        Mistake(
            "You took the softmax over the pictures: the probabilities of each *picture* add up "
            "to 1.",
            functools.partial(fit_probe, share=lambda scores: kernels.softmax(scores, dim=0)),
        ),
        Mistake(
            "Large scores overflow: subtract the largest of each row before you exponentiate.",
            functools.partial(fit_probe, share=_overflowing),
        ),
        Mistake(
            "You subtracted one number for all rows, so rows of small scores become nothing but "
            "zeros: subtract the largest of *each row*.",
            functools.partial(fit_probe, share=functools.partial(_overflowing, most=np.max)),
        ),
        Mistake(
            "That is a single step: continue from the new weights.", _with_steps(lambda steps: 1)
        ),
        Mistake("That is one step too many.", _with_steps(lambda steps: steps + 1)),
        Mistake("That is one step too few.", _with_steps(lambda steps: steps - 1)),
        Mistake(
            "You computed the probabilities only once: compute them from the new weights in each "
            "step.",
            functools.partial(fit_probe, rebuilt=False),
        ),
        Mistake(
            "You took a step for each picture: a step is the mean over all pictures.",
            _picture_by_picture,
        ),
    ),
    "folder_as_numbers": (
        Mistake(
            "List the files that can't be read in `skipped`, as class/file.",
            _read_with(skips=lambda file: False),
        ),
        Mistake(
            "Hidden files (their names begin with a dot) don't count.",
            _read_with(counts=lambda file: True),
        ),
        *(
            Mistake(ENDING, _read_with(**how))
            for endings, lower in (
                ((".png",), True),
                ((".png", ".jpg"), True),
                ((".png", ".jpg", ".jpeg"), False),
                (PICTURES[:3], True),
                (PICTURES[:4], False),
                (PICTURES, True),
            )
            for how in ({"counts": _by_endings(*endings, lower=lower)},)
        ),
        Mistake(
            "You left the folders in a class out: list them in `skipped`, too.",
            _read_with(counts=lambda file: file.is_file() and not file.name.startswith(".")),
        ),
        Mistake(
            "An empty class is missing: it is in `names`, and so it counts when the classes are "
            "numbered.",
            _read_with(_read_filled),
        ),
        Mistake(
            "The rows and columns of the pictures are swapped: channels first is transpose(2, 0, "
            "1).",
            _read_with(axes=(2, 1, 0)),
        ),
        Mistake(
            "The colours are in the wrong order: red, green and blue, as Pillow has them.",
            _read_with(square=lambda image, size: np.asarray(_convert(image, size))[:, :, ::-1]),
        ),
        Mistake(
            "You shrank the pictures before you turned them into RGB: turn them first.",
            _read_with(square=_shrunk_first),
        ),
        Mistake(
            "You cut the middle square out: here the whole picture is shrunk or stretched.",
            _read_with(square=_middle),
        ),
        *(
            Mistake(
                "You shrank the pictures in another way: give `resize` Image.Resampling.BOX.",
                _read_with(square=functools.partial(_convert, resampling=resampling)),
            )
            for resampling in Image.Resampling
            if resampling != Image.Resampling.BOX
        ),
        Mistake(
            "The files aren't in the order of their names as strings, in which 10.png comes before "
            "9.png.",
            _read_with(key=lambda file: int(file.stem)),
        ),
        Mistake(
            "The files are in the opposite order: sort them by their names.",
            _read_with(key=lambda file: [-ord(letter) for letter in f"{file.name}\x7f"]),
        ),
        Mistake("The labels count from 0, as places in a list do.", _read_with(first=1)),
        Mistake(
            "The labels don't match the names: number the classes in their sorted order.",
            _read_with(order=lambda names: sorted(names, reverse=True)),
        ),
        Mistake(
            "The labels don't match the names: number the classes in their sorted order.",
            _read_with(order=lambda names: sorted(names, key=str.lower)),
        ),
    ),
    "group_folds": (
        Mistake(
            "A group is in several folds: its pictures belong together.",
            lambda groups, count: np.arange(len(groups)) % count,
        ),
        Mistake(
            "Begin with the *largest* group.",
            functools.partial(group_folds, key=lambda size, name, place: (size, name)),
        ),
        Mistake(
            "Sort the groups by size first, the largest in front.",
            functools.partial(group_folds, key=lambda size, name, place: name),
        ),
        Mistake(
            "Sort the groups by size first, the largest in front.",
            functools.partial(group_folds, key=lambda size, name, place: place),
        ),
        Mistake(
            "Count the *pictures* in a fold, not its groups.",
            functools.partial(group_folds, weigh=lambda size: 1),
        ),
        Mistake(
            "If two groups have the same size, the one with the smaller number comes first.",
            functools.partial(group_folds, key=lambda size, name, place: (-size, -name)),
        ),
        Mistake(
            "If two groups have the same size, the one with the smaller number comes first, not "
            "the one that you meet first.",
            functools.partial(group_folds, key=lambda size, name, place: (-size, place)),
        ),
        Mistake(
            "If two folds hold equally many pictures, take the first.",
            functools.partial(group_folds, choose=lambda full: len(full) - 1 - full[::-1].argmin()),
        ),
        Mistake(
            "You filled the fullest fold: take the one that holds the fewest pictures.",
            functools.partial(group_folds, choose=np.argmax),
        ),
        Mistake(
            "The folds count from 0.",
            lambda groups, count: group_folds(groups, count) + 1,
        ),
    ),
}
