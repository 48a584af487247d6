# loses 11-l2-loss-tests: squares the sum
# told: you squared the sum

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (w1.sum() ** 2 + w2.sum() ** 2)
