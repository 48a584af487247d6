# loses 13-views-tests: averages the pictures
# told: You averaged the pictures

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")

    mean = x / 2 + padded[:, :, 2:, 2:] / 4 + padded[:, :, :H, :W] / 4
    return network((mean + mean[..., ::-1]) / 2, w)
