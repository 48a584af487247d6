# loses 13-views-tests: all six views count alike
# told: You weight all six alike

# %% grade_id="13-views"
def view_logits(x, w):
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="reflect")
    H, W = x.shape[2:]
    views = []
    for start in (0, 1, 2):
        view = padded[:, :, start : start + H, start : start + W]
        views += [view, view[..., ::-1]]
    return np.mean([network(view, w) for view in views], axis=0)
