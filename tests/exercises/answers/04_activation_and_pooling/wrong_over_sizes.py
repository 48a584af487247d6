# loses 04-left-over-tests: sums of sizes
# told: Those are sums of sizes

# %% grade_id="04-left-over"
def left_over(before, after):
    H, W = before.shape[1:]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H) for r in range(W)]
    return min(np.abs(after - m).sum() for m in moved) / np.abs(before).sum()
