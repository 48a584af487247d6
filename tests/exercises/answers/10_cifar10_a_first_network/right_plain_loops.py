# loses nothing: plain loops, one picture at a time

# %% grade_id="10-by-hand"
by_hand = [(12 + 24 + 44) / 100, (0.8 * 0.2 / 100) ** 0.5, 12 / 16, 12 / 20, 24 / 30]

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes))
    for n in range(len(y)):
        matrix[y[n]][said[n]] += 1
    return matrix

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    K = len(matrix)
    out = np.zeros((2, K))
    for k in range(K):
        if sum(matrix[:, k]) > 0:
            out[0, k] = matrix[k, k] / sum(matrix[:, k])
        if sum(matrix[k, :]) > 0:
            out[1, k] = matrix[k, k] / sum(matrix[k, :])
    return out

# %% grade_id="10-confident-mistakes"
import math


def confident_mistakes(logits, y, count):
    found = []
    for n, row in enumerate(logits):
        said = max(range(len(row)), key=lambda k: row[k])
        if said != y[n]:
            found.append((-1 / sum(math.exp(score - row[said]) for score in row), n))
    return np.array([n for p, n in sorted(found)[:count]], dtype=int)

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    N = len(right_a)
    d = [int(a) - int(b) for a, b in zip(right_a, right_b)]
    mean = sum(d) / N
    return [mean, math.sqrt(sum((value - mean) ** 2 for value in d) / N) / math.sqrt(N)]

# %% grade_id="10-choose"
def choose(right, validation, test):
    best, most = 0, -1
    for network in range(len(right)):
        count = sum(right[network][n] for n in validation)
        if count > most:
            best, most = network, count
    return [best, sum(right[best][n] for n in test) / len(test)]
