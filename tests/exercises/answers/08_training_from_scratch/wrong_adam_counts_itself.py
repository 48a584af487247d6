# loses 08-adam-step-tests: counts its calls instead of reading t
# told: the first difference is at

# %% grade_id="08-adam-step"
calls = 0


def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    global calls
    calls += 1
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    return (1 - lr * decay) * w - lr * (m / (1 - beta1**calls)) / (np.sqrt(s / (1 - beta2**calls)) + 1e-8), m, s
