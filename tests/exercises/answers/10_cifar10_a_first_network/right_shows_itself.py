# loses nothing: a progress bar and a picture inside the function

# %% grade_id="10-confusion-matrix"
import matplotlib.pyplot as plt
from tqdm import tqdm

SHOWN = []


def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes), dtype=np.int64)
    for n in tqdm(range(len(y))):
        matrix[y[n], said[n]] += 1
    if not SHOWN:
        SHOWN.append(plt.imshow(matrix))
        plt.close()
    return matrix

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    print(matrix)
    matrix = np.asarray(matrix, dtype=float)
    out = np.zeros((2, matrix.shape[0]))
    for axis in range(2):
        total = matrix.sum(axis)
        out[axis][total != 0] = np.diag(matrix)[total != 0] / total[total != 0]
    return out

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    logits = np.longdouble(logits)
    confidence = np.exp(logits.max(1) - np.logaddexp.reduce(logits, axis=1))
    said = np.argmax(logits, axis=-1)
    keys = [(-confidence[n], n) for n in tqdm(range(len(y))) if said[n] != y[n]]
    return np.array([n for _, n in sorted(keys)], dtype=int)[:count]

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    values, times = np.unique(1 * right_a - 1 * right_b, return_counts=True)
    share = times / times.sum()
    mean = (values * share).sum()
    print(f"{mean:+.3f}")
    return mean, (((values - mean) ** 2 * share).sum() / times.sum()) ** 0.5

# %% grade_id="10-choose"
def choose(right, validation, test):
    print(right[:, validation].mean(axis=1))
    best = np.flatnonzero(right[:, validation].sum(1) == right[:, validation].sum(1).max())[0]
    return np.fromiter((best, right[best, test].mean()), float)
