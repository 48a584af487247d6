"""`DrawMap` on the Python side: state, numbers and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets import DrawMap


def test_it_begins_with_an_empty_sketch_of_the_map_s_shape():
    drawing = DrawMap()
    np.testing.assert_array_equal(drawing.picture, smiley())
    np.testing.assert_array_equal(drawing.output, correlate2d(smiley(), edge_kernel()))
    assert drawing.sketch.shape == (6, 6) and not drawing.sketch.any()
    assert drawing.revealed is False


def test_another_picture_or_kernel_clears_the_sketch_and_hides_the_map():
    drawing = DrawMap()
    drawing.set_state({"sketch": [[2] * 6] * 6, "revealed": True})
    assert drawing.sketch.sum() == 72 and drawing.revealed
    drawing.kernel = [[-1, 1]]
    assert drawing.sketch.shape == (8, 7) and not drawing.sketch.any() and not drawing.revealed
    drawing.sketch = np.ones((8, 7))
    drawing.picture = np.eye(3)
    assert drawing.sketch.tolist() == [[0, 0]] * 3


def test_the_stored_picture_shows_the_map_only_when_revealed():
    drawing = DrawMap()
    titles = [ax.get_title() for ax in drawing.draw().axes]
    assert [title.split("\n")[0] for title in titles] == ["picture x", "kernel w", "your sketch"]
    drawing.revealed = True
    *_, shown = drawing.draw().axes
    assert shown.get_title() == "the map\n6 × 6"
    assert [text.get_text() for text in shown.texts][18:20] == ["−2", "1"]


def test_the_stored_picture_of_an_empty_sketch_holds_no_zeros():
    drawing = DrawMap()
    assert not drawing.draw().axes[2].texts
    drawing.sketch = np.eye(6, dtype=int)
    assert [text.get_text() for text in drawing.draw().axes[2].texts][:3] == ["1", "0", "0"]


WRONG = [
    (dict(picture=np.zeros((2, 8))), ValueError, "picture must have 3 to 12 rows"),
    (dict(kernel=[1, 0]), ValueError, r"kernel must be \(rows, columns\)"),
    (dict(picture=np.zeros((3, 3)), kernel=np.ones((4, 1))), ValueError, "larger than the picture"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: DrawMap(**arguments), error, message)


@pytest.mark.parametrize("sketch, message", [
    (np.zeros((6, 5)), r"sketch must have the map's shape \(6, 6\), but has \(6, 5\)"),
    (np.full((6, 6), 0.5), "sketch must hold whole numbers"),
    (np.full((6, 6), 3), "from −2 to 2, but holds 3"),
])  # fmt: skip
def test_a_wrong_sketch_is_refused(sketch, message):
    drawing = DrawMap()
    with pytest.raises(ValueError, match=message):
        drawing.sketch = sketch
    assert not drawing.sketch.any()
