# loses nothing: equations from plain loops; the eyes and the mouth

# %% grade_id="02-by-hand"
by_hand = np.array([[54 / 9, 63 / 9], [27, -9], [27, 18]])

# %% grade_id="02-only-a"
only_a = (np.ones((3, 2, 2)), np.ones((1, 3, 2, 2)), np.array([-2]))

# %% grade_id="02-only-b"
only_b = [[[1.5]], [[4]]], [[[[2]], [[-2]]]], [0.0]

# %% grade_id="02-only-c"
only_c = [smiley().tolist()], [[edge_kernel().tolist()]] * 3, [1, 2, 3]

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    rows, columns = len(x) - len(y) + 1, len(x[0]) - len(y[0]) + 1
    equations, answers = [], []
    for i in range(len(y)):
        for j in range(len(y[0])):
            equations.append([x[i + u, j + v] for u in range(rows) for v in range(columns)])
            answers.append(y[i, j])
    weights, *_ = np.linalg.lstsq(np.array(equations, float), np.array(answers, float), rcond=None)
    return [[weights[u * columns + v] for v in range(columns)] for u in range(rows)]

# %% grade_id="02-diagonal"
diagonal = ((2, -1, -1), (-1, 2, -1), (-1, -1, 2))

# %% grade_id="02-network"
eyes = [1, -1, -1, 1]
network = [
    [eyes, [-1, -1, -1, -1], [1, -1, -1, 1], [-1, 1, 1, -1]],
    [eyes, [-1, -1, -1, -1], [-1, 1, 1, -1], [1, -1, -1, 1]],
]
