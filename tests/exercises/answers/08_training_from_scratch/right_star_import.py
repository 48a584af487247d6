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


def adam_step(w, g, m, s, t, lr, beta1, beta2):
    run, check = follow(m, g, beta1), follow(s, g * g, beta2)
    hats = [mean / (1 - pow(beta, t)) for mean, beta in ((run, beta1), (check, beta2))]
    return stack([w - lr * hats[0] / (sqrt(hats[1]) + EPS), run, check])

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    t = arange(steps)
    windows = where(t < warm, lr * (t + 1) / (warm or 1), lr / 2 * (1 + cos(pi * (t - warm) / (steps - warm))))
    return windows[step]

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum, v=0):
    if len(order) == 0:
        return w
    windows, later = order[0][:size], order[0][size:]
    v = momentum * v + gradient(x[windows], y[windows], w)
    run = w - rates[0] * v
    case = list(order[1:]) if len(later) == 0 else [later, *order[1:]]
    return train(x, y, run, case, size, rates[1:], momentum, v)
