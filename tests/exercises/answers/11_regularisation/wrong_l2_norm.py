# loses 11-l2-loss-tests: the norm, not its square
# told: You took the square root

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (np.linalg.norm(w1) + np.linalg.norm(w2))
