# loses 15-calibration-tests: squares instead of sizes
# told: You squared the gaps

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * (right[inside].mean() - confidence[inside].mean()) ** 2
    return error
