# loses 13-views-tests: leaves the mirrored views out
# told: The mirrored views are missing

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    up, down = padded[:, :, 2:, 2:], padded[:, :, :H, :W]
    return network(x, w) / 2 + network(up, w) / 4 + network(down, w) / 4
