# %% [markdown]
# # Exercise 05 · Why not dense layers
#
# **16 points, 45 minutes.** It goes with lesson 05, *Why not dense layers*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | three counts on paper | 3 |
# | 2 | `conv_cost` | 2 |
# | 3 | `conv_matrix` | 4 |
# | 4 | `receptive_field` | 3 |
# | 5 | how deep must it be? | 2 |
# | 6 | faces: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy. A function that counts returns whole numbers (`7`, not `7.0`); the
# numbers of a matrix may differ from the right ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e05_why_not_dense_layers as e05

# %% [markdown]
# ## 1 · Three counts on paper (3 points)
#
# 1. A dense layer takes a grey picture of 28 × 28 pixels and gives 10 scores. How many parameters
#    (weights *and* biases)?
# 2. A convolutional layer takes 3 channels of 32 × 32 pixels and gives 12 feature maps, with 3 × 3
#    filters. How many parameters?
# 3. With padding 1, each of the 12 maps has 32 × 32 outputs. How many multiplications does the
#    layer of question 2 do?
#
# Write the three numbers in a list.

# %% grade_id="05-counts"
counts = None
### BEGIN SOLUTION
counts = [7850, 336, 331_776]
### END SOLUTION

# %% grade_id="05-counts-tests" points=3
e05.check("counts", globals())

# %% [markdown]
# ## 2 · `conv_cost` (2 points)
#
# The same for any convolution with stride 1 and without padding, on a picture of
# $C \times H \times W$ with $F$ filters of $KH \times KW$:
#
# $$\text{parameters} = F \cdot C \cdot KH \cdot KW + F, \qquad
# \text{multiply-adds} = (\text{number of outputs}) \cdot C \cdot KH \cdot KW$$
#
# For example, `conv_cost((3, 224, 224), (1000, 3, 3))` is `[28000, 1330668000]`, as in the lesson.


# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    """Count the parameters and the multiply-adds of a convolution.

    x_shape: (C, H, W) of the picture
    filters: (F, KH, KW), the number of filters and their size
    returns: list of two whole numbers, parameters (with biases) and multiply-adds
    """
    ### BEGIN SOLUTION
    channels, height, width = x_shape
    count, kernel_height, kernel_width = filters
    weights = count * channels * kernel_height * kernel_width
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return [weights + count, weights * places]
    ### END SOLUTION


# %% grade_id="05-conv-cost-tests" points=2
e05.check("conv_cost", globals())
### BEGIN HIDDEN TESTS
e05.check("conv_cost", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `conv_matrix` (4 points)
#
# Write a convolution (stride 1, no padding, nothing flipped) as a matrix, so that
# `conv_matrix(w, H, W) @ x.ravel()` are the outputs, row by row:
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
# ## 4 · `receptive_field` (3 points)
#
# Follow one output through a chain of layers, along one axis. Before the first layer size and jump
# are 1. Each layer does, in this order,
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
# ## 5 · How deep must it be? (2 points)
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

# %% grade_id="05-depth-tests" points=2
e05.check("depth", globals())

# %% [markdown]
# ## 6 · Faces (2 points, graded by hand)
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
