# %% [markdown]
# # Exercise 01 · Convolution by hand
#
# **12 points, 40 minutes.** It goes with lesson 01, *Convolution by hand*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | nine numbers on paper | 2 |
# | 2 | `correlate2d` | 4 |
# | 3 | `flip` | 2 |
# | 4 | a kernel of your own design | 2 |
# | 5 | fog: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# pictures. You may use NumPy. Answers may differ from the right ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e01_convolution_by_hand as e01

# %% [markdown]
# ## 1 · Nine numbers on paper (2 points)
#
# Here is a letter L in a 5×5 picture, and the edge detector of the lesson:
#
# $$x = \begin{bmatrix} 0&1&0&0&0\\ 0&1&0&0&0\\ 0&1&0&0&0\\ 0&1&1&1&0\\ 0&0&0&0&0 \end{bmatrix}
# \qquad w = \begin{bmatrix} -1&0&1\\ -1&0&1\\ -1&0&1 \end{bmatrix}$$
#
# Work out all outputs of the cross-correlation with pencil and paper. The first is a gift: the
# window at row 0, column 0 has no ink in its left column and none in its right column, so
# `out[0, 0] = 0 − 0 = 0`.
#
# Write your numbers as a list of rows, for example `[[0, 1], [2, 3]]`.

# %% grade_id="01-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [[0, -3, 0], [1, -2, -1], [1, -1, -1]]
### END SOLUTION

# %% grade_id="01-by-hand-tests" points=2
e01.check("by_hand", globals())

# %% [markdown]
# ## 2 · `correlate2d` (4 points)
#
# $$\text{out}_{i,j} = \sum_{u=0}^{KH-1} \sum_{v=0}^{KW-1} x_{i+u,\,j+v}\, w_{u,v},
# \qquad OH = H - KH + 1, \quad OW = W - KW + 1$$
#
# Picture and kernel need not be square, and their numbers need not be whole.
#
# For example, `correlate2d([[1, 2, 3], [4, 5, 6]], [[-1, 1]])` is `[[1, 1], [1, 1]]`: each pixel's
# right neighbour minus the pixel itself. (In the checks both arguments are NumPy arrays.)


# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    """Cross-correlate a picture with a kernel.

    x: array of shape (H, W)
    w: array of shape (KH, KW), with KH ≤ H and KW ≤ W
    returns: array of shape (H − KH + 1, W − KW + 1)
    """
    ### BEGIN SOLUTION
    height, width = x.shape
    kernel_height, kernel_width = w.shape
    out = np.zeros((height - kernel_height + 1, width - kernel_width + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i : i + kernel_height, j : j + kernel_width] * w)
    return out
    ### END SOLUTION


# %% grade_id="01-correlate2d-tests" points=4
e01.check("correlate2d", globals())
### BEGIN HIDDEN TESTS
e01.check("correlate2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `flip` (2 points)
#
# Mathematical convolution is cross-correlation with the kernel flipped in both axes:
# $w'_{u,v} = w_{KH-1-u,\;KW-1-v}$. Write the flip.
#
# For example, `flip([[1, 2], [3, 4]])` is `[[4, 3], [2, 1]]`.


# %% grade_id="01-flip"
def flip(w):
    """Flip a kernel in both axes.

    w: array of shape (KH, KW)
    returns: array of the same shape
    """
    ### BEGIN SOLUTION
    return w[::-1, ::-1]
    ### END SOLUTION


# %% grade_id="01-flip-tests" points=2
e01.check("flip", globals())
### BEGIN HIDDEN TESTS
e01.check("flip", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A kernel of your own design (2 points)
#
# Design a 3×3 kernel that finds *horizontal* edges:
#
# - where a picture gets darker from top to bottom only (each row has one tone, and the numbers grow
#   downwards) it answers with a positive number, even if there is only one step from light to dark
#   in the window;
# - where a picture changes from left to right only (every row is the same) it answers 0, however
#   the picture changes.
#
# The kernel's scale is up to you: before it is checked, it is divided by the size of its largest
# weight. An answer that is then below 10⁻⁶ in size counts as 0.
#
# Before you run the checks, try it with your `correlate2d`. `from cnnedu.data import smiley` gives
# you a picture: `smiley()`.

# %% grade_id="01-horizontal-kernel"
horizontal = None
### BEGIN SOLUTION
horizontal = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]
### END SOLUTION

# %% grade_id="01-horizontal-kernel-tests" points=2
e01.check("horizontal", globals())

# %% [markdown]
# ## 5 · Fog (2 points, graded by hand)
#
# Fog makes everything brighter by the same amount: 5 is added to each of the 64 pixels. How many of
# the 36 outputs of the edge detector change? Say why in two or three sentences, and name a kernel
# for which the answer would be different.

# %% [markdown] grade_id="01-fog" points=2
# <!-- BEGIN SOLUTION -->
# None changes. The window grows by 5 everywhere, so its sum grows by 5 times the sum of the
# weights, and the weights of the edge detector add up to 0. A kernel whose weights do not add up to
# 0 notices the fog: with the blur (nine times 1/9), every output grows by 5.
#
# *Rubric.* 1 point: none changes, because the weights add up to 0. 1 point: a kernel whose weights
# do not add up to 0. No point for "none" without a reason.
# <!-- END SOLUTION -->
