# loses 12-shuffle-tests: deals the channels back
# told: That deals the channels *back*

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, C // groups, groups, H, W).swapaxes(1, 2).reshape(N, C, H, W)
