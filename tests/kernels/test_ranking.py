"""Average precision against COCO's own evaluation; ROC and equal error against scikit-learn."""

import contextlib
import io

import numpy as np
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn.metrics import roc_auc_score

from cnnedu.kernels.ranking import (
    Found,
    average_precision,
    class_average_precision,
    equal_error_rate,
    matched,
    precision_recall_curve,
    roc,
)

CLASSES, EACH = 3, 12  # twelve objects of each class: recall goes up in steps of 1/12


def coco_format(box):
    left, top, right, bottom = map(float, box)
    return [left, top, right - left, bottom - top]


def by_coco(found, boxes, y, threshold):
    """Return each class's average precision as pycocotools computes it.

    It samples the curve at some recalls; with one in the middle of each step it is exact.
    """
    images = [{"id": n, "width": 64, "height": 64} for n in range(len(found))]
    truth = [(n, box, k) for n in range(len(boxes)) for box, k in zip(boxes[n], y[n], strict=True)]
    annotations = [
        {"id": i + 1, "image_id": n, "category_id": int(k), "bbox": coco_format(box), "iscrowd": 0}
        | {"area": float((box[2] - box[0]) * (box[3] - box[1]))}
        for i, (n, box, k) in enumerate(truth)
    ]
    results = [
        {"image_id": n, "category_id": int(k), "bbox": coco_format(box), "score": float(score)}
        for n, one in enumerate(found)
        for box, score, k in zip(*one, strict=True)
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        categories = [{"id": k} for k in range(CLASSES)]
        coco.dataset = {"images": images, "annotations": annotations, "categories": categories}
        coco.createIndex()
        evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
        evaluation.params.iouThrs = np.array([threshold])
        evaluation.params.recThrs = (np.arange(EACH) + 0.5) / EACH
        evaluation.evaluate()
        evaluation.accumulate()
    return evaluation.eval["precision"][0, :, :, 0, -1].mean(axis=0)


def scenes(rng, count=9):
    """Return true boxes and classes, and detections: some near, some doubled, some invented."""
    y = np.array_split(rng.permutation(np.repeat(np.arange(CLASSES), EACH)), count)
    boxes, found = [], []
    for labels in y:
        corner = rng.uniform(0, 40, (len(labels), 2))
        truth = np.hstack([corner, corner + rng.uniform(8, 24, (len(labels), 2))])
        boxes.append(truth)
        near = np.repeat(truth, 2, axis=0) + rng.normal(0, 1.5, (2 * len(labels), 4))
        start = rng.uniform(0, 40, (4, 2))
        all_boxes = np.vstack([near, np.hstack([start, start + 10])])
        said = np.append(np.repeat(labels, 2), rng.integers(0, CLASSES, 4))
        kept = rng.random(len(said)) < 0.7
        found.append(Found(all_boxes[kept], rng.random(kept.sum()), said[kept]))
    return found, boxes, y


@pytest.mark.parametrize("threshold", [0.5, 0.75])
def test_average_precision_is_that_of_pycocotools(threshold):
    for seed in range(5):
        found, boxes, y = scenes(np.random.default_rng(seed))
        ours = class_average_precision(found, boxes, y, CLASSES, threshold)
        assert 0.05 < ours.mean() < 0.95
        np.testing.assert_allclose(ours, by_coco(found, boxes, y, threshold), atol=1e-12)


def test_five_detections_by_hand():
    scores, hits = [0.9, 0.8, 0.7, 0.6, 0.5], np.array([1, 0, 1, 1, 0], bool)
    precision, recall = precision_recall_curve(scores, hits, 4)
    np.testing.assert_allclose(precision, [1, 1 / 2, 2 / 3, 3 / 4, 3 / 5])
    np.testing.assert_allclose(recall, [1 / 4, 1 / 4, 2 / 4, 3 / 4, 3 / 4])
    assert average_precision(scores, hits, 4) == pytest.approx((1 + 3 / 4 + 3 / 4) / 4)
    order = [3, 1, 4, 0, 2]
    assert average_precision(np.array(scores)[order], hits[order], 4) == pytest.approx(0.625)
    assert average_precision([], [], 4) == 0


def test_a_true_box_counts_once_for_the_surest():
    truth = [[0, 0, 4, 4], [0, 2, 4, 6]]
    boxes = [[0, 0, 4, 4], [0, 1, 4, 5], [20, 20, 24, 24]]
    assert matched(boxes, [0.5, 0.9, 0.8], truth, 0.5).tolist() == [False, True, False]
    assert matched(boxes, [0.9, 0.5, 0.8], truth, 0.5).tolist() == [True, True, False]
    assert matched(boxes, [1, 1, 1], np.zeros((0, 4))).tolist() == [False] * 3


def test_classes_without_objects_are_left_out():
    one = Found(np.array([[0.0, 0, 4, 4]]), np.array([0.5]), np.array([1]))
    result = class_average_precision([one], [one.boxes], [np.array([0])], 3)
    np.testing.assert_array_equal(result, [0, np.nan, np.nan])
    with pytest.raises(ValueError, match="one entry for each picture, but have 1, 1 and 2"):
        class_average_precision([one], [one.boxes], [one.y, one.y], 3)
    with pytest.raises(ValueError, match="count must be at least 1"):
        precision_recall_curve([1], [True], 0)


def test_the_area_under_the_roc_is_scikit_learns():
    rng = np.random.default_rng(0)
    same = rng.random(400) < 0.3
    distances = np.round(rng.normal(size=400) - same, 1)  # with ties
    false, true, threshold = roc(distances, same)
    assert np.trapezoid(true, false) == pytest.approx(roc_auc_score(same, -distances))
    n = len(threshold) // 2
    assert false[n] == np.mean(distances[~same] <= threshold[n])
    assert true[n] == np.mean(distances[same] <= threshold[n])


def test_equal_error():
    apart = roc([0.1, 0.2, 0.8, 0.9], [True, True, False, False])
    assert equal_error_rate(*apart[:2]) == 0
    turned = roc([0.9, 0.8, 0.2, 0.1], [True, True, False, False])
    assert equal_error_rate(*turned[:2]) == 1
    same_distance = roc([1, 1, 1, 1], [True, True, False, False])
    assert equal_error_rate(*same_distance[:2]) == 0.5
    with pytest.raises(ValueError, match="pairs of both kinds"):
        roc([1, 2], [True, True])
