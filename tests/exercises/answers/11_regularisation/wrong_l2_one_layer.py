# loses 11-l2-loss-tests: one layer alone
# told: The weights of the second layer are missing

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * np.sum(w1**2)
