# loses 04-left-over-tests: equal moves in both directions only
# told: expected 0, got

# %% grade_id="04-left-over"
def left_over(before, after):
    moved = [np.roll(before, (k, k), axis=(1, 2)) for k in range(max(before.shape[1:]))]
    return min(np.linalg.norm(after - m) for m in moved) / np.linalg.norm(before)
