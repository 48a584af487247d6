# loses nothing: recursion, and decimals by hand

# %% grade_id="17-by-hand"
from decimal import Decimal as D

by_hand = (D("0.2"), D(1) / D(3), D("0.5"), D("0.387"), D(4), 3, D(26) / 8 - 3)

# %% grade_id="17-box-iou"
def length(p, q, first, last):
    return max(min(p[last], q[last]) - max(p[first], q[first]), 0)

def box_iou(a, b):
    if len(a) == 0:
        return []
    p = a[0]
    both = [length(p, q, 0, 2) * length(p, q, 1, 3) for q in b]
    row = [s / (length(p, p, 0, 2) * length(p, p, 1, 3) + length(q, q, 0, 2) * length(q, q, 1, 3) - s)
           for s, q in zip(both, b)]
    return [row] + box_iou(a[1:], b)

# %% grade_id="17-nms"
def nms(iou, scores, threshold, left=None):
    if left is None:
        left = sorted(range(len(scores)), key=lambda n: -scores[n])
    if not left:
        return left
    best, *others = left
    return [best, *nms(iou, scores, threshold, [n for n in others if not iou[best][n] > threshold])]

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    if classes == 0:
        return np.zeros((2, 0))
    a, b = y == classes - 1, said == classes - 1
    sizes = np.count_nonzero(a) + np.count_nonzero(b)
    both = np.count_nonzero(np.logical_and(a, b))
    last = [[1.0], [1.0]] if sizes == 0 else [[both / (sizes - both)], [both * 2 / sizes]]
    return np.hstack([class_overlap(y, said, classes - 1), last])

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    def area(hits, seen, found):
        """Return the rest of the area, and the best precision from here on."""
        if not hits:
            return 0.0, 0.0
        found += hits[0]
        rest, best = area(hits[1:], seen + 1, found)
        best = max(best, found / (seen + 1))
        return rest + hits[0] * best / count, best

    order = np.argsort(-scores, kind="stable")
    return area(hits[order].astype(int).tolist(), 0, 0)[0]
