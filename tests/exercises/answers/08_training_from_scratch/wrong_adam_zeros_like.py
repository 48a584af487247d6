# loses 08-adam-step-tests: new arrays take the dtype of weights that are whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    new_w, new_m, new_s = np.zeros_like(w), np.zeros_like(m), np.zeros_like(s)
    for i in np.ndindex(w.shape):
        new_m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        new_s[i] = beta2 * s[i] + (1 - beta2) * g[i] ** 2
        m_hat = (beta1 * m[i] + (1 - beta1) * g[i]) / (1 - beta1**t)
        s_hat = (beta2 * s[i] + (1 - beta2) * g[i] ** 2) / (1 - beta2**t)
        new_w[i] = (1 - lr * decay) * w[i] - lr * m_hat / (np.sqrt(s_hat) + 1e-8)
    return new_w, new_m, new_s
