# loses 15-calibration-tests: takes the probability of the right class for the confidence
# told: You took the probability of the right class.

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p[np.arange(len(y)), y], p.argmax(axis=1) == y
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
