# loses nothing: strided windows and no loops

# %% grade_id="04-left"
left = np.sqrt([[0.36, 0.36], [26 / 25, 0]])

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(np.subtract(logits, logits.max(axis=1)[:, None]))
    return np.einsum("nk,n->nk", powers, 1 / np.einsum("nk->n", powers))


# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max((4, 5))

# %% grade_id="04-only-a"
only_a = (-np.ones((1, 1, 6, 6)), 3, 3, 0 + 1)

# %% grade_id="04-only-b"
only_b = (np.ones((1, 1, 9, 9)), 2, 3, 1)

# %% grade_id="04-left-over"
def left_over(before, after):
    # Moving `after` back is as good as moving `before` along.
    H, W = before.shape[1:]
    i = (np.arange(H)[:, None] + np.arange(H)) % H
    j = (np.arange(W)[:, None] + np.arange(W)) % W
    moved = after[:, i[:, None, :, None], j[None, :, None, :]]
    return np.sqrt(((moved - before[:, None, None]) ** 2.0).sum(axis=(0, 3, 4)).min() / (before**2.0).sum())

# %% grade_id="04-blur"
blur = np.full(5, 1 / 9) * [1, 2, 3, 2, 1]
