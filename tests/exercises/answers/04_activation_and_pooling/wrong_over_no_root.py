# loses 04-left-over-tests: squares, and no root
# told: the root is missing

# %% grade_id="04-left-over"
def left_over(before, after):
    H, W = before.shape[1:]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H) for r in range(W)]
    return min(np.sum((after - m) ** 2) for m in moved) / np.sum(before**2)
