# loses 01-changed-tests: rows for columns, right for square kernels
# told: outputs_changed

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (K, _) = shape, w.shape
    return np.count_nonzero(w[max(0, i - (H - K)) : i + 1, max(0, j - (W - K)) : j + 1])
