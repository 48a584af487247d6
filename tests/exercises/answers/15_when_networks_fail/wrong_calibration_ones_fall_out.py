# loses 15-calibration-tests: an answer that is quite sure is in no bin
# told: so does a confidence of 1, which fell out of your bins

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.floor(confidence * bins)
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
