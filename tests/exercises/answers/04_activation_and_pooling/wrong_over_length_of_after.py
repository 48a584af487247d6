# loses 04-left-over-tests: divided by the length of the new map
# told: not of `after`

# %% grade_id="04-left-over"
def left_over(before, after):
    H, W = before.shape[1:]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H) for r in range(W)]
    return min(np.linalg.norm(after - m) for m in moved) / np.linalg.norm(after)
