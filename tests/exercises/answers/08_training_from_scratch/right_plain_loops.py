# loses nothing: plain loops, one number at a time

# %% grade_id="08-by-hand"
by_hand = [1 / 10 - 1, 3 / 10, 6 / 10, 0.1, -0.1, -0.1]

# %% grade_id="08-cross-entropy-gradient"
import math


def cross_entropy_gradient(logits, y):
    N, K = logits.shape
    out = np.zeros((N, K))
    for n in range(N):
        largest = max(logits[n])
        powers = [math.exp(score - largest) for score in logits[n]]
        for k in range(K):
            out[n, k] = (powers[k] / sum(powers) - (1 if k == y[n] else 0)) / N
    return out

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2):
    new_w, new_m, new_s = np.zeros(w.shape), np.zeros(w.shape), np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        new_m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        new_s[i] = beta2 * s[i] + (1 - beta2) * g[i] * g[i]
        m_hat, s_hat = new_m[i] / (1 - beta1**t), new_s[i] / (1 - beta2**t)
        new_w[i] = w[i] - lr * m_hat / (s_hat**0.5 + 1e-8)
    return new_w, new_m, new_s

# %% grade_id="08-rate"
import math


def rate(step, steps, warm, lr):
    rates = []
    for t in range(steps):
        if t < warm:
            rates.append(lr * (t + 1) / warm)
        else:
            rates.append(0.5 * lr * (1 + math.cos(math.pi * (t - warm) / (steps - warm))))
    return rates[step]

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    w = w.astype(float).copy()
    v = 0
    step = 0
    for e in range(len(order)):
        rest = list(order[e])
        while rest:
            batch, rest = rest[:size], rest[size:]
            v = momentum * v + gradient(x[batch], y[batch], w)
            w -= rates[step] * v
            step = step + 1
    return w
