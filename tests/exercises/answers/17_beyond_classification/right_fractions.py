# loses nothing: exact fractions

# %% grade_id="17-by-hand"
from fractions import Fraction

by_hand = [Fraction(1, 5), Fraction(1, 3), Fraction(1, 2), Fraction(29, 75), 4, 3, Fraction(1, 4)]

# %% grade_id="17-box-iou"
def exact(boxes):
    return [[Fraction(float(x)) for x in box] for box in boxes]

def common(first, second):
    left, right = max(first[0], second[0]), min(first[2], second[2])
    top, bottom = max(first[1], second[1]), min(first[3], second[3])
    return 0 if right <= left or bottom <= top else (right - left) * (bottom - top)

def box_iou(a, b):
    rows = []
    for first in exact(a):
        row = []
        for second in exact(b):
            both = common(first, second)
            row.append(both / (common(first, first) + common(second, second) - both))
        rows.append(row)
    return rows

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    scores = dict(enumerate(scores.tolist()))
    kept = ()
    while scores:
        best = max(scores, key=scores.get)
        kept += (best,)
        scores = {n: s for n, s in scores.items() if n != best and iou[n, best] <= threshold}
    return kept

# %% grade_id="17-class-overlap"
from collections import Counter

def class_overlap(y, said, classes):
    pixels = Counter(zip(y.ravel().tolist(), said.ravel().tolist()))
    iou, dice = [], []
    for k in range(classes):
        both = pixels[k, k]
        either = sum(n for pair, n in pixels.items() if k in pair)
        iou.append(Fraction(both, either) if either else Fraction(1))
        dice.append(Fraction(2 * both, either + both) if either else 1)
    return iou, dice

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    order = sorted(range(len(scores)), key=lambda n: (-scores[n], n))
    found, precisions = 0, []
    for n, place in enumerate(order, 1):
        found += int(hits[place])
        precisions.append((bool(hits[place]), Fraction(found, n)))
    area, best = Fraction(0), Fraction(0)
    for hit, precision in reversed(precisions):
        best = max(best, precision)
        area += best * hit
    return area / count
