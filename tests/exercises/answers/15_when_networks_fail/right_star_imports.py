# loses nothing: `from numpy import *`, a progress bar, fractions, names that the checks have, too

# %% grade_id="15-by-hand"
from fractions import Fraction

run = case = check = Value = "taken"
by_hand = [Fraction(7, 20), Fraction(1, 20), Fraction(9, 25), Fraction(1443, 1000)]


# %% grade_id="15-fgsm"
from numpy import *
from tqdm import tqdm


def fgsm(x, gradient, epsilon):
    rows = [minimum(1, maximum(0, a + epsilon * sign(g))) for a, g in tqdm(zip(x, gradient))]
    return array(rows)


# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    away = x + step * sign(gradient) - start
    return clip(start + clip(away, -epsilon, epsilon), 0, 1)


# %% grade_id="15-calibration"
windows = 0


def calibration_error(p, y, bins):
    case = [[] for _ in range(bins)]
    for row, label in tqdm(list(zip(p, y))):
        case[int(ceil(amax(row) * bins)) - 1].append((argmax(row) == label) - amax(row))
    return sum([abs(sum(gaps)) for gaps in case]) / p.shape[0]


# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    def loss(T):
        apart = (logits - logits[arange(len(y)), y][:, None]) / T
        top = amax(apart, axis=1)
        return mean(top + log(sum(exp(apart - top[:, None]), axis=1)))

    check = [loss(T) for T in candidates]
    return candidates[argmin(check)], amin(check)

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = argmin(mean(losses[:, kept], axis=1))
    return array([best, mean(losses[best, logical_not(kept)])])

# %% grade_id="15-shortcut"
from numpy import *


def shortcut(predict, x, y, regions):
    zeros_, ones_ = argwhere(y == 0).ravel(), argwhere(y == 1).ravel()
    found = []
    for place in range(len(regions)):
        mask = broadcast_to(regions[place], x.shape[1:])
        kept = array([array_equal(predict(where(mask, x[b], x[a])[None]), predict(x[a][None])) for a, b in concatenate([column_stack([zeros_, ones_]), column_stack([ones_, zeros_])])])
        found.append(1 - count_nonzero(kept) / kept.size)
    return argmax(found), amax(found)


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
