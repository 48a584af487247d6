# loses 08-adam-step-tests: the short form of the paper: eps joins the root before the correction
# told: Add eps to the root of the corrected ŝ

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return (1 - lr * decay) * w - rate * m / (np.sqrt(s) + 1e-8), m, s
