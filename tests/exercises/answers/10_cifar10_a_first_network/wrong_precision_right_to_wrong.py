# loses 10-precision-recall-tests: divides by the false alarms
# told: divided by the wrong ones

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.diag(matrix)
    false_alarms, missed = matrix.sum(axis=0) - right, matrix.sum(axis=1) - right
    with np.errstate(all="ignore"):
        out = np.array([right / false_alarms, right / missed])
    out[np.isnan(out)] = 0
    return out
