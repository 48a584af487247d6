# %% [markdown]
# # 03 · Stride, padding, shapes
#
# Most errors in a first network are errors of shape. Four numbers decide every size: how large the
# window is, how far it steps, how much is laid around the picture, how far its taps stand apart.
# One formula holds them all. By the end you can write down every size of the network below, from a
# photograph of 224×224 pixels to 200,704 numbers to ten scores.
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
from cnnedu.models.accounting import Conv, Dense, Elementwise, Flatten, Pool, ledger
from cnnedu.widgets import Question, Quiz, Right, ShapeCalculator, Wrong

relu = Elementwise("ReLU")
network = [Conv(32, 3, padding=1), relu, Pool(2), Conv(64, 3, padding=1), relu, Pool(2)]
network += [Flatten(), Dense(128), relu, Dense(10)]
rows = ledger(network, (3, 224, 224))

shapes = [(3, 224, 224)] + [row.output for row in rows if row.name != "ReLU"]
names = ["conv 3×3", "pool 2×2", "conv 3×3", "pool 2×2", "flatten", "dense", "dense"]
plots.show_blocks(shapes, names)

# %% [markdown]
# Figures say 224 × 224 × 3, with the channels last; code says `(3, 224, 224)`, with the channels
# first. It is the same block of numbers, and this course's code always writes $(C, H, W)$.
#
# ## Where can the window stand?
#
# Rows and columns don't meddle with each other, so one axis is enough. Seven pixels, a window of
# three: it can start at column 0, 1, 2, 3 or 4. At 5 it would hang out. Below, the pixels on top,
# then one line for each position of the window, numbered like the outputs.

# %%
plots.show_positions([{"size": 7, "kernel_size": 3}])

# %% [markdown]
# The last start is $7 - 3 = 4$; counted from 0 that makes five. So a 7×7 picture gives 5×5 outputs
# (here the smiley without its last row and column, and the detector of lesson 01):

# %%
plots.show_correlation(smiley()[:7, :7], edge_kernel(), at=(2, 4))

# %% [markdown]
# ## Padding: room at the border
#
# Each 3×3 layer takes two rows and two columns away. After three layers a 7×7 picture is a single
# pixel. **Padding** lays rings of zeros around the picture first. Two names are used everywhere:
#
# - **valid**: no padding; the window stays inside;
# - **same**: as much as it takes to keep the size. For a window of 3 that is 1, for 5 it is 2: half
#   the window, rounded down. (A window of 4 takes away 3 columns in all: one is padded before, two
#   are padded after.)

# %%
plots.show_positions(
    [{"size": 7, "kernel_size": 3, "padding": 1}, {"size": 7, "kernel_size": 5, "padding": 2}]
)

# %% [markdown]
# By hand: pad the smiley with one ring and lay the edge detector on the top left corner. Its left
# column and its top row lie on zeros. Under its right column lie padding, `x[0, 1] = 0` and
# `x[1, 1] = 1`. So the answer is $1 - 0 = 1$.

# %%
same = kernels.correlate2d(smiley(), edge_kernel(), padding=1)
print(same.shape, "   top left:", same[0, 0])

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
        Wrong("1", "Without padding it is 1. With padding the window may hang over the edge."),
        Right(
            "4", "The window's centre may stand on the corner itself or on its three neighbours."
        ),
        Wrong("9", "Nine windows see a pixel in the middle. Five of those would be outside here."),
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
# Better with padding, not equal. Second test: a sheet of white paper, every pixel 1. There is no
# edge on it. What does the edge detector say, and what does the blur?

# %%
paper = np.ones((7, 7), dtype=int)
blur = np.full((3, 3), 1 / 9)
plots.show_grids(
    [
        kernels.correlate2d(paper, edge_kernel(), padding=1),
        kernels.correlate2d(paper, blur, padding=1).round(2),
    ],
    ["edge detector on white paper", "blur on white paper"],
    signed=[0],
)

# %% [markdown]
# Zeros are not "nothing": they are black. The padded sheet has a black frame, and the kernels see
# it. The frame creeps inwards with every layer. Here is the middle row of a white sheet of 33×33
# pixels, after 1, 3 and 10 blurs with padding 1:

# %%
sheet = np.ones((1, 1, 33, 33))
profiles = {}
for layer in range(1, 11):
    sheet = kernels.conv2d(sheet, blur[None, None], padding=1)
    if layer in (1, 3, 10):
        profiles[f"{layer} layer{'s' * (layer > 1)}"] = sheet[0, 0, 16]
plots.show_lines(
    np.arange(33), profiles, "column, pixels", "brightness (paper: 1)", ylim=(0, 1.05), marker="."
)

# %%
for name, profile in profiles.items():
    darker = np.sum(profile < 0.99)
    print(f"{name:<10}border {profile[0]:.2f}   centre {profile[16]:.2f}   {darker} of 33 darker")

# %% [markdown]
# **What came out.** No. With same padding a corner pixel is seen by 4 windows and one in the middle
# by 9; kernels find edges where the paper ends; after ten layers 12 of the 33 pixels are darker by
# more than 1 %. Without padding it would be worse for the corner (1 of 9), and the map would
# shrink. It is a compromise, and it has a second side: since the border looks different, a network
# can tell *where it is*. Lesson 04 measures that.
#
# ## Stride: longer steps
#
# With **stride** 2 the window starts at every second pixel. A map is then half as wide and half as
# high, and costs a quarter of the work.

# %%
Quiz(
    Question(
        "Seven pixels, a window of 3, stride 3. How many outputs are there?",
        Wrong(
            "2 1/3, so the library raises an error",
            "It doesn't: it leaves out what doesn't fit, silently.",
        ),
        Right("2, and one pixel is never seen", "It starts at 0 and at 3. Pixel 6 is left over."),
        Wrong("3, and the last window hangs out", "That would need padding; nobody gave any."),
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
# The crossed pixels are seen by nobody: no error, no warning. A window smaller than its stride even
# leaves gaps everywhere (on the right).
#
# Stride is nothing new: it computes everything at stride 1 and keeps every second answer (without
# computing the others).

# %%
every = kernels.correlate2d(smiley(), edge_kernel())
np.array_equal(kernels.correlate2d(smiley(), edge_kernel(), stride=2), every[::2, ::2])

# %% [markdown]
# ## Dilation: taps further apart
#
# **Dilation** $d$ leaves $d - 1$ pixels free between two taps. Three taps at dilation 2 reach over
# $2 \cdot (3 - 1) + 1 = 5$ pixels: a wider view with the same nine weights.

# %%
plots.show_positions([{"size": 7, "kernel_size": 3, "dilation": d} for d in (1, 2, 3)])

# %% [markdown]
# By hand on the smiley, at the top left, with dilation 2. The left taps see `x[0, 0]`, `x[2, 0]`,
# `x[4, 0]` $= 0, 1, 1$; the right ones `x[0, 4]`, `x[2, 4]`, `x[4, 4]` $= 1, 0, 0$. The answer is
# $1 - 2 = -1$, and there are $8 - 5 + 1 = 4$ places along each side.

# %%
dilated = kernels.conv2d(smiley()[None, None], edge_kernel()[None, None], dilation=2)[0, 0]
print(dilated.shape, "   top left:", dilated[0, 0])

# %% [markdown]
# ## One formula
#
# A window of $k$ taps reaches over $d\,(k - 1) + 1$ pixels. The padded row has $n + 2p$. So the
# last possible start is $n + 2p - d\,(k-1) - 1$; divide it by the stride, round down, and count the
# start at 0, too:
#
# $$ \text{out} = \left\lfloor \frac{n + 2p - d\,(k-1) - 1}{s} \right\rfloor + 1 $$


# %%
def output_size(n, k, s=1, p=0, d=1):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


print("7 pixels, window 3:           ", output_size(7, 3))
print("7 pixels, window 3, padding 1:", output_size(7, 3, p=1))
print("7 pixels, window 3, stride 3: ", output_size(7, 3, s=3))
print("8 pixels, window 3, dilation 2:", output_size(8, 3, d=2))

# %% [markdown]
# Don't believe it: count. For every setting up to 12 pixels, try all starts and see which fit.

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
# Now with channels, on a real photograph. Padding 1 makes 34×34×3 of 32×32×3. Twelve filters of
# 3×3×3 give twelve maps. A pooling window of 2 with stride 2 halves both sides.

# %%
x = shrink(square(photo("cat"), top=0, left=70, size=300), 32).transpose(2, 0, 1)[None] / 255
rng = np.random.default_rng(0)
w, b = rng.normal(size=(12, 3, 3, 3)), np.zeros(12)  # random for now: here only shapes count

padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))  # not the batch, not the channels
maps = kernels.relu(kernels.conv2d(padded, w, b))
pooled = kernels.max_pool2d(maps, 2)
for name, volume in [("photo", x), ("padded", padded), ("conv", maps), ("pool", pooled)]:
    _, C, H, W = volume.shape
    print(f"{name:<8}{H} × {W} × {C:<4}{volume.size:>7,} numbers")
print("parameters:", w.size, "+", b.size, "=", w.size + b.size)

# %% [markdown]
# Each filter reaches through *all* channels: 3·3·3 = 27 weights and a bias; twelve of them make 336
# parameters. The number of channels out is the number of filters, and nothing else.
#
# ## 224×224×3, through to 200,704
#
# The same rules, in large. Work out the sizes with a pencil before you run the next cells:
# 224×224×3 → 32 filters of 3×3, padding 1 → pool 2 → 64 filters of 3×3, padding 1 → pool 2 →
# flatten.

# %%
Quiz(
    Question(
        "Which layer holds most of the network's parameters?",
        Wrong(
            "the first convolution: its map is the largest", "Its weights are shared: 896 in all."
        ),
        Wrong("the second convolution: it has most filters", "64 · (32 · 9 + 1) = 18,496."),
        Right("the first dense layer", "200,704 · 128 + 128: 99.9 % of everything."),
        Wrong(
            "they have about the same", "Look at what each weight is used for: one place or all."
        ),
    )
)

# %%
print(f"{'layer':<9}{'output':>16}{'parameters':>14}")
for row in rows:
    print(f"{row.name:<9}{' × '.join(map(str, row.output)):>16}{row.parameters:>14,}")
print(f"{'in all':<9}{sum(row.parameters for row in rows):>30,}")

# %% [markdown]
# That was arithmetic. Now numbers go through, with random weights, and the shapes are the same:

# %%
x = shrink(square(photo("cat"), top=0, left=70, size=300), 224).transpose(2, 0, 1)[None] / 255
for filters in (32, 64):
    w = rng.normal(size=(filters, x.shape[1], 3, 3))
    x = kernels.max_pool2d(kernels.relu(kernels.conv2d(x, w, padding=1)), 2)
    print(x.shape)
print(kernels.flatten(x).shape, "   56 · 56 · 64 =", 56 * 56 * 64)

# %% [markdown]
# Turn the knobs yourself:
#
# 1. set the padding of the first convolution to 0. Which sizes change, and does it still fit?
# 2. take out a pooling layer. What happens to the parameters, and in which layer?
# 3. replace a pooling layer by stride 2 in the convolution before it. What do you save?

# %%
ShapeCalculator("224×224×3 → 200,704")

# %% [markdown]
# ## A second claim to test
#
# > "Pooling reduces the parameters."
#
# The same network, with and without its two pooling layers:

# %%
without = ledger([layer for layer in network if not isinstance(layer, Pool)], (3, 224, 224))
for name, table in [("with pooling", rows), ("without", without)]:
    counts = {part: [r.parameters for r in table if r.name == part] for part in ("Conv", "Dense")}
    print(f"{name:<14}convolutions {counts['Conv']}   dense {counts['Dense']}")
dense = [next(r.parameters for r in table if r.name == "Dense") for table in (rows, without)]
print(f"first dense layer: {dense[1] / dense[0]:.1f} times as many without pooling")

# %% [markdown]
# **What came out.** A pooling layer has no parameters, and the convolutions have the same 896 and
# 18,496 with it and without: their weights don't depend on the picture's size. What pooling saves
# is weights of a *dense* layer that comes later, here 16 times. A network that ends in a global
# average (lesson 04) saves nothing by pooling but time and memory.
#
# ## Quiz

# %%
Quiz(
    Question(
        "32×32 pixels, window 5, stride 1. Which padding keeps the size?",
        Wrong("1", "32 + 2 − 5 + 1 = 30. That is for a window of 3."),
        Right("2", "32 + 4 − 5 + 1 = 32."),
        Wrong("5", "32 + 10 − 5 + 1 = 38: the map would grow."),
    ),
    Question(
        "224 pixels, window 7, stride 2, padding 3: the first layer of many networks. The output?",
        Wrong("111", "Don't forget the start at 0: ⌊223 / 2⌋ + 1."),
        Right("112", "(224 + 6 − 6 − 1) / 2 = 111.5, rounded down 111, plus 1."),
        Wrong("113", "Round down, not up: a window that hangs out is left out."),
    ),
    Question(
        "A filter of 3×3 with dilation 4: "
        "how many pixels does it reach over, with how many weights?",
        Wrong("12, with 9 weights", "Between three taps there are two gaps: 4 · (3 − 1) + 1."),
        Wrong("9, with 81 weights", "The taps move apart; none is added."),
        Right("9, with 9 weights", "4 · (3 − 1) + 1 = 9, and nine taps as ever."),
    ),
    Question(
        "A stack of five 3×3 layers without padding runs on 28×28. What is left?",
        Wrong("28×28", "Each layer takes two rows and two columns."),
        Wrong("23×23", "Each layer takes two rows, one on either side, not one."),
        Right("18×18", "28 − 5 · 2."),
    ),
    Question(
        "You double height and width of the input of a network that begins with a convolution. How "
        "many more weights does the convolution need?",
        Right("none", "The same weights are laid on more places."),
        Wrong("twice as many", "It has as many *outputs* as places, but its weights are shared."),
        Wrong("four times as many", "That is so for a dense layer."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. $\text{out} = \lfloor (n + 2p - d\,(k-1) - 1)/s \rfloor + 1$, for rows and columns each.
# 2. Same padding is $d\,(k-1)/2$; zeros are black, and the border is not like the middle.
# 3. A stride that doesn't divide leaves pixels that nobody sees, silently.
# 4. Channels out = number of filters; each filter reaches through all channels in.
# 5. Convolutions' parameters don't depend on the picture's size; dense layers' do.
#
# **Now you:** [exercise 03](../exercises/03_stride_padding_shapes/03_stride_padding_shapes.ipynb).
# **Next:** [lesson 04, activation and pooling](04_activation_and_pooling.ipynb).
#
# ## To read on
#
# - V. Dumoulin, F. Visin. "A guide to convolution arithmetic for deep learning." arXiv:1603.07285,
#   2016. Every case of this lesson, drawn.
# - F. Yu, V. Koltun. "Multi-scale context aggregation by dilated convolutions." *ICLR*, 2016.
# - M. A. Islam, S. Jia, N. D. B. Bruce. "How much position information do convolutional neural
#   networks encode?" *ICLR*, 2020. Zero padding tells a network where it is.
