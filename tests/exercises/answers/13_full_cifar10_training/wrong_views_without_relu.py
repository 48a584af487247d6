# loses 13-views-tests: writes the network anew, without its ReLU
# told: The ReLU of `network` is missing

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    out = 0
    for start, weight in ((1, 1 / 4), (0, 1 / 8), (2, 1 / 8)):
        view = padded[:, :, start : start + H, start : start + W]
        out = out + weight * np.tensordot(view + view[..., ::-1], w, axes=([1, 2, 3], [1, 2, 3]))
    return out
