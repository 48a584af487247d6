# %% [markdown]
# # Exercise 03 · Stride, padding, shapes
#
# **16 points, 55 minutes.** It goes with lesson 03, *Stride, padding, shapes*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | the sizes of a famous network | 2 |
# | 2 | a block that ignores most of its input: count what it wastes, then mend it | 3 |
# | 3 | `same_padding`, as in Keras | 2 |
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
# LeNet-5, a network from 1998, reads handwritten digits. In a common form it begins with a picture
# of 28×28×1 and goes on like this:
#
# 1. 6 filters of 5×5, padding 2;
# 2. pooling, window 2, stride 2;
# 3. 16 filters of 5×5, no padding;
# 4. pooling, window 2, stride 2;
# 5. flatten.
#
# Write a list of five whole numbers: the height after each of steps 1 to 4, and how many numbers
# there are after step 5.

# %% grade_id="03-sizes"
sizes = None
### BEGIN SOLUTION
sizes = [28, 14, 10, 5, 400]
### END SOLUTION

# %% grade_id="03-sizes-tests" points=2
e03.check("sizes", globals())

# %% [markdown]
# ## 2 · Computed for nothing (3 points)
#
# A famous network from 2015 has blocks like this one. It takes maps of 56×56 and should hand on
# maps of 28×28:
#
# | layer | window | stride | padding |
# | --- | --- | --- | --- |
# | 1 | 1 | 2 | 0 |
# | 2 | 3 | 1 | 1 |
# | 3 | 1 | 1 | 0 |
#
# The sizes fit, no library complains, and the network learns. Yet many of the 56 · 56 = 3,136
# places of its input are never used: whatever number stands there, the output is the same. Earlier
# layers have computed those numbers for nothing. Later versions of the network have mended this.
#
# **a)** How many of the 3,136 places are never used? (1 point)

# %% grade_id="03-unseen"
unseen = None
### BEGIN SOLUTION
unseen = 56 * 56 - 28 * 28
### END SOLUTION

# %% grade_id="03-unseen-tests" points=1
e03.check("unseen", globals())

# %% [markdown]
# **b)** Mend the block (2 points). Write its three layers as (window, stride, padding), all of them
# whole numbers, so that
#
# - the windows are 1, 3 and 1, as before;
# - each stride is from 1 to 4, each padding from 0 to 4;
# - the output is 28×28;
# - every place of the 56×56 reaches at least one of the outputs.
#
# There is more than one right answer. The block as it is would be
# `mended = [(1, 2, 0), (3, 1, 1), (1, 1, 0)]`.

# %% grade_id="03-mended"
mended = None
### BEGIN SOLUTION
mended = [(1, 1, 0), (3, 2, 1), (1, 1, 0)]
### END SOLUTION

# %% grade_id="03-mended-tests" points=2
e03.check("mended", globals())

# %% [markdown]
# ## 3 · `same_padding`, as in Keras (2 points)
#
# With `padding="same"`, Keras gives $\lceil n / s \rceil$ outputs: the size divided by the stride,
# rounded up. Find the smallest number of zeros with which a window of $k$ taps at dilation $d$ fits
# in that many places. Put half of the zeros before the picture and half after it; if their number
# is odd, the part *after* is larger by one. Where no zeros are needed, the answer is `(0, 0)`, even
# if pixels are left over. (Keras accepts a stride above 1 or a dilation above 1, but not both. Here
# both may be above 1.)
#
# For example, `same_padding(8, 3, 2, 1)` is `(0, 1)`, as in the lesson, and
# `same_padding(7, 3, 1, 1)` is `(1, 1)`.


# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    """Return the padding along one axis that gives ⌈size / stride⌉ outputs.

    size, kernel_size, stride, dilation: whole numbers, at least 1
    returns: (before, after), two whole numbers, not floats
    """
    ### BEGIN SOLUTION
    outputs = -(-size // stride)
    last = (outputs - 1) * stride + dilation * (kernel_size - 1)  # the pixel of the last tap
    total = last + 1 - size if last >= size else 0
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
# A network with padding 1 is shown scanned documents: white pages, 255 a pixel, with black letters.
# Its edge detectors answer along the whole border of every page, as strongly as at the letters.
# Explain why, in two or three sentences. Then name two remedies, and say what each one costs.

# %% [markdown] grade_id="03-frame" points=2
# <!-- BEGIN SOLUTION -->
# Padding puts zeros around the page, and zero is black: along the whole border there is a step from
# 0 to 255, just as between a black letter and the white page.
#
# Remedies: no padding (maps shrink, few windows see the pixels at the border); padding that repeats
# or mirrors the edge (the library must offer it, it costs a little time, and a letter that touches
# the border grows); inverting the pictures, so that the page is 0 and the letters are 255, or
# subtracting the mean, so that 0 is the usual brightness (must be done to every picture, in
# training and in use; on a grey page a weaker frame comes back); cutting the outermost ring off the
# maps (edges of letters there are lost).
#
# *Rubric.* 1 point: zeros are black, so there is a step. ½ point for each of two remedies with its
# cost; none for a remedy without its cost.
# <!-- END SOLUTION -->
