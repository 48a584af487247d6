# %% [markdown]
# # Exercise 16 · Transfer learning
#
# **20 points, 50 minutes.** It goes with lesson 16, *Transfer learning*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | six numbers by hand | 3 |
# | 2 | `frozen_features` | 4 |
# | 3 | `fit_probe` | 4 |
# | 4 | `read_folder` | 4 |
# | 5 | `group_folds` | 2 |
# | 6 | three reports (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy, and Pillow in part 4. Answers may differ from the right ones by one
# part in 10⁹; those by hand by 0.001; pixels must agree exactly.

# %%
from dataclasses import replace

import numpy as np
from PIL import Image

from cnnedu.checks import Case, check_value, run
from cnnedu.checks.exercises import e16_transfer_learning as e16
from cnnedu.checks.picture_folders import folder_function

# %% [markdown]
# ## 1 · Six numbers by hand (3 points)
#
# Four pictures have the features (2, 0), (1, 1), (0, 4), (1, 3) and the labels 1, 1, 0, 0. A probe
# with one score, $w_1 f_1 + w_2 f_2 + b$, begins with zeros and takes *one* step with learning rate
# 1 on the mean cross-entropy of $p = \sigma(\text{score})$, as in the lesson.
#
# - a, b: $w_1$ and $w_2$ after the step;
# - c: the second picture's score after the step;
# - d: a batch norm has the running mean 2 and the momentum 0.4. In training mode it gets a batch
#   with mean 7. What is the running mean afterwards?
# - e: and after a second batch with mean 7?
# - f: a linear probe on 192 features, with five classes: how many numbers does it learn?
#
# Write them in a list, `[a, b, c, d, e, f]`.

# %% grade_id="16-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [0.25, -0.75, -0.5, 4.0, 5.2, 965]
### END SOLUTION

# %% grade_id="16-by-hand-tests" points=3
check_value(
    "by_hand",
    globals(),
    e16.BY_HAND["by_hand"],
    rtol=0,
    atol=0.001,
    mistakes=e16.BY_HAND_MISTAKES["by_hand"],
)

# %% [markdown]
# ## 2 · `frozen_features` (4 points)
#
# A frozen network of one layer: convolve (cross-correlation, no padding, stride 1, no bias),
# normalise with the *running* statistics, ReLU, and take the largest number of each map:
#
# $$ \text{maps} = x \star w, \qquad f_{n,k} = \max_{i,j} \; \max\!\Big(0,
# \frac{\text{maps}_{n,k,i,j} - \text{mean}_k}{\sqrt{\text{var}_k + 10^{-5}}}\Big) $$
#
# For example, a 3×3 picture of ones, one 3×3 filter of ones, mean 5 and variance 4:
# $(9 - 5) / 2 = 2$, so `[[2.]]` (all but the 10⁻⁵).
# `np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))` has the shape (N, C, OH, OW,
# KH, KW); loops will do, too.


# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    """Return the features that a frozen network gives for pictures.

    x: float array (N, C, H, W)
    w: float array (F, C, KH, KW)
    mean, var: float arrays (F,), the running statistics
    returns: float array (N, F)
    """
    ### BEGIN SOLUTION
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.array([[np.maximum(m, 0).max() for m in maps] for maps in normal])
    ### END SOLUTION


# %% grade_id="16-features-tests" points=4
def some_layer(rng, N, C, H, W, F, K):
    """Return random pictures, filters and statistics; the last feature is mostly below 0."""
    x, w = rng.normal(size=(N, C, H, W)), rng.normal(size=(F, C, K, K))
    mean = rng.normal(size=F)
    mean[-1] = 30
    return x, w, mean, rng.uniform(0.001, 2, F)


case = Case(
    "frozen_features",
    lambda rng: [
        (np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3)), np.array([5.0]), np.array([4.0])),
        some_layer(rng, 3, 2, 6, 5, 4, 3),
    ],
    e16.frozen_features,
    mistakes=e16.MISTAKES["frozen_features"],
)
run(case, globals())
### BEGIN HIDDEN TESTS
layers = [(1, 1, 4, 7, 1, 2), (5, 3, 5, 5, 2, 1), (2, 1, 3, 8, 3, 3)]
run(replace(case, inputs=lambda rng: [some_layer(rng, *s) for s in layers]), globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `fit_probe` (4 points)
#
# Logistic regression with $K$ classes. With the features $f_n$, to which a 1 is appended for the
# bias, and $p_n = \text{softmax}(W f_n)$:
#
# $$ W \leftarrow W - \text{rate} \cdot \frac1N \sum_n (p_n - \text{onehot}(y_n)) \, f_n^{\mathsf
# T} $$
#
# `steps` times, beginning with zeros. For example, the lesson's four pictures, features (3, 0), (2,
# 1), (0, 3), (1, 2), labels 1, 1, 0, 0, 2 classes: after one step with rate 1 the row of class 1 is
# (0.5, −0.5, 0), and that of class 0 its negative.


# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    """Fit a linear probe by gradient descent.

    f: float array (N, D), features
    y: whole numbers (N,), from 0 to classes - 1
    classes: number of classes K
    rate: learning rate
    steps: number of steps, at least 1
    returns: float array (K, D + 1), the biases in the last column
    """
    ### BEGIN SOLUTION
    f1 = np.column_stack([f, np.ones(len(f))])
    W = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        scores = f1 @ W.T
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        W = W - rate * (p - np.eye(classes)[y]).T @ f1 / len(f)
    return W
    ### END SOLUTION


# %% grade_id="16-probe-tests" points=4
def some_features(rng, N, D, classes, rate, steps):
    """Return random features and labels."""
    return rng.normal(1, 2, size=(N, D)), rng.integers(0, classes, N), classes, rate, steps


case = Case(
    "fit_probe",
    lambda rng: [
        (np.array([[3.0, 0], [2, 1], [0, 3], [1, 2]]), np.array([1, 1, 0, 0]), 2, 1.0, 1),
        some_features(rng, 7, 3, 4, 0.3, 5),
    ],
    e16.fit_probe,
    mistakes=e16.MISTAKES["fit_probe"],
)
run(case, globals())
### BEGIN HIDDEN TESTS


def large_features(rng):
    """Return features for which exp overflows unless the largest score is subtracted."""
    f, *rest = some_features(rng, 6, 2, 3, 50.0, 3)
    return (f * 20, *rest)


sizes = [(1, 1, 2, 0.5, 1), (9, 4, 3, 0.1, 20), (5, 6, 5, 1.0, 2)]
run(
    replace(
        case, inputs=lambda rng: [large_features(rng), *(some_features(rng, *s) for s in sizes)]
    ),
    globals(),
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `read_folder` (4 points)
#
# `path` holds one folder per class, and these hold files. Return four things:
#
# - `x`: the pictures, uint8 (N, 3, size, size). Turn each into RGB, then shrink or stretch it to
#   `size`×`size` with `Image.Resampling.BOX`, then put the channels first;
# - `y`: the labels, whole numbers (N,): places in `names`;
# - `names`: the classes' names, sorted as Python sorts strings;
# - `skipped`: a list with `"class/file"` for each file that Pillow can't read (then `Image.open` or
#   what follows it raises `OSError` or `SyntaxError`).
#
# Classes in the order of `names`, files of a class in the order of their names. Files whose names
# begin with a dot are hidden: neither read nor skipped. Each class has a picture that can be read.
# `path` is a `pathlib.Path`: `path.iterdir()` gives what is in it, `file.name` its last part.


# %% grade_id="16-folder"
def read_folder(path, size):
    """Read a folder of pictures; leave out what is broken.

    path: pathlib.Path
    size: pixels along each side
    returns: x, y, names, skipped
    """
    ### BEGIN SOLUTION
    names = sorted(folder.name for folder in path.iterdir())
    x, y, skipped = [], [], []
    for label, name in enumerate(names):
        for file in sorted((path / name).iterdir()):
            if file.name.startswith("."):
                continue
            try:
                with Image.open(file) as image:
                    small = image.convert("RGB").resize((size, size), Image.Resampling.BOX)
            except (OSError, SyntaxError, ValueError):
                skipped.append(f"{name}/{file.name}")
            else:
                x.append(np.array(small).transpose(2, 0, 1))
                y.append(label)
    return np.array(x), np.array(y), names, skipped
    ### END SOLUTION


folder_as_numbers = folder_function(read_folder)  # for the checks


# %% grade_id="16-folder-tests" points=4
def some_files(rng, classes, extra):
    """Return rows (class, number, kind, height, width); each class has a good picture."""
    kinds = [0] * classes + rng.integers(0, 7, extra).tolist()
    places = list(range(classes)) + rng.integers(0, classes, extra).tolist()
    numbers, sizes = rng.permutation(90)[: len(kinds)], rng.integers(5, 13, (len(kinds), 2))
    return np.column_stack([places, numbers, kinds, sizes])


case = Case(
    "folder_as_numbers",
    lambda rng: [
        (np.array([[0, 2, 0, 6, 9], [0, 1, 1, 8, 8], [1, 1, 0, 7, 5], [2, 3, 0, 9, 9]]), 4),
        (np.array([[0, k + 1, k, 8, 6] for k in range(7)] + [[1, 9, 0, 5, 5]]), 5),
    ],
    e16.folder_as_numbers,
    rtol=0,
    atol=0,
    mistakes=e16.MISTAKES["folder_as_numbers"],
    imports=("numpy", "PIL", "cnnedu.checks.picture_folders"),
)
run(case, globals())
### BEGIN HIDDEN TESTS
run(
    replace(
        case,
        inputs=lambda rng: [
            (some_files(rng, 1, 0), 1),
            (some_files(rng, 4, 16), 6),
            (np.array([[3, 4, 6, 3, 20], [3, 5, 1, 20, 3], [2, 1, 0, 4, 4]]), 7),
        ],
    ),
    globals(),
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `group_folds` (2 points)
#
# For cross-validation every picture is in one of `count` folds, and each group (a patient, a thing)
# is in one fold as a whole. Go through the groups from the largest to the smallest; of two of the
# same size, the one with the smaller number comes first. Put each into the fold that holds the
# fewest *pictures* so far; of two such folds, the first. For example, `groups = [1, 1, 2, 3, 3, 3]`
# in 2 folds: group 3 goes into fold 0, group 1 into fold 1, and group 2 into fold 1, which has two
# pictures against three: `[1, 1, 1, 0, 0, 0]`.


# %% grade_id="16-folds"
def group_folds(groups, count):
    """Return the fold of each picture.

    groups: whole numbers (N,), the group of each picture
    count: number of folds
    returns: whole numbers (N,), from 0 to count - 1
    """
    ### BEGIN SOLUTION
    names, sizes = np.unique(groups, return_counts=True)
    out = np.full(len(groups), count)  # no such fold: not placed yet
    for place in np.argsort(-sizes, kind="stable"):
        pictures = [np.count_nonzero(out == fold) for fold in range(count)]
        out[groups == names[place]] = np.argmin(pictures)
    return out
    ### END SOLUTION


# %% grade_id="16-folds-tests" points=2
case = Case(
    "group_folds",
    lambda rng: [
        (np.array([1, 1, 2, 3, 3, 3]), 2),
        (np.repeat([1, 2, 3, 4], [2, 5, 2, 2]), 2),
        (rng.permutation(np.repeat(rng.permutation(8) + 1, [5, 4, 4, 3, 2, 2, 1, 1])), 3),
    ],
    e16.group_folds,
    rtol=0,
    atol=0,
    mistakes=e16.MISTAKES["group_folds"],
)
run(case, globals())
### BEGIN HIDDEN TESTS
drawn = [(40, 12, 4), (5, 2, 1), (1, 1, 1), (30, 3, 5), (25, 20, 3)]
run(
    replace(
        case,
        inputs=lambda rng: [(7 + 3 * rng.integers(0, top, n), count) for n, top, count in drawn],
    ),
    globals(),
)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Three reports (3 points, graded by hand)
#
# Three classmates ask for help. Tell each of them, in two or three sentences, what is going on and
# what you would do.
#
# - Gil: "I froze everything but the head: `requires_grad_(False)`, the gradients are all `None`.
#   After an hour of training the frozen body gives *other* features than before. How can a frozen
#   network change?"
# - Hana: "I have 30 patients with 40 patches each. I shuffled the 1,200 patches, kept 20 % for the
#   test, and reached 97 %. The hospital next door, with the same microscope, measures 71 %. They
#   must be doing something wrong."
# - Ivo: "My linear probe on the pretrained network has 36 % with 100 pictures of each of ten
#   classes. The same network from scratch has 59 %. So pretraining hurts here; I'll train from
#   scratch."

# %% [markdown] grade_id="16-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Gil: batch norm's running mean and variance aren't parameters. In training mode they follow
# each batch, gradient or not. Put the frozen part into evaluation mode, again after each
# `network.train()`, and compare the buffers before and after.
#
# To Hana: patches of one patient are alike, and each patient was on both sides of the split; so the
# 97 % measure how well the network knows these patients again. Split by patient (whole groups),
# measure again, and give an error bar over 30 patients, not over 1,200 patches. 71 % at the
# neighbour's is closer to the truth, though another hospital may differ as well.
#
# To Ivo: the probe can only weigh features that CIFAR-10 needed; they are wrong for this task, but
# they are a good *start*. Fine-tune: in the lesson that won at every number of pictures, by far
# with 100 per class. (Or probe an earlier layer.) Compare the three ways on validation pictures,
# over several seeds.
#
# *Rubric.* 1 point each. Gil: running statistics named (½); evaluation mode for the frozen part
# (½). Hana: patients on both sides of the split (½); split by patient, or error bar by patient (½).
# Ivo: frozen features aren't pretraining as such (½); fine-tuning, or an earlier layer, as the
# thing to compare (½).
# <!-- END SOLUTION -->
