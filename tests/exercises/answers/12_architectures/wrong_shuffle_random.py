# loses 12-shuffle-tests: shuffles by chance
# told: the first difference is at

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    return x[:, np.random.default_rng(2).permutation(C)]
