# loses 13-views-tests: collects the logits in an array of the pictures' dtype
# told: cut to whole numbers

# %% grade_id="13-views"
def view_logits(x, w):
    out = np.zeros((len(x), len(w)), dtype=x.dtype)
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")
    s = lambda view: (network(view, w) + network(view[..., ::-1], w)) / 2
    out[:] = s(x) / 2 + s(padded[..., 2:, 2:]) / 4 + s(padded[..., :-2, :-2]) / 4
    return out
