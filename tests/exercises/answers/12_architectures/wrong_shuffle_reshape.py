# loses 12-shuffle-tests: reshapes there and back, without a transpose
# told: Nothing has moved

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, groups, C // groups, H, W).reshape(N, C // groups, groups, H, W).reshape(x.shape)
