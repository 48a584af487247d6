# loses 11-l2-loss-tests: the mean of the squares in place of their sum
# told: That is the mean of the squares

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (np.mean(w1**2) + np.mean(w2**2))
