"""The gradient check: compare a backward pass with central differences."""

import inspect

import numpy as np

from cnnedu.kernels.validation import matching_floats, real


def gradcheck(forward, backward, *arguments, step=1e-6, rtol=1e-5, atol=1e-7, seed=0):
    """Check a backward pass against central differences, entry by entry.

    Equation
        numeric[k] = (L(a + h·e_k) − L(a − h·e_k)) / 2h, L = Σ dout · forward(…) for a random dout

    Args:
        forward: function of `arguments` that returns an array or a number.
        backward: function of (dout, *arguments) that returns the gradient with respect to the
            first argument, or a tuple of those for the first few arguments, in order.
        arguments: arrays of numbers; they are converted to float64.
        step: the step h, above 0.
        rtol, atol: a difference of up to atol + rtol · |numeric| passes; both at least 0.
        seed: chooses dout.

    Returns:
        The largest difference between an analytic and a numeric entry.

    Raises:
        AssertionError: an entry differs; the message names the function, the argument, the index,
            both values and the step.
        TypeError, ValueError: an argument has the wrong type or range.

    Source
        Bishop, "Pattern Recognition and Machine Learning" (2006), equation 5.69.

    >>> square, wrong = lambda x: x**2, lambda dout, x: 3 * x * dout
    >>> gradcheck(square, lambda dout, x: 2 * x * dout, [1.0, 2.0]) < 1e-8
    True
    >>> gradcheck(square, wrong, [1.0])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    AssertionError: gradcheck: <lambda>: the gradient with respect to x at index (0,) is 0.377...,
    but central differences with step 1e-06 give 0.251...
    """
    step, rtol, atol = _checked("gradcheck", step, rtol, atol)
    names, arguments, dout, gradients = _prepare("gradcheck", forward, backward, arguments, seed)
    largest = 0.0
    for position, analytic in enumerate(gradients):
        numeric = numeric_gradient(forward, arguments, position, dout, step)
        difference = np.abs(analytic - numeric)
        accepted = difference <= atol + rtol * np.abs(numeric)
        for index in map(tuple, np.argwhere(~accepted)[:1].tolist()):
            raise AssertionError(
                f"gradcheck: {_name(forward)}: the gradient with respect to {names[position]} at "
                f"index {index} is {analytic[index]:.12g}, but central differences with step "
                f"{step:g} give {numeric[index]:.12g}"
            )
        largest = max(largest, float(difference.max(initial=0)))
    return largest


def numeric_gradient(forward, arguments, position, dout, step=1e-6):
    """Return the gradient of Σ dout · forward(…) for one argument, by central differences.

    Equation
        numeric[k] = (L(a + h·e_k) − L(a − h·e_k)) / 2h

    Args:
        forward: function of `arguments` that returns an array or a number.
        arguments: list of float64 arrays.
        position: index of the argument to vary, from 0.
        dout: array of the shape of the output.
        step: the step h, above 0.

    Returns:
        Array of the argument's shape.

    Raises:
        TypeError, ValueError: whatever `forward` raises.

    Source
        Bishop, "Pattern Recognition and Machine Learning" (2006), equation 5.69.

    >>> numeric_gradient(lambda x: x**2, [np.array([3.0])], 0, np.array([1.0]), step=0.5)
    array([6.])
    """
    arguments = [np.array(argument) for argument in arguments]
    moved = arguments[position]
    gradient = np.zeros(moved.shape)
    for index in np.ndindex(moved.shape):
        kept = moved[index]
        moved[index] = kept + step
        above = np.sum(dout * forward(*arguments))
        moved[index] = kept - step
        below = np.sum(dout * forward(*arguments))
        moved[index] = kept
        gradient[index] = (above - below) / (2 * step)
    return gradient


def step_size_errors(forward, backward, *arguments, steps=None, seed=0):
    """Measure how the error of central differences depends on the step.

    With a large step the curvature of the function dominates the error (∝ h²); with a small step,
    rounding does (∝ 1/h). The best step lies in between.

    Equation
        error(h) = max_k |numeric_h[k] − analytic[k]| / max_k |analytic[k]|

    Args:
        forward, backward, arguments, seed: as for `gradcheck`.
        steps: the steps h, above 0; None for 10⁻¹ … 10⁻¹².

    Returns:
        The steps and the relative errors, two arrays of equal length.

    Raises:
        TypeError, ValueError: an argument has the wrong type or range.

    Source
        Press et al., "Numerical Recipes" (2007), section 5.7.

    >>> steps, errors = step_size_errors(np.sin, lambda dout, x: dout * np.cos(x), [1.0])
    >>> 1e-8 < steps[errors.argmin()] < 1e-3
    np.True_
    """
    caller = "step_size_errors"
    steps = [10.0**-power for power in range(1, 13)] if steps is None else steps
    steps = [real(caller, "steps", step, least=np.finfo(float).tiny) for step in steps]
    _, arguments, dout, gradients = _prepare(caller, forward, backward, arguments, seed)
    errors = []
    for step in steps:
        differences = [
            np.abs(analytic - numeric_gradient(forward, arguments, position, dout, step)).max()
            for position, analytic in enumerate(gradients)
        ]
        errors.append(max(differences) / max(np.abs(g).max() for g in gradients))
    return np.array(steps), np.array(errors)


def _prepare(caller, forward, backward, arguments, seed):
    """Return argument names, float64 arguments, a random dout and the analytic gradients."""
    if not callable(forward) or not callable(backward):
        raise TypeError(f"{caller}: forward and backward must be functions")
    if not arguments:
        raise ValueError(f"{caller}: there is no argument to take the gradient with respect to")
    named = {f"argument {k}": argument for k, argument in enumerate(arguments)}
    arguments = [a.astype(np.float64) for a in matching_floats(caller, **named)]
    dout = np.random.default_rng(seed).standard_normal(np.shape(forward(*arguments)))
    gradients = backward(dout, *arguments)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    names = _argument_names(forward, len(arguments))
    for name, argument, gradient in zip(names, arguments, gradients, strict=False):
        if np.shape(gradient) != argument.shape:
            raise AssertionError(
                f"{caller}: {_name(forward)}: the gradient with respect to {name} has shape "
                f"{np.shape(gradient)}, but {name} has {argument.shape}"
            )
    return names, arguments, dout, [np.asarray(gradient) for gradient in gradients]


def _argument_names(function, count):
    """Return the names of the first `count` arguments of a function, as far as they are known."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # some functions written in C
        parameters = []
    names = [p.name for p in parameters if p.kind is not p.VAR_POSITIONAL][:count]
    return names + [f"argument {number}" for number in range(len(names), count)]


def _checked(caller, step, rtol, atol):
    """Return the step and the tolerances as floats."""
    step = real(caller, "step", step, least=np.finfo(float).tiny)
    return step, real(caller, "rtol", rtol, least=0), real(caller, "atol", atol, least=0)


def _name(function):
    """Return the name of a function for a message."""
    return getattr(function, "__name__", repr(function))
