"""`ConvolutionStepper` on the Python side: state, numbers and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets import ConvolutionStepper


def test_defaults_are_the_course_s_example():
    stepper = ConvolutionStepper()
    np.testing.assert_array_equal(stepper.picture, smiley())
    np.testing.assert_array_equal(stepper.kernel, edge_kernel())
    assert stepper.output.shape == (6, 6)
    assert stepper.output.dtype == np.int64


def test_output_is_the_kernels():
    picture, kernel = np.random.default_rng(0).normal(size=(2, 5, 5))
    stepper = ConvolutionStepper(picture, kernel[:2], stride=2, padding=1)
    np.testing.assert_array_equal(stepper.output, correlate2d(picture, kernel[:2], 2, 1))


def test_accepts_lists_and_booleans():
    stepper = ConvolutionStepper([[True, False, True]] * 3, [[0.5]])
    assert stepper.picture.dtype == np.int64
    assert stepper.kernel.dtype == np.float64


def test_pictures_cannot_change_behind_the_page_s_back():
    given = smiley()
    stepper = ConvolutionStepper(given)
    given[0] = 7
    assert stepper.picture.max() == 1
    with pytest.raises(ValueError, match="read-only"):
        stepper.picture[0, 0] = 1


def test_fewer_outputs_keep_the_position_inside():
    stepper = ConvolutionStepper(position=(5, 2))
    stepper.stride = 3
    assert stepper.position == (1, 1)
    stepper.padding = 2
    assert stepper.position == (1, 1)


def test_what_the_page_sends_is_taken():
    stepper = ConvolutionStepper()
    painted = [[1] * 4] * 4
    stepper.set_state({"picture": painted, "padding": 1, "position": [3, 3], "filled": 16})
    assert stepper.picture.tolist() == painted
    assert (stepper.position, stepper.filled) == ((3, 3), 16)
    assert stepper.get_state(["picture"]) == {"picture": painted}


def test_it_opens_at_the_first_place_that_it_asks_for():
    assert ConvolutionStepper(ask=[(3, 0), [3, 5]]).position == (3, 0)
    assert ConvolutionStepper(ask=[(3, 0)], position=(1, 2)).position == (1, 2)
    assert ConvolutionStepper(ask=True).position == (0, 0)
    assert ConvolutionStepper(ask=np.array([[3, 0], [3, 5]])).ask == ((3, 0), (3, 5))


def test_answers_hold_for_one_picture_kernel_stride_and_padding():
    stepper = ConvolutionStepper(ask=[(3, 0), (3, 5)])
    stepper.set_state({"solved": [[3, 0]], "given": [[3, 5]]})
    assert (stepper.solved, stepper.given) == (((3, 0),), ((3, 5),))
    stepper.stride = 2
    assert (stepper.solved, stepper.given, stepper.position) == ((), (), (2, 0))
    assert stepper.picture_png()  # the places asked for are not among the outputs now


def written(figure, title):
    """Return what is written in the grid of this title, from row to row."""
    (ax,) = (ax for ax in figure.axes if ax.get_title().startswith(title))
    texts = sorted(ax.texts, key=lambda text: text.get_position()[::-1])
    return [text.get_text() for text in texts]


def test_the_stored_picture_gives_no_answer_away():
    stepper = ConvolutionStepper(ask=[(3, 0), (3, 5)])
    figure = stepper.draw()
    assert written(figure, "output") == ["?", "?"]
    assert written(figure, "window") == []
    assert [text.get_text() for text in figure.texts] == ["out[3, 0] = ?"]
    stepper.solved = [(3, 0)]
    figure = stepper.draw()
    assert written(figure, "output") == ["−2", "?"]
    assert figure.texts[0].get_text().endswith("= −2")
    stepper.given = [(3, 5)]
    assert len(written(stepper.draw(), "output")) == 36


def test_the_stored_picture_marks_the_padding_and_counts_from_the_first_pixel():
    ax = ConvolutionStepper(padding=2).draw().axes[0]
    assert ax.get_title() == "picture x, 8 × 8, padding 2"
    assert sum(bool(patch.get_hatch()) for patch in ax.patches) == 12 * 12 - 8 * 8
    assert (ax.get_xticks()[0], ax.get_xticklabels()[0].get_text()) == (2.5, "0")


WRONG = [
    (dict(picture="cat"), TypeError, "picture must hold real numbers"),
    (dict(picture=[[1, 2], [3]]), ValueError, "picture must have rows of equal length"),
    (dict(picture=np.zeros((3, 8, 8))), ValueError, r"picture must be .*shape \(3, 8, 8\)"),
    (dict(picture=np.zeros((2, 8))), ValueError, "picture must have 3 to 12 rows"),
    (dict(picture=np.zeros((28, 28))), ValueError, "picture must have 3 to 12 rows"),
    (dict(picture=[[0, 0, np.nan]] * 3), ValueError, "picture must hold finite numbers .*nan"),
    (dict(kernel=[[1, np.inf]]), ValueError, "kernel must hold finite numbers .*inf"),
    (dict(kernel=[[1000]]), ValueError, "from −999 to 999, but holds 1000"),
    (dict(kernel=[1, 0, -1]), ValueError, r"kernel must be \(rows, columns\)"),
    (dict(kernel=np.zeros((6, 1))), ValueError, "kernel must have 1 to 5 rows"),
    (
        dict(picture=np.zeros((3, 3)), kernel=np.ones((4, 1))),
        ValueError,
        r"ConvolutionStepper: the kernel \(4, 1\) is larger than the padded",
    ),
    (dict(stride=0), ValueError, "stride must be a whole number from 1 to 4, but is 0"),
    (dict(stride=1.5), TypeError, "stride must be a whole number, but is 1.5"),
    (dict(stride=True), TypeError, "stride must be a whole number"),
    (dict(padding=-1), ValueError, "padding must be a whole number from 0 to 2"),
    (dict(position=(6, 0)), ValueError, r"position must be .* 6×6 outputs, but is \(6, 0\)"),
    (dict(position=3), ValueError, "position must be the"),
    (dict(ask=1), TypeError, r"ask must be True, False or a list of places .* but is 1"),
    (dict(ask="all"), TypeError, "ask must be True, False or a list"),
    (dict(ask=[(3, 6)]), ValueError, r"ask must be the .* 6×6 outputs, but is \(3, 6\)"),
    (dict(ask=[3, 0]), ValueError, "ask must be the .* but is 3"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: ConvolutionStepper(**arguments), error, message)


@pytest.mark.parametrize("name, value, error", [
    ("picture", [[1]], ValueError),
    ("kernel", None, TypeError),
    ("stride", 0, ValueError),
    ("padding", "1", TypeError),
    ("position", (-1, 0), ValueError),
    ("ask", [(0, 9)], ValueError),
    ("solved", True, TypeError),
    ("given", [(6, 0)], ValueError),
])  # fmt: skip
def test_a_refused_trait_leaves_the_state_as_it_was(name, value, error):
    stepper = ConvolutionStepper()
    before = stepper.get_state()
    with pytest.raises(error, match=f"ConvolutionStepper: {name} must"):
        setattr(stepper, name, value)
    assert stepper.get_state() == before
