# loses 15-calibration-tests: counts that nothing divides
# told: You weighted each gap by its count

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return error
