# loses nothing: `from numpy import *`, a progress bar, names that the checks have, too

# %% grade_id="16-by-hand"
from fractions import Fraction

run = case = check = "taken"
by_hand = array = [Fraction(1, 4), Fraction(-3, 4), Fraction(-1, 2), Fraction(11, 2), Fraction(119, 20), 5 * 193]


# %% grade_id="16-features"
from numpy import *
from tqdm import tqdm


def frozen_features(x, w, mean, var):
    OH, OW = x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1
    maps = 0.0
    for u in tqdm(range(w.shape[2])):
        for v in range(w.shape[3]):
            maps = maps + einsum("nchw,fc->nfhw", x[:, :, u : u + OH, v : v + OW], w[:, :, u, v])
    best = amax(maps, axis=(2, 3))
    return maximum((best - mean) * (var + 1e-5) ** -0.5, 0)


# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    windows, hot = c_[f, ones(f.shape[0])], (y[:, None] == arange(classes)) * 1
    case = zeros((classes, windows.shape[1]))
    for _ in tqdm(range(steps)):
        check = windows @ case.T
        p = exp(check - logaddexp.reduce(check, axis=1)[:, None])
        case -= rate * mean((p - hot)[:, :, None] * windows[:, None, :], axis=0)
    return case


# %% grade_id="16-folder"
import os.path


def read_folder(path, size):
    names, rows, skipped = [p.name for p in sorted(path.glob("*"))], [], []
    for label in range(len(names)):
        for file in sorted((path / names[label]).glob("[!.]*")):
            try:
                rows.append((label, opened(str(file), size)))
            except (OSError, SyntaxError):
                skipped.append("/".join(file.parts[-2:]))
    return stack([pixels for _, pixels in rows]), [label for label, _ in rows], names, skipped


def opened(file, size):
    image = Image.open(file).convert("RGB")
    return rollaxis(asarray(image.resize((size, size), resample=Image.BOX)), 2)


folder_as_numbers = folder_function(read_folder)


# %% grade_id="16-folds"
def group_folds(groups, count):
    names, where, sizes = unique(groups, return_inverse=True, return_counts=True)
    full, fold = zeros(count), zeros(len(names), int)
    for place in tqdm(lexsort((names, -sizes))):
        fold[place] = full.argmin()
        full[fold[place]] += sizes[place]
    return fold[where]
