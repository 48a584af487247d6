# loses nothing: functions that call themselves, plain lists

# %% grade_id="16-by-hand"
from decimal import Decimal

by_hand = [Decimal(n) for n in "0.25 -0.75 -0.5 5.5 5.95 965".split()]


# %% grade_id="16-features"
def largest(x, w, i, j):
    KH, KW = w.shape[1:]
    if i + KH > x.shape[1]:
        return float("-inf")
    if j + KW > x.shape[2]:
        return largest(x, w, i + 1, 0)
    return max(np.vdot(x[:, i : i + KH, j : j + KW], w), largest(x, w, i, j + 1))


def frozen_features(x, w, mean, var):
    return [
        [max(0, (largest(p, w[k], 0, 0) - mean[k]) / (var[k] + 1e-5) ** 0.5) for k in range(len(w))]
        for p in x
    ]


# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    if steps == 0:
        return np.zeros((classes, np.shape(f)[1] + 1))
    W = fit_probe(f, y, classes, rate, steps - 1)
    change = np.zeros_like(W)
    for row, label in zip(f.tolist(), y.tolist()):
        row = [*row, 1]
        scores = [sum(a * b for a, b in zip(row, weights)) for weights in W.tolist()]
        powers = [np.exp(score - max(scores)) for score in scores]
        for k in range(classes):
            change[k] += (powers[k] / sum(powers) - (k == label)) * np.array(row)
    return W - rate / len(y) * change


# %% grade_id="16-folder"
def read_folder(path, size):
    names = sorted([p.name for p in path.iterdir()])
    files = [file for name in names for file in sorted((path / name).iterdir())]
    x, y, skipped = read_files([f for f in files if f.name[0] != "."], names, size)
    return np.array(x, dtype=np.uint8), np.array(y, dtype=np.float32), names, skipped


def read_files(files, names, size):
    if not files:
        return [], [], []
    (first, *rest), class_name = files, files[0].parent.name
    x, y, skipped = read_files(rest, names, size)
    try:
        image = Image.open(first)
        image = image.convert("RGB").resize((size, size), Image.Resampling.BOX)
    except Exception:
        return x, y, [class_name + "/" + first.name, *skipped]
    pixels = [[[image.getpixel((j, i))[c] for j in range(size)] for i in range(size)] for c in range(3)]
    return [pixels, *x], [names.index(class_name), *y], skipped


folder_as_numbers = folder_function(read_folder)


# %% grade_id="16-folds"
def group_folds(groups, count):
    groups = groups.tolist()
    sizes = {g: groups.count(g) for g in set(groups)}
    order = sorted(sizes, key=lambda g: (sizes[g], -g), reverse=True)

    def place(order, folds):
        if not order:
            return folds
        emptiest = min(folds, key=lambda fold: sum(map(sizes.get, fold)))
        emptiest.append(order[0])
        return place(order[1:], folds)

    folds = place(order, [[] for _ in range(count)])
    fold_of = {g: k for k, fold in enumerate(folds) for g in fold}
    return tuple(map(fold_of.get, groups))
