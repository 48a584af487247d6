# loses 11-l2-loss-tests: absolute values
# told: That is L1

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (abs(w1).sum() + abs(w2).sum())
