import numpy as np
import pytest
from PIL import Image

from cnnedu.explain.overlay import LEAST, OUTSIDE, overlay, tinted

HEAT = np.array([[0, 0], [0, 3.0]])


def drawn(width, height, heat=HEAT):
    return np.asarray(tinted(Image.new("RGB", (width, height), (90, 90, 90)), heat))


def test_the_red_grows_with_the_map_and_the_grey_stays_where_it_is_zero():
    seen = drawn(300, 300).astype(int)
    redness = seen[..., 0] - seen[..., 1]
    assert redness[299, 299] == redness.max() > 40
    assert redness[0, 0] == 0 and (seen[0, 0] == 90).all()
    assert 0 < redness[150, 150] < redness[299, 299]
    assert (np.diff(redness[299]) >= 0).all()


@pytest.mark.parametrize(("width", "height"), [(400, 300), (300, 400)])
def test_what_the_network_did_not_see_is_dark(width, height):
    made = drawn(width, height)
    corners = made[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (np.abs(corners - OUTSIDE * 90) <= 1).all()
    side = min(width, height)
    top, left = (height - side) // 2, (width - side) // 2
    assert (made[top, left] == 90).all()


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (500, 2), (32, 21), (257, 100), (1200, 900)])
def test_any_size_gets_a_caption_that_fits(size):
    made = overlay(Image.new("RGB", size), HEAT, "gossamer-winged butterfly 100 %")
    assert made.width >= max(LEAST, size[0])
    assert (np.asarray(made)[-4:] == 255).all()  # below the text, white
    margin = np.asarray(made.convert("L"))[-40:, -3:]
    assert (margin == 255).all()  # and to its right


def test_a_map_without_any_evidence_stays_grey():
    made = drawn(300, 300, np.zeros((4, 4)))
    assert (made == 90).all()
