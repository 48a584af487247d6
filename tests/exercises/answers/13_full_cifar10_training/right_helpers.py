# loses nothing: helper functions, a class and global constants

# %% grade_id="13-by-hand"
PATCHES = np.array([[8, 6], [0, 2], [-2, 0], [-6, -8]])
variances, directions = np.linalg.eigh(PATCHES.T @ PATCHES / len(PATCHES))
coordinate = abs(directions[:, 1]) @ PATCHES[0] / np.sqrt(variances[1])
by_hand = np.array([variances[1], coordinate, (4 + 0) / 4 + 4 / 2, 1 - 2 / 2**4, 100, (3 * 2 + 6) / 4], dtype=np.float32)

# %% grade_id="13-one-cycle"
class Cycle:
    def __init__(self, warm_up, highest):
        self.warm_up, self.highest = warm_up, highest

    def __call__(self, done):
        if done >= self.warm_up:
            return self.highest / (1 - self.warm_up) * (1 - done)
        return self.highest / self.warm_up * done

def one_cycle(steps, warm_up, highest):
    return np.fromiter(map(Cycle(warm_up, highest), (i / steps for i in range(steps))), float)

# %% grade_id="13-flip"
def mirror(picture):
    return np.stack([picture[..., j] for j in range(picture.shape[-1] - 1, -1, -1)], axis=-1)

def flip_in_turns(x, first, epoch):
    sign = first.astype(int)[:, None, None, None]
    if epoch % 2:
        sign = 1 - sign
    return sign * mirror(x) + (1 - sign) * x

# %% grade_id="13-views"
SIDES = (1, -1)
MOVES = {(0, 0): 1 / 2, (1, 1): 1 / 4, (-1, -1): 1 / 4}

def moved(x, by, axis):
    size = x.shape[axis]
    if by == 0:
        return x
    places = [1, *range(size - 1)] if by > 0 else [*range(1, size), size - 2]
    return np.take(x, places, axis)

def view_logits(x, w):
    out = 0.0
    for (down, right), weight in MOVES.items():
        view = moved(moved(x, down, 2), right, 3)
        for side in SIDES:
            out += weight / 2 * network(view[..., ::side], w)
    return out

# %% grade_id="13-errors"
def squares(row):
    return row @ row - row.sum() ** 2 / row.size

def in_errors(results):
    R, S = results.shape
    centred = results - results[0].mean()
    pooled = sum(map(squares, centred)) / (R * (S - 1))
    return [row.mean() / (2 * pooled / S) ** 0.5 for row in centred[1:]]
