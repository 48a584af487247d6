# loses 04-left-over-tests: moves to the right only
# told: try every move down

# %% grade_id="04-left-over"
def left_over(before, after):
    moved = [np.roll(before, r, axis=2) for r in range(before.shape[2])]
    return min(np.linalg.norm(after - m) for m in moved) / np.linalg.norm(before)
