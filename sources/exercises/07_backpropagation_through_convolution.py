# %% [markdown]
# # Exercise 07 · Backpropagation through convolution
#
# **18 points, 60 minutes.** It goes with lesson 07, *Backpropagation through convolution*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | six gradients on paper | 2 |
# | 2 | `weight_gradient` | 4 |
# | 3 | `input_gradient` | 4 |
# | 4 | `max_pool_gradient` | 3 |
# | 5 | `numeric_gradient` | 3 |
# | 6 | whose fault? (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy. The arrays that your functions get may hold whole numbers or fractions.
# Answers may differ from the right ones by one part in 10⁹ (part 5: 10⁶).

# %%
import numpy as np

from cnnedu.checks.exercises import e07_backpropagation_through_convolution as e07

# %% [markdown]
# ## 1 · Six gradients on paper (2 points)
#
# In one dimension, $x = (2, 1, 3)$ and $w = (1, -1)$ give two outputs. The loss passes back
# $\text{dout} = (2, -1)$. Work out all gradients with pencil and paper and write them in a list, in
# this order: the two numbers of $dw$, the three of $dx$, then $db$.

# %% grade_id="07-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [3, -1, 2, -3, 1, 1]
### END SOLUTION

# %% grade_id="07-by-hand-tests" points=2
e07.check("by_hand", globals())

# %% [markdown]
# ## 2 · `weight_gradient` (4 points)
#
# For batches, channels, filters and a stride, without padding:
#
# $$dw_{f,c,u,v} = \sum_{n,i,j} \text{dout}_{n,f,i,j}\; x_{n,\,c,\;i \cdot \text{stride} + u,\;j
# \cdot \text{stride} + v}$$
#
# For example, with the smiley (one picture, one channel) and a dout of shape (1, 1, 6, 6) that is 1
# at row 3, column 0 and 0 elsewhere, dw is the window of lesson 01:
# `[[1, 0, 0], [1, 0, 1], [1, 0, 0]]`. (`from cnnedu.data import edge_kernel, smiley` gives you the
# picture, `smiley()`, and the kernel of part 3, `edge_kernel()`.)


# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    """Work out the gradient of the loss with respect to the filters of a convolution.

    dout: array of shape (N, F, OH, OW)
    x: array of shape (N, C, H, W), the input of the forward pass
    KH, KW: height and width of the filters
    stride: pixels the window moves between two outputs, along both axes
    returns: array of shape (F, C, KH, KW)
    """
    ### BEGIN SOLUTION
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW))
    for n in range(N):
        for i in range(OH):
            for j in range(OW):
                top, left = i * stride, j * stride
                window = x[n, :, top : top + KH, left : left + KW]
                dw = dw + dout[n, :, i, j].reshape(F, 1, 1, 1) * window
    return dw
    ### END SOLUTION


# %% grade_id="07-weight-gradient-tests" points=4
e07.check("weight_gradient", globals())
### BEGIN HIDDEN TESTS
e07.check("weight_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `input_gradient` (4 points)
#
# Every window passes its weights, times its dout, back to the pixels it saw:
#
# $$dx_{n,c,p,q} = \sum \text{dout}_{n,f,i,j}\; w_{f,c,u,v} \quad \text{over all } f, i, j, u, v
# \text{ with } p = i \cdot \text{stride} + u,\; q = j \cdot \text{stride} + v$$
#
# Pixels that no window saw get 0. For example, with the edge detector and the dout of part 2, dx is
# the edge detector in rows 3 to 5 and columns 0 to 2, and 0 elsewhere.


# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    """Work out the gradient of the loss with respect to the input of a convolution.

    dout: array of shape (N, F, OH, OW)
    w: array of shape (F, C, KH, KW)
    H, W: height and width of the input
    stride: pixels the window moves between two outputs, along both axes
    returns: array of shape (N, C, H, W)
    """
    ### BEGIN SOLUTION
    N, F, OH, OW = dout.shape
    _, C, KH, KW = w.shape
    dx = np.zeros((N, C, H, W))
    for n, f, i, j in np.ndindex(N, F, OH, OW):
        top, left = i * stride, j * stride
        dx[n, :, top : top + KH, left : left + KW] += dout[n, f, i, j] * w[f]
    return dx
    ### END SOLUTION


# %% grade_id="07-input-gradient-tests" points=4
e07.check("input_gradient", globals())
### BEGIN HIDDEN TESTS
e07.check("input_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `max_pool_gradient` (3 points)
#
# Max pooling with windows of 2 × 2 and stride 2: the largest pixel of each window gets all of its
# dout. If several are equally large, the *first* gets it, row by row from top to bottom. If H or W
# is odd, the last row or column lies in no window and gets 0.
#
# For example, for `x = [[1, 3], [3, 2]]` and `dout = [[10]]` the gradient is `[[0, 10], [0, 0]]`
# (with two more axes in front).


# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    """Work out the gradient of the loss with respect to the input of 2×2 max pooling.

    dout: array of shape (N, C, H // 2, W // 2)
    x: array of shape (N, C, H, W), the input of the forward pass
    returns: array of shape (N, C, H, W)
    """
    ### BEGIN SOLUTION
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, 2 * i + row, 2 * j + column] = dout[n, c, i, j]
    return dx
    ### END SOLUTION


# %% grade_id="07-max-pool-gradient-tests" points=3
e07.check("max_pool_gradient", globals())
### BEGIN HIDDEN TESTS
e07.check("max_pool_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `numeric_gradient` (3 points)
#
# Here is a loss. Write its gradient with respect to $w$ with central differences, one weight at a
# time:
#
# $$dw_{u,v} \approx \frac{L(x,\; w + h\,e_{u,v}) - L(x,\; w - h\,e_{u,v})}{2h}$$
#
# where $e_{u,v}$ is 1 at $(u, v)$ and 0 elsewhere. Leave `w` as it was.


# %% grade_id="07-loss"
def loss(x, w):
    """Return one number: the sum of the tanh of all outputs of a convolution."""
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.tanh((windows * w).sum(axis=(2, 3))).sum()


# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    """Estimate the gradient of `loss(x, w)` with respect to w by central differences.

    x: array of shape (H, W)
    w: array of shape (KH, KW)
    h: the step
    returns: array of shape (KH, KW)
    """
    ### BEGIN SOLUTION
    gradient = np.empty(w.shape)
    for index in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[index] = h
        gradient[index] = (loss(x, w + e) - loss(x, w - e)) / (2 * h)
    return gradient
    ### END SOLUTION


# %% grade_id="07-numeric-gradient-tests" points=3
e07.check("numeric_gradient", globals())
### BEGIN HIDDEN TESTS
e07.check("numeric_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Whose fault? (2 points, graded by hand)
#
# Two students check their backward passes.
#
# - Ada's check uses float64 and $h = 10^{-11}$. It reports a relative error of $3 \cdot 10^{-5}$.
# - Ben's check uses $h = 10^{-5}$. It reports $2 \cdot 10^{-10}$ for a convolution with 3 × 3
#   windows and stride 1 on a picture of 5 × 5 pixels that are all 1.
#
# Ada concludes that her code is wrong, Ben that his is right. What do you tell each of them?

# %% [markdown] grade_id="07-whose-fault" points=2
# <!-- BEGIN SOLUTION -->
# To Ada: nothing is known yet. Rounding alone gives an error of about 10⁻¹⁶ / 10⁻¹¹ = 10⁻⁵, which
# is what she sees. She should repeat the check with h near 10⁻⁵; if the error falls to some 10⁻¹⁰,
# her code passes, and she may turn to better test cases. To Ben: the step is fine, the test case
# isn't. If all pixels are equal, dw comes out the same whatever window is taken: swapped rows and
# columns, or windows shifted by one, can't be seen. He should use random numbers, a picture and a
# window that are not square, and a stride that doesn't divide.
#
# *Rubric.* 1 point: Ada's error is what rounding gives at this step, and a larger h decides. 1
# point: Ben's case is too symmetric (equal pixels, or square shapes, or stride 1 alone), with a
# better one.
# <!-- END SOLUTION -->
