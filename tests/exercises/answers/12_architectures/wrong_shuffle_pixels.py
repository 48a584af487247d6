# loses 12-shuffle-tests: lets pixels and channels get mixed up
# told: Rows and columns got mixed up

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, C // groups, groups, H * W).swapaxes(2, 3).reshape(x.shape)
