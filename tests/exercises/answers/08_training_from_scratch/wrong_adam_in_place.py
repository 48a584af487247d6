# loses 08-adam-step-tests: changes the weights and means that it was given
# told: floats don't fit into an array of whole numbers

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    m *= beta1
    m += (1 - beta1) * g
    s *= beta2
    s += (1 - beta2) * g**2
    w -= lr * decay * w
    w -= lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + 1e-8)
    return w, m, s
