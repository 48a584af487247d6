# loses nothing: other formulas

# %% grade_id="17-by-hand"
by_hand = np.array([9 / (24 + 30 - 9), 4 / 12, 0.5, 29 / 75, 36 // 8, 26 // 8, 26 / 8 % 1])

# %% grade_id="17-box-iou"
def box_iou(a, b):
    a, b = a.T[:, :, None], b.T[:, None]
    width = np.clip(np.minimum(a[2], b[2]) - np.maximum(a[0], b[0]), 0, None)
    height = np.clip(np.minimum(a[3], b[3]) - np.maximum(a[1], b[1]), 0, None)
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (areas - width * height)

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    order = np.lexsort((np.arange(len(scores)), -scores))
    alive = np.ones(len(scores), dtype=bool)
    for n in order:
        if alive[n]:
            alive &= iou[n] <= threshold
            alive[n] = True
    return order[alive[order]]

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    a = np.eye(classes)[y.ravel()]
    b = np.eye(classes)[said.ravel()]
    both, total = (a * b).sum(axis=0), a.sum(axis=0) + b.sum(axis=0)
    empty = total == 0
    iou = (both + empty) / (total - both + empty)
    return np.array([iou, 2 * iou / (1 + iou)])

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind='mergesort')]
    precision = np.append(np.cumsum(right) / (np.arange(len(right)) + 1), 0)
    recall = np.concatenate([[0], np.cumsum(right) / count, [1]])
    for n in range(len(precision) - 2, -1, -1):
        precision[n] = max(precision[n], precision[n + 1])
    return float((np.diff(recall) * precision).sum())
