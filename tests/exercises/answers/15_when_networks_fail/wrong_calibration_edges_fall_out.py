# loses 15-calibration-tests: answers on an edge are in no bin
# told: An answer on the edge of two bins is missing

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    edges = np.arange(bins + 1) / bins
    error = 0
    for b in range(bins):
        inside = (confidence > edges[b]) & (confidence < edges[b + 1])
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
