"""Boxes and masks: overlap and suppression against values known by hand and slow definitions."""

import numpy as np
import pytest

from cnnedu.kernels.boxes import box_iou, non_maximum_suppression
from cnnedu.kernels.overlap import class_iou, mask_overlap


def random_boxes(rng, count, size=12):
    corners = np.sort(rng.integers(0, size, (count, 2, 2)), axis=1)
    return corners.reshape(count, 4).astype(float)


def painted(box, size=12):
    mask = np.zeros((size, size), bool)
    left, top, right, bottom = np.asarray(box, int)
    mask[top:bottom, left:right] = True
    return mask


def test_iou_of_boxes_is_that_of_their_pixels():
    rng = np.random.default_rng(0)
    a, b = random_boxes(rng, 20), random_boxes(rng, 15)
    shared = box_iou(a, b)
    assert shared.shape == (20, 15)
    for i, j in np.ndindex(shared.shape):
        one, other = painted(a[i]), painted(b[j])
        together = (one | other).sum()
        expected = (one & other).sum() / together if together else 0
        assert shared[i, j] == pytest.approx(expected, abs=1e-12)
    assert np.array_equal(box_iou(b, a), shared.T)
    assert box_iou([], a).shape == (0, 20)


def slowly_suppressed(boxes, scores, threshold):
    """Suppress by definition: a box stays unless a better one that stays overlaps it too much."""
    kept = []
    for n in sorted(range(len(boxes)), key=lambda n: -scores[n]):
        if all(box_iou(boxes[[n]], boxes[[k]])[0, 0] <= threshold for k in kept):
            kept.append(n)
    return kept


@pytest.mark.parametrize("threshold", [0, 0.3, 0.5, 1])
def test_suppression_is_its_definition(threshold):
    rng = np.random.default_rng(1)
    boxes, scores = random_boxes(rng, 60), rng.random(60)
    kept = non_maximum_suppression(boxes, scores, threshold)
    assert kept.tolist() == slowly_suppressed(boxes, scores, threshold)
    assert non_maximum_suppression([], [], threshold).tolist() == []


def test_a_box_at_the_threshold_stays_and_ties_go_to_the_first():
    half = [[0, 0, 2, 2], [0, 0, 2, 1]]
    assert non_maximum_suppression(half, [1, 1], 0.5).tolist() == [0, 1]
    assert non_maximum_suppression(half, [1, 1], 0.49).tolist() == [0]


def test_masks_by_hand():
    a = np.array([[1, 1, 0], [1, 1, 0]], bool)
    b = np.array([[0, 1, 1], [0, 1, 1]], bool)
    iou, dice = mask_overlap(a, b)
    assert (iou, dice) == (2 / 6, 4 / 8)
    assert dice == pytest.approx(2 * iou / (1 + iou))
    assert mask_overlap(~a & a, ~b & b) == (1, 1)
    assert mask_overlap(a, ~a) == (0, 0)


def test_the_iou_of_classes_is_that_of_their_masks():
    rng = np.random.default_rng(2)
    y, said = rng.integers(0, 4, (2, 3, 5, 6))
    expected = [mask_overlap(y == k, said == k)[0] for k in range(4)]
    np.testing.assert_allclose(class_iou(y, said, 4), expected)
    assert np.isnan(class_iou(y, said, 5)[4])


def test_bad_calls():
    box = [[0, 0, 1, 1]]
    with pytest.raises(ValueError, match=r"a must be \(N, 4\), but has shape \(4,\)"):
        box_iou(box[0], box)
    with pytest.raises(ValueError, match="not left, top, width, height"):
        box_iou([[5, 5, 2, 2]], box)
    with pytest.raises(ValueError, match="one for each box"):
        non_maximum_suppression(box, [0.5, 0.5])
    with pytest.raises(ValueError, match="threshold must be from 0 to 1"):
        non_maximum_suppression(box, [0.5], 50)
    mask = np.zeros((2, 2), bool)
    with pytest.raises(TypeError, match="boolean, but are int64"):
        mask_overlap(mask.astype(int), mask)
    with pytest.raises(ValueError, match="differ in shape"):
        mask_overlap(mask, mask[:1])
    with pytest.raises(ValueError, match="differ in shape"):
        class_iou(mask, mask[:1], 2)
    with pytest.raises(ValueError, match="said must hold whole numbers from 0 to 1"):
        class_iou(np.zeros(1, int), np.full(1, 2), 2)
