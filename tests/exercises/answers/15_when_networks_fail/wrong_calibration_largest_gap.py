# loses 15-calibration-tests: the largest gap of all bins
# told: That is the largest gap

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error = max(error, abs(right[inside].mean() - confidence[inside].mean()))
    return error
