# loses 11-l2-loss-tests: the biases are penalised
# told: You included the biases

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * sum(np.sum(array**2) for array in (w1, b1, w2, b2))
