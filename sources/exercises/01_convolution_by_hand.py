# %% [markdown]
# # Exercise 01 · Convolution by hand
#
# **12 points, 40 minutes.** It goes with lesson 01, *Convolution by hand*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | nine numbers on paper | 1 |
# | 2 | a draft with four bugs: `correlate2d` | 4 |
# | 3 | predict, then measure: `outputs_changed` | 2 |
# | 4 | `flip` | 1 |
# | 5 | a kernel to a specification | 2 |
# | 6 | fog: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. After you hand in, more checks run on other
# pictures. You may use NumPy. Answers may differ from the right ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e01_convolution_by_hand as e01

# %% [markdown]
# ## 1 · Nine numbers on paper (1 point)
#
# Here is a letter L in a 5×5 picture, and the edge detector of the lesson:
#
# $$x = \begin{bmatrix} 0&1&0&0&0\\ 0&1&0&0&0\\ 0&1&0&0&0\\ 0&1&1&1&0\\ 0&0&0&0&0 \end{bmatrix}
# \qquad w = \begin{bmatrix} -1&0&1\\ -1&0&1\\ -1&0&1 \end{bmatrix}$$
#
# Work out all outputs of the cross-correlation with pencil and paper. The first one is a gift: the
# window at row 0, column 0 has no light in its left column and none in its right column, so
# `out[0, 0] = 0 − 0 = 0`.
#
# Write your numbers as a list of rows, for example `[[0, 1], [2, 3]]`.

# %% grade_id="01-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [[0, -3, 0], [1, -2, -1], [1, -1, -1]]
### END SOLUTION

# %% grade_id="01-by-hand-tests" points=1
e01.check("by_hand", globals())

# %% [markdown]
# ## 2 · A draft with four bugs: `correlate2d` (4 points)
#
# Somebody wrote the function below. It takes a **stride**, a pair of whole numbers (down, across):
# from one row of outputs to the next the window moves `down` rows, and from one column of outputs
# to the next it moves `across` columns.
#
# $$\text{out}_{i,j} = \sum_{u=0}^{KH-1} \sum_{v=0}^{KW-1}
# x_{i \cdot \text{down} + u,\; j \cdot \text{across} + v}\; w_{u,v}$$
#
# There is an output for every place where the whole window fits inside the picture. On the smiley
# with the edge detector the draft is right, whether the stride is (1, 1), (2, 2) or (3, 3). It has
# four bugs all the same. (`//` divides and drops the remainder: `7 // 2` is 3.)


# %%
def draft(x, w, stride=(1, 1)):
    (H, W), (KH, KW) = x.shape, w.shape
    down, across = stride
    out = np.zeros(((H - KH + 1) // down, (W - KW + 1) // across), dtype=x.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            top, left = i * down, j * down
            out[i, j] = (x[top : top + KH, left : left + KH] * w).sum()
    return out


# %% [markdown]
# Find them. What is special about the smiley, the edge detector and those strides? For each such
# property, try a small example that lacks it and that you can work out by hand. When you know all
# four bugs, copy the draft into the cell below and mend it.
#
# Picture and kernel need not be square, and their numbers need not be whole. A kernel is never
# larger than the picture; a stride may be.
#
# For example, `correlate2d([[1, 2, 4], [4, 5, 9]], [[-1, 1]])` is `[[1, 2], [1, 4]]`: each pixel's
# right neighbour minus the pixel itself. With `stride=(2, 1)` it is `[[1, 2]]`. (In the checks `x`
# and `w` are NumPy arrays.)


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    """Cross-correlate a picture with a kernel.

    x: array of shape (H, W)
    w: array of shape (KH, KW), with KH ≤ H and KW ≤ W
    stride: (down, across), rows and columns that the window moves, each at least 1
    returns: array with one output for each place of the window
    """
    ### BEGIN SOLUTION
    (H, W), (KH, KW) = x.shape, w.shape
    down, across = stride
    out = np.zeros(((H - KH) // down + 1, (W - KW) // across + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            top, left = i * down, j * across
            out[i, j] = (x[top : top + KH, left : left + KW] * w).sum()
    return out
    ### END SOLUTION


# %% grade_id="01-correlate2d-tests" points=4
e01.check("correlate2d", globals())
### BEGIN HIDDEN TESTS
e01.check("correlate2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Predict, then measure: `outputs_changed` (2 points)
#
# One pixel of the picture changes. How many outputs change with it, at stride 1? Nine windows of
# 3×3 see a pixel in the middle. Near the border fewer do, and a window whose weight on the pixel is
# 0 doesn't notice.
#
# Write a function that works the number out from the picture's shape, the kernel and the pixel's
# place alone. For each weight, ask: at which row and column would the window have to lie to put
# this weight on the pixel, and does it fit there?
#
# For example, take the edge detector, `edge = edge_kernel()`, and the 8×8 smiley. Then
# `outputs_changed((8, 8), edge, 4, 3)` is 6, and `outputs_changed((8, 8), edge, 0, 0)` is 1: only
# the window at row 0, column 0 sees the corner, through its weight −1.
#
# Then measure: change one pixel of the smiley, count the outputs of your `correlate2d` that differ,
# and compare. `from cnnedu.data import edge_kernel, smiley` gives you the kernel and the picture.
# Try a pixel in a corner, one at the border and one in the middle, and kernels with zeros in other
# places.


# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    """Count the outputs of a cross-correlation (stride 1) that change with the pixel (i, j).

    shape: (H, W), that of the picture
    w: array of shape (KH, KW), with KH ≤ H and KW ≤ W
    i, j: row and column of the pixel
    returns: a whole number
    """
    ### BEGIN SOLUTION
    (H, W), (KH, KW) = shape, w.shape
    changed = 0
    for u in range(KH):
        for v in range(KW):
            row, column = i - u, j - v
            if w[u, v] != 0 and 0 <= row <= H - KH and 0 <= column <= W - KW:
                changed += 1
    return changed
    ### END SOLUTION


# %% grade_id="01-changed-tests" points=2
e01.check("outputs_changed", globals())
### BEGIN HIDDEN TESTS
e01.check("outputs_changed", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `flip` (1 point)
#
# Mathematical convolution is cross-correlation with the kernel flipped in both axes:
# $w'_{u,v} = w_{KH-1-u,\;KW-1-v}$. Write a function that flips a kernel in this way.
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


# %% grade_id="01-flip-tests" points=1
e01.check("flip", globals())
### BEGIN HIDDEN TESTS
e01.check("flip", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · A kernel to a specification (2 points)
#
# A lamp hangs above a scene, so everything gets evenly darker from top to bottom. The stepper's
# preset "Horizontal edges" responds to that: none of its outputs is 0. Design a 3×3 kernel that
# finds a step between two rows but doesn't see the lamp:
#
# 1. If all three pixels of each row are equal, the first two rows have the same tone and the third
#    is lighter by 1, it answers exactly **+1**.
# 2. If all three pixels of each row are equal and the tone changes by as much from the first row to
#    the second as from the second to the third, up or down, it answers **0**.
# 3. If the three rows are the same, so that the window changes from left to right only, it answers
#    **0**, however it changes.
# 4. No weight is larger than 1 in size, so that one spoilt pixel changes no answer by more than its
#    own error.
#
# Start with the sums of the three rows of weights: rules 1 and 2 leave no choice. No preset of the
# stepper keeps all four rules; which does each one break? Try your kernel with your `correlate2d`
# before you run the checks. Answers, and the size of the weights, have a tolerance of 10⁻⁶.

# %% grade_id="01-horizontal-kernel"
horizontal = None
### BEGIN SOLUTION
horizontal = [[0.5, 0, 0.5], [-1, 0, -1], [0.5, 0, 0.5]]
### END SOLUTION

# %% grade_id="01-horizontal-kernel-tests" points=2
e01.check("horizontal", globals())

# %% [markdown]
# ## 6 · Fog (2 points, graded by hand)
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
