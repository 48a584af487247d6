# loses 12-shuffle-tests: takes every map to be square
# told: stopped with

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, groups, C // groups, H, H).swapaxes(1, 2).reshape(N, C, H, H)
