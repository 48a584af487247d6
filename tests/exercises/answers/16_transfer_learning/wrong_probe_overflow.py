# loses 16-probe-tests: does not take the largest score off before exp
# told: Large scores overflow

# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    f1 = np.column_stack([f, np.ones(len(f))])
    W = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        scores = f1 @ W.T
        e = np.exp(scores)
        p = e / e.sum(axis=1, keepdims=True)
        W = W - rate * (p - np.eye(classes)[y]).T @ f1 / len(f)
    return W
