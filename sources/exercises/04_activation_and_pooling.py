# %% [markdown]
# # Exercise 04 · Activation and pooling
#
# **16 points, 60 minutes.** It goes with lesson 04, *Activation and pooling*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | predict: a row that moves, pooled | 2 |
# | 2 | `softmax` for a table, with classes that are ruled out | 2 |
# | 3 | `max_pool2d` with any window, stride and padding | 4 |
# | 4 | two drafts of it, each with a bug: one example that shows it | 2 |
# | 5 | `left_over`: how far is a map from moving along? | 2 |
# | 6 | design: a blur for a stride of 3 | 2 |
# | 7 | a proof by photograph (graded by hand) | 2 |
#
# Fill in your answers where it says `None` or `raise NotImplementedError()`. Each part ends with a
# cell of checks: run it, and if your answer is wrong, it tells you why. When you hand in, more
# checks run on other numbers. The arguments are NumPy arrays, of floats or of whole numbers. You
# may use NumPy. Unless a part says otherwise, answers may differ from the right ones by one part in
# 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e04_activation_and_pooling as e04

# %% [markdown]
# ## 1 · Predict: a row that moves (2 points)
#
# A row of eight pixels on a ring: what leaves on the right comes in on the left.
#
# $$x = (0,\; 3,\; 4,\; 0,\; 0,\; 0,\; 0,\; 0)$$
#
# Max-pool it in pairs (stride 2), first as it is, then moved to the right by 1 pixel, then moved by
# 2. Write `pooled` as a table of three rows. The first row is a gift: $(3, 4, 0, 0)$.
#
# Then write `left` as a table of two rows, for the moves by 1 and by 2:
#
# - first, the *change* of the pooled row, as in the lesson: $\|b - a\| / \|a\|$, where $a$ is the
#   pooled row at home and $b$ is the new one;
# - second, what is *left over* of the change if you may first move $a$ along by as many places as
#   you like (on a ring of four). Take the move that leaves the least over.
#
# Two digits after the point are enough.

# %% grade_id="04-pooled"
pooled = None
### BEGIN SOLUTION
pooled = [[3, 4, 0, 0], [0, 4, 0, 0], [0, 3, 4, 0]]
### END SOLUTION

# %% grade_id="04-pooled-tests" points=1
e04.check("pooled", globals())

# %% grade_id="04-left"
left = None
### BEGIN SOLUTION
left = [[3 / 5, 3 / 5], [np.sqrt(26) / 5, 0]]
### END SOLUTION

# %% grade_id="04-left-tests" points=1
e04.check("left", globals())

# %% [markdown]
# ## 2 · `softmax` (2 points)
#
# $$ p_{n,k} = \frac{e^{a_{n,k} - m_n}}{\sum_j e^{a_{n,j} - m_n}} \qquad m_n = \max_j a_{n,j} $$
#
# Each row of `logits` holds the scores of one picture, and each row of the result adds up to 1.
# A score of $-\infty$ rules a class out: its share is 0. Each row has at least one finite score.
#
# For example, `softmax([[0, 0], [1000, 1000 + ln 3]])` is `[[0.5, 0.5], [0.25, 0.75]]`, and
# `softmax([[0, ln 3, -inf]])` is `[[0.25, 0.75, 0]]`.


# %% grade_id="04-softmax"
def softmax(logits):
    """Turn the scores of every picture into shares that add up to 1.

    logits: array of shape (N, K); a score may be of any size, or −∞
    returns: array of shape (N, K)
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% grade_id="04-softmax-tests" points=2
e04.check("softmax", globals())
### BEGIN HIDDEN TESTS
e04.check("softmax", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `max_pool2d` (4 points)
#
# With window $k$, stride $s$ and padding $p$, as in PyTorch:
#
# $$\text{out}_{n,c,i,j} = \max_{0 \le u, v < k} \tilde x_{n,\,c,\,i s + u,\,j s + v}, \qquad
# OH = \left\lfloor \frac{H + 2p - k}{s} \right\rfloor + 1$$
#
# Here $\tilde x$ is the picture with $p$ more rows and columns on every side. They hold $-\infty$,
# so that the padding never wins. Only whole windows count. Numbers may be negative and of any size,
# and each channel is pooled by itself. An array of whole numbers can't hold $-\infty$, but
# `x.astype(float)` can.
#
# For example, with `x = [[[[1, 2, 5], [3, 4, 0]]]]`, `max_pool2d(x, 2, 1, 0)` is `[[[[4, 5]]]]` and
# `max_pool2d(x, 2, 2, 0)` is `[[[[4]]]]`. With `x = [[[[-1, -2], [-4, -3]]]]`,
# `max_pool2d(x, 3, 2, 1)` is `[[[[-1]]]]`.


# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    """Keep the largest number of every window.

    x: array of shape (N, C, H, W)
    size: height and width of the window, at most H + 2 · padding and W + 2 · padding
    stride: pixels from one window to the next, at least 1
    padding: rows and columns of −∞ on every side, 0 to size // 2
    returns: array of shape (N, C, OH, OW)
    """
    ### BEGIN SOLUTION
    sides = (padding, padding)
    x = np.pad(x.astype(float), ((0, 0), (0, 0), sides, sides), constant_values=-np.inf)
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
# ## 4 · Two drafts, two bugs (2 points)
#
# Two people wrote `max_pool2d`, too. Each tried it with a photograph after a ReLU, with windows of
# 2×2, stride 2 and no padding, and got the right map.


# %%
def draft_a(x, size, stride, padding):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    OH, OW = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    return largest_of_windows(x, size, stride, OH, OW)


def draft_b(x, size, stride, padding):
    OH, OW = x.shape[2] // stride, x.shape[3] // stride
    sides = (padding, padding)
    x = np.pad(x.astype(float), ((0, 0), (0, 0), sides, sides), constant_values=-np.inf)
    return largest_of_windows(x, size, stride, OH, OW)


def largest_of_windows(x, size, stride, OH, OW):
    out = np.zeros((*x.shape[:2], OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out


# %% [markdown]
# For each draft, find an example `(x, size, stride, padding)` on which **this draft alone** gives a
# wrong map, while the other gives the right one. Say beforehand what each draft will answer.
#
# - `x` has the shape $(N, C, H, W)$ and holds at most 1,000 numbers, from −100 to 100.
# - `size` and `stride` are whole numbers from 1 to 100, `padding` is one from 0 to `size // 2`, and
#   the window fits in the padded picture.
# - A map is wrong if its shape is wrong, or if a number is off by more than 10⁻⁶.
#
# For instance, `([[[[1, 2], [3, 4]]]], 2, 2, 0)` shows neither bug: both rightly answer
# `[[[[4]]]]`.

# %% grade_id="04-only-a"
only_a = None
### BEGIN SOLUTION
only_a = ([[[[-1, -1], [-1, -1]]]], 3, 2, 1)  # all negative; 2 // 2 windows are right
### END SOLUTION

# %% grade_id="04-only-a-tests" points=1
e04.check("only_a", globals())

# %% grade_id="04-only-b"
only_b = None
### BEGIN SOLUTION
only_b = ([[[[1, 2], [3, 4]]]], 2, 1, 0)  # one window, not 2 // 1
### END SOLUTION

# %% grade_id="04-only-b-tests" points=1
e04.check("only_b", globals())

# %% [markdown]
# ## 5 · `left_over` (2 points)
#
# In part 1 you tried all places by hand. Do it for maps on a ring, in both directions: what leaves
# at the bottom comes in at the top. Let $T_{d,r}$ move all channels of a map together, down by $d$
# rows and right by $r$ columns. Then
#
# $$ \text{left over} = \min_{d,\,r} \frac{\| \text{after} - T_{d,r}\, \text{before} \|}
# {\| \text{before} \|} $$
#
# where the length $\|\cdot\|$ is the root of the sum of all squares, over all channels. If a layer
# is equivariant, nothing is left over. For example, `left_over([[[3, 4, 0, 0]]], [[[0, 3, 4, 0]]])`
# is 0. Answers may differ from the right ones by 10⁻⁶.


# %% grade_id="04-left-over"
def left_over(before, after):
    """Return what is left over of a change, however the old maps are moved along.

    before: array of shape (C, H, W), not 0 everywhere
    after: array of the same shape
    returns: a number, 0 if `before` only moved
    """
    ### BEGIN SOLUTION
    H, W = before.shape[1:]
    moved = [np.roll(before, (d, r), axis=(1, 2)) for d in range(H) for r in range(W)]
    return np.min([np.linalg.norm(after - m) for m in moved]) / np.linalg.norm(before)
    ### END SOLUTION


# %% grade_id="04-left-over-tests" points=2
e04.check("left_over", globals())
### BEGIN HIDDEN TESTS
e04.check("left_over", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · A blur for a stride of 3 (2 points)
#
# The lesson blurs with 1-2-1 before it keeps every *second* value. Your network keeps every
# *third*. Design five weights that are slid along a row on a ring before two values in three are
# left out:
#
# - they add up to 1, so a grey row keeps its grey;
# - they read the same from both ends;
# - each of them is at least 0.05;
# - the mean of the values that are kept is the same, **wherever the row lies**. So a global average
#   afterwards doesn't notice any move.
#
# A difference of less than 10⁻⁶ counts as none. The cell below tries the last rule on 1-2-1, with a
# row of 12 pixels, one of them light. Before you calculate, follow that pixel: which weights does
# it meet on its way to the values that are kept? And if it lies one place further on?


# %%
def kept_means(w):
    """Return the mean of every third value after a blur, for a light pixel in three places."""
    means = []
    for place in range(3):
        row = np.roll([12.0] + [0] * 11, place)
        moved = [weight * np.roll(row, k - len(w) // 2) for k, weight in enumerate(w)]
        means.append(np.sum(moved, axis=0)[::3].mean())
    return np.round(means, 4)


print("1-2-1:", kept_means([1 / 4, 2 / 4, 1 / 4]))

# %% grade_id="04-blur"
blur = None
### BEGIN SOLUTION
# The pixel meets weights 0 and 3, or 1 and 4, or 2 alone: each of these sums is 1/3.
blur = [1 / 9, 2 / 9, 1 / 3, 2 / 9, 1 / 9]
### END SOLUTION

# %% grade_id="04-blur-tests" points=2
e04.check("blur", globals())

# %% [markdown]
# ## 7 · A proof by photograph (2 points, graded by hand)
#
# A colleague has a network of three stages, each a convolution, a ReLU and a 2×2 max pooling with
# stride 2, and then a dense layer. "It is translation-invariant, thanks to the pooling. I have
# proved it: I moved a photograph by 8 pixels, and the last maps held the same numbers, one place
# further on."
#
# What does the experiment show, and what does it not show? How would you test the claim? Name a
# change to the network that would bring the claim nearer to the truth. Four or five sentences.

# %% [markdown] grade_id="04-proof" points=2
# <!-- BEGIN SOLUTION -->
# The experiment shows equivariance, not invariance: the maps *moved*, and the dense layer, which
# has a weight of its own for every place, gets different numbers. And it shows this for one move
# only: three strides of 2 make 8, so a move by 8 fits the grid of all three poolings exactly; moves
# by 1 to 7 don't, and there the maps hold other numbers (aliasing). One photograph proves little,
# too.
#
# Test: move many photographs by 1, 2, … 8 pixels, and plot how much the *output* changes. Nearer to
# the truth: a global average in place of the flattening, so that place is forgotten; a blur before
# every stride.
#
# *Rubric.* ½ point: equivariant, not invariant. ½ point: 8 is a multiple of the total stride, odd
# moves are needed. ½ point: a test that measures the output over many moves (and photographs). ½
# point: a global average, or a blur before the strides, with a reason.
# <!-- END SOLUTION -->
