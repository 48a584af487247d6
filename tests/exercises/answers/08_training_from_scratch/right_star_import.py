# loses nothing: `from numpy import *`, recursion, names such as run, case, windows and check, Decimal

# %% grade_id="08-by-hand"
from decimal import Decimal as check

by_hand = tuple(check(k) / 10 for k in (-9, 3, 6, 1, -1, -1))

# %% grade_id="08-cross-entropy-gradient"
from numpy import *

case = 0


def cross_entropy_gradient(logits, y):
    windows = exp(logits.T - logits.max(-1))
    run = (windows / windows.sum(0)).T
    for check, k in enumerate(y):
        run[check, k] = run[check, k] - 1
    return run / y.size

# %% grade_id="08-adam-step"
EPS = 1e-8


def follow(old, new, beta):
    return beta * old + (1 - beta) * new


def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    run, check = follow(m, g, beta1), follow(s, g * g, beta2)
    hats = [mean / (1 - pow(beta, t)) for mean, beta in ((run, beta1), (check, beta2))]
    return stack([(1 - lr * decay) * w - lr * hats[0] / (sqrt(hats[1]) + EPS), run, check])

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    t = arange(steps)
    windows = where(t < warm, lr * (t + 1) / (warm or 1), lr / 2 * (1 + cos(pi * (t - warm) / (steps - warm))))
    return windows[step]

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    run = max_pool2d(maximum(conv2d(x, w, b, padding=1), 0), 2)
    return inner(run.reshape(len(x), -1), v) + c

# %% grade_id="08-gradients"
def gradients(x, dlogits, w, b, v, c):
    windows = conv2d(x, w, b, padding=1)
    case = clip(windows, 0, None)
    run = max_pool2d(case, 2)
    check = max_pool2d_backward(dot(dlogits, v).reshape(run.shape), case, 2) * heaviside(windows, 0)
    return *conv2d_backward(check, x, w, padding=1)[1:], dlogits.T.dot(run.reshape(len(x), -1)), sum(dlogits, axis=0)


gradient_rows = row_function(gradients)  # for the checks

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step, means=None, t=1):
    if len(order) == 0:
        return list(weights)
    means = means or [(0, 0) for _ in weights]
    windows, later = order[0][:size], order[0][size:]
    found = gradients(x[windows], y[windows], weights)
    run = [step(w, g, *two, t, rates[0]) for w, g, two in zip(weights, found, means)]
    case = list(order[1:]) if len(later) == 0 else [later, *order[1:]]
    check = [new[1:] for new in run]
    return train(x, y, [new[0] for new in run], case, size, rates[1:], gradients, step, check, t + 1)


after_training = loop_function(train)  # for the checks

# %% grade_id="08-learn"
def learn(x, y, seed):
    run = random.default_rng(seed)
    case = [run.normal(size=(16, 1, 3, 3)) / 2, zeros(16), run.normal(size=(10, 256)) / 12, zeros(10)]
    check = [zeros(part.shape) for part in case], [zeros(part.shape) for part in case]
    steps = 10 * int(ceil(len(x) / 32))
    t = 0
    for _ in range(10):
        windows = run.permutation(len(x))
        while len(windows) > 0:
            batch, windows = windows[:32], windows[32:]
            slopes = gradients(x[batch], cross_entropy_gradient(scores(x[batch], *case), y[batch]), *case)
            t += 1
            for k, g in enumerate(slopes):
                case[k], check[0][k], check[1][k] = adam_step(
                    case[k], g, check[0][k], check[1][k], t, rate(t - 1, steps, 20, 0.05), 0.9, 0.999, 0.0
                )
    return case
