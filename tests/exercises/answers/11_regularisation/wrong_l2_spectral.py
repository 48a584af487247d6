# loses 11-l2-loss-tests: the norm of a matrix, which convolutions do not have
# told: Improper number of dimensions

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (np.linalg.norm(w1, 2) ** 2 + np.linalg.norm(w2, 2) ** 2)
