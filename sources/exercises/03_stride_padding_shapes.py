# %% [markdown]
# # Exercise 03 · Stride, padding, shapes
#
# **16 points, 55 minutes.** It goes with lesson 03, *Stride, padding, shapes*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | the sizes of a famous network | 2 |
# | 2 | `output_size` | 3 |
# | 3 | `same_padding` | 2 |
# | 4 | `pad2d` | 2 |
# | 5 | `conv2d`: batches, channels, stride, padding, dilation | 5 |
# | 6 | the frame: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. You may use NumPy. Each part is
# checked on its own; when you hand in, more checks run on other shapes. Pictures, filters and
# biases may hold whole numbers or fractions. Answers may differ from the right ones by one part in
# 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e03_stride_padding_shapes as e03

# %% [markdown]
# ## 1 · The sizes of a famous network (2 points)
#
# LeCun's network of 1998 reads postcodes. In a common form it goes like this, from a picture of
# 28×28×1:
#
# 1. 6 filters of 5×5, padding 2;
# 2. pooling, window 2, stride 2;
# 3. 16 filters of 5×5, no padding;
# 4. pooling, window 2, stride 2;
# 5. flatten.
#
# Write five whole numbers: the height after each of steps 1 to 4, and how many numbers there are
# after step 5.

# %% grade_id="03-sizes"
sizes = None
### BEGIN SOLUTION
sizes = [28, 14, 10, 5, 400]
### END SOLUTION

# %% grade_id="03-sizes-tests" points=2
e03.check("sizes", globals())

# %% [markdown]
# ## 2 · `output_size` (3 points)
#
# $$ \text{out} = \left\lfloor \frac{n + 2p - d\,(k-1) - 1}{s} \right\rfloor + 1 $$
#
# with size $n$, window $k$, stride $s$, padding $p$ and dilation $d$.
#
# For example, `output_size(7, 3, 1, 0, 1)` is 5, and `output_size(7, 3, 3, 0, 1)` is 2.


# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    """Count the positions of a window along one axis.

    size, kernel_size, stride, padding, dilation: whole numbers; the window fits at least once
    returns: a whole number, such as 5, not 5.0
    """
    ### BEGIN SOLUTION
    reach = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - reach) // stride + 1
    ### END SOLUTION


# %% grade_id="03-output-size-tests" points=3
e03.check("output_size", globals())
### BEGIN HIDDEN TESTS
e03.check("output_size", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `same_padding` (2 points)
#
# At stride 1 a window takes $d\,(k - 1)$ pixels away. To keep the size, pad by as many: half of
# them before the picture, half after it. If the number is odd, the part *after* is larger by one.
#
# For example, `same_padding(3, 1)` is `(1, 1)`, and `same_padding(4, 1)` is `(1, 2)`.


# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    """Return the padding that keeps the size along one axis, at stride 1.

    kernel_size, dilation: whole numbers, at least 1
    returns: (before, after), two whole numbers, not floats
    """
    ### BEGIN SOLUTION
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
    ### END SOLUTION


# %% grade_id="03-same-padding-tests" points=2
e03.check("same_padding", globals())
### BEGIN HIDDEN TESTS
e03.check("same_padding", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `pad2d` (2 points)
#
# Put zeros around every picture of a batch $(N, C, H, W)$, as many on each side as `padding` says.
# Batch and channels stay as they are.
#
# For example, a batch of one picture with one channel, `x = [[[[5, 6]]]]`, and
# `padding = ((0, 1), (2, 0))` give `[[[[0, 0, 5, 6], [0, 0, 0, 0]]]]`.


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    """Put zeros around every picture of a batch.

    x: array of shape (N, C, H, W)
    padding: ((top, bottom), (left, right)), whole numbers from 0
    returns: array of shape (N, C, top + H + bottom, left + W + right)
    """
    ### BEGIN SOLUTION
    (top, bottom), (left, right) = padding
    N, C, H, W = x.shape
    out = np.zeros((N, C, top + H + bottom, left + W + right))
    out[:, :, top : top + H, left : left + W] = x
    return out
    ### END SOLUTION


# %% grade_id="03-pad2d-tests" points=2
e03.check("pad2d", globals())
### BEGIN HIDDEN TESTS
e03.check("pad2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `conv2d` (5 points)
#
# Everything at once. With $\tilde x$ for the picture with $p$ rings of zeros around it:
#
# $$\text{out}_{n,f,i,j} = b_f + \sum_{c} \sum_{u} \sum_{v}
# \tilde x_{n,\,c,\,i s + u d,\,j s + v d}\; w_{f,c,u,v}$$
#
# For example, one picture with one channel and one row, `x = [[[[1, 2, 4, 8, 16]]]]`, one filter
# `w = [[[[1, 1]]]]`, `b = [0]`:
#
# | stride | padding | dilation | result |
# | --- | --- | --- | --- |
# | 1 | 0 | 1 | `[[[[3, 6, 12, 24]]]]` |
# | 2 | 0 | 1 | `[[[[3, 12]]]]` |
# | 1 | 0 | 2 | `[[[[5, 10, 20]]]]` |
#
# Get the first line right first, then add one thing at a time. A slice with a step,
# `x[..., start:stop:step]`, picks pixels that stand apart.


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    """Convolve a batch of pictures with a bank of filters.

    x: array of shape (N, C, H, W)
    w: array of shape (F, C, KH, KW)
    b: array of shape (F,)
    stride, padding, dilation: whole numbers, the same for rows and columns
    returns: array of shape (N, F, OH, OW)
    """
    ### BEGIN SOLUTION
    N, _, H, W = x.shape
    F, _, KH, KW = w.shape
    reach_y, reach_x = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    OH = (H + 2 * padding - reach_y) // stride + 1
    OW = (W + 2 * padding - reach_x) // stride + 1
    out = np.empty((N, F, OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + reach_y : dilation, left : left + reach_x : dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, w) + b
    return out
    ### END SOLUTION


# %% grade_id="03-conv2d-tests" points=5
e03.check("conv2d", globals())
### BEGIN HIDDEN TESTS
e03.check("conv2d", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · The frame (2 points, graded by hand)
#
# A network with padding 1 is shown scanned documents: white paper, 255 a pixel, black letters. Its
# edge detectors answer most strongly not at the letters but along the whole border of every page.
# Explain why, in two or three sentences. Then name two remedies, and say what each one costs.

# %% [markdown] grade_id="03-frame" points=2
# <!-- BEGIN SOLUTION -->
# Padding puts zeros around the page, and zero is black: along the whole border there is a step from
# 0 to 255, as strong as any edge can be and longer than those of the letters.
#
# Remedies: no padding (maps shrink, pixels at the border are seen by few windows); padding that
# repeats or mirrors the edge (must be supported, costs a little time, invents ink where a letter
# touches the border); inverting the pictures, so that paper is 0 and ink is 255, or subtracting the
# mean so that 0 is the usual brightness (must be done to every picture, in training and in use; on
# grey paper a weaker frame comes back); cutting the outermost ring off the maps.
#
# *Rubric.* 1 point: zeros are black, so that there is a step. ½ point for each of two remedies with
# its cost; none for a remedy without its cost.
# <!-- END SOLUTION -->
