# loses 13-views-tests: keeps the weights that came with pictures of this shape
# told: the first difference is at

# %% grade_id="13-views"
weights = {}

def view_logits(x, w):
    w = weights.setdefault((x.shape, w.shape), w)
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")
    s = lambda view: (network(view, w) + network(view[..., ::-1], w)) / 2
    return s(x) / 2 + s(padded[..., 2:, 2:]) / 4 + s(padded[..., :-2, :-2]) / 4
