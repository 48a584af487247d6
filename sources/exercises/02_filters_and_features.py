# %% [markdown]
# # Exercise 02 · Filters and features
#
# **16 points, 50 minutes.** It goes with lesson 02, *Filters and features*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | three kernels on paper | 2 |
# | 2 | `filter_bank`: many kernels, many maps | 3 |
# | 3 | `conv`: many channels in, many maps out | 4 |
# | 4 | `sobel_magnitude` | 3 |
# | 5 | a diagonal detector of your own design | 2 |
# | 6 | the negative: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. You may use NumPy, and you may bring
# your `correlate2d` along from exercise 01. Each part is checked on its own; when you hand in, more
# checks run on other pictures. Pictures, kernels and biases may hold whole numbers or fractions.
# Answers may differ from the right ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e02_filters_and_features as e02

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
# so the blur answers $54 / 9 = 6$.

# %% grade_id="02-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [[6, 7], [27, -9], [27, 18]]
### END SOLUTION

# %% grade_id="02-by-hand-tests" points=2
e02.check("by_hand", globals())

# %% [markdown]
# ## 2 · `filter_bank` (3 points)
#
# Filter one grey picture with $F$ kernels. Every kernel gives a map of its own, and the maps are
# stacked along the first axis:
#
# $$\text{out}_{f,i,j} = \sum_{u} \sum_{v} x_{i+u,\,j+v}\, w_{f,u,v}$$
#
# For example, with `x = [[1, 2, 4]]` and the two kernels `[[1, 1]]` and `[[-1, 1]]` the result is
# `[[[3, 6]], [[1, 2]]]`, of shape `(2, 1, 2)`.


# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    """Cross-correlate one picture with several kernels.

    x: array of shape (H, W)
    filters: array of shape (F, KH, KW), with KH ≤ H and KW ≤ W
    returns: array of shape (F, H − KH + 1, W − KW + 1)
    """
    ### BEGIN SOLUTION
    F, KH, KW = filters.shape
    out = np.empty((F, x.shape[0] - KH + 1, x.shape[1] - KW + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(x[i : i + KH, j : j + KW] * filters[f])
    return out
    ### END SOLUTION


# %% grade_id="02-filter-bank-tests" points=3
e02.check("filter_bank", globals())
### BEGIN HIDDEN TESTS
e02.check("filter_bank", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `conv` (4 points)
#
# The full convolutional layer, for one picture: $C$ channels in, $F$ maps out, and a bias for each.
#
# $$\text{out}_{f,i,j} = b_f + \sum_{c} \sum_{u} \sum_{v} x_{c,\,i+u,\,j+v}\; w_{f,c,u,v}$$
#
# For example, a picture of two channels and one pixel, `x = [[[2]], [[3]]]`, one filter
# `w = [[[[10]], [[100]]]]` and `b = [1]` give $2 \cdot 10 + 3 \cdot 100 + 1 = 321$: the result is
# `[[[321]]]`.


# %% grade_id="02-conv"
def conv(x, w, b):
    """Convolve one picture of several channels with several filters.

    x: array of shape (C, H, W)
    w: array of shape (F, C, KH, KW), with KH ≤ H and KW ≤ W
    b: array of shape (F,)
    returns: array of shape (F, H − KH + 1, W − KW + 1)
    """
    ### BEGIN SOLUTION
    F, _, KH, KW = w.shape
    out = np.empty((F, x.shape[1] - KH + 1, x.shape[2] - KW + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(x[:, i : i + KH, j : j + KW] * w[f]) + b[f]
    return out
    ### END SOLUTION


# %% grade_id="02-conv-tests" points=4
e02.check("conv", globals())
### BEGIN HIDDEN TESTS
e02.check("conv", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `sobel_magnitude` (3 points)
#
# The strength of the edge in every 3×3 window, whatever its direction:
#
# $$m = \sqrt{g_x^2 + g_y^2}$$
#
# where $g_x$ is the answer of Sobel's kernel of part 1, and $g_y$ that of its transpose.
#
# For example, the 3×3 picture `[[0, 0, 3], [0, 0, 0], [1, 0, 0]]` has $g_x = 3 - 1 = 2$ and
# $g_y = 1 - 3 = -2$, so the result is `[[2.828…]]`, the root of 8.


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    """Return the strength of the edges in a picture.

    x: array of shape (H, W), with H ≥ 3 and W ≥ 3
    returns: array of shape (H − 2, W − 2)
    """
    ### BEGIN SOLUTION
    across = x[:, 2:] - x[:, :-2]
    down = x[2:] - x[:-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    gy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    return np.sqrt(gx**2 + gy**2)
    ### END SOLUTION


# %% grade_id="02-sobel-magnitude-tests" points=3
e02.check("sobel_magnitude", globals())
### BEGIN HIDDEN TESTS
e02.check("sobel_magnitude", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · A diagonal detector (2 points)
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
