# %% [markdown]
# # 03 · Stride, padding, shapes
#
# Layers fit together only if their shapes do. Four numbers decide what a window makes of a
# picture's size: how large the window is, how far it steps, how many pixels are laid around the
# picture, and how far apart the window's numbers stand. One formula puts them together. By the end
# you can write down every size of the network below: from a photograph of 224×224 pixels, through
# 200,704 numbers, to ten scores, one for each class.
#
# **After this lesson you can**
#
# - give the size of any output from size, window, stride, padding and dilation;
# - choose the padding that keeps the size, and say what it costs at the border;
# - say which pixels a stride never sees;
# - write down all shapes and parameters of a small network, and find where its parameters sit.
#
# *Time:* 50 minutes. *Before this:* lessons 01 and 02.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, photo, shrink, smiley, square
from cnnedu.models.accounting import (
    Conv,
    Dense,
    Elementwise,
    Flatten,
    GlobalPool,
    Pool,
    ledger,
    totals,
)
from cnnedu.widgets import (
    ConvolutionStepper,
    DrawCurve,
    DrawMap,
    Question,
    Quiz,
    Right,
    ShapeCalculator,
    Wrong,
)

relu = Elementwise("ReLU")
network = [Conv(32, 3, padding=1), relu, Pool(2), Conv(64, 3, padding=1), relu, Pool(2)]
network += [Flatten(), Dense(128), relu, Dense(10)]
rows = ledger(network, (3, 224, 224))

shapes = [(3, 224, 224)] + [row.output for row in rows if row.name != "ReLU"]
names = ["conv 3×3", "pool 2×2", "conv 3×3", "pool 2×2", "flatten", "dense", "dense"]
plots.show_blocks(shapes, names)

# %% [markdown]
# You know all its parts but one from lesson 02: **flatten** writes all the numbers of the maps in
# one long row. The dense layers after it turn that row into shorter ones. Each number that comes
# out has its own weight for *every* number that goes in, and a bias. (The ReLUs change no shape, so
# the figure leaves them out.) Weights and biases are what a network learns; together they are
# called its **parameters**.
#
# Figures say 224 × 224 × 3, with the channels last; code says `(3, 224, 224)`, with the channels
# first. The numbers are the same, and this course's code always writes $(C, H, W)$.
#
# ## Where can the window stand?
#
# The window moves along rows and along columns by the same rule, so one axis is enough. Take seven
# pixels and a window of three. It can start at column 0, 1, 2, 3 or 4; at 5 it would stick out. The
# figure shows the pixels on top, then one line for each position of the window, numbered like the
# outputs.

# %%
plots.show_positions([{"size": 7, "kernel_size": 3}])

# %% [markdown]
# The last start is $7 - 3 = 4$; counting from 0, that makes five. So a 7×7 picture gives 5×5
# outputs. Here is the edge detector of lesson 01 on the smiley without its last row and column:

# %%
plots.show_correlation(smiley()[:7, :7], edge_kernel(), at=(2, 4))

# %% [markdown]
# ## Padding: room at the border
#
# Each 3×3 layer takes away two rows and two columns. After three layers a 7×7 picture is a single
# pixel. **Padding** lays rings of zeros around the picture first. Two names are used everywhere:
#
# - **valid**: no padding; the window stays inside;
# - **same padding**: as much as it takes to keep the size. For a window of 3 that is one ring, for
#   5 it is two: half the window, rounded down. (A window of 4 takes 3 columns away: pad one before
#   and two after.)
#
# In the figure, the hatched squares are padding.

# %%
plots.show_positions(
    [{"size": 7, "kernel_size": 3, "padding": 1}, {"size": 7, "kernel_size": 5, "padding": 2}]
)

# %% [markdown]
# Pad the smiley with one ring of zeros and lay the edge detector at three places: at a corner, just
# inside it, and at the right border.
# Type each number before it appears:

# %%
ConvolutionStepper(padding=1, ask=[(0, 0), (1, 1), (2, 7)])

# %% [markdown]
# Compare with the code, which pads and then does what lesson 01 did. At the top left, the
# detector's left column and its top row lie on the padding's zeros. The other two weights of its
# right column lie on `x[0, 1] = 0` and `x[1, 1] = 1`. That gives $(0 + 0 + 1) - (0 + 0 + 0) = 1$.

# %%
same = kernels.correlate2d(smiley(), edge_kernel(), padding=1)
assert np.array_equal(same, kernels.correlate2d(np.pad(smiley(), 1), edge_kernel()))
print(same.shape, "   three places:", same[0, 0], same[1, 1], same[2, 7])

# %% [markdown]
# ## A claim to test
#
# > "With same padding every pixel counts the same, right up to the border."
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "A 3×3 window goes over 7×7 pixels with padding 1. How many windows see the corner pixel?",
        Wrong("1, the one that starts on it", "Without padding it is 1. Here more of them fit."),
        Right("4, centred on it or beside it", "On the corner or on its three neighbours."),
        Wrong("9, as many as any other pixel", "Five of those nine would be centred outside."),
    )
)


# %%
def times_seen(size, kernel_size, padding):
    """Count how many windows see each pixel."""
    seen = np.zeros((size + 2 * padding,) * 2, dtype=int)
    for i in range(size + 2 * padding - kernel_size + 1):
        for j in range(size + 2 * padding - kernel_size + 1):
            seen[i : i + kernel_size, j : j + kernel_size] += 1
    return seen[padding : padding + size, padding : padding + size]


plots.show_grids(
    [times_seen(7, 3, 0), times_seen(7, 3, 1)],
    ["valid: how many windows see it", "same, padding 1"],
)

# %% [markdown]
# With padding the counts are closer to each other, but not equal. Now a second test. Photograph a
# plain white wall: every pixel is 1, and there is no edge on it. The widget shows it in its ring of
# zeros. Sketch what the edge detector answers, then reveal the map.

# %%
wall = np.ones((7, 7), dtype=int)
DrawMap(np.pad(wall, 1), edge_kernel())

# %%
blur = np.full((3, 3), 1 / 9)
plots.show_grids(
    [
        wall,
        kernels.correlate2d(wall, edge_kernel(), padding=1),
        kernels.correlate2d(wall, blur, padding=1).round(2),
    ],
    ["a white wall", "edge detector, padding 1", "blur, padding 1"],
    signed=[1],
)

# %% [markdown]
# Zeros are not "nothing": they are black. The padded wall has a black frame, and the kernels see
# it. What if another layer follows, and another?
#
# ### Predict, then look
#
# A white wall of 33×33 pixels is blurred ten times, each time with padding 1. How bright is its
# middle row then? The curve for one blur is there already. Draw the one you expect for ten.


# %%
def blurred(times, mode):
    """Blur a white wall again and again; return its middle row."""
    sheet = np.ones((33, 33))
    for _ in range(times):
        sheet = kernels.correlate2d(np.pad(sheet, 1, mode=mode), blur)
    return sheet[16]


columns = np.arange(33)
DrawCurve(
    columns,
    blurred(10, "constant"),
    "column, pixels",
    "brightness (white: 1)",
    ylim=(0, 1.2),
    given={"after 1 blur": blurred(1, "constant")},
)

# %% [markdown]
# Now with a control: `mode="edge"` pads with copies of the outermost pixels in place of zeros.

# %%
profiles = {f"{n} blur{'s' * (n > 1)}": blurred(n, "constant") for n in (1, 3, 10)}
profiles["10 blurs, border repeated"] = blurred(10, "edge")
plots.show_lines(
    columns, profiles, "column, pixels", "brightness (white: 1)", ylim=(0, 1.2), marker="."
)

# %%
for name, profile in profiles.items():
    darker = np.sum(profile < 0.99)
    print(f"{name:<27}border {profile[0]:.2f}   centre {profile[16]:.2f}   {darker} of 33 darker")

# %% [markdown]
# **What came out.** No. With same padding, 4 windows see a corner pixel, and 9 see one in the
# middle. Kernels find edges where the picture ends. With every blur the frame creeps further
# inwards: after ten, 12 of the 33 pixels are darker by more than 1 %. Where the border is repeated,
# none is, so the zeros did it. But without padding only 1 window would see the corner, and the map
# would shrink: padding is a compromise. It can even be useful: since the border looks different, a
# network can tell *where in the picture* it is looking (Islam and others, below).
#
# ## Stride: longer steps
#
# With **stride** 2 the window starts at every second pixel. The map is then about half as wide and
# half as high, for about a quarter of the work.

# %%
Quiz(
    Question(
        "Seven pixels, a window of 3, stride 3. How many outputs are there?",
        Wrong("None: 7 isn't divisible, so an error", "It leaves out what doesn't fit, silently."),
        Right(
            "2, and the seventh pixel is never seen",
            "It starts at 0 and at 3. Pixel 6 is left over.",
        ),
        Wrong("3, and the last window sticks out", "That would need padding, and there is none."),
    )
)

# %%
plots.show_positions(
    [
        {"size": 7, "kernel_size": 3, "stride": 2},
        {"size": 7, "kernel_size": 3, "stride": 3},
        {"size": 8, "kernel_size": 3, "stride": 2},
        {"size": 7, "kernel_size": 1, "stride": 2},
    ]
)

# %% [markdown]
# No window sees the crossed-out pixels, and there is no error and no warning. A window smaller than
# its stride leaves gaps everywhere (the panel on the right).
#
# A stride brings no new answers: stride 2 keeps every second answer of stride 1 and doesn't compute
# the others.

# %%
every = kernels.correlate2d(smiley(), edge_kernel())
np.array_equal(kernels.correlate2d(smiley(), edge_kernel(), stride=2), every[::2, ::2])

# %% [markdown]
# ### What Keras calls "same"
#
# At stride 1, PyTorch and Keras mean the same by "same". At larger strides PyTorch refuses the
# word. Keras accepts it, and gives $\lceil n / s \rceil$ outputs: the size $n$ divided by the
# stride $s$, rounded *up*. It pads as many zeros as that takes. If their number is odd, one more
# goes after the picture than before it.
#
# Take eight pixels with the values 1 to 8, a window that adds up three of them, and stride 2. Keras
# wants $8 / 2 = 4$ outputs. The windows start at columns 0, 2, 4 and 6. The last one ends at column
# 8, one too far, so Keras pads *one* zero, at the end. With `padding=1`, PyTorch gives four outputs
# as well, but it pads at both ends:

# %%
row, add = np.arange(1, 9)[None], np.ones((1, 3), dtype=int)
for library, padding in {"Keras, same": (0, 1), "PyTorch, padding 1": (1, 1)}.items():
    padded = np.pad(row, ((0, 0), padding))
    print(f"{library:<20}{padded[0]}  →  {kernels.correlate2d(padded, add, stride=2)[0]}")

# %% [markdown]
# The sizes agree, but the numbers don't: each of PyTorch's windows stands one pixel further left.
# Keep this in mind when you carry weights from one library to the other.
#
# ## Dilation: gaps in the window
#
# The window's numbers are also called its **taps**. With **dilation** $d$ they don't lie side by
# side: $d - 1$ pixels stay free between neighbours. Three taps at dilation 2 reach over
# $2 \cdot (3 - 1) + 1 = 5$ pixels. So a 3×3 kernel spans 5×5 pixels, and still has nine weights.

# %%
plots.show_positions([{"size": 7, "kernel_size": 3, "dilation": d} for d in (1, 2, 3)])

# %% [markdown]
# The gaps can leave pixels unseen, too: at dilation 3 there is room for only one position.
#
# Now by hand on the smiley, at the top left, with dilation 2. The left taps see `x[0, 0]`,
# `x[2, 0]`, `x[4, 0]` $= 0, 1, 1$; the right ones see `x[0, 4]`, `x[2, 4]`, `x[4, 4]` $= 1, 0, 0$.
# The answer is $1 - 2 = -1$, and there are $8 - 5 + 1 = 4$ places along each side. Dilation is
# nothing new: it gives the answers of a larger kernel with zeros between the taps.

# %%
dilated = kernels.conv2d(smiley()[None, None], edge_kernel()[None, None], dilation=2)[0, 0]
wide = np.zeros((5, 5), dtype=int)
wide[::2, ::2] = edge_kernel()
assert np.array_equal(dilated, kernels.correlate2d(smiley(), wide))
print(dilated.shape, "   top left:", dilated[0, 0])

# %% [markdown]
# ## One formula
#
# A window of $k$ taps reaches over $d\,(k - 1) + 1$ pixels. The padded row has $n + 2p$ pixels. So
# the last possible start is $n + 2p - d\,(k-1) - 1$. Divide it by the stride, round down, and count
# the start at 0, too ($\lfloor a \rfloor$ is $a$ rounded down):
#
# $$ \text{out} = \left\lfloor \frac{n + 2p - d\,(k-1) - 1}{s} \right\rfloor + 1 $$


# %%
def output_size(n, k, s=1, p=0, d=1):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


print("7 pixels, window 3:            ", output_size(7, 3))
print("7 pixels, window 3, padding 1: ", output_size(7, 3, p=1))
print("7 pixels, window 3, stride 3:  ", output_size(7, 3, s=3))
print("8 pixels, window 3, dilation 2:", output_size(8, 3, d=2))

# %% [markdown]
# Don't believe it: count. Take 1 to 12 pixels, 1 to 5 taps, strides 1 to 4, padding 0 to 2 and
# dilations 1 to 3. For each setting try all the starts, and count those that fit.

# %%
settings = 0
for n, k, s, p, d in np.ndindex(12, 5, 4, 3, 3):
    n, k, s, d = n + 1, k + 1, s + 1, d + 1
    starts = [i for i in range(0, n + 2 * p, s) if i + d * (k - 1) < n + 2 * p]
    if starts:
        assert output_size(n, k, s, p, d) == len(starts) == kernels.output_size(n, k, s, p, d)
        settings += 1
print(f"{settings:,} settings, all as counted")

# %% [markdown]
# ## A volume: 32×32×3 → 34×34×3 → 32×32×12 → 16×16×12
#
# Now with channels, on a real photograph. Padding 1 turns 32×32×3 into 34×34×3. Twelve filters of
# 3×3×3 give twelve maps. Max pooling with a window of 2 and stride 2 keeps the largest number in
# each 2×2 square.

# %%
x = shrink(square(photo("cat"), top=0, left=70, size=300), 32).transpose(2, 0, 1)[None] / 255
rng = np.random.default_rng(0)
w, b = rng.normal(size=(12, 3, 3, 3)), np.zeros(12)  # random for now: here only shapes count

padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))  # not the batch, not the channels
maps = kernels.relu(kernels.conv2d(padded, w, b))
pooled = maps.reshape(1, 12, 16, 2, 16, 2).max(axis=(3, 5))
assert np.array_equal(pooled, kernels.max_pool2d(maps, 2))
for name, volume in [("photo", x), ("padded", padded), ("conv", maps), ("pool", pooled)]:
    _, C, H, W = volume.shape
    print(f"{name:<8}{H} × {W} × {C:<4}{volume.size:>7,} numbers")
print("parameters:", w.size, "+", b.size, "=", w.size + b.size)

# %% [markdown]
# Each filter reaches through *all* channels: $3 \cdot 3 \cdot 3 = 27$ weights, and a bias. Twelve
# filters make $12 \cdot 28 = 336$ parameters. As many channels come out as there are filters.
#
# ## 224×224×3, through to 200,704
#
# The same rules at full size. With a pencil, and without the figure at the top, work out the size
# after each step and the parameters of each layer: 224×224×3 → 32 filters of 3×3, padding 1 → pool
# 2 → 64 filters of 3×3, padding 1 → pool 2 → flatten → dense, 128 outputs → dense, 10 outputs.

# %%
Quiz(
    Question(
        "Which layer holds most of the network's parameters?",
        Wrong("the first convolution: its maps are the largest", "Its weights are shared: 896."),
        Wrong("the second convolution: it has the most filters", "64 · (32 · 9 + 1) = 18,496."),
        Right(
            "the first dense layer: its input is by far the longest",
            "It has 99.9 % of all parameters.",
        ),
        Wrong("none: they all have about the same number", "They have from 896 to 25,690,240."),
    )
)

# %%
print(f"{'layer':<9}{'output':>16}{'parameters':>14}")
for row in rows:
    print(f"{row.name:<9}{' × '.join(f'{n:,}' for n in row.output):>16}{row.parameters:>14,}")
print(f"{'in all':<9}{sum(row.parameters for row in rows):>30,}")

# filters · (channels · 9 + 1), then outputs · (inputs + 1)
by_hand = [32 * (3 * 9 + 1), 64 * (32 * 9 + 1), 128 * (200_704 + 1), 10 * (128 + 1)]
assert by_hand == [row.parameters for row in rows if row.parameters]

# %% [markdown]
# That was arithmetic. Now numbers go through, with random weights, and the shapes are the same:

# %%
x = shrink(square(photo("cat"), top=0, left=70, size=300), 224).transpose(2, 0, 1)[None] / 255
for filters in (32, 64):
    w = rng.normal(size=(filters, x.shape[1], 3, 3))
    x = kernels.max_pool2d(kernels.relu(kernels.conv2d(x, w, padding=1)), 2)
    print(x.shape)
print(x.reshape(1, -1).shape, "   56 · 56 · 64 =", 56 * 56 * 64)

# %% [markdown]
# Now change the network yourself. The widget shows three more columns. **Multiply-adds** count the
# arithmetic: one for each product that is added to a sum. *Memory* is what a layer's output takes,
# at four bytes a number. *Sees* says how many pixels of the picture one output depends on.
#
# 1. Set the padding of the first convolution to 0. Which sizes change, and does it still fit?
# 2. Undo that, and take out the second pooling. In which layer do the parameters change?
# 3. Undo that. Put stride 2 in the first convolution in place of the pooling after it. What do you
#    save?

# %%
ShapeCalculator("224×224×3 → 200,704")

# %% [markdown]
# The same three changes in code:

# %%
changes = {
    "as it was": network,
    "1. no padding first": [Conv(32, 3), *network[1:]],
    "2. one pooling less": network[:5] + network[6:],
    "3. stride, not pooling": [Conv(32, 3, stride=2, padding=1), relu, *network[3:]],
}
print(f"{'':<24}{'flattened':>9}{'parameters':>13}{'multiply-adds':>15}{'memory':>10}")
for name, layers in changes.items():
    table = ledger(layers, (3, 224, 224))
    flat = next(row.output[0] for row in table if row.name == "Flatten")
    parameters, products, memory = totals(table).values()
    print(f"{name:<24}{flat:>9,}{parameters:>13,}{products:>15,}{memory / 1e6:>7.1f} MB")

# %% [markdown]
# 1. Heights and widths are 222, 111, 111 and 55. It still fits: the second pooling silently drops
#    the last of 111 rows and columns.
# 2. The first dense layer gets four times as many numbers, and needs four times as many weights.
# 3. You save no parameters, but three quarters of the first convolution's arithmetic and half of
#    the memory. (The answers differ, of course: a stride doesn't look for the largest.)
#
# ## A second claim to test
#
# > "Pooling reduces the parameters."
#
# We count with and without the two pooling layers, for two networks: the one above, and one that
# puts **global average pooling** before its dense layers. It takes the mean of each whole map, so
# 64 numbers are left, however large the maps are.

# %%
unpooled = [layer for layer in network[:6] if not isinstance(layer, Pool)]
ends = {"flatten": network[6:], "global average": [GlobalPool(), *network[6:]]}
print(f"{'before dense':<16}{'poolings':<9}{'two convolutions':>16}{'first dense':>14}", end="")
print(f"{'multiply-adds':>16}{'memory':>11}")
for end, last in ends.items():
    for poolings, first in {"two": network[:6], "none": unpooled}.items():
        table = ledger(first + last, (3, 224, 224))
        conv = [row.parameters for row in table if row.name == "Conv"]
        dense = next(row.parameters for row in table if row.name == "Dense")
        _, products, memory = totals(table).values()
        print(f"{end:<16}{poolings:<9}{conv[0]:>6,} + {conv[1]:<7,}{dense:>14,}", end="")
        print(f"{products:>16,}{memory / 1e6:>8.1f} MB")

# %% [markdown]
# **What came out.** A pooling layer has no parameters. Nor does it change those of the
# convolutions, 896 and 18,496: their weights don't depend on the picture's size. What it does save
# is weights in a *dense* layer that reads the flattened maps: without pooling, that layer needs 16
# times as many. In a network with global average pooling, the two poolings save arithmetic and
# memory, but not one parameter.
#
# ## Quiz

# %%
Quiz(
    Question(
        "Many networks begin with window 7, stride 2, padding 3. What becomes of 224 pixels?",
        Wrong("111", "Don't forget the start at 0: ⌊223 / 2⌋ + 1."),
        Right("112", "(224 + 6 − 6 − 1) / 2 = 111.5, rounded down 111, plus 1."),
        Wrong("113", "Round down, not up: a window that doesn't fit is left out."),
        Wrong("115", "That adds the padding after the division by the stride."),
    ),
    Question(
        "A 3×3 filter has dilation 4. How wide is it in pixels, and how many weights does it have?",
        Wrong("12 pixels, 9 weights", "Between three taps there are two gaps: 4 · (3 − 1) + 1."),
        Wrong("9 pixels, 81 weights", "The taps move apart; none is added."),
        Right("9 pixels, 9 weights", "4 · (3 − 1) + 1 = 9, and it still has nine taps."),
    ),
    Question(
        "A stack of five 3×3 layers without padding runs on 28×28. What is left?",
        Wrong("28×28", "Each layer takes two rows and two columns."),
        Wrong("23×23", "Each layer takes two rows, one on either side, not one."),
        Right("18×18", "28 − 5 · 2."),
    ),
    Question(
        "You double the height and the width of the photograph for the network at the top. "
        "What happens to its parameters?",
        Wrong("nothing: all of its weights are shared", "Only the convolutions share weights."),
        Wrong("each of its layers needs four times as many", "A convolution needs no more."),
        Right("its first dense layer needs four times as many", "It reads 112 · 112 · 64."),
        Wrong("its first dense layer needs sixteen times as many", "Twice as high, twice as wide."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. $\text{out} = \lfloor (n + 2p - d\,(k-1) - 1)/s \rfloor + 1$, for rows and for columns.
# 2. Same padding is $d\,(k-1)$ in all, at stride 1. Zeros are black: the border isn't like the
#    middle.
# 3. A stride can leave pixels unseen, silently. Keras' "same" gives $\lceil n/s \rceil$ outputs.
# 4. Channels out = number of filters; each filter reaches through all channels in.
# 5. A convolution's parameters don't depend on the picture's size; a dense layer's do.
#
# **Now you:** [exercise 03](../exercises/03_stride_padding_shapes/03_stride_padding_shapes.ipynb).
# **Next:** [lesson 04, activation and pooling](04_activation_and_pooling.ipynb).
#
# ## To read on
#
# - V. Dumoulin, F. Visin. "A guide to convolution arithmetic for deep learning." arXiv:1603.07285,
#   2016. Padding, stride and dilation, drawn for many cases.
# - F. Yu, V. Koltun. "Multi-scale context aggregation by dilated convolutions." *ICLR*, 2016.
# - M. A. Islam, S. Jia, N. D. B. Bruce. "How much position information do convolutional neural
#   networks encode?" *ICLR*, 2020. Zero padding tells a network where it is.
