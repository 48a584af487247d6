# loses nothing: functions that call themselves, on plain lists

# %% grade_id="15-by-hand"
from decimal import Decimal
from math import log

by_hand = (Decimal("0.35"), Decimal("0.05"), Decimal("0.36"), 1 / log(2))


# %% grade_id="15-fgsm"
def pushed(x, g, epsilon):
    if isinstance(x, list):
        return [pushed(a, b, epsilon) for a, b in zip(x, g)]
    return min(1, max(0, x + epsilon * ((g > 0) - (g < 0))))


def fgsm(x, gradient, epsilon):
    return pushed(x.tolist(), gradient.tolist(), epsilon)


# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    def moved(x, s, g):
        if isinstance(x, list):
            return [moved(*parts) for parts in zip(x, s, g)]
        x += step * ((g > 0) - (g < 0))
        return sorted([max(0, s - epsilon), x, min(1, s + epsilon)])[1]

    return moved(x.tolist(), start.tolist(), gradient.tolist())


# %% grade_id="15-calibration"
def calibration_error(p, y, bins, b=0):
    if b == bins:
        return 0.0
    sure = np.max(p, axis=1)
    inside = np.logical_and(sure * bins > b, sure * bins <= b + 1)
    gap = np.sum((np.argmax(p, axis=1) == y)[inside]) - np.sum(sure[inside])
    return abs(gap) / len(p) + calibration_error(p, y, bins, b + 1)


# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    T = candidates[0]
    rows = [sorted((logits[n] / T).tolist(), reverse=True) for n in range(len(y))]
    sums = [row[0] + np.log1p(sum(np.exp(a - row[0]) for a in row[1:])) for row in rows]
    loss = sum(s - row[k] / T for s, row, k in zip(sums, logits, y)) / len(y)
    if len(candidates) == 1:
        return T, loss
    other = temperature(logits, y, candidates[1:])
    return other if other[1] < loss else (T, loss)

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions, place=0):
    if place == len(regions):
        return np.array([-1, -1.0])
    other = x.copy()
    other[y == 0] = x[y == 1]
    other[y == 1] = x[y == 0]
    changed = predict(np.where(regions[place][None, None], other, x)) ^ predict(x)
    here, later = np.array([place, changed.sum() / len(y)]), shortcut(predict, x, y, regions, place + 1)
    return later if later[1] > here[1] else here


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
