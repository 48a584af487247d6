# loses 15-calibration-tests: the mean of nothing
# told: An empty bin has no mean, for 0/0 is nan

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    error = 0
    with np.errstate(all="ignore"):
        for b in range(bins):
            count = (place == b).sum()
            sums = right[place == b].sum(), confidence[place == b].sum()
            error += count / len(y) * abs(sums[0] / count - sums[1] / count)
    return error
