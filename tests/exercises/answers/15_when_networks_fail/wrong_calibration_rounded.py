# loses 15-calibration-tests: percentages without a fraction
# told: expected

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    confidence = confidence.round(2)
    place = np.ceil(confidence * bins) - 1
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
