# loses 13-views-tests: averages shares
# told: You averaged shares

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    out = 0
    for start, weight in ((1, 1 / 4), (0, 1 / 8), (2, 1 / 8)):
        view = padded[:, :, start : start + H, start : start + W]
        for side in (view, view[..., ::-1]):
            powers = np.exp(network(side, w))
            out = out + weight * powers / powers.sum(axis=1, keepdims=True)
    return out
