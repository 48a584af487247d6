# loses 04-left-over-tests: never moves by one place to the left or up
# told: In left_over

# %% grade_id="04-left-over"
def left_over(before, after):
    H, W = before.shape[1:]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H - 1) for r in range(W - 1)]
    gaps = [np.linalg.norm(after - m) for m in [before, *moved]]
    return min(gaps) / np.linalg.norm(before)
