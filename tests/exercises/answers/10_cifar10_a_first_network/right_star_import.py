# loses nothing: everything of NumPy by name

# %% grade_id="10-by-hand"
from numpy import *

by_hand = array([0.8, sqrt(0.8 * 0.2 / 100), 12 / 16, 12 / 20, 24 / 30])

# %% grade_id="10-confusion-matrix"
from numpy import *


def confusion_matrix(y, said, classes):
    counts, _, _ = histogram2d(y, said, bins=[arange(classes + 1), arange(classes + 1)])
    return counts

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    sums = array([sum(matrix, axis=0), sum(matrix, axis=1)])
    return where(sums == 0, 0, diagonal(matrix) / maximum(sums, 1))

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    shifted = logits - amax(logits, axis=1, keepdims=True)
    log_p = shifted - log(sum(exp(shifted), axis=1, keepdims=True))
    wrong = nonzero(argmax(logits, axis=1) != y)[0]
    return wrong[argsort(-amax(log_p, axis=1)[wrong], kind="mergesort")][:count]

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = subtract(right_a, right_b, dtype=float)
    return array([mean(d), sqrt(var(d) / size(d))])

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = argmax(sum(take(right, validation, axis=1), axis=1))
    return array([best, average(right[best][test])])
