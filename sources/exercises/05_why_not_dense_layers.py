# %% [markdown]
# # Exercise 05 · Why not dense layers
#
# **18 points, 60 minutes.** It goes with lesson 05, *Why not dense layers*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | `layer_costs`: three layers with the same outputs | 3 |
# | 2 | `conv_matrix` | 4 |
# | 3 | `diagnose`: what was done to this matrix? | 3 |
# | 4 | two layers in one: predict, then measure | 2 |
# | 5 | `receptive_field` | 3 |
# | 6 | how deep must it be? | 1 |
# | 7 | faces: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part but the last ends with a
# cell of checks: run it, and if your answer is wrong, it tells you why. When you hand in, more
# checks run on other inputs. You may use NumPy. A function that counts returns whole numbers (`7`,
# not `7.0`); the numbers of a matrix may differ from the right ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e05_why_not_dense_layers as e05

# %% [markdown]
# ## 1 · `layer_costs` (3 points)
#
# Three layers look at a picture of $C \times H \times W$ and have the same outputs as a convolution
# with filters of $KH \times KW$, stride 1 and no padding: $F$ maps of $OH \times OW$. The layers
# are *dense*, *local* (each output has weights of its own for its window, in all channels) and
# *convolutional* (all outputs of a map share their weights).
#
# Count the parameters and the multiply-adds of each. A weight and its input make one multiply-add;
# adding a bias makes none. Outputs that share their weights share their bias, too. All other
# outputs have a bias of their own.
#
# For example, one filter of 1 × 2 on a picture of 1 × 2 × 3 has four outputs, and
# `layer_costs((1, 2, 3), (1, 1, 2))` is `[[28, 24], [12, 8], [3, 8]]`. Work it out on paper first.


# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    """Count the parameters and the multiply-adds of three layers with the same outputs.

    x_shape: (C, H, W) of the picture
    filters: (F, KH, KW), the number of filters and their size
    returns: list of three pairs [parameters, multiply-adds], whole numbers:
        of the dense, of the local and of the convolutional layer
    """
    ### BEGIN SOLUTION
    channels, height, width = x_shape
    maps, kernel_height, kernel_width = filters
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    everything = channels * height * width
    window = channels * kernel_height * kernel_width
    outputs = maps * places
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [maps * (window + 1), outputs * window],
    ]
    ### END SOLUTION


# %% grade_id="05-layer-costs-tests" points=3
e05.check("layer_costs", globals())
### BEGIN HIDDEN TESTS
e05.check("layer_costs", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · `conv_matrix` (4 points)
#
# Write a convolution (stride 1, no padding, nothing flipped) as a matrix, so that
# `conv_matrix(w, H, W) @ x.ravel()` gives the outputs, row by row:
#
# $$M_{\,i \cdot OW + j,\;\; (i+u) \cdot W + (j+v)} = w_{u,v}, \qquad \text{all others } 0$$
#
# For example, the matrix of `[[1, 2]]` on a picture of 2 × 3 pixels is
#
# $$\begin{bmatrix} 1&2&0&0&0&0\\ 0&1&2&0&0&0\\ 0&0&0&1&2&0\\ 0&0&0&0&1&2 \end{bmatrix}$$
#
# Look at the step from its second row to the third before you begin.


# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    """Write the cross-correlation with a kernel as a matrix.

    w: array of shape (KH, KW)
    H, W: height and width of the picture, H ≥ KH and W ≥ KW
    returns: array of shape (OH·OW, H·W), OH = H − KH + 1 and OW = W − KW + 1
    """
    ### BEGIN SOLUTION
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    matrix = np.zeros((OH, OW, H, W))
    for i in range(OH):
        for j in range(OW):
            matrix[i, j, i : i + KH, j : j + KW] = w
    return matrix.reshape(OH * OW, H * W)
    ### END SOLUTION


# %% grade_id="05-conv-matrix-tests" points=4
e05.check("conv_matrix", globals())
### BEGIN HIDDEN TESTS
e05.check("conv_matrix", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `diagnose` (3 points)
#
# Somebody hands you the matrix $M$ of a layer with one output for each $KH \times KW$ window
# (stride 1, no padding, one row of $M$ for each output, row by row). Is it a convolution? Count
# what remains to be done:
#
# 1. *To cut*: how many weights of $M$ lie outside the window of their output and aren't 0?
# 2. *To tie*: how many outputs have, inside their window, weights other than those that output 0
#    has inside its own?
#
# A convolution gives `[0, 0]`. Weights may well be 0 inside a window. Two weights are the same if
# they differ by less than 10⁻⁹. Those that aren't the same differ by more than 0.01, and those that
# aren't 0 are larger than 0.01 in size.
#
# For example, with windows of 1 × 2 on 2 × 3 pixels, the matrix
#
# $$\begin{bmatrix} 1&2&0&0&0&7\\ 0&1&2&0&0&0\\ 5&0&6&2&1&0\\ 0&0&0&0&1&2 \end{bmatrix}$$
#
# has three weights to cut (7, 5 and 6), and one output to tie: the third, with 2, 1 in place of
# 1, 2. So the answer is `[3, 1]`.


# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    """Say what is still to be done until a layer is a convolution.

    M: array of shape (OH·OW, H·W), OH = H − KH + 1 and OW = W − KW + 1
    H, W: height and width of the picture
    KH, KW: height and width of the window
    returns: list of two whole numbers, [weights to cut, outputs to tie]
    """
    ### BEGIN SOLUTION
    OW = W - KW + 1
    to_cut, windows = 0, []
    for k, row in enumerate(M):
        i, j = k // OW, k % OW
        weights = row.reshape(H, W).copy()
        windows.append(weights[i : i + KH, j : j + KW].copy())
        weights[i : i + KH, j : j + KW] = 0
        to_cut += np.count_nonzero(abs(weights) > 1e-9)
    others = [(abs(window - windows[0]) > 1e-9).any() for window in windows]
    return [to_cut, np.count_nonzero(others)]
    ### END SOLUTION


# %% grade_id="05-diagnose-tests" points=3
e05.check("diagnose", globals())
### BEGIN HIDDEN TESTS
e05.check("diagnose", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Two layers in one (2 points)
#
# A picture of 8 × 8 pixels goes through a convolution with a 3 × 3 kernel of ones, and its outputs
# go through a second one like it. There is no ReLU between them. Then one matrix does the work of
# both: the product of the two matrices.
#
# Predict on paper: how many rows and how many columns does the product have, how many weights in
# each row aren't 0, and how large is the largest weight? Then measure, with your `conv_matrix` and
# `@`. (The second layer's picture isn't 8 × 8.) Write the four numbers in a list, in this order.
# For which window does your `diagnose` say `[0, 0]`?

# %% grade_id="05-two-layers"
two_layers = None
### BEGIN SOLUTION
two_layers = [16, 64, 25, 9]
# product = conv_matrix(np.ones((3, 3)), 6, 6) @ conv_matrix(np.ones((3, 3)), 8, 8)
# diagnose(product, 8, 8, 5, 5) is [0, 0]: it is one convolution, with a kernel of 5 × 5.
### END SOLUTION

# %% grade_id="05-two-layers-tests" points=2
e05.check("two_layers", globals())

# %% [markdown]
# ## 5 · `receptive_field` (3 points)
#
# Follow one output through a chain of layers, along one axis. Before the first layer, size and jump
# are both 1. Each layer changes them in this order:
#
# $$\text{size} \leftarrow \text{size} + (\text{kernel size} - 1) \cdot \text{dilation} \cdot
# \text{jump}, \qquad \text{jump} \leftarrow \text{jump} \cdot \text{stride}$$
#
# Return the size after every layer. For example, with kernel sizes 3, 2, 3, strides 1, 2, 1 and
# dilations 1, 1, 1 the sizes are `[3, 4, 8]`.


# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    """Work out how many pixels one output of each layer sees along one axis.

    kernel_sizes, strides, dilations: lists of whole numbers, one for each of L layers
    returns: list of L whole numbers
    """
    ### BEGIN SOLUTION
    size, jump, sizes = 1, 1, []
    for kernel_size, stride, dilation in zip(kernel_sizes, strides, dilations, strict=True):
        size = size + (kernel_size - 1) * dilation * jump
        jump = jump * stride
        sizes.append(size)
    return sizes
    ### END SOLUTION


# %% grade_id="05-receptive-field-tests" points=3
e05.check("receptive_field", globals())
### BEGIN HIDDEN TESTS
e05.check("receptive_field", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · How deep must it be? (1 point)
#
# One unit of the last layer should see a picture of 224 pixels from edge to edge. How many layers
# of 3 × 3 does that take, at least,
#
# 1. with stride 1 in all layers,
# 2. with stride 2 in all layers?
#
# Write the two numbers in a list. You may use your `receptive_field`, or paper.

# %% grade_id="05-depth"
depth = None
### BEGIN SOLUTION
depth = [112, 7]
### END SOLUTION

# %% grade_id="05-depth-tests" points=1
e05.check("depth", globals())

# %% [markdown]
# ## 7 · Faces (2 points, graded by hand)
#
# In the pictures of a passport office, the face is always in the same place, upright and of the
# same size. Somebody suggests layers with *local* connections whose weights are *not shared*: every
# place has a kernel of its own. (It is the middle matrix at the top of lesson 05.)
#
# Which of the assumptions of lesson 05 does that give up, and why may that be right here? Name one
# price to pay, and say how large it is for a 3 × 3 kernel on 8 × 8 pixels.

# %% [markdown] grade_id="05-faces" points=2
# <!-- BEGIN SOLUTION -->
# Stationarity is given up (locality is kept). Here it is wrong anyway: eyes are always above, the
# mouth always below, so a detector of eyes is worth nothing at the bottom, and each place may well
# have its own kernels. The price: 36 · 9 = 324 weights in place of 9, 36 times as many, and each of
# them learns from one place of a picture only, so more pictures are needed; and a face that is not
# in its place (a shifted scan) meets kernels made for other parts, since the layer is no longer
# translation equivariant.
#
# *Rubric.* 1 point: stationarity (or "sharing"), with the reason that what is found depends on the
# place here. 1 point: a price (more weights, more examples, or no equivariance) with 324 against 9.
# <!-- END SOLUTION -->
