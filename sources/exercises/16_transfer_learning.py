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
# inputs. Arrays hold floats or whole numbers. You may use NumPy, and Pillow in part 4. Answers may
# differ from the right ones by one part in 10⁹; those by hand by 0.001; parts 4 and 5 must agree
# exactly. The last line of part 4's answer, marked *for the checks*, turns your function into one
# on arrays: leave it as it is.

# %%
import numpy as np
from PIL import Image

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
# - d: a batch norm has the running mean 5 and the momentum 0.1. In training mode it gets a batch
#   with mean 10. What is the running mean afterwards?
# - e: and after a second batch with mean 10?
# - f: a linear probe on 192 features, with five classes: how many numbers does it learn?
#
# Write them in a list, `[a, b, c, d, e, f]`.

# %% grade_id="16-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [0.25, -0.75, -0.5, 5.5, 5.95, 965]
### END SOLUTION

# %% grade_id="16-by-hand-tests" points=3
e16.check("by_hand", globals())

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

    x: array (N, C, H, W)
    w: array (F, C, KH, KW)
    mean, var: arrays (F,), the running statistics; var is at least 0
    returns: float array (N, F)
    """
    ### BEGIN SOLUTION
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.array([[np.maximum(m, 0).max() for m in maps] for maps in normal])
    ### END SOLUTION


# %% grade_id="16-features-tests" points=4
e16.check("frozen_features", globals())
### BEGIN HIDDEN TESTS
e16.check("frozen_features", globals(), hidden=True)
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
# `steps` times, beginning with zeros. Scores may be large: subtract the largest of each row before
# you exponentiate. A class may have no picture. For example, take the lesson's four pictures, with
# features (3, 0), (2, 1), (0, 3), (1, 2), labels 1, 1, 0, 0 and 2 classes. After one step with rate
# 1, the row of class 1 is (0.5, −0.5, 0), and that of class 0 its negative.


# %% grade_id="16-probe"
def fit_probe(f, y, classes, rate, steps):
    """Fit a linear probe by gradient descent.

    f: array (N, D), features
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
e16.check("fit_probe", globals())
### BEGIN HIDDEN TESTS
e16.check("fit_probe", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `read_folder` (4 points)
#
# `path` holds one folder per class, and nothing else. Return four things:
#
# - `x`: the pictures, uint8 (N, 3, size, size). Turn each into RGB, then shrink or stretch it to
#   `size`×`size` with `Image.Resampling.BOX`, then put the channels first;
# - `y`: the labels, whole numbers (N,): places in `names`;
# - `names`: the names of all classes, also of empty ones, sorted as Python sorts strings;
# - `skipped`: a list with `"class/file"` for whatever Pillow can't read (then `Image.open` or what
#   follows it raises `OSError`, `SyntaxError` or `ValueError`).
#
# Go through the classes in the order of `names`, and through a class in the order of its files'
# names, again as strings. Names that begin with a dot are hidden: neither read nor skipped.
# Everything else is read or skipped. It is the content that counts, not the ending: a picture may
# be called `a.txt`, `b.JPEG` or just `c`. A folder within a class is skipped like a broken file. At
# least one picture can be read.
#
# `path` is a `pathlib.Path`: `path.iterdir()` gives what is in it, `file.name` its last part. The
# checks compare your answer as numbers: how many pictures, skipped files and classes there are,
# then what they are.


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
e16.check("folder_as_numbers", globals())
### BEGIN HIDDEN TESTS
e16.check("folder_as_numbers", globals(), hidden=True)
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
e16.check("group_folds", globals())
### BEGIN HIDDEN TESTS
e16.check("group_folds", globals(), hidden=True)
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
#   classes. The same network from scratch has 62 %. So pretraining hurts here; I'll train from
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
# they are a good *start*. Fine-tune: in the lesson it beat training from scratch at every number of
# pictures, by 36 points at 100 per class. Compare the three ways on validation pictures, over
# several seeds.
#
# *Rubric.* 1 point each. Gil: running statistics named (½); evaluation mode for the frozen part
# (½). Hana: patients on both sides of the split (½); split by patient, or error bar by patient (½).
# Ivo: frozen features aren't pretraining as such (½); fine-tuning as the thing to compare (½).
# <!-- END SOLUTION -->
