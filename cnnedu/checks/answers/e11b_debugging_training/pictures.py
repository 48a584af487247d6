"""Runs C, D and H: normalisation in two units, labels that slide, and a leak."""

import numpy as np

from cnnedu.checks.case import Mistake

COLOURS_FIRST = 0, 3, 1, 2


def prepare(pictures, training, scale=255, per=(0, 1, 2), own=False, axes=COLOURS_FIRST):
    """Return pictures normalised by what the training pictures have on average.

    `scale` divides the pictures but not mean and standard deviation when it isn't 255; `per` are
    the axes of the mean, `own` takes the pictures' own, and `axes` is the order of the axes.
    """
    source = pictures if own else training
    mean, std = source.mean(axis=per), source.std(axis=per)
    x = (pictures - mean) / std if scale == 255 else (pictures / 255 - mean) / std
    return x.transpose(axes)


def _kept(pictures):
    return pictures.min(axis=(1, 2)) < pictures.max(axis=(1, 2))


def pictures_kept(pictures, labels):
    """Return the pictures that aren't empty, in their order."""
    return pictures[_kept(pictures)]


def labels_kept(pictures, labels):
    """Return their labels."""
    return labels[_kept(pictures)]


def _moved(pictures):
    """Return copies moved by one pixel to the right, with zeros in the gap."""
    return np.pad(pictures, ((0, 0), (0, 0), (1, 0)))[:, :, :-1]


def _table(pictures, labels):
    rows = np.column_stack([labels, pictures.reshape(len(pictures), -1)])
    return rows[np.lexsort(rows.T[::-1])]


def _with_copies(pictures, labels):
    return np.concatenate([pictures, _moved(pictures)]), np.concatenate([labels, labels])


def _divided(pictures, labels, order, held=None):
    """Return (pictures, labels) in that order, to learn from and held out, before any copies."""
    held = np.arange(len(order)) % 5 == 0 if held is None else held(len(order))
    return [(pictures[order[part]], labels[order[part]]) for part in (~held, held)]


def to_learn(pictures, labels, order, copies=True, **changed):
    """Return the rows to learn from: those that aren't held out, and their moved copies."""
    part = _divided(pictures, labels, order, **changed)[0]
    return _table(*(_with_copies(*part) if copies else part))


def to_hold(pictures, labels, order, copies=False, **changed):
    """Return the rows that are held out, as they are."""
    part = _divided(pictures, labels, order, **changed)[1]
    return _table(*(_with_copies(*part) if copies else part))


def _copied_first(pictures, labels, order):
    """Return every fifth row, and the others, of pictures that alternate with their copies."""
    pictures, labels = pictures[order], labels[order]
    both = np.stack([pictures, _moved(pictures)], axis=1).reshape(-1, *pictures.shape[1:])
    held = np.arange(len(both)) % 5 == 0
    labels = labels.repeat(2)
    return _table(both[~held], labels[~held]), _table(both[held], labels[held])


def _leaky_but_cleaned(pictures, labels, order):
    """Return the learning part after moved copies were taken out of the held-out part alone."""
    return _copied_first(pictures, labels, order)[0]


def _first_fifth(N):
    return np.arange(N) < -(-N // 5)


def _prepared(says, **changed):
    return Mistake(says, lambda *arguments: prepare(*arguments, **changed))


PREPARE_MISTAKES = (
    _prepared(
        "The pictures go from 0 to 1, but mean and standard deviation are still of pictures from 0 "
        "to 255: take all of them in the same unit.",
        scale=1,
    ),
    _prepared(
        "Mean and standard deviation are those of the pictures themselves: use the training "
        "pictures', whatever comes in.",
        own=True,
    ),
    _prepared("There is one mean for all colours: each colour has its own.", per=None),
    _prepared(
        "There is a mean for each pixel: it should go over all pixels of a colour.", per=(0,)
    ),
    _prepared(
        "The colours still come last: they should come before rows and columns.", axes=(0, 1, 2, 3)
    ),
    Mistake(
        "You take the mean off, but don't divide by the standard deviation of the training "
        "pictures.",
        lambda pictures, training: ((pictures - training.mean(axis=(0, 1, 2))) / 255).transpose(
            COLOURS_FIRST
        ),
    ),
    Mistake(
        "The pictures are divided by 255, and normalised no further.",
        lambda pictures, training: (pictures / 255).transpose(COLOURS_FIRST),
    ),
)
PICTURES_MISTAKES = (
    Mistake("The empty pictures are still there.", lambda pictures, labels: pictures),
    Mistake(
        "Pictures that are black all over are left out, but not those that are empty in another "
        "value.",
        lambda pictures, labels: pictures[pictures.max(axis=(1, 2)) > 0],
    ),
)
LABELS_MISTAKES = (
    Mistake(
        "After the first empty picture each label still belongs to another picture: leave out the "
        "labels of the empty pictures.",
        lambda pictures, labels: labels[: _kept(pictures).sum()],
    ),
    Mistake(
        "You cut the labels at the front: leave out those of the empty pictures, wherever they "
        "are.",
        lambda pictures, labels: labels[len(labels) - _kept(pictures).sum() :],
    ),
    Mistake("The labels of the empty pictures are still there.", lambda pictures, labels: labels),
)
LEARN_MISTAKES = (
    Mistake(
        "Pictures are still held out whose copies, or originals, are learnt from: hold out first, "
        "then make the copies.",
        lambda *arguments: _leaky_but_cleaned(*arguments),
    ),
    Mistake(
        "There are no moved copies to learn from.",
        lambda *arguments: to_learn(*arguments, copies=False),
    ),
    Mistake(
        "You hold out the first fifth of the order: hold out every fifth picture, beginning with "
        "the first.",
        lambda *arguments: to_learn(*arguments, held=_first_fifth),
    ),
    Mistake(
        "The pictures aren't in the given order when every fifth is held out.",
        lambda pictures, labels, order: to_learn(pictures, labels, np.arange(len(order))),
    ),
)
HOLD_MISTAKES = (
    Mistake(
        "No picture is learnt from and held out now, but moved copies are among those held out: "
        "hold out the pictures as they are.",
        lambda *arguments: to_hold(*arguments, copies=True),
    ),
)
