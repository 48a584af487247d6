# loses nothing: sums by einsum and matrix products

# %% grade_id="10-by-hand"
M = np.array([[12, 8, 0], [4, 24, 2], [0, 6, 44]])
by_hand = [np.einsum("kk", M) / M.sum(), 0.04, M[0, 0] / M[:, 0].sum(), M[0, 0] / 20, 24 / 30]

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    k = np.arange(classes)
    return np.einsum("nj,nk->jk", (y[:, None] == k) * 1, (said[:, None] == k) * 1)

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.einsum("kk->k", matrix)
    said, there = np.einsum("jk->k", matrix), np.einsum("kj->k", matrix)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.vstack([right / said, right / there]))

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    a = logits - np.max(logits, 1)[:, np.newaxis]
    confidence = 1 / np.einsum("nk->n", np.exp(a))
    places = np.lexsort((np.arange(len(y)), -confidence))
    return np.array([n for n in places if a[n, y[n]] < 0][:count], dtype=np.intp)

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.astype(np.int8) - right_b.astype(np.int8)
    N = d.size
    mean = np.einsum("n->", d.astype(float)) / N
    apart = d - mean
    return np.hstack([mean, np.linalg.norm(apart) / N])

# %% grade_id="10-choose"
def choose(right, validation, test):
    kept = np.zeros(right.shape[1])
    kept[validation] = 1
    best = np.argmax(right @ kept)
    return np.r_[best, np.einsum("n->", right[best, test] * 1.0) / test.size]
