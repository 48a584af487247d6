# loses 13-views-tests: makes float32 of the pictures, as PyTorch would
# told: the first difference is at

# %% grade_id="13-views"
def view_logits(x, w):
    x, w = x.astype(np.float32), w.astype(np.float32)
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")
    s = lambda view: (network(view, w) + network(view[..., ::-1], w)) / 2
    return s(x) / 2 + s(padded[..., 2:, 2:]) / 4 + s(padded[..., :-2, :-2]) / 4
