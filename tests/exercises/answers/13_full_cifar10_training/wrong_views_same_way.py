# loses 13-views-tests: copies a line and shifts twice the same way
# told: Both of your shifts go the same way

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    views = [x, padded[:, :, 2:, 2:], padded[:, :, 2:, 2:]]
    both = [network(view, w) + network(view[..., ::-1], w) for view in views]
    return both[0] / 4 + both[1] / 8 + both[2] / 8
