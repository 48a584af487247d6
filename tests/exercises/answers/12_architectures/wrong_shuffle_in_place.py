# loses 12-shuffle-tests: shuffles what it was given
# told: changed what it was given

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    x[:] = x.reshape(N, groups, C // groups, H, W).swapaxes(1, 2).reshape(x.shape)
    return x
