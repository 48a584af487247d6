# loses nothing: one-hot labels, running sums unrolled, a generator of batches, in-place updates of copies

# %% grade_id="08-by-hand"
by_hand = np.array([-9.0, 3, 6, 1, -1, -1]) / 10

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    shifted = logits - np.max(logits, axis=1)[:, None]
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    return (np.exp(log_p) - np.eye(logits.shape[1])[y]) / logits.shape[0]

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2):
    w, m, s = w.astype(float), m.astype(float), s.astype(float)
    m += (1 - beta1) * (g - m)
    s += (1 - beta2) * (np.square(g) - s)
    size = np.sqrt(s) / np.sqrt(1 - beta2**t) + 1e-8
    w -= lr / (1 - beta1**t) * m / size
    return [w, m, s]

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    climb = min((step + 1) / warm, 1) if warm else 1
    share = max(step - warm, 0) / (steps - warm)
    return lr * climb * np.cos(np.pi * share / 2) ** 2

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    cuts = range(size, len(x), size)
    batches = [batch for epoch in order for batch in np.split(epoch, cuts)]
    weights, change = w * 1.0, np.zeros(len(w))
    for batch, lr in zip(batches, rates):
        change = gradient(x[batch], y[batch], weights) + momentum * change
        weights = weights - lr * change
    return weights
