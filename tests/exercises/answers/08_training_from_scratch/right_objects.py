# loses nothing: a class, a generator, functools, np.put_along_axis

# %% grade_id="08-by-hand"
by_hand = np.concatenate([np.array([1, 3, 6]) / 10 - np.eye(3)[0], 0.1 * np.array([1, -1, -1])])

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    logits = np.asarray(logits, dtype=np.float64)
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    right = np.take_along_axis(p, y[:, None], axis=1)
    np.put_along_axis(p, y[:, None], right - 1, axis=1)
    return np.divide(p, p.shape[0])

# %% grade_id="08-adam-step"
class Adam:
    eps = 1e-8

    def __init__(self, lr, beta1, beta2):
        self.lr, self.betas = lr, (beta1, beta2)

    def step(self, w, g, means, t):
        new = [np.average([old, value], axis=0, weights=[b, 1 - b]) for old, value, b in zip(means, (g, g**2), self.betas)]
        m, s = (mean / (1 - b**t) for mean, b in zip(new, self.betas))
        return w - self.lr * m / (np.sqrt(s) + self.eps), *new


def adam_step(w, g, m, s, t, lr, beta1, beta2):
    return Adam(lr, beta1, beta2).step(w, g, (m, s), t)

# %% grade_id="08-rate"
from functools import lru_cache


@lru_cache
def rate(step, steps, warm, lr):
    if warm > step:
        return np.linspace(0, lr, warm + 1)[step + 1]
    angle = np.linspace(0, np.pi, steps - warm + 1)[step - warm]
    return np.array(lr) * (0.5 + 0.5 * np.cos(angle))

# %% grade_id="08-train"
import functools


def batches(order, size):
    for epoch in order:
        yield from np.array_split(epoch, range(size, len(epoch), size))


def train(x, y, w, order, size, rates, momentum):
    def move(state, now):
        (w, v), (batch, lr) = state, now
        v = momentum * v + gradient(x[batch], y[batch], w)
        return w - lr * v, v

    start = np.array(w, float), np.zeros_like(w, dtype=float)
    return functools.reduce(move, zip(batches(order, size), rates), start)[0]
