# loses 11-l2-loss-tests: // of the strength
# told: `//` rounds λ/2 down

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    return strength // 2 * (np.sum(w1**2) + np.sum(w2**2))
