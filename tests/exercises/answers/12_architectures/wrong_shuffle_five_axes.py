# loses 12-shuffle-tests: forgets to put the axes together again
# told: the answer has shape

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, groups, C // groups, H, W).swapaxes(1, 2)
