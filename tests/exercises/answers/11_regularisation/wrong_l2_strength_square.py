# loses 11-l2-loss-tests: the strength squared
# told: expected 0.7, got 0.07

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return (strength * np.sum(w1**2) + strength * np.sum(w2**2)) * strength / 2
