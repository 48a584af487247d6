# loses 04-left-over-tests: moves down only
# told: try every move to the right

# %% grade_id="04-left-over"
def left_over(before, after):
    moved = [np.roll(before, d, axis=1) for d in range(before.shape[1])]
    return min(np.linalg.norm(after - m) for m in moved) / np.linalg.norm(before)
