"""Runs B, E and F: a softmax too many, the mode when measuring, and the first weights."""

import numpy as np

from cnnedu.checks.case import Mistake

HIDDEN = 32


def _scores(x, numbers):
    """Return the scores of a classifier whose parameters stand in one row of numbers."""
    inputs = x.shape[1]
    classes = (len(numbers) - HIDDEN * (inputs + 1)) // (HIDDEN + 1)
    ends = np.cumsum([HIDDEN * inputs, HIDDEN, HIDDEN * classes])
    w1, b1, w2, b2 = np.split(numbers, ends)
    hidden = np.maximum(x @ w1.reshape(HIDDEN, inputs).T + b1, 0)
    return hidden @ w2.reshape(classes, HIDDEN).T + b2


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _cross_entropy(scores, y):
    return -np.log(_softmax(scores)[np.arange(len(y)), y])


def losses(x, y, numbers):
    """Return the cross-entropy of each example."""
    return _cross_entropy(_scores(x, numbers), y)


def shares(x, y, numbers):
    """Return the probabilities of the classes."""
    return _softmax(_scores(x, numbers))


def measured(x, y, w, training):
    """Return the accuracy in evaluation mode; batch norm has seen nothing, so it does nothing."""
    return np.mean((x @ w.T).argmax(axis=1) == y)


def first_weights(channels, filters, size, inputs, units, per="in", factor=1.0, mean=0.0, bias=0.0):
    """Return 2 / variance, mean / standard deviation and bias of weights by He's rule.

    `per` says what the variance is divided by, `factor` what 2 / variance is multiplied by.
    """
    fan_in, fan_out = [channels * size**2, inputs], [filters * size**2, units]
    fans = {
        "in": fan_in,
        "out": fan_out,
        "both": [(a + b) for a, b in zip(fan_in, fan_out, strict=True)],
        "channels": [channels, inputs],
        "filters": [filters, units],
        "nothing": [1, 1],
    }[per]
    return np.array([[factor * fan, mean, bias] for fan in fans])


def _drawn(says, **changed):
    return Mistake(says, lambda *arguments: first_weights(*arguments, **changed))


LOSSES_MISTAKES = (
    Mistake(
        "There is still a softmax before `cross_entropy`, which contains one itself: the loss "
        "can't fall to 0.",
        lambda x, y, numbers: _cross_entropy(shares(x, y, numbers), y),
    ),
    Mistake(
        "There is a sigmoid before `cross_entropy`, which wants scores of any size.",
        lambda x, y, numbers: _cross_entropy(1 / (1 + np.exp(-_scores(x, numbers))), y),
    ),
)
SHARES_MISTAKES = (
    Mistake(
        "The loss is right now, but `probabilities` returns the scores: the softmax belongs there.",
        lambda x, y, numbers: _scores(x, numbers),
    ),
    Mistake(
        "The loss is right now, but `probabilities` returns logarithms of probabilities.",
        lambda x, y, numbers: np.log(shares(x, y, numbers)),
    ),
    Mistake(
        "`probabilities` takes the softmax twice.",
        lambda x, y, numbers: _softmax(shares(x, y, numbers)),
    ),
)
MEASURED_MISTAKES = (
    Mistake(
        "The accuracy is a share from 0 to 1, not a percentage.",
        lambda *arguments: 100 * measured(*arguments),
    ),
    Mistake(
        "You returned the number of right answers, not their share.",
        lambda *arguments: len(arguments[1]) * measured(*arguments),
    ),
)
WEIGHTS_MISTAKES = (
    _drawn(
        "The weights still have a mean far below 0. Look up what the two numbers mean that "
        "`nn.init.normal_` takes.",
        factor=1 / 3,
        mean=-1.0,
    ),
    _drawn(
        "The mean is 0 now, but the variance is three times too large: √(6 / fan_in) is the bound "
        "of a uniform distribution, not a standard deviation.",
        factor=1 / 3,
    ),
    _drawn(
        "The variance is a third of what it should be: a uniform distribution between ±b has "
        "the variance b² / 3.",
        factor=3,
    ),
    _drawn("The variance is half of what it should be: a ReLU needs 2 / fan_in.", factor=2),
    _drawn("These are PyTorch's own first weights, with a variance of 1 / (3 · fan_in).", factor=6),
    _drawn(
        "You divided by the fan-out: the variance should be 2 / fan_in, with what goes *into* a "
        "unit.",
        per="out",
    ),
    _drawn("The variance takes fan_in and fan_out together; the rule asks for fan_in.", per="both"),
    _drawn(
        "In the convolution, fan_in counts the channels alone: count all weights of one filter.",
        per="channels",
    ),
    _drawn("You divided by the number of filters or units: divide by fan_in.", per="filters"),
    _drawn(
        "The weights have a variance of 2 whatever the layer: divide it by fan_in.", per="nothing"
    ),
    _drawn("The weights are right, but the biases keep what they were: set them to 0.", bias=3.0),
)
