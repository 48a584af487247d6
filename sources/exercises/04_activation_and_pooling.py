# %% [markdown]
# # Exercise 04 · Activation and pooling
#
# **16 points, 50 minutes.** It goes with lesson 04, *Activation and pooling*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | four windows on paper | 2 |
# | 2 | `leaky_relu` | 2 |
# | 3 | `softmax` that doesn't overflow | 3 |
# | 4 | `max_pool2d` | 4 |
# | 5 | `avg_pool2d` | 2 |
# | 6 | `global_avg_pool2d` | 1 |
# | 7 | a proof by photograph (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# numbers. The arguments are NumPy arrays, of floats or of whole numbers. You may use NumPy.
# Answers may differ from the right ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e04_activation_and_pooling as e04

# %% [markdown]
# ## 1 · Four windows on paper (2 points)
#
# $$x = \begin{bmatrix} -4&-1&2&0\\ -2&-5&3&7\\ 1&-4&-6&-2\\ 5&2&-3&-1 \end{bmatrix}$$
#
# Pool it with windows of 2×2 and stride 2. Write a list of three tables of two rows each:
#
# 1. max pooling;
# 2. average pooling;
# 3. first a ReLU, then average pooling.
#
# The first number of each is a gift: $-1$, then $-12/4 = -3$, then 0.

# %% grade_id="04-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [[[-1, 7], [5, -1]], [[-3, 3], [1, -3]], [[0, 3], [2, 0]]]
### END SOLUTION

# %% grade_id="04-by-hand-tests" points=2
e04.check("by_hand", globals())

# %% [markdown]
# ## 2 · `leaky_relu` (2 points)
#
# $$ \text{leaky}(a) = \begin{cases} a & \text{if } a > 0 \\ s \cdot a & \text{otherwise}
# \end{cases} $$
#
# With slope $s = 0$ it is the ReLU. For example, `leaky_relu([-2, 0, 3], 0.1)` is `[-0.2, 0, 3]`.


# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    """Apply the leaky ReLU to every number.

    x: array of any shape
    slope: a number, 0 to 2
    returns: array of the same shape
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, x, slope * x)
    ### END SOLUTION


# %% grade_id="04-leaky-relu-tests" points=2
e04.check("leaky_relu", globals())
### BEGIN HIDDEN TESTS
e04.check("leaky_relu", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `softmax` (3 points)
#
# $$ p_{n,k} = \frac{e^{a_{n,k} - m_n}}{\sum_j e^{a_{n,j} - m_n}} \qquad m_n = \max_j a_{n,j} $$
#
# Each row of `logits` holds the scores of one picture, and each row of the result adds up to 1.
#
# For example, `softmax([[0, 0], [1000, 1000 + ln 3]])` is `[[0.5, 0.5], [0.25, 0.75]]`.


# %% grade_id="04-softmax"
def softmax(logits):
    """Turn the scores of every picture into shares that add up to 1.

    logits: array of shape (N, K); a score may be of any size
    returns: array of shape (N, K)
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% grade_id="04-softmax-tests" points=3
e04.check("softmax", globals())
### BEGIN HIDDEN TESTS
e04.check("softmax", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `max_pool2d` (4 points)
#
# $$\text{out}_{n,c,i,j} = \max_{0 \le u, v < k} x_{n,\,c,\,i s + u,\,j s + v}, \qquad
# OH = \left\lfloor \frac{H - k}{s} \right\rfloor + 1$$
#
# with window $k$ and stride $s$. Only whole windows count. Numbers may be negative and of any size,
# and each channel is pooled by itself.
#
# For example, with `x = [[[[1, 2, 5], [3, 4, 0]]]]`,
# `max_pool2d(x, 2, 1)` is `[[[[4, 5]]]]` and `max_pool2d(x, 2, 2)` is `[[[[4]]]]`.


# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride):
    """Keep the largest number of every window.

    x: array of shape (N, C, H, W)
    size: height and width of the window, at most H and W
    stride: pixels from one window to the next, at least 1
    returns: array of shape (N, C, OH, OW)
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    out = np.empty((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out
    ### END SOLUTION


# %% grade_id="04-max-pool2d-tests" points=4
e04.check("max_pool2d", globals())
### BEGIN HIDDEN TESTS
e04.check("max_pool2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `avg_pool2d` (2 points)
#
# It is like `max_pool2d`, with the mean in place of the largest number.
#
# For example, with `x = [[[[1, 2, 5], [3, 4, 0]]]]`, `avg_pool2d(x, 2, 1)` is `[[[[2.5, 2.75]]]]`.


# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    """Take the mean of every window: arguments and shapes as for `max_pool2d`."""
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    out = np.empty((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].mean(axis=(2, 3))
    return out
    ### END SOLUTION


# %% grade_id="04-avg-pool2d-tests" points=2
e04.check("avg_pool2d", globals())
### BEGIN HIDDEN TESTS
e04.check("avg_pool2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · `global_avg_pool2d` (1 point)
#
# It takes the mean of every whole channel and keeps the two axes, with length 1.
#
# For example, `global_avg_pool2d([[[[1, 2, 5], [3, 4, 0]]]])` is `[[[[2.5]]]]`.


# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    """Take the mean of every channel.

    x: array of shape (N, C, H, W)
    returns: array of shape (N, C, 1, 1)
    """
    ### BEGIN SOLUTION
    return x.mean(axis=(2, 3), keepdims=True)
    ### END SOLUTION


# %% grade_id="04-global-avg-pool2d-tests" points=1
e04.check("global_avg_pool2d", globals())
### BEGIN HIDDEN TESTS
e04.check("global_avg_pool2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · A proof by photograph (2 points, graded by hand)
#
# A colleague has a network of three stages, each a convolution, a ReLU and a 2×2 max pooling with
# stride 2, and then a dense layer. "It is translation-invariant, thanks to the pooling. I have
# proved it: I moved a photograph by 8 pixels, and the last maps held the same numbers, one place
# further on."
#
# What does the experiment show, and what does it not show? How would you test the claim? Name a
# change to the network that would bring it nearer to the truth. Four or five sentences.

# %% [markdown] grade_id="04-proof" points=2
# <!-- BEGIN SOLUTION -->
# The experiment shows equivariance, not invariance: the maps *moved*, and the dense layer, which
# has a weight of its own for every place, gets other numbers than before. And it shows it for one
# move only: three strides of 2 make 8, so a move by 8 fits the grid of all three poolings exactly;
# moves by 1 to 7 don't, and there the maps hold other numbers (aliasing). One photograph proves
# little, too.
#
# Test: move many photographs by 1, 2, … 8 pixels, and plot how much the *output* changes. Nearer to
# the truth: a global average in place of the flattening, so that place is forgotten; a blur before
# every stride.
#
# *Rubric.* ½ point: equivariant, not invariant. ½ point: 8 is a multiple of the total stride, odd
# moves are needed. ½ point: a test that measures the output over many moves (and photographs). ½
# point: a global average, or a blur before the strides, with a reason.
# <!-- END SOLUTION -->
