# loses 04-left-over-tests: takes the height for the width
# told: expected 0, got 1.0198

# %% grade_id="04-left-over"
def left_over(before, after):
    H = before.shape[1]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H) for r in range(H)]
    return min(np.linalg.norm(after - m) for m in moved) / np.linalg.norm(before)
