# loses nothing: conjugate gradients, whose slopes are correlations; the chin of the face

# %% grade_id="02-by-hand"
wedge = np.array([[0, 0, 9, 9], [0, 9, 9, 0], [9, 9, 9, 9]])
both = np.stack([wedge[:, :3], wedge[:, 1:]])
by_hand = np.array([
    both.mean(axis=(1, 2)),
    (both * np.outer([1, 2, 1], [-1, 0, 1])).sum(axis=(1, 2)),
    9 * both[:, 1, 1] - both.sum(axis=(1, 2)),
])

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    w = 0.0 * kernels.correlate2d(x, y)
    slope = kernels.correlate2d(x, y)
    way, size = slope, (slope**2).sum()
    while size > 1e-20:
        change = kernels.correlate2d(x, way)
        step = size / (change**2).sum()
        w, y = w + step * way, y - step * change
        slope = kernels.correlate2d(x, y)
        before, size = size, (slope**2).sum()
        way = slope + size / before * way
    return w

# %% grade_id="02-diagonal"
line = np.eye(3)
diagonal = line - line[::-1]

# %% grade_id="02-network"
face = 2 * smiley() - 1
other = face.copy()
other[4:6, 1:7] = face[5:3:-1, 1:7]
network = face[2:8, 2:6], other[2:8, 2:6]
