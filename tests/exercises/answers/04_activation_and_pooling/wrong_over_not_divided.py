# loses 04-left-over-tests: a length, not a share
# told: divide it by the length

# %% grade_id="04-left-over"
def left_over(before, after):
    H, W = before.shape[1:]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H) for r in range(W)]
    return min(np.linalg.norm(after - m) for m in moved)
