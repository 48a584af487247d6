# loses nothing: other formulas

# %% grade_id="10-by-hand"
by_hand = np.array([8, 0.4, 7.5, 6, 8]) / 10

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    return np.eye(classes)[y].T @ np.eye(classes)[said]

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    sums = np.stack([matrix.sum(0), matrix.sum(1)])
    return np.divide(np.diag(matrix), sums, out=np.zeros(sums.shape), where=sums > 0)

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    top = logits.max(axis=1)
    confidence = 1 / np.exp(logits - top[:, None]).sum(axis=1)
    confidence[logits.argmax(axis=1) == y] = -1
    order = np.lexsort([-confidence])
    return order[: min(count, (confidence > 0).sum())]

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    gained, lost = (right_a & ~right_b).mean(), (right_b & ~right_a).mean()
    mean = gained - lost
    return mean, ((gained + lost - mean**2) / len(right_a)) ** 0.5

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = np.argmax(np.count_nonzero(right[:, validation], axis=1))
    return float(best), np.count_nonzero(right[best, test]) / len(test)
