# loses 16-probe-tests: a logistic function for each score
# told: You took the logistic function of each score

# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    f1 = np.column_stack([f, np.ones(len(f))])
    W = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        scores = f1 @ W.T
        p = 1 / (1 + np.exp(-np.clip(scores, -700, 700)))
        W = W - rate * (p - np.eye(classes)[y]).T @ f1 / len(f)
    return W
