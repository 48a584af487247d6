# loses nothing: recursion and the statistics module

# %% grade_id="13-by-hand"
from decimal import Decimal

by_hand = (Decimal(50), Decimal("1.4"), Decimal(3), Decimal("0.875"), Decimal(100), Decimal(3))

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest, i=0):
    if i == steps:
        return []
    if i / steps < warm_up:
        rate = i / steps / warm_up
    else:
        rate = (steps - i) / steps / (1 - warm_up)
    return [highest * rate] + one_cycle(steps, warm_up, highest, i + 1)

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    if epoch > 1:
        return flip_in_turns(x, first, epoch % 2)
    if epoch == 1:
        return flip_in_turns(x, ~first, 0)
    return [picture[:, :, ::-1].tolist() if turn else picture.tolist() for picture, turn in zip(x, first)]

# %% grade_id="13-views"
def view_logits(x, w, ways=((0, 0, 0.5), (-1, -1, 0.25), (1, 1, 0.25))):
    if not ways:
        return 0
    (down, right, weight), *others = ways
    view = np.empty_like(x)
    H, W = x.shape[2:]
    for i in range(H):
        for j in range(W):
            a, b = abs(i - down), abs(j - right)
            view[:, :, i, j] = x[:, :, a if a < H else 2 * H - 2 - a, b if b < W else 2 * W - 2 - b]
    both = [network(view, w), network(view[:, :, :, ::-1], w)]
    return weight * np.mean(both, axis=0) + view_logits(x, w, others)

# %% grade_id="13-errors"
from statistics import fmean, variance

def in_errors(results):
    rows = results.tolist()
    error = (2 * fmean(variance(row) for row in rows) / len(rows[0])) ** 0.5
    return [(fmean(row) - fmean(rows[0])) / error for row in rows[1:]]
