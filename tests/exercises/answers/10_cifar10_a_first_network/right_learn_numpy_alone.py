# loses nothing: random filters in NumPy; each class is a cloud of features with one spread for all
# %% grade_id="10-learn"
FILTERS = np.random.default_rng(7).normal(size=(27, 28)).astype(np.float32)


def described(pictures):
    light = pictures.astype(np.float32) / 255 - 0.4
    windows = np.lib.stride_tricks.sliding_window_view(light[:, :, ::2, ::2], (3, 3), axis=(2, 3))
    rows = windows.transpose(0, 2, 3, 1, 4, 5).reshape(len(pictures), -1, 27)
    maps = np.maximum(rows @ FILTERS, 0)
    return np.concatenate([maps.mean(axis=1), maps.std(axis=1)], axis=1).astype(float)


def learn(x, y, new):
    seen, asked = described(x), described(new)
    means = np.stack([seen[y == label].mean(axis=0) for label in range(10)])
    spread = np.cov((seen - means[y]).T) + 1e-4 * np.eye(seen.shape[1])
    turned = np.linalg.solve(spread, means.T)
    scores = asked @ turned - (means.T * turned).sum(axis=0) / 2
    return scores.argmax(axis=1).astype(float)
