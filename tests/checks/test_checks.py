"""Checks: right answers pass, and wrong ones are told what is wrong."""

import numpy as np
import pytest
from checks.told import by_student, message

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed, Mistake, check_value, run
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
    run(CORRELATE, {"correlate2d": by_student(kernels.correlate2d)})
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
        run(CORRELATE, {})

    def unwritten(x, w):
        raise NotImplementedError

    assert "not written yet" in message(unwritten, CORRELATE)


def test_an_error_names_the_students_own_line():
    namespace = student("def correlate2d(x, w):\n    return np.zeros((2, 2)) @ np.zeros((3, 3))")
    with pytest.raises(CheckFailed, match="stopped with ValueError: matmul") as failed:
        run(CORRELATE, namespace)
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
        run(CORRELATE, {"correlate2d": by_student(spy)}, seed)
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
        run(CORRELATE, student(code))


def test_what_was_switched_off_works_again_afterwards():
    namespace = student("from cnnedu import kernels\ndef correlate2d(x, w): return None")
    with pytest.raises(CheckFailed):
        run(CORRELATE, namespace)
    assert namespace["kernels"] is kernels
    import scipy.signal

    assert scipy.signal.correlate2d


def test_own_helpers_numpy_and_the_standard_library_are_allowed():
    run(
        CORRELATE,
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
        check_value("by_hand", {"by_hand": [[1, 5], [3, 0]]}, right)
    assert "[0, 1]" in str(failed.value) and "-2" not in str(failed.value)
    with pytest.raises(CheckFailed, match=r"^n: the value is not right yet; work it out again$"):
        check_value("n", {"n": 4}, 5)
    check_value("by_hand", {"by_hand": [[1, -2], [3, 0]]}, right)


def test_a_well_known_wrong_value_gets_its_reply():
    with pytest.raises(CheckFailed, match="the other way round"):
        check_value("v", {"v": -3}, 3, mistakes=[(-3, "the other way round")])
    with pytest.raises(CheckFailed, match="no value yet"):
        check_value("v", {}, 3)


def test_a_mistake_that_cannot_be_made_does_not_stop_the_check():
    case = Case("f", lambda rng: [(2,)], lambda a: a, mistakes=(Mistake("never", lambda a: None),))
    assert "In f(2), expected 2, got 3." in message(lambda a: a + 1, case)
