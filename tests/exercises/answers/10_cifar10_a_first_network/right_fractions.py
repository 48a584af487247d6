# loses nothing: exact numbers, and Python's own modules

# %% grade_id="10-by-hand"
from fractions import Fraction as Q

by_hand = [Q(80, 100), Q(1, 25), Q(12, 16), Q(12, 20), Q(24, 30)]

# %% grade_id="10-confusion-matrix"
from collections import Counter


def confusion_matrix(y, said, classes):
    pairs = Counter(zip(y.tolist(), said.tolist()))
    return [[pairs[j, k] for k in range(classes)] for j in range(classes)]

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    counts = matrix.tolist()
    columns = [list(column) for column in zip(*counts)]
    return [
        [Q(line[k], sum(line)) if any(line) else Q(0) for k, line in enumerate(lines)]
        for lines in (columns, counts)
    ]

# %% grade_id="10-confident-mistakes"
import heapq
import math


def confident_mistakes(logits, y, count):
    doubt = {}
    for n, row in enumerate(logits.tolist()):
        if row.index(max(row)) != y[n]:
            doubt[n] = math.fsum(math.exp(score - max(row)) for score in row)
    return heapq.nsmallest(count, doubt, key=doubt.get)

# %% grade_id="10-paired-difference"
import statistics


def paired_difference(right_a, right_b):
    d = [int(a) - int(b) for a, b in zip(right_a, right_b)]
    return Q(sum(d), len(d)), statistics.pstdev(d) / math.sqrt(len(d))

# %% grade_id="10-choose"
def choose(right, validation, test):
    scores = {n: sum(row[validation].tolist()) for n, row in enumerate(right)}
    best = max(scores, key=scores.get)
    return best, Q(sum(right[best][test].tolist()), len(test))
