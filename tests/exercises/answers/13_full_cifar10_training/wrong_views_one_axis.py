# loses 13-views-tests: shifts sideways only
# told: You shifted along one axis

# %% grade_id="13-views"
def view_logits(x, w):
    padded = np.pad(x, [(0, 0)] * 3 + [(1, 1)], mode="reflect")
    s = lambda view: (network(view, w) + network(view[..., ::-1], w)) / 2
    return s(x) / 2 + s(padded[..., 2:]) / 4 + s(padded[..., :-2]) / 4
