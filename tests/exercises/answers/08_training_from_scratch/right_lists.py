# loses nothing: lists and tuples of Python's numbers, a progress bar

# %% grade_id="08-by-hand"
by_hand = [p - t for p, t in zip((0.1, 0.3, 0.6), (1, 0, 0))]
by_hand += [0.1, -0.1, -0.1]

# %% grade_id="08-cross-entropy-gradient"
from math import exp


def cross_entropy_gradient(logits, y):
    rows = []
    for scores, right in zip(logits.tolist(), y.tolist()):
        powers = [exp(a - max(scores)) for a in scores]
        p = [power / sum(powers) for power in powers]
        rows.append([(p[k] - (k == right)) / len(y) for k in range(len(p))])
    return np.array(rows)

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    new_w, new_m, new_s = [], [], []
    for a, b, c, d in zip(w.ravel().tolist(), g.ravel().tolist(), m.ravel().tolist(), s.ravel().tolist()):
        new_m.append(c + (1 - beta1) * (b - c))
        new_s.append(d + (1 - beta2) * (b * b - d))
        new_w.append(a - lr * decay * a - lr * (new_m[-1] / (1 - beta1**t)) / ((new_s[-1] / (1 - beta2**t)) ** 0.5 + 1e-8))
    return tuple(np.reshape(new, w.shape) for new in (new_w, new_m, new_s))

# %% grade_id="08-rate"
from math import cos, pi


def rate(step, steps, warm, lr):
    return lr * (step + 1) / warm if step < warm else (lr + lr * cos(pi * (step - warm) / (steps - warm))) / 2

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    rows = []
    for picture in x:
        maps = max_pool2d(conv2d(picture[None], w, b, padding=1), 2)[0]
        flat = [float(number) if number > 0 else 0.0 for number in maps.ravel().tolist()]
        rows.append([sum(f * weight for f, weight in zip(flat, row)) + bias for row, bias in zip(v.tolist(), c.tolist())])
    return np.array(rows)

# %% grade_id="08-gradients"
def gradients(x, dlogits, w, b, v, c):
    dw, db, dv, dc = 0 * w, 0 * b, 0 * v, 0 * c
    for n in range(len(x)):
        a = conv2d(x[n : n + 1], w, b, padding=1)
        r = np.where(a > 0, a, 0)
        pooled = max_pool2d(r, 2)
        dpooled = np.reshape(dlogits[n] @ v, pooled.shape)
        da = np.where(a > 0, max_pool2d_backward(dpooled, r, 2), 0)
        one = conv2d_backward(da, x[n : n + 1], w, padding=1)
        dw, db = dw + one[1], db + one[2]
        dv, dc = dv + np.outer(dlogits[n], pooled), dc + dlogits[n]
    return [dw, db, dv, dc]


gradient_rows = row_function(gradients)  # for the checks

# %% grade_id="08-train"
from tqdm import tqdm


def train(x, y, weights, order, size, rates, gradients, step):
    weights, means, squares = [*weights], [0 * w for w in weights], [0 * w for w in weights]
    rates = list(rates)
    t = 0
    for epoch in tqdm([list(row) for row in order], disable=len(order) > 1):
        while epoch:
            batch = [epoch.pop(0) for _ in range(min(size, len(epoch)))]
            t, lr = t + 1, rates.pop(0)
            news = [step(*four, t, lr) for four in zip(weights, gradients(x[batch], y[batch], weights), means, squares)]
            weights, means, squares = ([new[k] for new in news] for k in range(3))
    return weights


after_training = loop_function(train)  # for the checks

# %% grade_id="08-learn"
def learn(x, y, seed):
    # Plain Python would take too long here.
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=shape) / size for shape, size in (((15, 1, 3, 3), 2), (15, 1), ((10, 240), 12), (10, 9))]
    velocities = [0, 0, 0, 0]
    for epoch in range(16):
        numbers = list(range(len(x)))
        rng.shuffle(numbers)
        while numbers:
            batch, numbers = numbers[-25:], numbers[:-25]
            w, b, v, c = weights
            r = np.maximum(conv2d(x[batch], w, b, padding=1), 0)
            p = max_pool2d(r, 2)
            flat = p.reshape(len(batch), 240)
            d = cross_entropy_gradient(flat @ v.T + c, y[batch])
            da = max_pool2d_backward((d @ v).reshape(p.shape), r, 2) * (r > 0)
            found = *conv2d_backward(da, x[batch], w, padding=1)[1:], d.T @ flat, d.sum(axis=0)
            velocities = [0.9 * old + g for old, g in zip(velocities, found)]
            weights = [now - 0.06 / (1 + epoch / 2) * change for now, change in zip(weights, velocities)]
    return weights
