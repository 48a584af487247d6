# loses 12-shuffle-tests: leaves first and last channel where they are and turns the rest round
# told: the first difference is at

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    N, C, H, W = x.shape
    order = list(range(C))
    order[1:-1] = order[1:-1][::-1]
    return x[:, order]
