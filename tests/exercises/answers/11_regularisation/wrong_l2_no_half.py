# loses 11-l2-loss-tests: the half is missing
# told: The factor ½ is missing

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength * (np.sum(w1**2) + np.sum(w2**2))
