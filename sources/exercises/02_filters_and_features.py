# %% [markdown]
# # Exercise 02 · Filters and features
#
# **16 points, 55 minutes.** It goes with lesson 02, *Filters and features*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | three kernels on paper | 2 |
# | 2 | three drafts of `conv`, each with a bug: one example that shows it | 3 |
# | 3 | `find_kernel`: from a picture and its map to the kernel | 4 |
# | 4 | a diagonal detector of your own design | 2 |
# | 5 | happy or sad: beat the network of the lesson | 3 |
# | 6 | the negative: a question to think about (graded by hand) | 2 |
#
# Fill in your answers where it says `None` or `raise NotImplementedError()`. You may use NumPy, and
# `kernels` and `cnnedu.data` as the cells below do. Each part is checked on its own; when you hand
# in, more checks run on other pictures.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.checks.exercises import e02_filters_and_features as e02
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.chalk import make_smileys

# %% [markdown]
# ## 1 · Three kernels on paper (2 points)
#
# A picture of 3 rows and 4 columns, and three kernels: the blur (nine times 1/9), Sobel and the
# Laplacian.
#
# $$x = \begin{bmatrix} 0&0&9&9\\ 0&9&9&0\\ 9&9&9&9 \end{bmatrix} \qquad
# \text{Sobel} = \begin{bmatrix} -1&0&1\\ -2&0&2\\ -1&0&1 \end{bmatrix} \qquad
# \text{Laplacian} = \begin{bmatrix} -1&-1&-1\\ -1&8&-1\\ -1&-1&-1 \end{bmatrix}$$
#
# Each kernel fits in two places. Write one row per kernel, in the order blur, Sobel, Laplacian: its
# answer at column 0 and its answer at column 1. The first is a gift: six of the nine pixels are 9,
# so the blur answers $54 / 9 = 6$. Your numbers may differ from the right ones by one part in 10⁹.

# %% grade_id="02-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [[6, 7], [27, -9], [27, 18]]
### END SOLUTION

# %% grade_id="02-by-hand-tests" points=2
e02.check("by_hand", globals())

# %% [markdown]
# ## 2 · Three drafts, three bugs (3 points)
#
# Three people wrote the `conv` of the lesson, for one picture: $C$ channels in, $F$ maps out.
#
# $$\text{out}_{f,i,j} = b_f + \sum_{c} \sum_{u} \sum_{v} x_{c,\,i+u,\,j+v}\; w_{f,c,u,v}$$
#
# All three tried it with the smiley, the edge detector and a bias, found the right map, and were
# satisfied. Each draft has a bug all the same.


# %%
def draft_a(x, w, b):
    maps = []
    for f in range(len(w)):
        total = 0
        for c in range(len(x)):
            total = total + kernels.correlate2d(x[c], w[f, c]) + b[f]
        maps.append(total)
    return np.array(maps)


def draft_b(x, w, b):
    maps = []
    for f in range(len(w)):
        total = b[f]
        for channel in x:
            total = total + kernels.correlate2d(channel, w[f, 0])
        maps.append(total)
    return np.array(maps)


def draft_c(x, w, b):
    maps, total = [], 0
    for f in range(len(w)):
        for c in range(len(x)):
            total = total + kernels.correlate2d(x[c], w[f, c])
        maps.append(total + b[f])
    return np.array(maps)


x, w, b = smiley()[None], edge_kernel()[None, None], np.array([0.5])
right = kernels.conv2d(x[None], w, b)[0]
for draft in (draft_a, draft_b, draft_c):
    print(f"{draft.__name__} is right: {np.allclose(draft(x, w, b), right)}")

# %% [markdown]
# A good test shows one bug and no other. For each draft, find an example `(x, w, b)` on which
# **this draft alone** gives wrong maps, while the other two give the right ones.
#
# - `x` has shape $(C, H, W)$, `w` has shape $(F, C, KH, KW)$ and `b` has shape $(F,)$. The kernels
#   fit in the picture.
# - Each of the three holds at most 1,000 numbers, from −100 to 100.
# - A map counts as wrong if one of its numbers is off by more than 10⁻⁶.
#
# An example may be tiny. Here is one with one channel, one pixel and one filter. All three drafts
# rightly answer $3 \cdot 2 + 0.5 = 6.5$, so it shows no bug. Before you try an example of your own,
# say what each draft will answer.


# %%
def try_out(example):
    x, w, b = (np.array(part, float) for part in example)
    print("right:  ", kernels.conv2d(x[None], w, b)[0].tolist())
    for draft in (draft_a, draft_b, draft_c):
        print(f"{draft.__name__}:", draft(x, w, b).tolist())


try_out(([[[3]]], [[[[2]]]], [0.5]))

# %% grade_id="02-only-a"
only_a = None
### BEGIN SOLUTION
only_a = ([[[1]], [[1]]], [[[[1]], [[1]]]], [1])  # two channels, equal slices, a bias
### END SOLUTION

# %% grade_id="02-only-a-tests" points=1
e02.check("only_a", globals())

# %% grade_id="02-only-b"
only_b = None
### BEGIN SOLUTION
only_b = ([[[1]], [[1]]], [[[[1]], [[2]]]], [0])  # two channels, different slices, no bias
### END SOLUTION

# %% grade_id="02-only-b-tests" points=1
e02.check("only_b", globals())

# %% grade_id="02-only-c"
only_c = None
### BEGIN SOLUTION
only_c = ([[[1]]], [[[[1]]], [[[1]]]], [0, 0])  # one channel, two filters
### END SOLUTION

# %% grade_id="02-only-c-tests" points=1
e02.check("only_c", globals())

# %% [markdown]
# ## 3 · `find_kernel` (4 points)
#
# Given a picture and a map that one kernel made from it, by cross-correlation and without noise,
# find the kernel. Its size is hidden, too, but the sizes of picture and map tell you.
#
# For example, `x = [[3, 0, 2]]` and `y = [[6, 2]]` can only come from `[[2, 1]]`: the first output
# says $3 w_0 + 0 w_1 = 6$, the second $0 w_0 + 2 w_1 = 2$. But `x = [[1, 2, 4]]` and `y = [[1, 2]]`
# don't determine the kernel. `[[-1, 1]]` makes this map, and so do `[[1, 0]]` and `[[0.2, 0.4]]`.
# **If several kernels make the map, return the one whose squares add up to the least**: here
# `[[0.2, 0.4]]`, with $0.04 + 0.16 = 0.2$. Such pictures are among those that are checked.
#
# Any way will do. Two that work:
#
# - *Descent, as in the lesson.* If you start from zeros, it ends at the smallest kernel by itself,
#   because each step only adds or takes away windows of the picture. Use the picture as it is:
#   these maps come from pictures that nobody has prepared. The rate has to suit the numbers, or the
#   error grows. A safe rate is $1 / (2nm)$, where $n$ is the number of weights and $m$ the mean of
#   $x^2$. With it, 1,000 steps are enough for every picture that is checked; with the lesson's
#   `slopes` they take about a second.
# - *Equations.* Each output is one equation: the window's pixels are the coefficients, the weights
#   are the unknowns. There are usually more equations than unknowns. `np.linalg` solves such
#   systems.
#
# Weights may differ from the right ones by 10⁻³. The pictures have at most 10 × 12 pixels, the
# kernels at most 9 weights, and no picture is 0 everywhere.


# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    """Find the kernel that makes the map y of the picture x.

    x: array of shape (H, W), whole numbers or floats, of any brightness
    y: array of shape (OH, OW), with OH ≤ H and OW ≤ W
    returns: array of shape (H − OH + 1, W − OW + 1)
    """
    ### BEGIN SOLUTION
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, KH * KW)
    w = np.linalg.lstsq(windows, y.ravel(), rcond=None)[0]  # the smallest of all that fit
    return w.reshape(KH, KW)
    ### END SOLUTION


# %% grade_id="02-find-kernel-tests" points=4
e02.check("find_kernel", globals())
### BEGIN HIDDEN TESTS
e02.check("find_kernel", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A diagonal detector (2 points)
#
# Design a 3×3 kernel that finds thin diagonal lines, from top left to bottom right, like this one:
# ╲
#
# - such a line through the middle of the window gets a positive answer, and a larger one than the
#   other diagonal ╱ gets;
# - where the line runs beside the middle of the window, it gets no larger an answer;
# - a picture that changes from left to right only, or from top to bottom only, gets 0 everywhere.
#
# The kernel's scale is up to you: before it is checked, it is divided by the size of its largest
# weight. An answer, or a difference of two, that is then below 10⁻⁶ in size counts as 0.
#
# What does the last rule demand of the three columns of your kernel, and of its three rows?

# %% grade_id="02-diagonal"
diagonal = None
### BEGIN SOLUTION
diagonal = [[1, 0, -1], [0, 0, 0], [-1, 0, 1]]
### END SOLUTION

# %% grade_id="02-diagonal-tests" points=2
e02.check("diagonal", globals())

# %% [markdown]
# ## 5 · Beat the lesson (3 points)
#
# Here are the lesson's decision and its two kernels. On a board with a little dust they were right
# 98 times in 100. Now there is twice as much dust:


# %%
def strongest(pictures, filters):
    maps = kernels.conv2d(pictures[:, None], np.array(filters, float)[:, None])
    return np.maximum(0, maps).max(axis=(2, 3))


def decide(pictures, filters):
    first, second = strongest(pictures, filters).T
    return (first > second).astype(int)  # 1 is happy


faces, happy = make_smileys(4000, seed=7, noise=0.2)
smile = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
right = decide(faces, [smile, smile[::-1]]) == happy
print(f"right: {100 * right.mean():.1f} %. Here are six of the others, and what they are:")
titles = ["happy" if label else "sad" for label in happy[~right]]
plots.show_maps(faces[~right][:6], titles[:6], columns=6, size=1.3)

# %% [markdown]
# Design two kernels that do better: `network = [for_happy, for_sad]`, used with the same `decide`.
#
# - Both have the same shape, with **at most 24 weights** each: 4 × 6, 3 × 8, 5 × 4 and so on. (A
#   whole face has 64 pixels.) All weights are finite numbers.
# - At least **96 %** of the 4,000 faces above must be right. When you hand in, the network is tried
#   on 2,000 fresh faces, drawn in the same way. There 94 % will do, so that bad luck costs you no
#   point.
#
# Before you try a kernel, look at a face that the lesson's network gets wrong, and find the place
# where the wrong kernel answered most loudly. Which other places of the face look a little like a
# smile or a frown? What stands near every mouth, and near none of these places? A kernel may look
# for that, too. A weight of −1 says "here should be no chalk".

# %% grade_id="02-network"
network = None
### BEGIN SOLUTION
# The mouth, the outline on both sides of it, and the row below, where the cheeks come closer.
happy_face, sad_face = smiley(), smiley()
sad_face[4:6, 1:-1] = happy_face[4:6, 1:-1][::-1]
network = [np.where(face[4:7] == 1, 1, -1) for face in (happy_face, sad_face)]
### END SOLUTION

# %% grade_id="02-network-tests" points=3
e02.check("network", globals())
### BEGIN HIDDEN TESTS
e02.check("network", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · The negative (2 points, graded by hand)
#
# The negative of a photograph is $255 - x$: dark becomes light. Compare the maps of the photograph
# and of its negative, first for a kernel whose weights add up to 0, then for one whose weights add
# up to 1. What does a ReLU after Sobel's kernel keep of the photograph, and what of its negative?
# Three or four sentences.

# %% [markdown] grade_id="02-negative" points=2
# <!-- BEGIN SOLUTION -->
# A kernel is linear: its answer to $255 - x$ is 255 times the sum of its weights, minus its answer
# to $x$. Where the weights add up to 0 the map changes its sign; where they add up to 1 it becomes
# its own negative, $255 - y$. After Sobel, the ReLU keeps the edges from dark to light (going
# right); in the negative, those are the places where the photograph went from light to dark. There
# is no place where both maps are positive.
#
# *Rubric.* 1 point: sign changed for sum 0, and $255 - y$ for sum 1, with the reason. 1 point: the
# ReLU keeps the other half of the edges. Half a point less if "edges" is said without their
# direction.
# <!-- END SOLUTION -->
