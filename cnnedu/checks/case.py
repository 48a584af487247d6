"""Cases: how a function, or a value, that a student wrote is checked.

A case is a declaration. `run` evaluates it in the notebook; a grader may instead send the inputs
to another process and compare the answers that come back.
"""

import copy
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnedu.checks.compare import CheckFailed, agrees, difference
from cnnedu.checks.ready_made import switched_off


@dataclass(frozen=True)
class Mistake:
    """A well-known wrong answer.

    `wrong` takes the case's inputs and returns what the mistake would give, or None where the
    mistake can't be made; `says` is what to tell a student whose answer is the same.
    """

    says: str
    wrong: Callable


@dataclass(frozen=True)
class Case:
    """One function of an exercise and how its answers are judged.

    Args:
        function: the name of the student's function.
        inputs: takes a `numpy.random.Generator`, returns a list of argument tuples.
        reference: the function with the right answers.
        rtol, atol: the tolerance, as in `numpy.allclose`.
        mistakes: well-known wrong answers, which a wrong answer is compared with.
        imports: the modules a solution may use besides Python's own.
    """

    function: str
    inputs: Callable[[np.random.Generator], list]
    reference: Callable
    rtol: float = 1e-9
    atol: float = 1e-9
    mistakes: tuple[Mistake, ...] = ()
    imports: tuple[str, ...] = ("numpy", "cnnedu.data")


def run(case, namespace, seed=None):
    """Check the student's function on every input of the case.

    Args:
        case: a `Case`.
        namespace: the notebook's `globals()`.
        seed: whole number from which the inputs are made; a fresh one by default.

    Raises:
        CheckFailed: at the first wrong answer, with what is wrong.
    """
    if not callable(namespace.get(case.function)):
        raise CheckFailed(
            f"there is no function `{case.function}` yet: run the cell that defines it"
        )
    seed = secrets.randbelow(10**6) if seed is None else seed
    inputs = case.inputs(np.random.default_rng(seed))
    for arguments in inputs:
        expected = case.reference(*copy.deepcopy(arguments))
        given = copy.deepcopy(arguments)
        got = _call(case, given, namespace)
        wrong = difference(got, expected, case.rtol, case.atol)
        if wrong:
            called = f"{case.function}({', '.join(_describe(a) for a in arguments)})"
            diagnosis = _diagnose(case, got, arguments)
            raise CheckFailed(f"{diagnosis} In {called}, {wrong}.".lstrip())
        if not all(agrees(g, a, 0, 0) for g, a in zip(given, arguments, strict=True)):
            raise CheckFailed(f"`{case.function}` changed what it was given; work on a copy")
    print(f"{case.function}: right for {len(inputs)} input{'s' * (len(inputs) > 1)}")


def check_value(name, namespace, expected, rtol=1e-9, atol=1e-9, mistakes=()):
    """Check a value worked out by hand without giving the right one away.

    Args:
        name: the variable's name in the notebook.
        namespace: the notebook's `globals()`.
        expected: the right array or number.
        rtol, atol: the tolerance, as in `numpy.allclose`.
        mistakes: pairs (well-known wrong value, what to tell a student who gave it).

    Raises:
        CheckFailed: the value is missing or wrong.
    """
    if namespace.get(name) is None:
        raise CheckFailed(f"`{name}` has no value yet: fill it in and run its cell")
    wrong = difference(namespace[name], expected, rtol, atol, reveal=False)
    if wrong is None:
        print(f"{name}: right")
        return
    for value, says in mistakes:
        if agrees(namespace[name], value, rtol, atol):
            raise CheckFailed(f"{name}: {says}")
    raise CheckFailed(f"{name}: {wrong}")


def stopped_at(error, namespace):
    """Return " (at `line`)" for the innermost line of the notebook that an error came from."""
    frames = [f for f, _ in traceback.walk_tb(error.__traceback__) if f.f_globals is namespace]
    if not frames:
        return ""
    lines = traceback.extract_tb(error.__traceback__)
    own = [line for line in lines if line.filename == frames[-1].f_code.co_filename]
    return f" (at `{own[-1].line}`)" if own[-1].line else ""


def _call(case, arguments, namespace):
    """Call the student's function; turn its own error into a sentence that shows the line."""
    try:
        with switched_off(namespace, case.imports):
            # Looked up here, so that a ready-made function under the right name is off, too.
            return namespace[case.function](*arguments)
    except NotImplementedError:
        raise CheckFailed(f"`{case.function}` is not written yet") from None
    except CheckFailed:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        line = stopped_at(error, namespace)
        raise CheckFailed(f"`{case.function}` stopped with {what}{line}") from None


def _diagnose(case, got, arguments):
    """Return what to say if the answer is that of a well-known mistake, else an empty string."""
    for mistake in case.mistakes:
        wrong = mistake.wrong(*copy.deepcopy(arguments))
        if wrong is not None and agrees(got, wrong, case.rtol, case.atol):
            return mistake.says
    return ""


def _describe(argument):
    """Show an argument in a message: small arrays in full, larger ones by their shape."""
    array = np.asarray(argument)
    if array.size > 9:
        return f"array of shape {array.shape}"
    return str((array if array.dtype == bool else array.round(4)).tolist())
