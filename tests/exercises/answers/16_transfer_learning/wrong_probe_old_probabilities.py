# loses 16-probe-tests: computes p once
# told: You computed the probabilities only once

# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    f1 = np.column_stack([f, np.ones(len(f))])
    W = np.zeros((classes, f1.shape[1]))
    p = np.full((len(f), classes), 1 / classes)
    for _ in range(steps):
        W = W - rate * (p - np.eye(classes)[y]).T @ f1 / len(f)
    return W
