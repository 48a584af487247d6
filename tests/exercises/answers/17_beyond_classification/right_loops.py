# loses nothing: plain loops

# %% grade_id="17-by-hand"
by_hand = [1 / 5, 1 / 3, 1 / 2, 0.387, 4, 3, 1 / 4]

# %% grade_id="17-box-iou"
def box_iou(a, b):
    out = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            width = min(a[i][2], b[j][2]) - max(a[i][0], b[j][0])
            height = min(a[i][3], b[j][3]) - max(a[i][1], b[j][1])
            if width > 0 and height > 0:
                both = width * height
                first = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1])
                second = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
                out[i, j] = both / (first + second - both)
    return out

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    order = sorted(range(len(scores)), key=lambda n: scores[n], reverse=True)
    kept = []
    while order:
        best = order.pop(0)
        kept.append(best)
        order = [n for n in order if iou[best, n] <= threshold]
    return kept

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    both, there, named = [0] * classes, [0] * classes, [0] * classes
    for right, answer in zip(y.flatten().tolist(), said.flatten().tolist()):
        there[right] += 1
        named[answer] += 1
        both[right] += right == answer
    iou, dice = [], []
    for k in range(classes):
        total = there[k] + named[k]
        iou.append(both[k] / (total - both[k]) if total else 1)
        dice.append(2 * both[k] / total if total else 1)
    return [iou, dice]

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    precisions, found = [], 0
    for n, place in enumerate(order, start=1):
        found += bool(hits[place])
        precisions.append(found / n)
    area = 0
    for n, place in enumerate(order):
        if hits[place]:
            area += max(precisions[n:]) / count
    return area

# %% grade_id="17-decoded"
def decoded(theirs, known):
    ways = [
        lambda p, q, v, w: (p, q, p + v, q + w),
        lambda p, q, v, w: (p - v / 2, q - w / 2, p + v / 2, q + w / 2),
        lambda p, q, v, w: (p, q, v + 1, w + 1),
        lambda p, q, v, w: (q, p, w, v),
    ]
    for way in ways:
        if all(tuple(way(*box)) == tuple(right) for box, right in zip(theirs, known)):
            return [way(*box) for box in theirs]
