# loses 07-numeric-gradient-tests: moves all weights together
# told: You move all weights at once

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    slope = (loss(x, w + h) - loss(x, w - h)) / (2 * h)
    return np.ones(w.shape) * slope
