# loses 11-l2-loss-tests: the strength is missing
# told: The strength λ is missing

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return 0.5 * (np.sum(w1**2) + np.sum(w2**2))
