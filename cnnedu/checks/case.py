"""Cases: how a function that a student wrote is checked.

A case is a declaration. `Case.run` evaluates it in the notebook; there, or in a grader's sandbox,
the student's function gets the inputs, and only the answers that come back are compared.
"""

import contextlib
import copy
import io
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from cnnedu.checks.compare import CheckFailed, NotNumbers, agrees, as_numbers, difference
from cnnedu.checks.errors import explained
from cnnedu.checks.ready_made import switched_off

CUT = (
    "Your result was cut to whole numbers: the array that holds it has a whole-number dtype, as "
    "when it takes the dtype of an input of whole numbers."
)
NOT_WHOLE = (
    "the answer should be whole numbers, but it holds floats: `//` keeps whole numbers whole"
)


@dataclass(frozen=True)
class Mistake:
    """A well-known wrong answer.

    `wrong` takes the case's inputs and returns what the mistake would give, or None where it makes
    no difference; `says` is what to tell a student whose answers are all the same as that.
    """

    says: str
    wrong: Callable


@dataclass(frozen=True)
class Answer:
    """What a student's function returned for one input.

    `wrong` says how `got` differs from `expected`, or is None.
    """

    arguments: tuple
    got: object
    expected: object
    wrong: str | None


@dataclass(frozen=True)
class Case:
    """One function of an exercise and how its answers are judged.

    Args:
        name: of the student's function.
        inputs: takes a `numpy.random.Generator`, returns a list of argument tuples.
        reference: the function with the right answers.
        hidden: the same for the hidden tests.
        rtol, atol: the tolerance, as in `numpy.allclose`.
        whole: whether the answer must be whole numbers, not floats.
        mistakes: well-known wrong answers, which wrong answers are compared with.
        imports: the modules a solution may use besides Python's own.
        builds_on: {name: case} of the functions that this one calls; see `naming_what_is_first`.
    """

    name: str
    inputs: Callable[[np.random.Generator], list]
    reference: Callable
    hidden: Callable[[np.random.Generator], list] | None = None
    rtol: float = 1e-9
    atol: float = 1e-9
    whole: bool = False
    mistakes: tuple[Mistake, ...] = ()
    imports: tuple[str, ...] = ("numpy", "cnnedu.data")
    builds_on: Mapping[str, "Case"] = field(default_factory=dict, hash=False)

    def run(self, namespace, hidden=False, seed=None):
        """Check the student's function on all inputs, or on all hidden ones.

        Args:
            namespace: the notebook's `globals()`.
            hidden: which inputs to take.
            seed: whole number from which they are made; a fresh one by default.

        Raises:
            CheckFailed: an answer is wrong; the message says in what way.
        """
        with naming_what_is_first(self.builds_on, namespace):
            answers = list(self.answers(namespace, hidden, seed))
            wrong = [answer for answer in answers if answer.wrong]
            if wrong:
                shown = ", ".join(_described(argument) for argument in wrong[0].arguments)
                numbers = f"In {self.name}({shown}), {wrong[0].wrong}."
                raise CheckFailed(f"{_diagnosis(self, answers)} {numbers}".lstrip())
        more = "more " if hidden else ""
        print(f"{self.name}: right for {len(answers)} {more}input{'s' * (len(answers) > 1)}")

    def answers(self, namespace, hidden=False, seed=None):
        """Yield the `Answer` to each input; arguments as for `run`.

        Raises:
            CheckFailed: the function is missing, stopped with an error or changed its input.
        """
        require_function(self.name, namespace)
        rng = np.random.default_rng(secrets.randbelow(10**6) if seed is None else seed)
        inputs = (self.hidden if hidden else self.inputs)(rng)
        with switched_off(namespace, self.imports):
            for arguments in inputs:
                expected = self.reference(*arguments)
                got = asked(self.name, arguments, namespace)
                yield Answer(arguments, got, expected, _fault(self, got, expected))


@contextlib.contextmanager
def naming_what_is_first(builds_on, namespace):
    """Where the block finds an answer wrong, add which function below it is wrong as well, if any.

    Args:
        builds_on: {name: case} of the functions that the one checked in the block may call.
        namespace: the notebook's `globals()`.
    """
    try:
        yield
    except CheckFailed as failure:
        for name, case in builds_on.items():
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    case.run(namespace)
            except CheckFailed:
                first = f"But first mend `{name}`: its own checks say what is wrong there."
                raise CheckFailed(f"{str(failure).rstrip('.')}. {first}") from None
        raise CheckFailed(failure) from None


def stopped_at(error, namespace):
    """Return " (at `line`)" for the innermost line of the notebook that an error came from."""
    frames = [f for f, _ in traceback.walk_tb(error.__traceback__) if f.f_globals is namespace]
    if not frames:
        return ""
    lines = traceback.extract_tb(error.__traceback__)
    own = [line for line in lines if line.filename == frames[-1].f_code.co_filename]
    return f" (at `{own[-1].line}`)" if own[-1].line else ""


def require_function(name, namespace):
    """Raise `CheckFailed` unless the notebook has a function of this name."""
    if not callable(namespace.get(name)):
        raise CheckFailed(f"there is no function `{name}` yet: run the cell that defines it")


def asked(name, arguments, namespace):
    """Return what the student's function answers to copies of the arguments.

    Raises:
        CheckFailed: the function stopped with an error, or changed what it was given.
    """
    given = _copied(arguments)
    got = _call(name, given, namespace)
    if not all(map(_is_same, given, arguments)):
        raise CheckFailed(f"`{name}` changed what it was given; work on a copy")
    return got


def _call(name, arguments, namespace):
    """Call the student's function; turn its own error into a sentence that shows the line."""
    try:
        # nbgrader gives no points for a test that writes to standard error, as a progress bar does.
        with contextlib.redirect_stderr(sys.stdout):
            # Looked up here, so that a ready-made function under the right name is off, too.
            got = namespace[name](*arguments)
    except NotImplementedError:
        raise CheckFailed(f"`{name}` is not written yet") from None
    except CheckFailed:
        raise
    except Exception as error:
        what = explained(type(error).__name__, f"{error}{stopped_at(error, namespace)}")
        raise CheckFailed(f"`{name}` stopped with {what}") from None
    try:
        return as_numbers(got)  # a copy: the function may use its array again
    except NotNumbers:
        return got


def _copied(arguments):
    return tuple(a.copy() if isinstance(a, np.ndarray) else copy.deepcopy(a) for a in arguments)


def _is_same(given, argument):
    """Return whether an argument is what it was, to the last bit."""
    if isinstance(argument, np.ndarray):
        return given.dtype == argument.dtype and given.tobytes() == argument.tobytes()
    return given == argument


def _fault(case, got, expected):
    """Return how an answer differs from the expected one, or None."""
    wrong = difference(got, expected, case.rtol, case.atol)
    if wrong is None and case.whole and got.size and got.dtype.kind == "f":
        return NOT_WHOLE
    return wrong


def _diagnosis(case, answers):
    """Return the one well-known mistake that explains all answers, else an empty string."""
    wrong = [answer for answer in answers if answer.wrong]
    if _are_cut(case, wrong, "iu"):
        return CUT
    says = {
        mistake.says
        for mistake in case.mistakes
        if all(_explains(case, mistake, answer) for answer in answers)
    }
    if not says and _are_cut(case, wrong, "iuf"):
        return CUT
    return says.pop() if len(says) == 1 else ""


def _explains(case, mistake, answer):
    wrong = mistake.wrong(*_copied(answer.arguments))
    return agrees(answer.got, answer.expected if wrong is None else wrong, case.rtol, case.atol)


def _are_cut(case, wrong, kinds):
    """Return whether wrong answers are the right ones without what comes after the point."""
    for answer in wrong:
        got, tolerance = answer.got, (case.rtol, case.atol)
        if not isinstance(got, np.ndarray) or got.dtype.kind not in kinds:
            return False
        if not agrees(got, np.trunc(answer.expected), *tolerance):
            return False
        if agrees(got, answer.expected, *tolerance):  # right, but for its dtype
            return False
    return any(answer.got.any() for answer in wrong)


def _described(argument):
    """Show an argument in a message: small arrays in full, larger ones by their shape."""
    try:
        array = np.asarray(argument)
    except ValueError:  # rows of different lengths, such as the layers of a network
        return repr(argument)
    if array.size > 9:
        whole = " of whole numbers" if array.dtype.kind in "iu" else ""
        return f"array of shape {array.shape}{whole}"
    if array.dtype.kind != "f":
        return str(array.tolist())
    short = [float(f"{number:.5g}") for number in array.flat]
    return str(np.reshape(short, array.shape).tolist())
