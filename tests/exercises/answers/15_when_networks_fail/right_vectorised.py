# loses nothing: other formulas

# %% grade_id="15-by-hand"
by_hand = np.array([0.35, 0.05, 0.36, 1.4427])

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    up, down = gradient > 0, gradient < 0
    return np.minimum(np.maximum(x + epsilon * (up * 1.0 - down), 0.0), 1.0)

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    low, high = np.maximum(start - epsilon, 0), np.minimum(start + epsilon, 1)
    return np.minimum(np.maximum(x + step * np.sign(gradient), low), high)

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence = p.max(axis=1)
    excess = (p.argmax(axis=1) == y) - confidence
    edges = np.arange(1, bins) / bins
    sums = np.bincount(np.digitize(confidence, edges, right=True), excess)
    return np.abs(sums).sum() / len(y)

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    scaled = logits[None] / np.asarray(candidates)[:, None, None]
    log_sum = np.logaddexp.reduce(scaled, axis=2)
    losses = (log_sum - scaled[:, np.arange(len(y)), y]).mean(axis=1)
    return np.array([candidates[losses.argmin()], losses.min()])

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    on_kept = losses @ kept / kept.sum()
    on_test = losses @ (1 - kept) / (~kept).sum()
    best = on_kept.argmin()
    return np.array([best, on_test[best]])

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    zero, one = np.nonzero(y == 0)[0], np.nonzero(y == 1)[0]
    other = x.copy()
    other[zero], other[one] = x[one], x[zero]
    inside = regions[:, None, None]
    swapped = other * inside + x * ~inside
    after = predict(swapped.reshape(-1, *x.shape[1:])).reshape(len(regions), -1)
    shares = (after != predict(x)).mean(axis=1)
    return shares.argmax(), shares.max()


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
