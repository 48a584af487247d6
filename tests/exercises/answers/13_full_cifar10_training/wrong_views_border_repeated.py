# loses 13-views-tests: repeats the border
# told: You repeated the border pixel

# %% grade_id="13-views"
def view_logits(x, w):
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="symmetric")
    s = lambda view: (network(view, w) + network(view[..., ::-1], w)) / 2
    return s(x) / 2 + (s(padded[..., 2:, 2:]) + s(padded[..., :-2, :-2])) / 4
