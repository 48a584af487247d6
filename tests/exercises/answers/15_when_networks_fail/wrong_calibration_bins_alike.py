# loses 15-calibration-tests: a bin with one answer counts as much as one with a hundred
# told: You counted every bin the same.

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    gaps = [
        abs(right[place == b].mean() - confidence[place == b].mean()) for b in np.unique(place)
    ]
    return np.mean(gaps)
