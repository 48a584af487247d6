# loses 13-views-tests: takes every picture to be square
# told: stopped with ValueError

# %% grade_id="13-views"
def view_logits(x, w):
    N, C, H, W = x.shape
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")
    out = np.zeros((N, len(w)))
    for k, weight in enumerate((0.25, 0.5, 0.25)):
        view = padded[:, :, k : k + H, k : k + H]
        out += weight / 2 * (network(view, w) + network(view[..., ::-1], w))
    return out
