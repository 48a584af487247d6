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
    return rows

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2):
    new_w, new_m, new_s = [], [], []
    for a, b, c, d in zip(w.ravel().tolist(), g.ravel().tolist(), m.ravel().tolist(), s.ravel().tolist()):
        new_m.append(c + (1 - beta1) * (b - c))
        new_s.append(d + (1 - beta2) * (b * b - d))
        new_w.append(a - lr * (new_m[-1] / (1 - beta1**t)) / ((new_s[-1] / (1 - beta2**t)) ** 0.5 + 1e-8))
    return tuple(np.reshape(new, w.shape) for new in (new_w, new_m, new_s))

# %% grade_id="08-rate"
from math import cos, pi


def rate(step, steps, warm, lr):
    return lr * (step + 1) / warm if step < warm else (lr + lr * cos(pi * (step - warm) / (steps - warm))) / 2

# %% grade_id="08-train"
from tqdm import tqdm


def train(x, y, w, order, size, rates, momentum):
    w, v, rates = w.tolist(), [0.0] * len(w), list(rates)
    for epoch in tqdm(order.tolist(), disable=len(order) > 1):
        while epoch:
            batch = [epoch.pop(0) for _ in range(min(size, len(epoch)))]
            g = gradient(x[batch], y[batch], np.array(w))
            v = [momentum * old + new for old, new in zip(v, g)]
            lr = rates.pop(0)
            w = [weight - lr * change for weight, change in zip(w, v)]
    return w
