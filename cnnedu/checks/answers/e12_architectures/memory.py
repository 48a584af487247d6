"""What training keeps, and the well-known mistakes in counting it."""

from math import prod

from cnnedu.checks.case import Mistake


def kept_bytes(shape, layers):
    """Count the bytes that training keeps of one picture.

    >>> kept_bytes((1, 6, 6), [("conv", 8, 3, 1, 0), ("relu",), ("max pool", 2)])
    912
    """
    return _kept(shape, layers)


def _kept(shape, layers, kept_once=True, picture=True, places=8, norm=True, last=0):
    """Count what training keeps; every argument after `layers` changes one thing.

    `places` are the bytes of one place of a maximum; with `last` the last output is counted,
    although nothing needs it.
    """
    total, counted = 0, not picture
    for kind, *sizes in layers:
        before = 4 * prod(shape)
        if kind == "norm" and not norm:
            continue
        if kind != "relu" and not (counted and kept_once):
            total += before
        if kind == "conv":
            filters, kernel_size, stride, padding = sizes
            size = [(n + 2 * padding - kernel_size) // stride + 1 for n in shape[1:]]
            shape = (filters, *size)
        if kind == "max pool":
            shape = (shape[0], *(n // sizes[0] for n in shape[1:]))
            total += places * prod(shape)
        counted = kind == "relu"
        total += 4 * prod(shape) * counted
    return total + last * 4 * prod(shape) * (not counted)


def _outputs(shape, layers):
    """Return the memory of all outputs."""
    total = 0
    for kind, *sizes in layers:
        if kind == "conv":
            filters, kernel_size, stride, padding = sizes
            size = [(n + 2 * padding - kernel_size) // stride + 1 for n in shape[1:]]
            shape = (filters, *size)
        if kind == "max pool":
            shape = (shape[0], *(n // sizes[0] for n in shape[1:]))
        total += 4 * prod(shape)
    return total


def _different(says, **changed):
    return Mistake(says, lambda *arguments: _kept(*arguments, **changed))


MISTAKES = (
    Mistake(
        "That is the memory of all outputs. Training keeps what the gradients need: go through "
        "the table.",
        _outputs,
    ),
    _different(
        "Each tensor is kept once: what a ReLU keeps is also the next layer's input.",
        kept_once=False,
    ),
    _different("The picture is kept as well, if the first layer needs it.", picture=False),
    _different("A max pooling keeps the places of its maxima, 8 bytes each.", places=0),
    _different("The place of a maximum takes 8 bytes, not 4.", places=4),
    _different("A norm keeps its input, too.", norm=False),
    _different("Nothing needs the last output, unless a ReLU gave it.", last=1),
    Mistake("A number takes 4 bytes.", lambda *a: _kept(*a) // 4),
)
