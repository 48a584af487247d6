# loses 08-adam-step-tests: `^` for `**`
# told: unsupported operand type(s) for ^

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    return (1 - lr * decay) * w - lr * (m / (1 - beta1^t)) / (np.sqrt(s / (1 - beta2^t)) + 1e-8), m, s
