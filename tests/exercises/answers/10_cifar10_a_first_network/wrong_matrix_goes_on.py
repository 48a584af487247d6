# loses 10-confusion-matrix-tests: the matrix of the last call goes on
# told: the first difference is at

# %% grade_id="10-confusion-matrix"
from collections import Counter

PAIRS = Counter()


def confusion_matrix(y, said, classes):
    PAIRS.update(zip(y.tolist(), said.tolist()))
    return [[PAIRS[j, k] for k in range(classes)] for j in range(classes)]
