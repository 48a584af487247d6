# %% [markdown]
# # 05 · Why not dense layers
#
# Take a layer in which every output looks at every pixel. Cut most of its connections, and tie the
# others so that they share weights: what is left is a convolution. In this lesson you do both,
# count what each step saves, and arrive at the 36 numbers of lesson 01. Then you test the
# assumptions about pictures that allow both.
#
# **After this lesson you can**
#
# - write a dense layer and a convolution as matrices, and turn one into the other;
# - say which step saves arithmetic and which saves parameters, with numbers;
# - name the assumptions *locality*, *stationarity* and *hierarchy*, and test the first two;
# - work out a receptive field, and say how much of it a unit really uses.
#
# *Time:* 55 minutes. *Before this:* lessons 01, 03 and 04. Matrix times vector. No calculus.

# %%
import numpy as np

from cnnedu import kernels, nn
from cnnedu.data import edge_kernel, photo, smiley
from cnnedu.data.digits import load_digits
from cnnedu.experiments import l05_assumptions as assumptions
from cnnedu.experiments import l05_fields as fields
from cnnedu.models.accounting import Conv, Pool, receptive_field
from cnnedu.plots import dense_layers
from cnnedu.plots.receptive_field import show_effective_fields, show_field_widths
from cnnedu.widgets import (
    DenseToConvolution,
    DrawCurve,
    Question,
    Quiz,
    ReceptiveField,
    Right,
    Wrong,
)


def as_matrix(layer, H, W):
    """The matrix of a layer: column by column, its answers to pictures with one light pixel."""
    pixels = np.eye(H * W, dtype=int).reshape(-1, H, W)
    return np.stack([layer(pixel).ravel() for pixel in pixels], axis=1)


rng = np.random.default_rng(0)
edges = as_matrix(lambda x: kernels.correlate2d(x, edge_kernel()), 8, 8)
in_window = as_matrix(lambda x: kernels.correlate2d(x, np.ones((3, 3), int)), 8, 8)
dense = rng.uniform(-1, 1, edges.shape)
dense_layers.show_matrices(
    [dense, dense * in_window, edges],
    ["dense:\n2,304 weights", "cut:\n324 weights", "cut and tied:\n9 weights"],
)

# %% [markdown]
# Here are three layers that look at the 64 pixels of the smiley and give 36 outputs each. Each
# matrix has one row for each output and one column for each pixel. On the right is our edge
# detector. The lesson walks from left to right.
#
# ## Dense: every output looks at every pixel
#
# Lay the rows of a picture end to end, in one long list. This is called **flattening**; the smiley
# becomes 64 numbers. In a **dense** (or fully connected) layer each of $K$ outputs is a weighted
# sum of all $D$ numbers in the list, plus a bias of its own. Such an output is also called a
# **unit**.
#
# $$ \text{out}_k = \sum_{d=1}^{D} w_{k,d}\, x_d + b_k
# \qquad\text{or}\qquad \text{out} = W x + b $$
#
# Every number that a layer has to learn is a **parameter**: here $D \cdot K$ weights and $K$
# biases. On paper, 4 inputs and 3 outputs make $4 \cdot 3 + 3 = 15$ parameters.

# %%
W = np.array([[1, 0, 2, 0], [0, 1, 0, -1], [1, 1, 1, 1]])
b = np.array([10, 20, 30])
picture = np.array([[1, 2], [3, 4]])
print("flattened:", picture.ravel())
print("outputs:  ", W @ picture.ravel() + b)
print("parameters:", W.size + b.size)

# %% [markdown]
# The first output is $1 \cdot 1 + 2 \cdot 3 + 10 = 17$.
#
# You have met this layer before. A kernel that is as large as the picture fits in one place only,
# and its one output weighs every pixel. So *a patch as large as the picture is an ordinary dense
# layer*. Here are 36 such kernels of 8 × 8; we leave out the biases from now on.

# %%
outputs = [kernels.correlate2d(smiley(), row.reshape(8, 8))[0, 0] for row in dense]
np.allclose(outputs, dense @ smiley().ravel())

# %% [markdown]
# Now take a photograph. A colour image of 256 × 256 has 65,536 pixels with 3 values each, which is
# 196,608 numbers. Networks usually get 224 × 224.

# %%
Quiz(
    Question(
        "A dense layer of 1,000 units looks at 224 × 224 pixels in three colours. How much memory "
        "do its weights take, at 4 bytes each?",
        Wrong(
            "about 0.6 MB, as much as the picture itself",
            "That is what one unit takes. Each of the 1,000 has a weight for every number.",
        ),
        Right(
            "about 600 MB, a thousand times as much as the picture",
            "150,528 · 1,000 · 4 bytes: more than half a gigabyte in one layer.",
        ),
        Wrong(
            "about 200 MB, for 50,176 pixels and 1,000 units",
            "Each pixel holds three values, and each of them needs a weight.",
        ),
    )
)

# %%
for side in [32, 224, 256, 1000]:
    inputs = side * side * 3
    print(f"{side:>4}² × 3 = {inputs:>9,} inputs: {1000 * inputs:>13,} weights, ", end="")
    print(f"{4e-6 * inputs:5.2f} GB")

# %% [markdown]
# That makes 150,528,000 weights at 224 × 224, and 12 GB of them at 1,000 × 1,000.
#
# ## Step 1: cut what is far
#
# Is there an edge at row 3, column 0? To answer that, an output needn't look at the other side of
# the picture. So we let each output keep the 9 pixels of its own 3 × 3 window, and cut its
# connections to all the others. `in_window` holds a 1 for each connection that is left:

# %%
print("row of output (3, 0), laid out as the picture:")
print(in_window[3 * 6 + 0].reshape(8, 8))
print(f"connections: {dense.size:,} before, {in_window.sum()} after")

# %% [markdown]
# Every connection costs one multiplication. Cutting *saves arithmetic*: 9 multiplications for
# each output where there were 64. Each cut connection takes its weight with it: 324 of the 2,304
# weights are left to learn. Such a layer is called *local*. Each output has nine weights of its
# own.
#
# ## Step 2: tie what is equal
#
# A detector that is worth having at the left cheek is worth having at the right cheek. So we tie
# the weights: all 36 outputs use the *same* nine numbers, which are called **shared weights**. This
# changes nothing about the arithmetic, which is still 324 multiplications. It *saves parameters*: 9
# where there were 324.
#
# On paper, with numbers. The picture has 3 × 3 pixels, and each output looks at 2 × 2:
#
# $$ x = \begin{bmatrix} 0&1&2\\ 3&4&5\\ 6&7&8 \end{bmatrix} \qquad
# w = \begin{bmatrix} 1&2\\ 3&4 \end{bmatrix} $$
#
# The first output looks at pixels 0, 1, 3 and 4. As a row of weights for all nine pixels, this is
# $1, 2, 0, 3, 4, 0, 0, 0, 0$. There are four outputs, so there are four rows:
#
# $$ M = \begin{bmatrix}
# 1&2&0&3&4&0&0&0&0\\
# 0&1&2&0&3&4&0&0&0\\
# 0&0&0&1&2&0&3&4&0\\
# 0&0&0&0&1&2&0&3&4 \end{bmatrix}
# \qquad M_{\,i \cdot OW + j,\;\; (i+u) \cdot W + (j+v)} = w_{u,v}, \quad \text{all others } 0 $$
#
# The zeros are the cut, and the repetition is the tie. The first output is
# $1\cdot0 + 2\cdot1 + 3\cdot3 + 4\cdot4 = 27$.
#
# To get such a matrix from code, we needn't know the formula. `as_matrix`, in the first cell, shows
# the layer pictures in which a single pixel is 1; each answer is one column of $M$.

# %%
x, w = np.arange(9).reshape(3, 3), np.array([[1, 2], [3, 4]])
M = as_matrix(lambda picture: kernels.correlate2d(picture, w), 3, 3)
print(M)
print(M @ x.ravel(), "from the matrix")
print(kernels.correlate2d(x, w).ravel(), "from the sliding window")

# %% [markdown]
# Now do it yourself, with the smiley. The weights of the dense layer below are random whole
# numbers. Tying replaces all weights at the same place relative to the middle of their window with
# their mean. (The numbers were chosen so that the means in the 3 × 3 window are the weights of our
# edge detector.)
#
# 1. Drag over the matrix. How do the 64 numbers of a row lie on the picture?
# 2. Shrink the reach, step by step. What happens to the two counts?
# 3. Now tie. Which count falls, and which one stays?
# 4. Press *Dense*, and tie before you cut. What does the matrix look like?

# %%
DenseToConvolution(position=(3, 0))

# %% [markdown]
# Tied but not cut, all 36 outputs share one large kernel of 13 × 13 = 169 weights, which sticks out
# of the picture. Cut and tied, they are the 36 numbers of lesson 01; number $3 \cdot 6 + 0 = 18$ is
# the −2 that you worked out by hand.

# %%
out = edges @ smiley().ravel()
print("output (3, 0):", out[18])
print("all 36 equal: ", np.array_equal(out, kernels.correlate2d(smiley(), edge_kernel()).ravel()))

# %% [markdown]
# Each row holds the same nine numbers as the row above, one place further to the right, or three
# places where the window starts a new row of the picture. A matrix whose diagonals are all constant
# is called a **Toeplitz** matrix. Ours isn't quite one:

# %%
diagonals = [np.diagonal(edges, k) for k in range(-35, 64)]
varying = sum(len(set(diagonal)) > 1 for diagonal in diagonals)
print(f"{varying} of {len(diagonals)} diagonals aren't constant")
blocks = edges.reshape(6, 6, 8, 8).swapaxes(1, 2)  # a block for each row of outputs and of pixels
print(
    "blocks alike:",
    all((blocks[i, i + u] == blocks[0, u]).all() for i in range(6) for u in range(3)),
)
print("diagonals constant in each block:", (blocks[..., 1:, 1:] == blocks[..., :-1, :-1]).all())

# %% [markdown]
# Our matrix is made of blocks, one for each row of outputs and each row of pixels. The blocks
# repeat along the diagonal, and each is a Toeplitz matrix: *block-Toeplitz with Toeplitz blocks*.
#
# ### A claim to test: fewer weights, so less arithmetic
#
# > "Convolution needs fewer weights, so it computes less."
#
# A convolution with 1,000 filters of 3 × 3 on the photograph has $222 \cdot 222 \cdot 1{,}000$
# outputs. To be fair, we count all three layers for these same outputs.

# %%
inputs, window, places, filters = 224 * 224 * 3, 3 * 3 * 3, 222 * 222, 1000
outputs = places * filters
print(f"{outputs:,} outputs")
for name, each, weights in [
    ("dense", inputs, inputs * outputs),
    ("cut", window, window * outputs),
    ("cut and tied", window, window * filters),
]:
    print(f"{name:<13}{each:>8,} multiplications each, {each * outputs:>17,} in all; ", end="")
    print(f"{weights:>17,} weights")

# %% [markdown]
# **What came out.** It does compute less, but not because it shares its weights. *Locality saves
# arithmetic*: each output needs 27 multiplications in place of 150,528, and as many weights.
# *Sharing saves parameters* alone, and not one multiplication: 27,000 weights are left of
# 1,330,668,000.
#
# You may read the opposite: that the convolution does *more* arithmetic. That comes from comparing
# it with a dense layer of only 1,000 outputs, which does 150,528,000 multiplications. The
# convolution does almost nine times as many, for 49,284 times as many outputs.
#
# The size of the picture doesn't appear in $F \cdot C \cdot KH \cdot KW$, the number of weights in
# the convolution. That is why a network made of convolutions can learn from small pictures and be
# used on large ones.
#
# ## What a convolution assumes
#
# Whatever a convolution can compute, a dense layer can compute, too: it only has to find the right
# zeros and the right repetitions. The convolution needn't find them, because it assumes that
#
# - what belongs together lies close together (**locality**, which allows us to cut);
# - what is worth finding here is worth finding there (**stationarity**, which allows us to tie);
# - large things are made of small ones, so that layers can build on layers (**hierarchy**).
#
# Assumptions can be tested. Cut a photograph into quarters, and measure in each how alike two
# pixels of a row are when they lie $d$ pixels apart. The measure is their *correlation
# coefficient*: 1 if both always rise and fall together, and 0 if neither tells whether the other is
# light or dark. If locality holds, the curve falls with the distance. If stationarity holds, the
# four curves are alike. As a control we shuffle the pixels.


# %%
def likeness(picture, d):
    return np.corrcoef(picture[:, :-d].ravel(), picture[:, d:].ravel())[0, 1]


cat = photo("cat").mean(axis=2)[:, :450]
quarters = {"top left": cat[:150, :225], "top right": cat[:150, 225:]}
quarters |= {"bottom left": cat[150:, :225], "bottom right": cat[150:, 225:]}
quarters["pixels shuffled"] = np.random.default_rng(1).permutation(cat.ravel()).reshape(cat.shape)
distances = [1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 56, 80]
curves = {name: [likeness(part, d) for d in distances] for name, part in quarters.items()}
dense_layers.show_similarity(distances, curves)

# %%
for d in [1, 5, 20, 40]:
    alike = [curve[distances.index(d)] for curve in list(curves.values())[:4]]
    print(f"{d:>2} pixels apart: correlation {min(alike):.2f} to {max(alike):.2f} in the quarters")

# %% [markdown]
# In this photograph locality holds well: neighbours go together almost perfectly, and little of
# that is left at 40 pixels. Stationarity holds roughly: at first the four curves fall alike, and
# further out the quarters differ. There are also pictures for which sharing is a compromise. The
# 8 × 8 digits, for example, are centred. Here is how light each of their columns is on average:

# %%
(digits, _), _ = load_digits()
print(digits.mean(axis=(0, 1, 2)).round(2))

# %% [markdown]
# ### Predict, then look
#
# What are the assumptions worth? Three networks learn to read these digits. (How a network learns
# is the subject of lesson 08.) They differ only in the first layer, which is *dense*, *cut*, or
# *cut and tied*, always with 32 units for each of the 36 windows. So this layer has 73,728, 10,368
# or 288 weights. Then come ReLU, max pooling of 2 × 2 and a dense layer with ten scores, one for
# each digit. Each network learns from 100 digits or from 1,437, and then once more with the 64
# pixels *shuffled* in the same way for all digits. Nothing is lost, only moved.

# %%
Quiz(
    Question(
        "The pixels of all digits are shuffled in the same way. Which networks get worse?",
        Wrong(
            "All three: nobody could read a digit with shuffled pixels",
            "You can't, but why should a dense layer care which pixel is which?",
        ),
        Wrong(
            "None of them: the information is still there",
            "It is. But a window of 3 × 3 now holds pixels from all over the digit.",
        ),
        Right(
            "The cut ones, while the dense one stays as it was",
            "A dense layer has no idea which pixels are neighbours, so it cannot miss them.",
        ),
        Wrong(
            "The dense one, since it has the most to learn",
            "It has the most weights, but to it one order of the pixels is as good as another.",
        ),
    )
)

# %%
learnt = assumptions.figures["learnt"]
names = {"dense": "dense", "cut": "local", "cut and tied": "convolution"}
dense_layers.show_accuracies(
    {
        f"learning from {count:,} digits": {
            name: {
                f"pixels {order}": learnt[f"{kind}, max, {order}, {count}"]
                for order in assumptions.ORDERS
            }
            for name, kind in names.items()
        }
        for count in assumptions.COUNTS
    },
    "digits read correctly, %",
)


# %%
def against(a, b):
    """The mean difference of paired runs, its standard error, and whether it is seen."""
    difference = np.subtract(a, b)
    mean, error = difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))
    return f"{mean:+.1f} ± {error:.1f} " + ("(seen)" if abs(mean) > 3 * error else "(not seen)")


for count in assumptions.COUNTS:
    print(f"{count:,} digits, pixels in order against shuffled:")
    for name, kind in names.items():
        runs = [learnt[f"{kind}, max, {order}, {count}"] for order in assumptions.ORDERS]
        print(f"    {name:<27}", against(*runs))
    for order in assumptions.ORDERS:
        runs = {name: learnt[f"{kind}, max, {order}, {count}"] for name, kind in names.items()}
        print(f"{count:,} digits, pixels {order}:")
        for better, worse in [("cut", "dense"), ("cut and tied", "cut"), ("cut and tied", "dense")]:
            print(f"    {better + ' against ' + worse:<27}", against(runs[better], runs[worse]))

# %% [markdown]
# Each network was trained 20 times, on digits drawn afresh from the same 1,797, with the learning
# rate that suits it (lesson 08 explains that, too). The small marks are single runs, the large ones
# their means. The bar is the mean's standard error: how far chance typically moves it. "Seen" means
# that a difference is more than three of its errors. Chance means other draws from these 1,797
# digits, not other people's handwriting. Mind the axes: on the right, one percentage point is
# wider.
#
# **What came out.** With 100 digits, tying is worth more than a point, and cutting alone is worth
# nothing that we can see. Together they put the convolution nearly two points ahead of the dense
# layer. Shuffle the pixels, and the cut layers get worse, the convolution most; only the dense
# layer doesn't notice. With 1,437 digits we can no longer see a lead, cutting alone even costs a
# little, and with shuffled pixels the convolution is a point behind the dense layer. *An assumption
# that is right helps when examples are few; one that is wrong costs you.*
#
# Don't read too much into this. The lead is small, and it needs the pooling. We trained the
# networks once more without it: of every 2 × 2 units the first goes on, not the largest. Then, with
# pooling and without, we left the first layer's random weights as they were and fitted only the ten
# scores.

# %%
untrained = assumptions.figures["random"]
for first_layer, results in {"learnt": learnt, "random": untrained}.items():
    leads = {
        pooling: np.subtract(
            *(results[f"{kind}, {pooling}, in order, 100"] for kind in ("convolution", "dense"))
        )
        for pooling in ("max", "none")
    }
    print(f"first layer {first_layer}: the lead of cut and tied over dense")
    print("    with max pooling ", against(leads["max"], 0))
    print("    without pooling  ", against(leads["none"], 0))
    print("    the pooling adds ", against(leads["max"], leads["none"]))

# %% [markdown]
# Without pooling there is no lead. If the first layer learns, we see no difference; if it stays
# random, the convolution is even behind. So what helps with 100 digits is to cut, to tie *and* to
# pool.
#
# ## Hierarchy: what a unit sees
#
# A 3 × 3 window is small. But a unit of the second layer looks at 3 × 3 units of the first, and
# each of those looks at 3 × 3 pixels. The part of the picture that a unit depends on is its
# **receptive field**. Along one axis, one layer sees 3 pixels, two see 5, three see 7. With strides
# the field grows faster. Let the **jump** be the distance in pixels between two neighbouring
# outputs:
#
# $$ \text{size} \leftarrow \text{size} + (KH - 1) \cdot \text{dilation} \cdot \text{jump}, \qquad
# \text{jump} \leftarrow \text{jump} \cdot \text{stride}, \qquad \text{starting from } 1, 1 $$
#
# On paper, for a convolution of 3, a pooling of 2 with stride 2, and a convolution of 3:
# $1 + 2\cdot1 = 3$; then $3 + 1\cdot1 = 4$, and the jump becomes 2; then $4 + 2\cdot2 = 8$.
#
# Is that right? We needn't believe the formula; we can look. `seen` follows every pixel of a row
# through the layers and counts those that reach the unit in the middle:


# %%
def seen(layers, pixels=32):
    reaches = np.eye(pixels)  # which pixels (rows) reach which units (columns)
    for size, stride in layers:
        windows = np.lib.stride_tricks.sliding_window_view(reaches, size, axis=1)
        reaches = windows[:, ::stride].sum(axis=-1)
    return np.count_nonzero(reaches[:, reaches.shape[1] // 2])


chain, described = [(3, 1), (2, 2), (3, 1)], [Conv(8, 3), Pool(2), Conv(8, 3)]
tried = [seen(chain[:layers]) for layers in [1, 2, 3]]
by_formula = [field.size[0] for field in receptive_field(described, (1, 32, 32))]
assert tried == by_formula
print(*tried)

# %% [markdown]
# `receptive_field` is the course's own function for the formula; the exercise asks you to write it.
# Here is a network of random filters: two convolutions, a pooling, two more convolutions.
#
# 1. Go through the layers, first to last: how large is the frame?
# 2. Move the unit by one place, before and after the pooling. How far does the frame move?
# 3. Go to a corner: where does the frame end?

# %%
rng = np.random.default_rng(2)
random_network = nn.Sequential(
    nn.Conv2d(3, 8, 3, padding=1, rng=rng),
    nn.ReLU(),
    nn.Conv2d(8, 8, 3, padding=1, rng=rng),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 8, 3, padding=1, rng=rng),
    nn.ReLU(),
    nn.Conv2d(8, 8, 3, padding=1, rng=rng),
)
field = ReceptiveField(random_network)
field.show_effective = False  # for later
field

# %% [markdown]
# Two layers of 3 × 3 see as much as one of 5 × 5, with fewer weights, and there is room for a ReLU
# between them. With $C$ channels in and out:

# %%
C = 64
print(f"one 5 × 5: {25 * C * C:,} weights; two 3 × 3: {2 * 9 * C * C:,} weights")

# %% [markdown]
# ## A claim to test: the receptive field is what a unit uses
#
# > "The receptive field is what a unit uses."
#
# It is what a unit *can* use. How much does each pixel of it count? After ten layers of 3 × 3 a
# unit sees 21 × 21 pixels. Here is one network with random weights, 8 channels and a ReLU after
# every layer. It looks at noise. We make one pixel a little lighter, see how far the unit moves (we
# add up its 8 channels), and do so for all 441:


# %%
def unit(x, filters):
    for w in filters:
        x = kernels.relu(kernels.conv2d(x, w))
    return x.sum(axis=(1, 2, 3))


rng = np.random.default_rng(3)
channels = [1] + [8] * 10
random_filters = [rng.normal(size=(8, C, 3, 3)) * np.sqrt(2 / (9 * C)) for C in channels[:-1]]
noise = rng.normal(size=(1, 1, 21, 21))
a_little = 1e-5 * np.eye(441).reshape(441, 1, 21, 21)
moves = abs(unit(noise + a_little, random_filters) - unit(noise, random_filters))
one_network = moves.reshape(21, 21)

# %% [markdown]
# One random network is patchy, so we did the same with 1,000. Go along the middle row from left to
# right: how much does each pixel move the unit, on average? Draw it before you reveal it.

# %%
many_networks = fields.figures["field"]["influence"]
DrawCurve(
    np.arange(-10, 11),
    100 * many_networks[10] / many_networks[10, 10],
    "distance from the middle, pixels",
    "influence, % of the middle pixel",
    ylim=(0, 110),
)

# %% [markdown]
# Why does it fall? Count on paper, in one dimension, with three layers of three equal weights. The
# unit sees seven pixels, and there are different numbers of **ways** from each of them to the unit:

# %%
ways = np.ones(1, int)
for layers in [1, 2, 3]:
    ways = np.convolve(ways, [1, 1, 1])
    print(f"after layer {layers}:", ways)

# %% [markdown]
# In ten layers and two dimensions the middle pixel has 80 million ways and a corner has one. But
# the weights are random: along each way they multiply to something positive or negative. When you
# add $N$ numbers with random signs, they nearly cancel; what is left grows like $\sqrt N$, not like
# $N$. So we expect the influence to follow the *square root* of the number of ways.

# %%
ways = np.ones(1)
for _ in range(10):
    ways = np.convolve(ways, [1, 1, 1])
ways = np.outer(ways, ways)  # rows times columns
assert np.array_equal(ways, fields.ways(10))
shown = {
    "ways\nto the unit": ways,
    "square root\nof the ways": np.sqrt(ways),
    "one\nrandom network": one_network,
    "mean of\n1,000 networks": many_networks,
}
show_effective_fields(list(shown.values()), list(shown), inner=11)

# %%
print(f"the frame, 11 × 11: {121 / 441:.0%} of the pixels")
for name, influence in shown.items():
    share = influence[5:16, 5:16].sum() / influence.sum()
    print(f"{name.replace(chr(10), ' '):<24}{share:.0%} in the frame")

# %% [markdown]
# The square root it is: `ways` alone would give the middle too much. And how does the field grow
# when a network gets deeper? We measured 20 sets of 50 networks of each depth. The field's *width*
# is how far from the middle the influence lies along one axis (the root of the mean square).

# %%
depths = np.array(fields.DEPTHS)
runs = fields.figures["widths"]["relu"]
widths = np.array([runs[str(depth)] for depth in depths]).T  # (20, depths)
show_field_widths(
    depths,
    widths,
    {
        "square root of the ways": [fields.width(np.sqrt(fields.ways(d))) for d in depths],
        "the whole receptive field": [fields.width(np.ones((2 * d + 1,) * 2)) for d in depths],
    },
)

# %%
mean, error = widths.mean(axis=0), widths.std(axis=0, ddof=1) / np.sqrt(len(widths))
for depth, middle, uncertain in zip(depths, mean, error, strict=True):
    print(f"{depth:>2} layers: {middle:.3f} ± {uncertain:.3f} pixels")
roots = np.array([fields.width(np.sqrt(fields.ways(depth))) for depth in depths])
print(
    f"measured / square root of the ways: {(mean / roots).min():.2f} to {(mean / roots).max():.2f}"
)
for few, twice in [(1, 2), (2, 3), (3, 4)]:
    ratio, expected = (widths[:, twice] / widths[:, few]).mean(), roots[twice] / roots[few]
    print(f"{depths[few]} → {depths[twice]} layers: {ratio:.2f} times as wide ", end="")
    print(f"({expected:.2f} by the square root of the ways)")
powers = [np.polyfit(np.log(depths[1:]), np.log(run[1:]), 1)[0] for run in widths]
print(f"from 5 layers on: width ∝ depth^{np.mean(powers):.3f} (± {np.std(powers) / 20**0.5:.3f})")

# %% [markdown]
# **What came out.** The claim is false. The receptive field is a bound. What counts, at least in
# networks with random weights, is a blurred spot in its middle, the **effective receptive field**.
# With twice the layers the receptive field becomes twice as wide, and the spot only about one and a
# half times as wide. The square root of the ways predicts each width to within 2 %. The more layers
# there are, the closer the spot's growth comes to 1.41, the square root of 2. If your network has
# to see something 21 pixels wide, a receptive field of 21 may be too small. Training can widen the
# spot (Luo and others, below). Go back to the widget and switch the effective field on: it is the
# tint in the frame.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A layer of 16 filters, 5 × 5, looks at 3 channels of 100 × 100 pixels. How many weights "
        "does it have, without biases?",
        Wrong("400: 16 filters of 25", "Each filter also has a table for each of the 3 channels."),
        Right("1,200: 16 · 3 · 5 · 5", "The size of the picture doesn't matter."),
        Wrong("480,000: 16 · 3 · 100 · 100", "That is one weight per pixel, channel and filter."),
        Wrong(
            "11,059,200: 1,200 · 96 · 96",
            "Those are the multiplications: 1,200 weights at 96 · 96 places.",
        ),
    ),
    Question(
        "You untie the weights of a convolution. No connection is cut or added. What changes?",
        Wrong(
            "There are more multiplications and more parameters",
            "Each output still multiplies the pixels of its window once, with other weights.",
        ),
        Right(
            "There are more parameters, but not more multiplications",
            "That is the local layer: 324 weights in place of 9, and still 324 multiplications.",
        ),
        Wrong(
            "There are more multiplications, but not more parameters",
            "The other way round: untying gives each output weights of its own.",
        ),
    ),
    Question(
        "A dense layer can compute whatever a convolution computes. Why then use a convolution?",
        Wrong(
            "It can compute more functions of the picture than a dense layer can",
            "The other way round: the matrices of convolutions are among the dense ones.",
        ),
        Right(
            "It needs less arithmetic for each output and has fewer weights to learn",
            "Locality gives the one, sharing the other; and fewer weights can need fewer examples.",
        ),
        Wrong(
            "It always learns to classify better, no matter how many examples there are",
            "With 1,437 digits we could no longer see a lead, and shuffled ones put it behind.",
        ),
    ),
    Question(
        "You want to classify rows of a spreadsheet: age, income, postcode … Convolution?",
        Wrong(
            "Yes: it saves weights, whatever the columns mean",
            "It saves those between columns that lie far apart, and they may matter most.",
        ),
        Right(
            "No: which columns are neighbours has no meaning here",
            "There is no locality and no stationarity. It is the shuffled digits once more.",
        ),
        Wrong(
            "Yes, once the columns are sorted by their names",
            "A neighbour in the alphabet needn't be a neighbour in anything else.",
        ),
    ),
    Question(
        "A pooling of 2 (stride 2) comes before a convolution of 3. What happens to the receptive "
        "field?",
        Wrong("It grows from 2 to 4 pixels", "The jump is 2 now: the window is wider by 2 · 2."),
        Right(
            "It grows from 2 to 6 pixels", "2 + 2 · 2: each step of the window is 2 pixels long."
        ),
        Wrong(
            "It shrinks to half its size", "The *map* shrinks. What one of its units sees grows."
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A dense layer of $K$ units has $D \cdot K$ weights: 150,528,000 for 1,000 units on a 224 × 224
#    photograph.
# 2. Cut what is far: locality saves arithmetic. Tie what is equal: sharing saves parameters, and
#    nothing else.
# 3. What is left is a convolution: a matrix with zeros, built of repeated blocks.
# 4. Right assumptions help when examples are few. Shuffle the pixels, and the lead is gone.
# 5. A receptive field says what a unit can see. What it uses is a smaller spot in the middle.
#
# **Now you:** [exercise 05](../exercises/05_why_not_dense_layers/05_why_not_dense_layers.ipynb).
# **Next:** [lesson 06, fast convolution](06_fast_convolution.ipynb).
#
# ## To read on
#
# - Y. LeCun, B. Boser, J. S. Denker, D. Henderson, R. E. Howard, W. Hubbard, L. D. Jackel.
#   "Backpropagation applied to handwritten zip code recognition." *Neural Computation* 1(4),
#   541–551, 1989. Shared weights that learn to read real digits.
# - I. Goodfellow, Y. Bengio, A. Courville. *Deep Learning*. MIT Press, 2016. Section 9.2: sparse
#   interactions, parameter sharing, equivariance.
# - W. Luo, Y. Li, R. Urtasun, R. Zemel. "Understanding the effective receptive field in deep
#   convolutional neural networks." *NeurIPS*, 2016.
# - A. Araujo, W. Norris, J. Sim. "Computing receptive fields of convolutional neural networks."
#   *Distill*, 2019. The two formulas above, and what padding does to them.
# - K. Simonyan, A. Zisserman. "Very deep convolutional networks for large-scale image recognition."
#   *ICLR*, 2015. Stacks of 3 × 3 in place of larger kernels.
