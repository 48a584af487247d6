# loses 15-calibration-tests: the middle of the bin for its confidence
# told: You compared with the middle of each bin

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - (b + 0.5) / bins)
    return error
