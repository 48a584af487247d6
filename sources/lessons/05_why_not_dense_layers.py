# %% [markdown]
# # 05 · Why not dense layers
#
# A convolutional layer is a dense layer with almost everything taken away: most connections are
# cut, and those that remain share a handful of weights. In this lesson you count what that saves,
# write lesson 01's edge detector as a matrix, and test the assumptions about pictures on which it
# all rests.
#
# **After this lesson you can**
#
# - count the weights of a dense and of a convolutional layer, and the memory they take;
# - write a convolution as a sparse matrix, and say what its zeros and its repetitions stand for;
# - name the assumptions *locality*, *stationarity* and *hierarchy*, and test the first two;
# - work out a receptive field, and say how much of it a unit really uses.
#
# *Time:* 45 minutes. *Before this:* lessons 01, 03 and 04. Matrix times vector.

# %%
import math
from itertools import pairwise

import numpy as np

from cnnedu import kernels, nn
from cnnedu.data import edge_kernel, photo, smiley
from cnnedu.data.digits import load_digits
from cnnedu.models.accounting import Conv, Dense, Flatten, Pool, ledger, receptive_field
from cnnedu.plots import dense_layers
from cnnedu.plots.receptive_field import show_effective_fields
from cnnedu.widgets import Question, Quiz, ReceptiveField, Right, Wrong


def as_matrix(layer, H, W):
    """The matrix of a linear layer: its answers to pictures with a single pixel of ink."""
    pixels = np.eye(H * W, dtype=int).reshape(-1, H, W)
    return np.stack([layer(pixel).ravel() for pixel in pixels], axis=1)


rng = np.random.default_rng(0)
edges = as_matrix(lambda x: kernels.correlate2d(x, edge_kernel()), 8, 8)
in_window = as_matrix(lambda x: kernels.correlate2d(x, np.ones((3, 3), int)), 8, 8)
dense = rng.normal(size=edges.shape)
dense_layers.show_matrices(
    [dense, dense * in_window, edges],
    ["dense:\n2,304 weights", "local:\n324 weights", "local and shared:\n9 weights"],
)

# %% [markdown]
# Three layers that look at the 64 pixels of the smiley and give 36 answers. On the left every
# answer weighs every pixel. On the right is our edge detector. This lesson walks from left to
# right.
#
# ## A dense layer, counted
#
# In a **dense** (or fully connected) layer each of $K$ outputs is a weighted sum of all $D$ inputs,
# plus a bias:
#
# $$ \text{out}_k = \sum_{d=1}^{D} w_{k,d}\, x_d + b_k
# \qquad\Rightarrow\qquad D \cdot K \text{ weights and } K \text{ biases} $$
#
# On paper: 4 inputs and 3 outputs make $4 \cdot 3 = 12$ weights and 3 biases, 15 parameters.


# %%
def dense_weights(inputs, outputs):
    return inputs * outputs


dense_weights(4, 3) + 3

# %% [markdown]
# Now a photograph of the usual size, 224 × 224 pixels in three colours, and a layer of 1,000 units.

# %%
Quiz(
    Question(
        "How much memory do the weights alone take, at 4 bytes each?",
        Wrong("about 0.6 MB", "That is what the picture takes. Each of 1,000 units has that many."),
        Wrong("about 60 MB", "Try it in steps: 224 · 224 · 3 inputs, times 1,000, times 4 bytes."),
        Right("about 600 MB", "150,528 · 1,000 · 4 bytes: more than half a gigabyte in one layer."),
    )
)

# %%
for side in [32, 224, 256, 1000]:
    inputs = side * side * 3
    weights = dense_weights(inputs, 1000)
    print(f"{side:>4}² × 3 = {inputs:>9,} inputs: {weights:>13,} weights, {4e-9 * weights:5.2f} GB")

# %% [markdown]
# 150,528,000 weights for one layer at 224 × 224, and 3,000,000,000 at 1,000 × 1,000: 12 gigabytes.
# To train them with Adam (lesson 08) you keep four numbers for each: 48 gigabytes. A 256 × 256
# picture lies between, with its 196,608 inputs.
#
# A convolutional layer with 1,000 filters of 3 × 3 has $F \cdot C \cdot KH \cdot KW$ weights:

# %%
conv_weights = 1000 * 3 * 3 * 3
print(f"{conv_weights:,} weights and 1,000 biases, whatever the size of the picture")

# %%
sides = [32, 64, 128, 256, 512, 1024]
dense_layers.show_weight_counts(
    sides,
    {
        "dense, 1,000 units": [dense_weights(3 * side**2, 1000) for side in sides],
        "convolution, 1,000 filters of 3 × 3": [conv_weights] * len(sides),
    },
    [(224, 150_528_000, "150,528,000"), (1000, 3_000_000_000, "3,000,000,000")],
)

# %% [markdown]
# The picture's size is not in the formula of the convolution. That is why a network made of
# convolutions can be trained on small pictures and used on large ones.
#
# ### Predict, then look
#
# > "Convolution needs fewer weights, so it computes less."
#
# We count the multiplications of both layers on the 224 × 224 picture. (`ledger` is the course's
# accountant. You meet it again in lesson 12.)

# %%
Quiz(
    Question(
        "Dense with 1,000 units, or 1,000 filters of 3 × 3: which multiplies more?",
        Wrong(
            "Dense, about 5,000 times",
            "That is the ratio of the weights. How often is each weight used?",
        ),
        Wrong("Both the same", "Each dense weight is used once. And each weight of a filter?"),
        Right(
            "The convolution, about 9 times",
            "It has few weights, but it uses every one of them at 222 · 222 places.",
        ),
    )
)

# %%
for network in ([Flatten(), Dense(1000)], [Conv(1000, 3)]):
    row = ledger(network, (3, 224, 224))[-1]
    print(
        f"{row.name:<6}{row.parameters:>12,} parameters {row.multiply_adds:>14,} multiply-adds "
        f"{math.prod(row.output):>11,} outputs"
    )

# %% [markdown]
# **What came out.** The claim is false. The convolution has over 5,000 times fewer parameters and
# does nine times *more* arithmetic. It also gives 49,284 times as many outputs: per output it does
# 27 multiplications instead of 150,528. Convolution saves *parameters*. Time is another matter, and
# has its own lesson, the next one.
#
# ## A convolution is a matrix
#
# A small case. The picture has 3 × 3 pixels, numbered row by row, and the kernel 2 × 2 weights:
#
# $$ x = \begin{bmatrix} 0&1&2\\ 3&4&5\\ 6&7&8 \end{bmatrix} \qquad
# w = \begin{bmatrix} 1&2\\ 3&4 \end{bmatrix} $$
#
# The first output looks at pixels 0, 1, 3 and 4. Written as a weighted sum of *all* nine pixels,
# its weights are $1, 2, 0, 3, 4, 0, 0, 0, 0$: zero where it doesn't look. There are four outputs,
# so there are four such rows:
#
# $$ M = \begin{bmatrix}
# 1&2&0&3&4&0&0&0&0\\
# 0&1&2&0&3&4&0&0&0\\
# 0&0&0&1&2&0&3&4&0\\
# 0&0&0&0&1&2&0&3&4 \end{bmatrix}
# \qquad M_{\,i \cdot OW + j,\;\; (i+u) \cdot W + (j+v)} = w_{u,v}, \quad \text{all others } 0 $$
#
# Each row is the one above, moved to the right: by one place, and by two where the window starts a
# new row of the picture. Check the first output by hand:
# $1\cdot0 + 2\cdot1 + 3\cdot3 + 4\cdot4 = 27$.
#
# To get the matrix from code, we needn't know the formula. `as_matrix` at the top asks the layer
# what it answers to a picture with a single pixel of ink. For a linear layer that is one column of
# $M$.

# %%
x, w = np.arange(9).reshape(3, 3), np.array([[1, 2], [3, 4]])
M = as_matrix(lambda picture: kernels.correlate2d(picture, w), 3, 3)
M

# %%
print(M @ x.ravel(), "from the matrix")
print(kernels.correlate2d(x, w).ravel(), "from the sliding window")

# %% [markdown]
# The same for the smiley. `edges` is the right-hand matrix at the top of this page, 36 × 64. The
# output at row 3, column 0, which you worked out by hand in lesson 01, is number
# $3 \cdot 6 + 0 = 18$:

# %%
out = edges @ smiley().ravel()
print("output (3, 0):", out[18])
print(
    "all 36 equal: ",
    np.array_equal(out.reshape(6, 6), kernels.correlate2d(smiley(), edge_kernel())),
)

# %% [markdown]
# Two things were done to a dense matrix to get here, and each can be counted:
#
# 1. **Local connections.** An output keeps its 9 pixels of 64; all other weights are zero.
# 2. **Shared weights.** All 36 outputs use the same nine numbers, so the matrix has constant
#    diagonals. (Mathematicians call such a matrix a Toeplitz matrix, here one made of Toeplitz
#    blocks.)

# %%
print("dense:           ", edges.size, "weights")
print("local:           ", in_window.sum(), "weights")
print("local and shared:", edge_kernel().size, "weights")

# %% [markdown]
# So everything that a convolution can compute, a dense layer can compute, too. Then why would the
# convolution do *better*? Because of what it needn't learn.
#
# ## What a convolution assumes
#
# - **Locality**: what belongs together lies close together.
# - **Stationarity**: what is worth finding here is worth finding there. This is what allows weights
#   to be shared.
# - **Hierarchy**: large things are made of small ones, so that layers can build on layers.
#
# Assumptions can be tested. Take a photograph, cut it into quarters, and in each measure how alike
# two pixels of a row are, $d$ pixels apart. Locality says that the curve falls with distance.
# Stationarity says that the four curves are alike. As a control we shuffle the pixels.


# %%
def likeness(picture, d):
    return np.corrcoef(picture[:, :-d].ravel(), picture[:, d:].ravel())[0, 1]


cat = photo("cat").mean(axis=2)[:, :450]
quarters = {"top left": cat[:150, :225], "top right": cat[:150, 225:]}
quarters |= {"bottom left": cat[150:, :225], "bottom right": cat[150:, 225:]}
quarters["pixels shuffled"] = rng.permutation(cat.ravel()).reshape(cat.shape)
distances = [1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 56, 80]
dense_layers.show_similarity(
    distances,
    {name: [likeness(part, d) for d in distances] for name, part in quarters.items()},
)

# %% [markdown]
# Neighbours are nearly equal, pixels 40 apart are nearly strangers, and the quarters behave alike
# up to about 20 pixels. On this photograph both assumptions hold well, though not exactly. They
# don't hold for every kind of picture. Here is how much ink the 8 × 8 digits have on average, pixel
# by pixel:

# %%
(digits, labels), (new_digits, new_labels) = load_digits()
print(digits.mean(axis=(0, 1)).round(1))

# %% [markdown]
# The digits are centred: the outermost columns are nearly always empty. Knowing *where* something
# is says a lot here. That is a picture for which sharing is a compromise.
#
# ### Predict, then look
#
# What are the assumptions worth? We let two kinds of layer look at digits, with random weights, 288
# outputs each, and fit only a linear read-out to them: the same method for both. Then we do it
# again with the 64 pixels **shuffled**, every digit in the same way. Nothing is lost, only moved.
# And all of it once with 100 digits to learn from, once with 1,437.

# %%
Quiz(
    Question(
        "The pixels of all digits are shuffled in the same way. Who notices?",
        Wrong(
            "Both layers get far worse", "Then why should a dense layer care which pixel is which?"
        ),
        Wrong("Neither: no information is lost", "True of the information. But who can get at it?"),
        Right(
            "The convolution gets worse, the dense layer stays as it was",
            "A dense layer has no idea which pixels are neighbours, so it cannot miss them.",
        ),
    )
)


# %%
def conv_layer(x, rng):
    maps = kernels.relu(kernels.conv2d(x, rng.normal(size=(32, 1, 3, 3))))
    return kernels.max_pool2d(maps, 2).reshape(len(x), -1)  # 32 · 3 · 3 = 288


def dense_layer(x, rng):
    return kernels.relu(kernels.linear(x.reshape(len(x), -1), rng.normal(size=(288, 64))))


def accuracy(layer, count, shuffled, seed):
    order = np.random.default_rng(seed).permutation(64) if shuffled else np.arange(64)
    pictures = np.concatenate([digits[:count], new_digits]).astype(float)
    pictures = pictures.reshape(-1, 64)[:, order].reshape(-1, 1, 8, 8)
    seen = layer(pictures, np.random.default_rng(100 + seed))
    seen = (seen - seen[:count].mean(axis=0)) / seen[:count].std()
    old, new, targets = seen[:count], seen[count:], np.eye(10)[labels[:count]] - 0.1
    readout = np.linalg.solve(old.T @ old + np.eye(288), old.T @ targets)  # least squares
    return 100 * np.mean((new @ readout).argmax(axis=1) == new_labels)


for count in [100, 1437]:
    for name, layer in {"convolution": conv_layer, "dense": dense_layer}.items():
        for shuffled in [False, True]:
            runs = [accuracy(layer, count, shuffled, seed) for seed in range(10)]
            pixels = "shuffled" if shuffled else "in order"
            print(
                f"{count:>4} digits, {name:<11} pixels {pixels}: "
                f"{np.mean(runs):.1f} % right, ± {np.std(runs):.1f} from draw to draw"
            )

# %% [markdown]
# **What came out.** With 100 digits the convolution is several points ahead, and shuffling takes
# all of that away. The dense layer doesn't notice the shuffling. With 1,437 digits the lead has
# melted to a fraction of a point: *an assumption that is right replaces data; with enough data you
# could have learnt it.* And one that is wrong costs you.
#
# ## Hierarchy: what a unit sees
#
# A 3 × 3 window is small. But a unit in the second layer looks at 3 × 3 units of the first, each of
# which looks at 3 × 3 pixels. The part of the picture that a unit depends on is its **receptive
# field**. By hand, along one axis: one layer sees 3 pixels, two see 5, three see 7. With strides it
# grows faster. Let the **jump** be how many pixels two neighbouring outputs lie apart:
#
# $$ \text{size} \leftarrow \text{size} + (KH - 1) \cdot \text{dilation} \cdot \text{jump}, \qquad
# \text{jump} \leftarrow \text{jump} \cdot \text{stride}, \qquad \text{starting from } 1, 1 $$
#
# On paper, for a convolution of 3, a pooling of 2 with stride 2, a convolution of 3:
# $1 + 2\cdot1 = 3$; then $3 + 1\cdot1 = 4$ and the jump becomes 2; then $4 + 2\cdot2 = 8$.

# %%
for name, network in {
    "three convolutions": [Conv(8, 3), Conv(8, 3), Conv(8, 3)],
    "with pooling": [Conv(8, 3), Pool(2), Conv(8, 3)],
}.items():
    print(name, [field.size[0] for field in receptive_field(network, (1, 32, 32))])

# %% [markdown]
# Now by hand, in a network of random filters: two convolutions, a pooling, two more convolutions.
#
# 1. Go through the layers, first to last: how large is the frame?
# 2. Move the unit by one place, before and after the pooling. How far does the frame move?
# 3. Go to a corner: where does the frame end?

# %%
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
# between them. For $C$ channels in and out:

# %%
C = 64
print(f"one 5 × 5: {25 * C * C:,} weights; two 3 × 3: {2 * 9 * C * C:,} weights")

# %% [markdown]
# ## A claim to test
#
# > "The receptive field is what a unit uses."
#
# It is what a unit *can* use. How much does each pixel of it count? Start on paper: two layers of
# three equal weights, in one dimension. The unit sees five pixels. Count the ways from each of them
# to the unit: the middle pixel has 3, the next ones 2, the outermost 1 each. Three layers:

# %%
ways = np.ones(1, int)
for layers in [1, 2, 3]:
    ways = np.convolve(ways, [1, 1, 1])
    print(f"after layer {layers}:", ways)

# %% [markdown]
# In ten layers of 3 × 3 a unit sees 21 × 21 pixels. The frame below is the middle 11 × 11, about a
# quarter of them.

# %%
Quiz(
    Question(
        "What share of all ways to the unit begins in the middle 11 × 11 pixels?",
        Wrong(
            "about 27 %, like its area", "Middle pixels have far more ways than those at the rim."
        ),
        Wrong("about 50 %", "Look at 1 3 6 7 6 3 1, and imagine ten layers and two dimensions."),
        Right("over 90 %", "The counts form a bell: the rim is seen, and hardly used."),
    )
)

# %% [markdown]
# Left: the ways, counted. Right: what random networks do, with 8 channels and a ReLU after every
# layer. There we measure by how much the unit moves when a pixel does (its gradient: lesson 07
# shows how it is computed), on average over 50 networks.


# %%
def influence(filters, x):
    """The gradient of the one output of a stack of convolutions by its input."""
    inputs = [x]
    for w in filters:
        inputs.append(kernels.relu(kernels.conv2d(inputs[-1], w)))
    gradient = np.ones_like(inputs[-1])
    for w, before, after in zip(filters[::-1], inputs[-2::-1], inputs[:0:-1], strict=True):
        gradient = kernels.conv2d_backward(gradient * (after > 0), before, w)[0]
    return gradient[0, 0]


def random_filters(rng, layers=10, channels=8):
    sizes = [1] + [channels] * layers
    return [rng.normal(size=(F, C, 3, 3)) * np.sqrt(2 / (9 * C)) for C, F in pairwise(sizes)]


counted = influence([np.ones((1, 1, 3, 3))] * 10, np.ones((1, 1, 21, 21)))
draws = [np.random.default_rng(seed) for seed in range(50)]
measured = np.mean(
    [abs(influence(random_filters(r), r.normal(size=(1, 1, 21, 21)))) for r in draws], axis=0
)
show_effective_fields(
    [counted, measured], ["ways to the unit", "random networks, mean of 50"], inner=11
)

# %%
for name, counts in {"ways": counted, "random networks": measured}.items():
    print(f"{name}: {100 * counts[5:16, 5:16].sum() / counts.sum():.0f} % in the middle 11 × 11")
print(f"the middle pixel has {counted[10, 10]:,.0f} ways, the corner {counted[0, 0]:.0f}")

# %% [markdown]
# **What came out.** The claim is false. The receptive field is a bound; what counts is a blurred
# spot in its middle, the **effective receptive field**. It grows with the square root of the number
# of layers only: doubling the depth makes it 1.4 times as wide. Training can widen it (Luo and
# others, below). If your network has to see something 21 pixels wide, a receptive field of 21 is
# too small. (Go back to the widget and switch the effective field on: it is the tint in the frame.)
#
# ## Quiz

# %%
Quiz(
    Question(
        "A layer of 16 filters, 5 × 5, on a picture of 3 channels and 100 × 100 pixels. How many "
        "weights, without biases?",
        Wrong("400", "16 · 25: each filter also has a table for every one of the 3 channels."),
        Right("1,200", "16 · 3 · 5 · 5. The size of the picture doesn't matter."),
        Wrong("480,000", "You multiplied 16 · 3 by 100 · 100: that is one weight per pixel."),
        Wrong("11,059,200", "Those are the multiply-adds: 1,200 weights, used at 96 · 96 places."),
    ),
    Question(
        "A dense layer can compute whatever a convolution computes. Why then use a convolution?",
        Wrong("It does fewer multiplications", "Above it did nine times more."),
        Right(
            "It has fewer weights to learn, so fewer examples suffice",
            "It starts out with the right assumption. "
            "With 100 digits that was worth several points.",
        ),
        Wrong(
            "It is more expressive",
            "The other way round: the dense matrices include all the others.",
        ),
    ),
    Question(
        "You want to classify rows of a spreadsheet: age, income, postcode … Convolution?",
        Wrong("Yes, it saves weights", "It saves those that connect columns lying far apart."),
        Right(
            "No: the order of the columns means nothing",
            "No locality, no stationarity. It is the shuffled digits once more.",
        ),
        Wrong(
            "Yes, if the columns are sorted by name", "A neighbour in the alphabet is no neighbour."
        ),
    ),
    Question(
        "A pooling of 2 (stride 2) is put before a convolution of 3. What does it do to the size "
        "of the receptive field?",
        Wrong("It adds 1, nothing more", "It also doubles the jump: what follows counts twice."),
        Right(
            "1 + 1 = 2, then 2 + 2 · 2 = 6", "Each step of the convolution is now two pixels long."
        ),
        Wrong(
            "It halves it", "The *map* is halved. What one of its units sees of the picture grows."
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Dense: $D \cdot K$ weights, 150,528,000 for 1,000 units on a 224 × 224 photograph. Convolution:
#    $F \cdot C \cdot KH \cdot KW$, whatever the size of the picture.
# 2. It saves parameters, not arithmetic: the few weights are used everywhere.
# 3. A convolution is a matrix: zeros for locality, equal diagonals for sharing.
# 4. Right assumptions replace data. Shuffle the pixels, and the advantage is gone.
# 5. A receptive field says what a unit can see. What it uses is a smaller spot in the middle.
#
# **Now you:** [exercise 05](../exercises/05_why_not_dense_layers/05_why_not_dense_layers.ipynb).
# **Next:** [lesson 06, fast convolution](06_fast_convolution.ipynb).
#
# ## To read on
#
# - Y. LeCun, B. Boser, J. S. Denker, D. Henderson, R. E. Howard, W. Hubbard, L. D. Jackel.
#   "Backpropagation applied to handwritten zip code recognition." *Neural Computation* 1(4),
#   541–551, 1989. Shared weights on real pictures, for the first time.
# - I. Goodfellow, Y. Bengio, A. Courville. *Deep Learning*. MIT Press, 2016. Section 9.2: sparse
#   interactions, parameter sharing, equivariance.
# - W. Luo, Y. Li, R. Urtasun, R. Zemel. "Understanding the effective receptive field in deep
#   convolutional neural networks." *NeurIPS*, 2016.
# - A. Araujo, W. Norris, J. Sim. "Computing receptive fields of convolutional neural networks."
#   *Distill*, 2019. The two formulas above, and what padding does to them.
# - K. Simonyan, A. Zisserman. "Very deep convolutional networks for large-scale image recognition."
#   *ICLR*, 2015. Stacks of 3 × 3 in place of larger kernels.
