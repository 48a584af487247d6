# loses 16-probe-tests: weights that take the dtype of the features
# told: the first difference is at

# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    W = np.zeros((classes, f.shape[1] + 1), dtype=f.dtype)
    f1 = np.column_stack([f, np.ones(len(f))])
    for _ in range(steps):
        scores = f1 @ W.T
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        W[...] = W - rate * (p - np.eye(classes)[y]).T @ f1 / len(f)
    return W
