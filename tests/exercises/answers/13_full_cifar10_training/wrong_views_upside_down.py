# loses 13-views-tests: mirrors the rows
# told: your pictures are upside down

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    s = lambda view: (network(view, w) + network(view[:, :, ::-1], w)) / 2
    return s(x) / 2 + s(padded[:, :, 2:, 2:]) / 4 + s(padded[:, :, :H, :W]) / 4
