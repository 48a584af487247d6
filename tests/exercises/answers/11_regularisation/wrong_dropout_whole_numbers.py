# loses 11-dropout-tests: an array with the dtype of x
# told: cut to whole numbers

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    out = np.zeros_like(x)
    keep = u >= p if training else np.ones(x.shape, bool)
    out[keep] = x[keep] / (1 - p) if training else x[keep]
    return out
