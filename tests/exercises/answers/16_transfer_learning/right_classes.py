# loses nothing: classes, matrices of windows, a generator, a figure that stays in the function

# %% grade_id="16-by-hand"
f, y = np.array([[2, 0], [1, 1], [0, 4], [1, 3]]), np.array([1, 1, 0, 0])
step = (y - 0.5) @ f / 4
old = 5 * 0.9 + 10 * 0.1
by_hand = np.array([*step, f[1] @ step, old, old * 0.9 + 10 * 0.1, 192 * 5 + 5])


# %% grade_id="16-features"
class Layer:
    def __init__(self, w, mean, var):
        self.size, self.rows = w.shape[2:], w.reshape(len(w), -1).astype(float)
        self.shift, self.scale = mean, np.reciprocal(np.sqrt(var + 1e-5))

    def __call__(self, picture):
        KH, KW = self.size
        places = np.ndindex(picture.shape[1] - KH + 1, picture.shape[2] - KW + 1)
        columns = np.array([picture[:, i : i + KH, j : j + KW].ravel() for i, j in places]).T
        normal = ((self.rows @ columns).T - self.shift) * self.scale
        return np.where(normal > 0, normal, 0).max(axis=0)


def frozen_features(x, w, mean, var):
    layer = Layer(w, mean, var)
    return np.array([layer(picture) for picture in x])


# %% grade_id="16-probe"
import matplotlib.pyplot as plt


drawn = []  # once is enough


class Probe:
    def __init__(self, D, K):
        self.W, self.b = np.zeros((D, K)), np.zeros(K)

    def step(self, f, y, rate):
        z = f @ self.W + self.b
        z -= np.max(z, axis=1)[:, None]
        p = np.exp(z) / np.exp(z).sum(1)[:, None]
        p[np.arange(len(y)), y] -= 1
        self.W -= rate * (f.T @ p) / len(y)
        self.b -= rate * p.mean(axis=0)


def fit_probe(f, y, classes, rate, steps):
    probe = Probe(f.shape[1], classes)
    for _ in range(steps):
        probe.step(f, y, rate)
    if not drawn:
        drawn.append(plt.plot(probe.b))
        plt.close()
    return np.vstack([probe.W, probe.b]).T


# %% grade_id="16-folder"
def pictures(path, names, size):
    for name in names:
        for file in sorted(path.joinpath(name).iterdir(), key=lambda file: file.name):
            if not file.name.startswith("."):
                try:
                    with file.open("rb") as opened, Image.open(opened) as image:
                        image.load()
                        rgb = image.convert("RGB")
                    yield name, file, rgb.resize((size, size), Image.Resampling.BOX)
                except (OSError, SyntaxError):
                    yield name, file, None


def read_folder(path, size):
    names = tuple(sorted(folder.name for folder in path.iterdir() if folder.is_dir()))
    found = list(pictures(path, names, size))
    good = [(name, np.array(image)) for name, file, image in found if image is not None]
    x = np.array([image for _, image in good]).transpose(0, 3, 1, 2)
    y = np.array([names.index(name) for name, _ in good])
    return x, y, names, tuple(f"{n}/{file.name}" for n, file, image in found if image is None)


folder_as_numbers = folder_function(read_folder)


# %% grade_id="16-folds"
import heapq


def group_folds(groups, count):
    names = sorted(set(groups.tolist()))
    sizes = {name: int((groups == name).sum()) for name in names}
    folds, out = [(0, fold) for fold in range(count)], np.zeros(groups.shape)
    for name in sorted(names, key=sizes.get, reverse=True):
        pictures, fold = heapq.heappop(folds)
        out[groups == name] = fold
        heapq.heappush(folds, (pictures + sizes[name], fold))
    return out
