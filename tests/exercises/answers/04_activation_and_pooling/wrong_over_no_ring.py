# loses 04-left-over-tests: zeros come in
# told: You filled up with zeros

# %% grade_id="04-left-over"
def left_over(before, after):
    C, H, W = before.shape
    gaps = []
    for d in range(-H + 1, H):
        for r in range(-W + 1, W):
            moved = np.zeros((C, H, W))
            source = before[:, max(0, -d) : H - max(0, d), max(0, -r) : W - max(0, r)]
            moved[:, max(0, d) : H + min(0, d), max(0, r) : W + min(0, r)] = source
            gaps.append(np.linalg.norm(after - moved))
    return min(gaps) / np.linalg.norm(before)
