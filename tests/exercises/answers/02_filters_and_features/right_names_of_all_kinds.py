# loses nothing: helpers and values called windows, answers, check and run; fractions

# %% grade_id="02-by-hand"
from fractions import Fraction

check = run = case = Case = conv2d = None
by_hand = [[Fraction(54, 9), Fraction(63, 9)], (27, -9), (27, 18)]

# %% grade_id="02-only-a"
draft_a = draft_b = draft_c = "read"
x = ([[Fraction(1, 2)]], [[1]])
only_a = x, [[[[0]], [[0]]]], [1]

# %% grade_id="02-only-b"
only_b = x, [[[[0]], [[2]]]], [0]

# %% grade_id="02-only-c"
only_c = x[:1], [[[[3]]], [[[4]]]], [0, 7]

# %% grade_id="02-find-kernel"
def windows(x, y):
    for place in np.ndindex(*x.shape):
        i, j = place
        part = x[i : i + 1 + len(x) - len(y), j : j + 1 + x.shape[1] - y.shape[1]]
        if i < y.shape[0] and j < y.shape[1]:
            yield part.flatten()


def find_kernel(x, y):
    answers = np.array([*windows(x, y)])
    alike = answers.T @ answers
    found = np.linalg.pinv(alike, hermitian=True, rcond=1e-12) @ (answers.T @ y.flatten())
    return found.reshape(1 + len(x) - len(y), -1)

# %% grade_id="02-diagonal"
weights = stripes = on_line = answers = "taken"
diagonal = [[Fraction(1, 7), 0, Fraction(-1, 7)], [0, 0, 0], [Fraction(-1, 7), 0, Fraction(1, 7)]]

# %% grade_id="02-network"
strongest = decide = faces = happy = "taken"
mouth = [[1, -1, 1, -1, -1, 1], [1, -1, -1, 1, 1, -1], [-1, 1, -1, -1, -1, -1], [-1, -1, 1, 1, 1, 1]]
frown = [[1, -1, -1, 1, 1, -1], [1, -1, 1, -1, -1, 1], [-1, 1, -1, -1, -1, -1], [-1, -1, 1, 1, 1, 1]]
network = mouth, frown
