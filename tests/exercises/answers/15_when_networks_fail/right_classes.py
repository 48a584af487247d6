# loses nothing: classes, dictionaries, einsum, a figure that stays in the function

# %% grade_id="15-by-hand"
w, x = np.array([2, -1, 0.5]), np.array([0.4, 0.95, 0.2])
pushed = np.clip(x - 0.1 * np.sign(w), 0, 1)
by_hand = [w @ x + 0.4, np.einsum("i,i", w, pushed) + 0.4, 0.8 * 0.3 + 0.2 * 0.6, 2 / np.log(4)]


# %% grade_id="15-fgsm"
import matplotlib.pyplot as plt

WHITE, BLACK = 1.0, 0.0
drawn = []  # once is enough


def fgsm(x, gradient, epsilon):
    out = np.where(gradient == 0, x, np.where(gradient > 0, x + epsilon, x - epsilon))
    if out.ndim == 2 and not drawn:
        drawn.append(plt.imshow(out))
        plt.close()
    out = np.where(out > WHITE, WHITE, out)
    return np.where(out < BLACK, BLACK, out)


# %% grade_id="15-pgd"
class Box:
    def __init__(self, middle, radius):
        self.low = np.clip(middle - radius, 0, 1)
        self.high = np.clip(middle + radius, 0, 1)

    def nearest(self, x):
        return np.median([x, self.low, self.high], axis=0)


def pgd_step(x, start, gradient, step, epsilon):
    return Box(start, epsilon).nearest(x + np.copysign(step, gradient) * (gradient != 0))


# %% grade_id="15-calibration"
from collections import defaultdict
from math import ceil


def calibration_error(p, y, bins):
    right, sure = defaultdict(int), defaultdict(list)
    for row, label in zip(p.tolist(), y.tolist()):
        b = ceil(max(row) * bins)
        right[b] += row.index(max(row)) == label
        sure[b].append(max(row))
    return sum(len(c) / len(y) * abs(right[b] / len(c) - np.mean(c)) for b, c in sure.items())


# %% grade_id="15-temperature"
class Scores:
    def __init__(self, logits, y):
        self.logits = np.asarray(logits, dtype=float)
        self.hot = np.eye(self.logits.shape[1])[y]

    def loss(self, T):
        z = self.logits / T
        z -= z.max(axis=1)[:, np.newaxis]
        right = np.einsum("nk,nk->n", z, self.hot)
        return np.average(np.log(np.einsum("nk->n", np.exp(z))) - right)


def temperature(logits, y, candidates):
    scores = Scores(logits, y)
    losses = {float(T): scores.loss(T) for T in candidates}
    best = min(losses, key=losses.get)
    return np.array([best, losses[best]])

# %% grade_id="15-shortcut"
class Suspicion:
    def __init__(self, predict, x, y):
        self.predict, self.x, self.before = predict, x, predict(x)
        ranks = np.where(y == 1, np.cumsum(y == 1), np.cumsum(y == 0))
        self.partner = [int(np.flatnonzero((y != y[n]) & (ranks == ranks[n]))[0]) for n in range(len(y))]

    def share(self, region):
        changed = np.array(self.x)
        changed[:, :, region] = self.x[self.partner][:, :, region]
        return float(np.abs(self.predict(changed) - self.before).mean())


def shortcut(predict, x, y, regions):
    suspicion = Suspicion(predict, x, y)
    shares = list(map(suspicion.share, regions))
    return np.array([shares.index(max(shares)), max(shares)])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
