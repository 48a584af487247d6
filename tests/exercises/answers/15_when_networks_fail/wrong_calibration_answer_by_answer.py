# loses 15-calibration-tests: no bins at all
# told: You compared answer by answer.

# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    return np.abs((p.argmax(axis=1) == y) - p.max(axis=1)).mean()
