# loses 11-augment-tests: the border goes on
# told: The border is repeated

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    rows = np.clip(np.arange(H) - down[:, None], 0, H - 1)
    columns = np.clip(np.arange(W) - right[:, None], 0, W - 1)
    z = np.take_along_axis(z, rows[:, None, :, None], axis=2)
    return np.take_along_axis(z, columns[:, None, None, :], axis=3)
