# loses 04-left-over-tests: each channel moves by itself
# told: all channels of a map move together

# %% grade_id="04-left-over"
def left_over(before, after):
    total = 0
    for b, a in zip(before, after):
        H, W = b.shape
        total += min(np.sum((a - np.roll(b, (d, r), (0, 1))) ** 2) for d in range(H) for r in range(W))
    return np.sqrt(total) / np.linalg.norm(before)
