"""Layer normalisation, forward and back, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake

EPS = 1e-5


def layer_norm_numbers(dout, x, weight, bias):
    """Return the output, dx, dweight and dbias, all numbers in one row."""
    return _numbers(*_norm(dout, x, weight, bias))


def _numbers(*parts):
    return np.concatenate([np.ravel(part) for part in parts])


def _mean(a):
    return a.mean(axis=1, keepdims=True)


def _variance(x):
    return x.var(axis=1, keepdims=True)


def _whole_dx(g, normal, root):
    return (g - _mean(g) - normal * _mean(g * normal)) / root


def _norm(dout, x, weight, bias, mean=_mean, variance=_variance, dx=_whole_dx, root=None):
    """Return out, dx, dweight, dbias, with other parts in place of the right ones."""
    spread = np.sqrt(variance(x) + EPS) if root is None else root(variance(x))
    normal = (x - mean(x)) / spread
    return (
        weight * normal + bias,
        dx(dout * weight, normal, spread),
        (dout * normal).sum(axis=0),
        dout.sum(axis=0),
    )


def _with(**parts):
    """Make a normalisation that is right but for these parts."""
    return lambda *arguments: _numbers(*_norm(*arguments, **parts))


def _then(change):
    """Make a normalisation whose answers are changed in the end."""
    return lambda dout, x, weight, bias: _numbers(
        *change(*_norm(dout, x, weight, bias), dout, x, weight)
    )


def _weight_outside(dout, x, weight, bias):
    out, _, dweight, dbias = _norm(dout, x, weight, bias)
    plain = _norm(dout, x, np.ones(len(weight)), bias)[1]
    return _numbers(out, weight * plain, dweight, dbias)


def _batch_norm(dout, x, weight, bias):
    """Take the statistics of each column, all the way."""
    mean, spread = x.mean(axis=0), np.sqrt(x.var(axis=0) + EPS)
    normal, g = (x - mean) / spread, dout * weight
    dx = (g - g.mean(axis=0) - normal * (g * normal).mean(axis=0)) / spread
    return _numbers(weight * normal + bias, dx, (dout * normal).sum(axis=0), dout.sum(axis=0))


MISTAKES = (
    Mistake(
        "Your dx takes mean and spread for constants: each number of the row moves them, too.",
        _with(dx=lambda g, normal, root: g / root),
    ),
    Mistake(
        "The mean's share is missing in dx: each number moves the mean of its row, and the mean "
        "moves all the others.",
        _with(dx=lambda g, normal, root: (g - normal * _mean(g * normal)) / root),
    ),
    Mistake(
        "The variance's share is missing in dx: each number moves the spread of its row as well.",
        _with(dx=lambda g, normal, root: (g - _mean(g)) / root),
    ),
    Mistake(
        "Your dx subtracts sums where means are due: divide both shares by D.",
        _with(
            dx=lambda g, normal, root: (
                (
                    g
                    - g.sum(axis=1, keepdims=True)
                    - normal * (g * normal).sum(axis=1, keepdims=True)
                )
                / root
            )
        ),
    ),
    Mistake(
        "The shares in dx have the wrong sign: subtract them.",
        _with(dx=lambda g, normal, root: (g + _mean(g) + normal * _mean(g * normal)) / root),
    ),
    Mistake(
        "Your dx is still to be divided by the spread √(variance + eps).",
        _with(dx=lambda g, normal, root: root * _whole_dx(g, normal, root)),
    ),
    Mistake(
        "In dx you multiply by the weight in the end, as batch normalisation may. Here each number "
        "of a row has its own weight, so it belongs inside the means: start from dout · weight.",
        _weight_outside,
    ),
    Mistake(
        "The weight is missing in dx: start from dout · weight.",
        lambda dout, x, weight, bias: _numbers(
            _norm(dout, x, weight, bias)[0],
            _norm(dout, x, np.ones(len(weight)), bias)[1],
            *_norm(dout, x, weight, bias)[2:],
        ),
    ),
    Mistake(
        "You normalise each column, as batch normalisation does. Here each *row* has a mean and a "
        "spread of its own.",
        _batch_norm,
    ),
    Mistake(
        "Your variance divides by D − 1; divide by D.",
        _with(variance=lambda x: x.var(axis=1, ddof=1, keepdims=True)),
    ),
    Mistake(
        "Add eps to the variance, under the root, not to the root.",
        _with(root=lambda variance: np.sqrt(variance) + EPS),
    ),
    Mistake(
        "The root is missing: divide by √(variance + eps).",
        _with(root=lambda variance: variance + EPS),
    ),
    Mistake(
        "eps is missing under the root.",
        _with(root=np.sqrt),
    ),
    Mistake(
        "dweight multiplies dout by the normalised numbers x̂, not by x.",
        _then(lambda out, dx, dw, db, dout, x, weight: (out, dx, (dout * x).sum(axis=0), db)),
    ),
    Mistake(
        "dweight and dbias are sums over the rows, not means.",
        _then(lambda out, dx, dw, db, dout, x, weight: (out, dx, dw / len(x), db / len(x))),
    ),
    Mistake(
        "The bias is missing in the output.",
        lambda dout, x, weight, bias: _numbers(*_norm(dout, x, weight, 0 * bias)),
    ),
)
