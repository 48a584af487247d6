# loses 08-adam-step-tests: the step uses the means from before
# told: first update m and s

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    new_w = (1 - lr * decay) * w - lr * m_hat / (np.sqrt(s_hat) + 1e-8)
    return new_w, beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
