# loses 08-adam-step-tests: corrects as if each step were the first
# told: yours is 1 − β

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * np.power(g, 2)
    m_hat, s_hat = m / (1 - beta1), s / (1 - beta2)
    return (1 - lr * decay) * w - lr * m_hat / (s_hat**0.5 + 1e-8), m, s
