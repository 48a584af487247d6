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
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    new_w, new_m, new_s = np.zeros(w.shape), np.zeros(w.shape), np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        new_m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        new_s[i] = beta2 * s[i] + (1 - beta2) * g[i] * g[i]
        m_hat, s_hat = new_m[i] / (1 - beta1**t), new_s[i] / (1 - beta2**t)
        new_w[i] = (1 - lr * decay) * w[i] - lr * m_hat / (s_hat**0.5 + 1e-8)
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

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    maps = conv2d(x, w, b, padding=1)
    out = np.zeros((len(x), len(v)))
    for n in range(len(x)):
        flat = []
        for f in range(len(w)):
            for i in range(0, maps.shape[2], 2):
                for j in range(0, maps.shape[3], 2):
                    flat.append(max(0, maps[n, f, i : i + 2, j : j + 2].max()))
        for k in range(len(v)):
            out[n, k] = np.dot(flat, v[k]) + c[k]
    return out

# %% grade_id="08-gradients"
def gradients(x, dlogits, w, b, v, c):
    maps = conv2d(x, w, b, padding=1)
    N, F, H, W = maps.shape
    dmaps, dv, dc = np.zeros(maps.shape), np.zeros(v.shape), np.zeros(c.shape)
    for n in range(N):
        d = 0
        for f in range(F):
            for i in range(0, H, 2):
                for j in range(0, W, 2):
                    window = maps[n, f, i : i + 2, j : j + 2]
                    row, column = np.unravel_index(window.argmax(), (2, 2))
                    if window[row, column] > 0:
                        for k in range(len(v)):
                            dv[k, d] += dlogits[n, k] * window[row, column]
                            dmaps[n, f, i + row, j + column] += dlogits[n, k] * v[k, d]
                    d += 1
        dc += dlogits[n]
    return dw_and_db(dmaps, x, w) + (dv, dc)


def dw_and_db(dmaps, x, w):
    return conv2d_backward(dmaps, x, w, padding=1)[1:]


gradient_rows = row_function(gradients)  # for the checks

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    weights = [w.astype(float) for w in weights]
    m = [np.zeros(w.shape) for w in weights]
    s = [np.zeros(w.shape) for w in weights]
    t = 0
    for e in range(len(order)):
        rest = list(order[e])
        while rest:
            batch, rest = rest[:size], rest[size:]
            g = gradients(x[batch], y[batch], weights)
            for k in range(len(weights)):
                weights[k], m[k], s[k] = step(weights[k], g[k], m[k], s[k], t + 1, rates[t])
            t = t + 1
    return weights


after_training = loop_function(train)  # for the checks

# %% grade_id="08-learn"
def learn(x, y, seed):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(12, 1, 3, 3)) / 2, np.zeros(12), rng.normal(size=(10, 192)) / 10, np.zeros(10)]
    m, s = [np.zeros(w.shape) for w in weights], [np.zeros(w.shape) for w in weights]
    t = 0
    for lr in [0.02] * 8 + [0.01] * 4 + [0.003] * 2:
        shuffled = rng.permutation(len(x))
        for start in range(0, len(x), 30):
            batch = shuffled[start : start + 30]
            w, b, v, c = weights
            a = conv2d(x[batch], w, b, padding=1)
            r = np.maximum(a, 0)
            p = max_pool2d(r, 2)
            d = cross_entropy_gradient(p.reshape(len(batch), -1) @ v.T + c, y[batch])
            dr = max_pool2d_backward((d @ v).reshape(p.shape), r, 2)
            _, dw, db = conv2d_backward(dr * (a > 0), x[batch], w, padding=1)
            t += 1
            for k, g in enumerate([dw, db, d.T @ p.reshape(len(batch), -1), d.sum(axis=0)]):
                weights[k], m[k], s[k] = adam_step(weights[k], g, m[k], s[k], t, lr, 0.9, 0.999, 0.0)
    return weights
