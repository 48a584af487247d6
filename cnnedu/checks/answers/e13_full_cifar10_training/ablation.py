"""An ablation in standard errors, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def in_errors(results, variance=None, factor=2):
    """Return each row's difference from the first, in standard errors."""
    means = results.mean(axis=1)
    return (means[1:] - means[0]) / _error(results, variance, factor)


def _error(results, variance=None, factor=2):
    """Return the standard error of a difference."""
    variance = results.var(axis=1, ddof=1).mean() if variance is None else variance
    return np.sqrt(factor * variance / results.shape[1])


def _with_variance(variance):
    """Make a comparison that is right but for s²."""
    return lambda results: in_errors(results, variance(results))


def _from_variances(variance):
    """Make a comparison whose s² is variance(the rows' variances)."""
    return _with_variance(lambda results: variance(results.var(axis=1, ddof=1)))


def _compared_with(row):
    """Make a comparison of the rows' means with row(means) in place of the first."""

    def wrong(results):
        means = results.mean(axis=1)
        return (means[1:] - row(means)) / _error(results)

    return wrong


def _own_variances(results):
    variances = results.var(axis=1, ddof=1)
    with np.errstate(all="ignore"):
        return in_errors(results, (variances[0] + variances[1:]) / 2)


def _paired(results):
    """Look at the differences seed by seed."""
    apart = results[1:] - results[0]
    return apart.mean(axis=1) / apart.std(axis=1, ddof=1) * np.sqrt(results.shape[1])


MISTAKES = (
    Mistake(
        "The sign is wrong: a row that is worse than the first gets a negative answer.",
        lambda results: -in_errors(results),
    ),
    Mistake(
        "The sign is lost: a row that is worse than the first gets a negative answer.",
        lambda results: abs(in_errors(results)),
    ),
    Mistake(
        "Divide by S − 1 in the variances: ddof=1.",
        _with_variance(lambda results: results.var(axis=1).mean()),
    ),
    Mistake(
        "That is the error of one mean; both means have one, so the variance of the "
        "difference is twice as large.",
        lambda results: in_errors(results, factor=1),
    ),
    Mistake(
        "The spread of single results is not the error of their mean: divide the variance by S.",
        lambda results: in_errors(results) / np.sqrt(results.shape[1]),
    ),
    Mistake(
        "You used each row's own variance; use the mean of all rows' variances.", _own_variances
    ),
    Mistake(
        "You averaged the deviations; average the variances, then take the square root.",
        _from_variances(lambda variances: np.sqrt(variances).mean() ** 2),
    ),
    Mistake(
        "That is the spread of all results together, which includes the differences between rows.",
        _with_variance(lambda results: results.var(ddof=1)),
    ),
    Mistake(
        "These are the differences; divide them by their standard error.",
        lambda results: in_errors(results) * _error(results),
    ),
    Mistake(
        "Row 0 counts in s², too: take the mean of all R variances.",
        _from_variances(lambda variances: variances[1:].mean()),
    ),
    Mistake(
        "You used the variance of row 0 alone; take the mean of all R variances.",
        _from_variances(lambda variances: variances[0]),
    ),
    Mistake("You added the variances up; take their mean.", _from_variances(np.sum)),
    Mistake(
        "The square root is missing: divide by the square root of 2 s² / S.",
        lambda results: in_errors(results) / _error(results),
    ),
    Mistake(
        "S belongs under the square root.",
        lambda results: in_errors(results, factor=2 / results.shape[1]),
    ),
    Mistake(
        "You compared each row with the one before; compare all with row 0.",
        lambda results: np.diff(results.mean(axis=1)) / _error(results),
    ),
    Mistake(
        "You compared the rows with the mean of all rows; compare them with row 0.",
        _compared_with(np.mean),
    ),
    Mistake(
        "You compared the rows with the best one; compare them with row 0.",
        _compared_with(np.max),
    ),
    Mistake(
        "You took the spread of the differences seed by seed; here s² is the mean of the rows' "
        "variances.",
        _paired,
    ),
    Mistake(
        "You went through the columns; the variants are the rows: axis 1.",
        lambda results: in_errors(results.T),
    ),
    Mistake(
        "Leave the first row out: it is what the others are compared with.",
        lambda results: np.concatenate([[0], in_errors(results)]),
    ),
)
