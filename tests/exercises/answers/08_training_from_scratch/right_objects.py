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

    def __init__(self, lr, beta1, beta2, decay):
        self.lr, self.betas, self.kept = lr, (beta1, beta2), 1 - lr * decay

    def step(self, w, g, means, t):
        new = [np.average([old, value], axis=0, weights=[b, 1 - b]) for old, value, b in zip(means, (g, g**2), self.betas)]
        m, s = (mean / (1 - b**t) for mean, b in zip(new, self.betas))
        return self.kept * w - self.lr * m / (np.sqrt(s) + self.eps), *new


def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    return Adam(lr, beta1, beta2, decay).step(w, g, (m, s), t)

# %% grade_id="08-rate"
from functools import lru_cache


@lru_cache
def rate(step, steps, warm, lr):
    if warm > step:
        return np.linspace(0, lr, warm + 1)[step + 1]
    angle = np.linspace(0, np.pi, steps - warm + 1)[step - warm]
    return np.array(lr) * (0.5 + 0.5 * np.cos(angle))

# %% grade_id="08-gradients"
class Network:
    """The way forward keeps what the way back needs."""

    def __init__(self, w, b, v, c):
        self.w, self.b, self.v, self.c = w, b, v, c

    def forward(self, x):
        self.x = x
        self.a = conv2d(x, self.w, self.b, padding=1)
        self.r = np.maximum(self.a, 0)
        self.p = max_pool2d(self.r, 2)
        self.flat = self.p.reshape(x.shape[0], -1)
        return self.flat @ self.v.T + self.c

    def backward(self, dout):
        dp = np.tensordot(dout, self.v, axes=1).reshape(self.p.shape)
        dr = max_pool2d_backward(dp, self.r, 2)
        _, dw, db = conv2d_backward(dr * np.sign(self.r), self.x, self.w, padding=1)
        return dw, db, np.einsum("nk,nd->kd", dout, self.flat), dout.T @ np.ones(len(dout))


def gradients(x, dlogits, w, b, v, c):
    network = Network(w, b, v, c)
    network.forward(x)
    return network.backward(dlogits)


gradient_rows = row_function(gradients)  # for the checks

# %% grade_id="08-train"
import functools


def batches(order, size):
    for epoch in order:
        yield from np.array_split(epoch, range(size, len(epoch), size))


def train(x, y, weights, order, size, rates, gradients, step):
    def move(states, now):
        t, (batch, lr) = now
        found = gradients(x[batch], y[batch], [state[0] for state in states])
        return [step(w, g, m, s, t, lr) for (w, m, s), g in zip(states, found)]

    start = [(w, np.zeros(w.shape), np.zeros(w.shape)) for w in weights]
    steps = enumerate(zip(batches(order, size), rates), start=1)
    return [state[0] for state in functools.reduce(move, steps, start)]


after_training = loop_function(train)  # for the checks

# %% grade_id="08-learn"
class Training:
    filters, epochs, size, lr = 14, 12, 24, 0.04

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def first(self):
        F = self.filters
        w, v = self.rng.standard_normal((F, 1, 3, 3)), self.rng.standard_normal((10, 16 * F))
        return [w / 3, np.zeros(F), v / np.sqrt(16 * F), np.zeros(10)]

    def run(self, x, y):
        steps = self.epochs * int(np.ceil(len(x) / self.size))
        rates = [rate(k, steps, 30, self.lr) for k in range(steps)]
        orders = self.rng.permuted(np.tile(np.arange(len(x)), (self.epochs, 1)), axis=1)

        def slopes(x, y, weights):
            network = Network(*weights)
            return network.backward(cross_entropy_gradient(network.forward(x), y))

        def step(*arguments):
            return adam_step(*arguments, 0.9, 0.99, 0.01)

        return tuple(train(x, y, self.first(), orders, self.size, rates, slopes, step))


def learn(x, y, seed):
    return Training(seed).run(x, y)
