# loses 15-calibration-tests: edges for one bin too few
# told: You have one bin too few

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    edges = np.linspace(0, 1, max(bins, 2))
    error = 0
    for b in range(len(edges) - 1):
        inside = (confidence > edges[b]) & (confidence <= edges[b + 1])
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
