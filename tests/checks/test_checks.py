"""Checks: right answers pass, and wrong ones are told what is wrong."""

import contextlib
import io
import math
import sys
from decimal import Decimal
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from checks.told import by_student, message
from PIL import Image

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed, Mistake, Value, checker
from cnnedu.data import edge_kernel, smiley


def random_pictures(rng):
    return [(rng.normal(size=(7, 5)), rng.normal(size=(3, 2))), (smiley(), edge_kernel())]


CORRELATE = Case("correlate2d", random_pictures, kernels.correlate2d)


def student(code):
    """Return a notebook's namespace in which `code` was run."""
    namespace = {"__name__": "__main__", "np": np}
    exec(code, namespace)
    return namespace


def test_a_right_answer_is_told_so(capsys):
    CORRELATE.run({"correlate2d": by_student(kernels.correlate2d)})
    assert capsys.readouterr().out == "correlate2d: right for 2 inputs\n"


def test_a_notebook_shows_the_message_alone_in_lines_that_fit():
    lines = CheckFailed("word " * 40)._render_traceback_()
    assert len(lines) == 3 and lines[0].startswith("Not yet: word")
    assert max(map(len, lines)) <= 88


def test_an_unknown_mistake_is_shown_where_it_first_differs():
    def wrong(x, w):
        out = kernels.correlate2d(x, w).astype(float)
        out[1, 2] += 0.5
        return out

    says = message(wrong, CORRELATE)
    assert "[1, 2]" in says and "expected" in says and "got" in says


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "return"),
        ("text", "real numbers"),
        (0.0, "shape ()"),
        ([[1], [1, 2]], "differ in length"),
    ],
)
def test_answers_of_the_wrong_kind(answer, says):
    assert says in message(lambda x, w: answer, CORRELATE)


def test_nan_does_not_pass():
    assert "got nan" in message(
        lambda x, w: np.full_like(kernels.correlate2d(x, w), np.nan), CORRELATE
    )


def test_a_function_that_is_missing_or_unwritten():
    with pytest.raises(CheckFailed, match="no function `correlate2d` yet"):
        CORRELATE.run({})

    def unwritten(x, w):
        raise NotImplementedError

    assert "not written yet" in message(unwritten, CORRELATE)


def test_an_error_names_the_students_own_line():
    namespace = student("def correlate2d(x, w):\n    return np.zeros((2, 2)) @ np.zeros((3, 3))")
    with pytest.raises(CheckFailed, match="stopped with ValueError: matmul") as failed:
        CORRELATE.run(namespace)
    assert failed.value.__suppress_context__


def test_changing_the_input_is_noticed():
    def greedy(x, w):
        out = kernels.correlate2d(x, w)
        x[0, 0] = 99
        return out

    assert "changed what it was given" in message(greedy, CORRELATE)


def test_inputs_differ_from_run_to_run_and_repeat_with_a_seed():
    seen = []

    def spy(x, w):
        seen.append(x.copy())
        return kernels.correlate2d(x, w)

    for seed in [None, None, 7, 7]:
        CORRELATE.run({"correlate2d": by_student(spy)}, seed=seed)
    assert not np.array_equal(seen[0], seen[2])
    assert np.array_equal(seen[4], seen[6])


@pytest.mark.parametrize(
    "code",
    [
        "from cnnedu import kernels\ndef correlate2d(x, w): return kernels.correlate2d(x, w)",
        "from cnnedu.kernels import correlate2d as c\ndef correlate2d(x, w): return c(x, w)",
        "from cnnedu.kernels import correlate2d",
        "import scipy.signal as s\ndef correlate2d(x, w): return s.correlate2d(x, w, 'valid')",
        "def correlate2d(x, w):\n    from scipy import signal\n    return signal.correlate2d(x, w)",
        "def correlate2d(x, w):\n    import torch\n    return torch.zeros(1)",
    ],
)
def test_ready_made_functions_are_switched_off(code):
    with pytest.raises(CheckFailed, match="switched off"):
        CORRELATE.run(student(code))


def test_what_was_switched_off_works_again_afterwards():
    namespace = student("from cnnedu import kernels\ndef correlate2d(x, w): return None")
    with pytest.raises(CheckFailed):
        CORRELATE.run(namespace)
    assert namespace["kernels"] is kernels
    import scipy.signal

    assert scipy.signal.correlate2d


def test_own_helpers_numpy_and_the_standard_library_are_allowed():
    CORRELATE.run(
        student(
            "from itertools import product\n"
            "def size(a, b): return a - b + 1\n"
            "def correlate2d(x, w):\n"
            "    import math\n"
            "    out = np.zeros([size(a, b) for a, b in zip(x.shape, w.shape)])\n"
            "    for i, j in product(*map(range, out.shape)):\n"
            "        out[i, j] = (x[i:i + w.shape[0], j:j + w.shape[1]] * w).sum()\n"
            "    return out\n"
        ),
    )


def test_a_value_by_hand_is_not_given_away():
    right = np.array([[1, -2], [3, 0]])
    with pytest.raises(CheckFailed) as failed:
        Value("by_hand", right).run({"by_hand": [[1, 5], [3, 0]]})
    assert "[0, 1]" in str(failed.value) and "-2" not in str(failed.value)
    with pytest.raises(CheckFailed, match=r"^n: the value is not right yet; work it out again$"):
        Value("n", 5).run({"n": 4})
    Value("by_hand", right).run({"by_hand": [[1, -2], [3, 0]]})


def test_a_well_known_wrong_value_gets_its_reply():
    with pytest.raises(CheckFailed, match="the other way round"):
        Value("v", 3, mistakes=[(-3, "the other way round")]).run({"v": -3})
    with pytest.raises(CheckFailed, match="no value yet"):
        Value("v", 3).run({})


def test_a_mistake_that_cannot_be_made_does_not_stop_the_check():
    case = Case("f", lambda rng: [(2,)], lambda a: a, mistakes=(Mistake("never", lambda a: None),))
    assert "In f(2), expected 2, got 3." in message(lambda a: a + 1, case)


def numbers_of(rng):
    return [(np.array([1.0, 2.5]),), (np.array([-2.0, 4.25]),)]


TWICE = Mistake("You doubled it.", lambda x: 2 * x)
SQUARED = Mistake("You squared it.", lambda x: x**2)
POSITIVE = Mistake("The sign is lost.", abs)
HALF = Case("f", numbers_of, lambda x: x / 2, mistakes=(TWICE, SQUARED, POSITIVE))


def test_a_mistake_is_named_only_if_it_explains_every_answer():
    assert message(lambda x: 2 * x, HALF).startswith("You doubled it. In f(")

    def first_alone(x):
        return 2 * x if x[0] == 1 else x + 7

    assert message(first_alone, HALF).startswith("In f([1.0, 2.5]), the first difference")


def test_a_mistake_that_another_one_explains_as_well_is_not_named():
    case = Case("f", lambda rng: [(2.0,)], lambda x: x / 2, mistakes=(TWICE, SQUARED))
    assert message(lambda x: 4.0, case) == "In f(2.0), expected 1, got 4."


def test_two_mistakes_that_are_told_the_same_count_as_one():
    again = Mistake(TWICE.says, lambda x: x + x)
    case = Case("f", numbers_of, lambda x: x / 2, mistakes=(TWICE, again))
    assert message(lambda x: 2 * x, case).startswith("You doubled it.")


@pytest.mark.parametrize(
    "cut",
    [
        lambda x: (x / 2).astype(int),
        lambda x: np.trunc(x / 2),
        lambda x: [int(v) for v in x / 2],
    ],
)
def test_a_result_cut_to_whole_numbers_is_named_before_everything_else(cut):
    floor = Mistake("never this", lambda x: np.trunc(x / 2))
    case = Case("f", numbers_of, lambda x: x / 2)
    assert message(cut, case).startswith("Your result was cut to whole numbers")
    if np.asarray(cut(np.ones(1))).dtype.kind == "i":
        case = Case("f", numbers_of, lambda x: x / 2, mistakes=(floor,))
        assert message(cut, case).startswith("Your result was cut to whole numbers")


def test_an_answer_may_be_cut_to_zeros_if_another_is_not():
    case = Case("f", lambda rng: [(np.array([0.5, -0.25]),), (np.array([1.5]),)], lambda x: x)
    assert message(lambda x: x.astype(int), case).startswith("Your result was cut")


def test_nothing_but_zeros_is_not_called_cut():
    case = Case("f", lambda rng: [(np.array([0.5, -0.25]),)], lambda x: x)
    assert message(lambda x: np.zeros(2, int), case).startswith("In f(")


def test_a_changed_input_is_said_first():
    def doubles(x):
        x *= 2
        return x

    assert message(doubles, HALF) == "`f` changed what it was given; work on a copy"


def test_numbers_that_look_equal_are_shown_with_their_difference():
    case = Case("f", lambda rng: [(0.75,)], lambda x: x)
    says = message(lambda x: x + 3e-8, case)
    assert says == (
        "In f(0.75), expected 0.75, got 0.75: they are 3e-08 apart, and at most 1.8e-09 is allowed."
    )


@pytest.mark.parametrize("answer", [Fraction(1, 4), Decimal("0.25"), np.float64(0.25)])
def test_fractions_and_decimals_are_numbers(answer):
    Value("v", 0.25).run({"v": answer})
    Value("v", [0.25, 1]).run({"v": [answer, 1]})
    Case("f", lambda rng: [(1,)], lambda x: 0.25).run({"f": by_student(lambda x: answer)})


@pytest.mark.parametrize("answer", [10**400, "0.25", 1j, [[1], [1, 2]], object(), {}])
def test_anything_else_is_no_number(answer):
    with pytest.raises(CheckFailed, match=r"real numbers|differ in length"):
        Value("v", 0.25, mistakes=[(1, "one")]).run({"v": answer})
        pytest.fail("it passed")


def test_whole_numbers_may_be_asked_for():
    case = Case("f", lambda rng: [(7,)], lambda x: x // 2, whole=True)
    case.run({"f": by_student(lambda x: np.int64(x // 2))})
    Case("f", lambda rng: [(7,)], lambda x: [], whole=True).run({"f": by_student(lambda x: [])})
    says = message(lambda x: (x - 1) / 2, case)
    assert says.startswith("In f(7), the answer should be whole numbers, but it holds floats")


def test_a_function_may_use_its_array_again():
    kept = np.zeros(2)

    def half(x):
        kept[:] = x / 2
        return kept

    HALF.run({"f": by_student(half)})


def test_a_progress_bar_and_a_figure_inside_the_function_are_allowed(capsys):
    HALF.run(
        student(
            "import matplotlib.pyplot as plt\n"
            "from tqdm import tqdm\n"
            "from tqdm.auto import trange\n"
            "def f(x):\n"
            "    plt.plot(x)\n"
            "    list(trange(1))\n"
            "    return [v / 2 for v in tqdm(x)]"
        )
    )
    plt.close("all")
    assert capsys.readouterr().err == ""  # nbgrader takes anything there for a failure


OWN_MODULE = """
from cnnedu import kernels
def half(x): return x / 2
def convolve(x): return kernels.correlate2d(x[None], x[None])
def late(x):
    from cnnedu.kernels import relu
    return relu(x)
"""


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Put the student's own module beside the notebook."""
    (tmp_path / "my_tools.py").write_text(OWN_MODULE, encoding="utf-8")
    with contextlib.chdir(tmp_path):
        monkeypatch.syspath_prepend(str(tmp_path))
        yield
    sys.modules.pop("my_tools", None)


@pytest.mark.parametrize(
    "code",
    [
        "from my_tools import half\ndef f(x): return half(x)",
        "import my_tools\ndef f(x): return my_tools.half(x)",
        "def f(x):\n    from my_tools import half\n    return half(x)",
        "from my_tools import half as f",
    ],
)
def test_a_module_beside_the_notebook_is_the_students_own(beside, code):
    HALF.run(student(code))


@pytest.mark.parametrize("name", ["convolve", "late"])
def test_what_is_ready_made_is_off_in_such_a_module_too(beside, name):
    namespace = student(f"import my_tools\ndef f(x): return my_tools.{name}(x)")
    with pytest.raises(CheckFailed, match="switched off"):
        HALF.run(namespace)
    assert namespace["my_tools"].kernels is kernels


def test_a_checker_finds_a_check_by_its_name(capsys):
    check = checker([HALF, Value("v", 1)])
    check("v", {"v": 1})
    with pytest.raises(CheckFailed, match="no function `f` yet"):
        check("f", {})
    with pytest.raises(KeyError):
        check("g", {})


def add(x):
    total = np.zeros(2, int)
    total += np.array([0.5, 1])


def used_twice(w):
    loss = (w**2).sum()
    loss.backward()
    loss.backward()


def changed_in_place(w):
    w += 1


def taken():
    add = add(1)  # noqa: F823
    return add


W = torch.ones(2, requires_grad=True)
ERRORS = [
    (lambda: np.zeros((2, 3)) + np.zeros((3, 2)), "shapes (2,3) and (3,2) don't fit"),
    (lambda: np.zeros((2, 2)).__setitem__(0, np.zeros(3)), "array of shape (3,)"),
    (lambda: np.zeros((2, 2)) @ np.zeros((3, 3)), "has 3 rows and the first one 2 columns"),
    (lambda: np.dot(np.zeros((2, 2)), np.zeros((3, 3))), "not (2,2) and (3,3)"),
    (lambda: torch.zeros(2, 2) @ torch.zeros(3, 3), "not 2x2 and 3x3"),
    (lambda: torch.zeros(2) + torch.zeros(3), "have 2 and 3 numbers along one axis"),
    (lambda: np.zeros(6).reshape(4, 2), "6 numbers don't fill shape (4,2)"),
    (lambda: np.zeros(3)[3], "place 3 on axis 0, which has 3 places"),
    (lambda: np.zeros(3).sum(axis=1), "axis 1 of an array with 1 axes"),
    (lambda: np.zeros(3)[0, 0], "has 1 axes, and you gave 2"),
    (lambda: max(np.zeros(3), 0), "take one number; you gave a whole array"),
    (lambda: bool(torch.zeros(2)), "take one number"),
    (lambda: add(1), "floats don't fit into an array of whole numbers"),
    (lambda: np.einsum("ijk->i", np.zeros((2, 2))), "one letter per axis"),
    (lambda: np.einsum("i,i->", np.zeros(2), np.zeros(3)), "one letter means one length"),
    (lambda: torch.autograd.grad(W.sum(), torch.ones(1, requires_grad=True)), "doesn't depend on"),
    (lambda: torch.ones(1).sum().backward(), "autograd recorded nothing"),
    (lambda: used_twice(W), "compute the loss again"),
    (lambda: changed_in_place(W), "under `torch.no_grad()`"),
    (lambda: W.numpy(), "call `.detach()`"),
    (lambda: torch.nn.Conv2d(3, 1, 1)(torch.zeros(1, 2, 4, 4)), "was made for 3 channels"),
    (lambda: torch.nn.Linear(2, 1)(torch.zeros(1, 2).double()), "float32 and float64 were mixed"),
    (lambda: torch.nn.Conv2d(1, 1, 1)(torch.zeros(1, 1, 2, 2).double()), "were mixed"),
    (lambda: np.zeros((2, 2)).__setitem__([0, 1], np.zeros(3)), "another shape than its place"),
    (lambda: np.zeros((2, 2))[[0, 1], [0, 1, 1]], "another shape than its place"),
    (lambda: np.add(np.zeros(3), np.zeros((2, 3)), out=np.zeros(3)), "another shape than its"),
    (lambda: np.tensordot(np.zeros(2), np.zeros(3), 1), "in `tensordot`"),
    (lambda: np.zeros(3)[1.0], "must be a whole number"),
    (lambda: list(range(3 / 1)), "must be a whole number"),
    (lambda: [1, 2].__getitem__(1.0), "must be a whole number"),
    (lambda: [[1]].__getitem__((0, 0)), "one index at a time"),
    (lambda: math.exp(np.zeros(2)), "where one number is asked for"),
    (lambda: np.zeros(2).__setitem__(0, [1, 2]), "where one number is asked for"),
    (lambda: 2.0 ^ 3, "write `**`"),
    (lambda: np.ones(2) ^ 2, "write `**`"),
    (lambda: exec("a, b = 1, 2, 3"), "names on the left"),
    (lambda: np.zeros(2)(0), "indexed with [ ]"),
    (lambda: np.float64(1)[0], "a single number"),
    (lambda: np.zeros((2, 2)).transpose(0), "each axis of the array once"),
    (lambda: np.zeros(0).max(), "of no numbers"),
    (lambda: np.zeros(0).argmax(), "of no numbers"),
    (lambda: [1, 2].__getitem__(slice(0.5)), "must be a whole number"),
    (
        lambda: np.lib.stride_tricks.sliding_window_view(np.zeros(2), 3),
        "the window is larger than the array",
    ),
    (lambda: np.stack([np.zeros(2), np.zeros(3)]), "of the same shape can be stacked"),
    (lambda: np.unravel_index(9, (2, 2)), "place 9 of 4 places"),
    (lambda: np.pad(np.zeros((1, 1, 2, 2)), ((1, 1), (1, 1))), "one pair for each axis"),
    (lambda: np.pad(np.zeros((1, 2, 2)), ((0, 0), ((1, 1), (1, 1)))), "have the same shape"),
    (lambda: np.array([True]) - np.array([False]), "make numbers of them"),
    (lambda: np.linalg.norm(np.zeros((1, 1, 1)), 2), "flatten the array"),
    (lambda: torch.autograd.grad(W.sum(), torch.ones(1)), "autograd recorded nothing"),
    (lambda: -np.array([True]), "`~` turns true and false round"),
    (lambda: taken(), "a variable took the name of a function"),
    (lambda: (1, 2).__getitem__((0, 1)), "one index at a time"),
    (lambda: np.zeros(2, 3), "a shape is one argument"),
    (lambda: list(3), "`range(n)`"),
    (lambda: np.zeros(2).shape(0), "indices take [ ]"),
    (lambda: len[0], "indices take [ ]"),
    (lambda: np.zeros(2).append(1), "an array doesn't grow"),
    (lambda: np.max(np.zeros((2, 2, 2)), 1, 2), "several axes are one argument"),
    (lambda: np.zeros(-1), "below 0"),
    (lambda: np.zeros(2).shape[1], "fewer axes"),
    (lambda: Image.open(io.BytesIO(b"buy milk")), "catch the error"),
    (lambda: [1, 2].shape, "this is a list"),
    (lambda: None + 1, "something is None"),
    (lambda: add(), "other arguments than it was written for"),
    (lambda: 1 / 0, "the number below the line is 0"),
    (lambda: eval("missing_name"), "no cell that was run so far defines `missing_name`"),
]


@pytest.mark.parametrize(("slip", "says"), ERRORS)
def test_a_common_error_is_put_into_plain_words(slip, says):
    told = message(lambda x: slip(), HALF)
    assert told.startswith("`f` stopped with ")
    assert says in told.partition("That is, ")[2]


def test_an_error_that_is_not_known_is_shown_as_it_is():
    def strange(x):
        raise LookupError("oh")

    assert message(strange, HALF) == "`f` stopped with LookupError: oh"
