# loses nothing: loops, dictionaries and Python's own sums

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    out = np.zeros((N, F))
    for n in range(N):
        for k in range(F):
            for i in range(H - KH + 1):
                for j in range(W - KW + 1):
                    answer = (x[n, :, i : i + KH, j : j + KW] * w[k]).sum()
                    out[n, k] = max(out[n, k], (answer - mean[k]) / (var[k] + 1e-5) ** 0.5)
    return out

# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    weights, biases = np.zeros((classes, f.shape[1])), np.zeros(classes)
    for _ in range(steps):
        down_w, down_b = np.zeros_like(weights), np.zeros_like(biases)
        for row, label in zip(f, y):
            score = weights @ row + biases
            p = np.exp(score - score.max())
            p /= p.sum()
            p[label] -= 1
            down_w += np.outer(p, row)
            down_b += p
        weights -= rate * down_w / len(y)
        biases -= rate * down_b / len(y)
    return np.column_stack([weights, biases])

# %% grade_id="16-folds"
def group_folds(groups, count):
    size = {}
    for group in groups.tolist():
        size[group] = size.get(group, 0) + 1
    fold_of, full = {}, [0] * count
    for group in sorted(size, key=lambda g: (-size[g], g)):
        fold = full.index(min(full))
        fold_of[group] = fold
        full[fold] += size[group]
    return [fold_of[group] for group in groups.tolist()]
