# loses 12-shuffle-tests: knows two groups only
# told: the first difference is at

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    half = C // 2
    order = [c // 2 + half * (c % 2) for c in range(C)]
    return x[:, [min(c, C - 1) for c in order]]
