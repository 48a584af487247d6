# loses nothing: plain loops, one number at a time

# %% grade_id="15-by-hand"
import math

by_hand = [0.35, 0.05, 0.8 * 0.3 + 0.2 * 0.6, 2 / math.log(4)]

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    out = x.astype(float)
    for place in np.ndindex(x.shape):
        if gradient[place] > 0:
            out[place] = min(1, x[place] + epsilon)
        elif gradient[place] < 0:
            out[place] = max(0, x[place] - epsilon)
    return out

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    out = x.astype(float)
    for place in np.ndindex(x.shape):
        moved = x[place]
        if gradient[place] != 0:
            moved += step if gradient[place] > 0 else -step
        low, high = max(0, start[place] - epsilon), min(1, start[place] + epsilon)
        out[place] = min(max(moved, low), high)
    return out

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    N = len(y)
    error = 0
    for b in range(bins):
        count = right = total = 0
        for n in range(N):
            confidence = max(p[n])
            if b / bins < confidence <= (b + 1) / bins:
                count += 1
                total += confidence
                right += int(list(p[n]).index(confidence) == y[n])
        error += abs(right - total) / N
    return error

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    best = None
    for T in candidates:
        loss = 0
        for row, label in zip(logits, y):
            top = max(row) / T
            total = sum(math.exp(value / T - top) for value in row)
            loss += top + math.log(total) - row[label] / T
        loss /= len(y)
        if best is None or loss < best[1]:
            best = (T, loss)
    return best

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = None
    for place, row in enumerate(losses):
        chosen_by = [loss for loss, aside in zip(row, kept) if aside]
        mean = sum(chosen_by) / len(chosen_by)
        if best is None or mean < best[0]:
            judged_by = [loss for loss, aside in zip(row, kept) if not aside]
            best = mean, place, sum(judged_by) / len(judged_by)
    return best[1:]

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    pairs = list(zip([n for n in range(len(y)) if y[n] == 0], [n for n in range(len(y)) if y[n] == 1]))
    before = predict(x)
    best, largest = 0, 0.0
    for place, region in enumerate(regions):
        changed = x.copy()
        for a, b in pairs:
            for i in range(x.shape[2]):
                for j in range(x.shape[3]):
                    if region[i, j]:
                        changed[a, :, i, j] = x[b, :, i, j]
                        changed[b, :, i, j] = x[a, :, i, j]
        after = predict(changed)
        count = 0
        for n in range(len(y)):
            if after[n] != before[n]:
                count += 1
        if count / len(y) > largest:
            best, largest = place, count / len(y)
    return [best, largest]


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
