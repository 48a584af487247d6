# %% [markdown]
# # Exercise 12 · Architectures
#
# **20 points, 60 minutes.** It goes with lesson 12, *Architectures*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | six numbers by hand | 3 |
# | 2 | `conv_cost` | 3 |
# | 3 | `kept_bytes` | 3 |
# | 4 | `ResidualBlock` | 5 |
# | 5 | `SqueezedSeparable` | 3 |
# | 6 | three reports (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. The lines marked *for the checks* turn your classes into functions on arrays: leave them
# as they are. You may use NumPy and PyTorch. Counts must be exact. Networks compute in float32, so
# other answers may differ from the right ones by one part in 10⁴.

# %%
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.checks.exercises import e12_architectures as e12
from cnnedu.checks.torch_blocks import residual_functions, squeezed_functions

torch.set_num_threads(1)

# %% [markdown]
# ## 1 · Six numbers by hand (3 points)
#
# A layer gets 32 channels of 14×14 pixels. It has 64 filters of 3×3, padding 1, stride 1, and no
# biases. (Use a pocket calculator, if you like.)
#
# - a: its parameters;
# - b: its multiply-adds for one picture;
# - c: the bytes of its output in float32;
# - d, e: parameters and multiply-adds of a depthwise separable convolution in its place (a 3×3
#   filter per channel, then 1×1 to 64 channels, no biases);
# - f: the parameters of the first layer, but with 4 groups.
#
# Write them in a list, `[a, b, c, d, e, f]`.

# %% grade_id="12-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [18_432, 3_612_672, 50_176, 2_336, 457_856, 4_608]
### END SOLUTION

# %% grade_id="12-by-hand-tests" points=3
e12.check("by_hand", globals())

# %% [markdown]
# ## 2 · `conv_cost` (3 points)
#
# Compute the three costs of a convolution with square filters:
#
# $$ \text{parameters} = F \tfrac{C}{g} K^2 \;(+\, F \text{ with biases}), \qquad
# \text{multiply-adds} = F \cdot OH \cdot OW \cdot \tfrac{C}{g} K^2, \qquad \text{bytes} = 4 \cdot F
# \cdot OH \cdot OW $$
#
# with $OH = \lfloor (H + 2 \cdot \text{padding} - K) / \text{stride} \rfloor + 1$, and $OW$
# likewise. For example, LeNet-5's first layer: `conv_cost((1, 32, 32), 6, 5, bias=True)` gives
# `(156, 117600, 18816)`.


# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Count what a convolution costs for one picture.

    shape: (C, H, W) of the input
    filters, kernel_size, stride, padding, groups: whole numbers; groups divides C and filters
    bias: whether each filter has a bias
    returns: (parameters, multiply-adds, bytes of the output in float32), three whole numbers
    """
    ### BEGIN SOLUTION
    C, H, W = shape
    OH = (H + 2 * padding - kernel_size) // stride + 1
    OW = (W + 2 * padding - kernel_size) // stride + 1
    entries = C // groups * kernel_size**2
    outputs = filters * OH * OW
    return filters * (entries + bias), outputs * entries, 4 * outputs
    ### END SOLUTION


# %% grade_id="12-cost-tests" points=3
e12.check("conv_cost", globals())
### BEGIN HIDDEN TESTS
e12.check("conv_cost", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `kept_bytes` (3 points)
#
# Predict what training keeps of one picture until the way back. The layers follow one another, and
# each gradient is needed, even the one with respect to the picture. All numbers take 4 bytes.
#
# | layer | written as | keeps |
# | --- | --- | --- |
# | convolution with square filters | `("conv", filters, kernel_size, stride, padding)` | its input |
# | batch norm | `("norm",)` | its input |
# | ReLU | `("relu",)` | its output |
# | ReLU6 (a ReLU that stops at 6) | `("relu6",)` | its input |
# | max pooling of $k \times k$, stride $k$ | `("max pool", k)` | its input, and 8 bytes for each of its outputs: the place of the maximum |
#
# A tensor that two layers keep is kept once: a layer's output is the next one's input. Sizes are
# rounded down, as in part 2. For example,
# `kept_bytes((1, 6, 6), [("conv", 8, 3, 1, 0), ("relu",), ("max pool", 2)])` gives
# $4 \cdot 36 + 4 \cdot 128 + 8 \cdot 32 = 912$.


# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    """Count the bytes that training keeps of one picture.

    shape: (C, H, W) of the picture
    layers: list of tuples as in the table
    returns: a whole number
    """
    ### BEGIN SOLUTION
    kept = 0
    is_kept = False
    for kind, *sizes in layers:
        C, H, W = shape
        if kind != "relu" and not is_kept:
            kept += 4 * int(np.prod(shape))
        if kind == "conv":
            filters, kernel_size, stride, padding = sizes
            OH = (H + 2 * padding - kernel_size) // stride + 1
            OW = (W + 2 * padding - kernel_size) // stride + 1
            shape = (filters, OH, OW)
        if kind == "max pool":
            (k,) = sizes
            shape = (C, H // k, W // k)
            kept += 8 * int(np.prod(shape))
        is_kept = kind == "relu"
        if is_kept:
            kept += 4 * int(np.prod(shape))
    return kept
    ### END SOLUTION


# %% grade_id="12-kept-tests" points=3
e12.check("kept_bytes", globals())
### BEGIN HIDDEN TESTS
e12.check("kept_bytes", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `ResidualBlock` (5 points)
#
# Write the residual block as an `nn.Module`:
#
# $$ \text{out} = \text{ReLU}\big(F(x) + \text{skip}(x)\big), \qquad F = \text{norm2} \circ
# \text{conv2} \circ \text{ReLU} \circ \text{norm1} \circ \text{conv1} $$
#
# | layer | name |
# | --- | --- |
# | convolution, `filters` of 3×3, with `stride`, padding 1, no bias | `conv1` |
# | batch norm | `norm1` |
# | convolution, `filters` of 3×3, stride 1, padding 1, no bias | `conv2` |
# | batch norm | `norm2` |
#
# Where the shape stays (stride 1 and `filters == channels`), $\text{skip}(x) = x$. Otherwise it is
# a convolution, `filters` of 1×1, with `stride`, no padding, no bias, named `conv3`, followed by a
# batch norm named `norm3`. Leave these two out where they aren't needed.
#
# Take each batch norm as `nn.BatchNorm2d` makes it: in evaluation mode it uses its running mean and
# variance. All weights can learn, and there are no others. The layers may have other names as well
# (in an `nn.Sequential`, say).
#
# For example, `ResidualBlock(16, 32, stride=2)` takes maps (N, 16, 32, 32) to (N, 32, 16, 16), and
# has 4,608 + 9,216 + 512 weights and 3 · 64 numbers in its norms.


# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    """A residual block: float tensor (N, channels, H, W) → (N, filters, OH, OW).

    channels, filters: numbers of maps that come in and go out
    stride: 1 or more, of conv1 (and conv3)
    """

    def __init__(self, channels, filters, stride):
        super().__init__()
        ### BEGIN SOLUTION
        self.conv1 = nn.Conv2d(channels, filters, 3, stride=stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.conv3 = self.norm3 = None
        if stride > 1 or channels != filters:
            self.conv3 = nn.Conv2d(channels, filters, 1, stride=stride, bias=False)
            self.norm3 = nn.BatchNorm2d(filters)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        out = F.relu(self.norm1(self.conv1(x)))
        out = self.norm2(self.conv2(out))
        around = x if self.conv3 is None else self.norm3(self.conv3(x))
        return F.relu(out + around)
        ### END SOLUTION


residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)


# %% grade_id="12-residual-tests" points=5
e12.check("residual_in_training", globals())
e12.check("residual_in_evaluation", globals())
e12.check("residual_slopes", globals())
### BEGIN HIDDEN TESTS
e12.check("residual_in_training", globals(), hidden=True)
e12.check("residual_in_evaluation", globals(), hidden=True)
e12.check("residual_slopes", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `SqueezedSeparable` (3 points)
#
# MobileNet v3 (2019) puts a squeeze-and-excitation between the two parts of a depthwise separable
# convolution. Write such a block:
#
# $$ m = \text{ReLU} \circ \text{norm1} \circ \text{depthwise}(x), \qquad
# s = \text{sigmoid} \circ \text{excite} \circ \text{ReLU} \circ \text{squeeze}(\bar m) $$
#
# $$ \text{out} = \text{ReLU} \circ \text{norm2} \circ \text{pointwise}(s \cdot m) $$
#
# Here $\bar m$ holds the mean of each of a picture's maps, and $s \cdot m$ multiplies each map by
# its own number.
#
# | layer | name |
# | --- | --- |
# | depthwise convolution, a 3×3 filter per channel, with `stride`, padding 1, no bias | `depthwise` |
# | batch norms | `norm1`, `norm2` |
# | dense layer to half as many numbers, rounded up: `(channels + 1) // 2` | `squeeze` |
# | dense layer back to `channels` numbers | `excite` |
# | convolution, `filters` of 1×1, no bias | `pointwise` |
#
# The dense layers have biases. For the rest, what part 4 says of batch norms, weights and names
# holds here, too. For example, `SqueezedSeparable(64, 128, stride=1)` has 576 + 8,192 weights in
# its convolutions, 2 · 64 + 2 · 128 numbers in its norms, and 2,080 + 2,112 in its dense layers.


# %% grade_id="12-squeezed"
class SqueezedSeparable(nn.Module):
    """A separable convolution with a squeeze: tensor (N, channels, H, W) → (N, filters, OH, OW).

    channels, filters: numbers of maps that come in and go out
    stride: 1 or more, of the depthwise part
    """

    def __init__(self, channels, filters, stride):
        super().__init__()
        ### BEGIN SOLUTION
        self.depthwise = nn.Conv2d(
            channels, channels, 3, stride=stride, padding=1, groups=channels, bias=False
        )
        self.norm1 = nn.BatchNorm2d(channels)
        self.squeeze = nn.Linear(channels, (channels + 1) // 2)
        self.excite = nn.Linear((channels + 1) // 2, channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        m = F.relu(self.norm1(self.depthwise(x)))
        s = torch.sigmoid(self.excite(F.relu(self.squeeze(m.mean(dim=(2, 3))))))
        return F.relu(self.norm2(self.pointwise(s[:, :, None, None] * m)))
        ### END SOLUTION


squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)


# %% grade_id="12-squeezed-tests" points=3
e12.check("squeezed_in_training", globals())
e12.check("squeezed_in_evaluation", globals())
e12.check("squeezed_slopes", globals())
### BEGIN HIDDEN TESTS
e12.check("squeezed_in_training", globals(), hidden=True)
e12.check("squeezed_in_evaluation", globals(), hidden=True)
e12.check("squeezed_slopes", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Three reports (3 points, graded by hand)
#
# Three classmates ask for help. Tell each of them, in two or three sentences, what is going on and
# what you would do.
#
# - Dana: "I built a plain network of 55 layers with batch norm. After 200 batches its training loss
#   is 2.30, for ten classes. It has 850,000 weights, so it over-fits. I'll add dropout."
# - Emil: "I replaced a 3×3 convolution on 64 channels of 56×56 by a depthwise separable one. It has
#   7.9 times fewer multiply-adds. I timed both on my computer, with one picture, once each, right
#   after building them: only 1.6 times as fast. So separable convolutions wait for memory."
# - Fay: "My graphics card has 2 GB. I chose MobileNet v2 because its 3.5 million parameters take
#   just 14 MB. With batches of 32 pictures of 224×224, training stops at once: out of memory. How
#   can that be?"

# %% [markdown] grade_id="12-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Dana: 2.30 = ln 10 is what guessing costs, and it is the loss on the *training* pictures: the
# network has learnt nothing, so it can't over-fit, and dropout won't help. It is a problem of
# optimisation. Before training, with batch norm and without skips, the gradient at the first layer
# is thousands of times as large as at the last. Add skips (they cost no weights), or take fewer
# layers; and try other learning rates before you judge.
#
# To Emil: you don't know yet what you measured. The first call of a layer prepares things; a single
# timing is chance; PyTorch may copy the maps into another layout, which hits the depthwise layer
# most, since it has the least work; and for one picture it may choose another routine than for a
# batch. Warm up, time both in turns and many times, and take the batch and the memory layout that
# you'll use. Then see which of the two parts takes the time before you name a cause.
#
# To Fay: training keeps what the backward pass needs, for each picture: about 78 MB, so 2.5 GB for
# 32; the weights hardly count. Take smaller batches, smaller pictures or half precision, or train
# only the last layer (then almost nothing has to be kept).
#
# *Rubric.* 1 point each. Dana: training loss at the level of guessing, so no over-fitting (½);
# skips, fewer layers or another learning rate (½). Emil: two faults of the timing (½); how to time
# it fairly, or a look at layout or routine (½). Fay: what training keeps, with a number or with the
# factor of the batch (½); one remedy that works (½), not "fewer parameters".
# <!-- END SOLUTION -->
