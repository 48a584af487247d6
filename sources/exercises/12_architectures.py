# %% [markdown]
# # Exercise 12 · Architectures
#
# **20 points, 60 minutes.** It goes with lesson 12, *Architectures*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | six numbers by hand | 3 |
# | 2 | `conv_cost` | 3 |
# | 3 | `channel_shuffle` | 3 |
# | 4 | `ResidualBlock` | 5 |
# | 5 | `DepthwiseSeparable` | 3 |
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
from cnnedu.checks.torch_blocks import residual_functions, separable_functions

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
# ## 3 · `channel_shuffle` (3 points)
#
# Reorder the channels of a NumPy array: first the first of each group, then the second of each
# group, and so on:
#
# $$ \text{out}[n, c \cdot g + j] = x[n, j \cdot C/g + c], \qquad j = 0 \dots g - 1, \quad c = 0
# \dots C/g - 1 $$
#
# For example, 6 channels in 2 groups, $(0, 1, 2 \,|\, 3, 4, 5)$, become $(0, 3, 1, 4, 2, 5)$. In 3
# groups, $(0, 1 \,|\, 2, 3 \,|\, 4, 5)$, they become $(0, 2, 4, 1, 3, 5)$. Rows and columns stay
# where they are.


# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    """Shuffle channels between groups.

    x: array (N, C, H, W)
    groups: whole number that divides C
    returns: array (N, C, H, W)
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    table = x.reshape(N, groups, C // groups, H, W)
    return np.swapaxes(table, 1, 2).reshape(N, C, H, W)
    ### END SOLUTION


# %% grade_id="12-shuffle-tests" points=3
e12.check("channel_shuffle", globals())
### BEGIN HIDDEN TESTS
e12.check("channel_shuffle", globals(), hidden=True)
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
# ## 5 · `DepthwiseSeparable` (3 points)
#
# Look, then mix, as in MobileNet v1:
#
# $$ \text{out} = \text{ReLU} \circ \text{norm2} \circ \text{pointwise} \circ \text{ReLU} \circ
# \text{norm1} \circ \text{depthwise} $$
#
# `depthwise` has one 3×3 filter per channel, with `stride` and padding 1; `pointwise` has `filters`
# of 1×1. Neither has a bias. The names are those of the equation; for the rest, what part 4 says of
# batch norms, weights and names holds here, too. For example,
# `DepthwiseSeparable(64, 128, stride=1)` has 576 + 8,192 weights in its convolutions, and 2 · 64 +
# 2 · 128 numbers in its norms.


# %% grade_id="12-separable"
class DepthwiseSeparable(nn.Module):
    """A depthwise separable convolution: float tensor (N, channels, H, W) → (N, filters, OH, OW).

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
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        x = F.relu(self.norm1(self.depthwise(x)))
        return F.relu(self.norm2(self.pointwise(x)))
        ### END SOLUTION


separable_in_training, separable_in_evaluation, separable_slopes = (  # for the checks
    separable_functions(DepthwiseSeparable)
)


# %% grade_id="12-separable-tests" points=3
e12.check("separable_in_training", globals())
e12.check("separable_in_evaluation", globals())
e12.check("separable_slopes", globals())
### BEGIN HIDDEN TESTS
e12.check("separable_in_training", globals(), hidden=True)
e12.check("separable_in_evaluation", globals(), hidden=True)
e12.check("separable_slopes", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Three reports (3 points, graded by hand)
#
# Three classmates ask for help. Tell each of them, in two or three sentences, what is going on and
# what you would do.
#
# - Dana: "I built a plain network of 56 layers with batch norm. After 300 steps its training loss
#   is 2.30, for ten classes. It has 850,000 weights, so it over-fits. I'll add dropout."
# - Emil: "I replaced a 3×3 convolution on 64 channels of 56×56 by a depthwise separable one. It has
#   7.9 times fewer multiply-adds, but it runs only 1.6 times as fast. The library must have a bug."
# - Fay: "My graphics card has 2 GB. I chose MobileNet v2 because its 3.5 million parameters take
#   just 14 MB. With batches of 32 pictures of 224×224, training stops at once: out of memory. How
#   can that be?"

# %% [markdown] grade_id="12-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Dana: a loss of 2.30 = ln 10 on the *training* pictures is what guessing costs: the network has
# learnt nothing, so it can't over-fit, and dropout makes it worse. It is an optimisation problem:
# with batch norm and without skips the first layer's gradient explodes at the start, one step
# throws its weights far away, and after that its gradient is next to nothing. Add skips (they cost
# no weights), or take a shallower network.
#
# To Emil: multiply-adds aren't time. The depthwise part does nine multiply-adds for each number
# that it fetches, and one more map has to be written and read; so it waits for memory. With more
# channels and smaller maps the 1×1 part dominates, and the gain comes nearer to $1 / (1/F + 1/9)$.
# Measure on the device that counts.
#
# To Fay: training keeps every layer's output for the backward pass. That is about 79 MB for each
# picture, 2.5 GB for 32, and more with the gradients; the weights hardly count. Take smaller
# batches, smaller pictures, half precision, or train only the last layer (then little has to be
# kept).
#
# *Rubric.* 1 point each. Dana: training loss at the level of guessing, so no over-fitting (½);
# skips or fewer layers (½). Emil: time isn't multiply-adds, memory traffic (or overhead) named (½);
# measure, or say where the gain would be larger (½). Fay: activations, with a number or with the
# factor of the batch (½); one remedy that works (½), not "fewer parameters".
# <!-- END SOLUTION -->
