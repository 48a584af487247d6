# loses nothing: ufuncs, einsum, bincount and triangles instead of loops

# %% grade_id="17-by-hand"
by_hand = {"a": 0.2, "b": 1 / 3, "c": 0.5, "d": 0.38667, "e": 4, "f": 3, "g": 0.25}
by_hand = list(by_hand.values())

# %% grade_id="17-box-iou"
def box_iou(a, b):
    sides = [
        np.minimum.outer(a[:, k + 2], b[:, k + 2]) - np.maximum.outer(a[:, k], b[:, k])
        for k in (0, 1)
    ]
    shared = np.where((sides[0] > 0) & (sides[1] > 0), sides[0] * sides[1], 0)
    areas = [np.einsum("n,n->n", x[:, 2] - x[:, 0], x[:, 3] - x[:, 1]) for x in (a, b)]
    return shared / (np.add.outer(*areas) - shared)

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    left, kept = scores.copy(), []
    while (left > -np.inf).any():
        best = left.argmax()
        kept.append(best)
        left[(iou[best] > threshold) | (np.arange(len(left)) == best)] = -np.inf
    return np.array(kept, dtype=np.int32)

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    pairs = y.ravel().astype(np.int64) * classes + said.ravel()
    table = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    both, total = np.einsum("kk->k", table), np.einsum("kl->k", table) + np.einsum("kl->l", table)
    out = np.ones((2, classes))
    np.divide(both, total - both, out=out[0], where=total > 0)
    np.divide(2 * both, total, out=out[1], where=total > 0)
    return out

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    n = np.arange(len(scores))
    before = (scores[:, None] < scores) | ((scores[:, None] == scores) & (n <= n[:, None]))
    precision = before @ hits.astype(float) / before.sum(axis=1)
    later = before.T
    return (np.where(later, precision, 0).max(axis=1, initial=0) * hits).sum() / count

# %% grade_id="17-decoded"
def decoded(theirs, known):
    one = np.ones((len(theirs), 1))
    given = np.hstack([theirs, one])
    tables = np.zeros((4, 5, 4))
    tables[0, [0, 1, 0, 1, 2, 3], [0, 1, 2, 3, 2, 3]] = 1
    tables[1, [0, 1, 0, 1], [0, 1, 2, 3]] = 1
    tables[1, [2, 3, 2, 3], [0, 1, 2, 3]] = [-0.5, -0.5, 0.5, 0.5]
    tables[2, [0, 1, 2, 3, 4, 4], [0, 1, 2, 3, 2, 3]] = 1
    tables[3, [1, 0, 3, 2], [0, 1, 2, 3]] = 1
    boxes = given @ tables
    off = abs(boxes[:, : len(known)] - known).sum(axis=(1, 2))
    return boxes[off.argmin()]
