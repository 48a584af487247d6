# loses 12-shuffle-tests: turns the order of the groups round
# told: That swaps whole groups

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, groups, C // groups, H, W)[:, ::-1].reshape(x.shape)
