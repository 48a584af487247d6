# %% [markdown]
# # 04 · Activation and pooling
#
# Two simple things stand between the filters of a network: a bend (the activation) and a summary
# (the pooling). The bend keeps a stack of filters from collapsing into one. The summary makes maps
# smaller and, it is said, makes the network blind to small shifts. You will measure whether that is
# so.
#
# **After this lesson you can**
#
# - compute ReLU, leaky ReLU, tanh, sigmoid and softmax by hand, and say where each goes flat;
# - compute a softmax that doesn't overflow, and say what it can't see;
# - pool a map by maximum, by average, and globally;
# - tell equivariance from invariance, and measure both;
# - say what breaks them (stride, zero padding) and what mends it (blur).
#
# *Time:* 60 minutes. *Before this:* lessons 01 to 03.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, photo, smiley, square
from cnnedu.widgets import PoolingLab, Question, Quiz, Right, Wrong


def stage(x):
    """Filter → ReLU → max pool."""
    answers = kernels.relu(kernels.correlate2d(x, edge_kernel()))
    return kernels.max_pool2d(answers[None, None], 2)[0, 0]


home = np.pad(smiley(), 2)  # the smiley on a sheet of 12 × 12
moved = np.roll(home, 1, axis=1)  # one pixel to the right
plots.show_grids(
    [stage(home), stage(moved), stage(moved) - stage(home)],
    ["smiley, pooled", "moved by 1 pixel, pooled", "change"],
    signed=[0, 1, 2],
)

# %% [markdown]
# The smiley of lesson 01 moved by one pixel. If pooling made a network blind to that, the right
# table would be all 0. First the parts, then the measurement.
#
# ## A bend after every filter
#
# An **activation function** is applied to each number by itself. Take row 3 of the smiley's edges:
# −2, 1, 0, 0, −1, 2. Four functions are in use:
#
# | | equation | of −2 | of 2 |
# | --- | --- | --- | --- |
# | ReLU | $\max(0, a)$ | 0 | 2 |
# | leaky ReLU, slope 0.1 | $a$ if $a > 0$, else $0.1\,a$ | −0.2 | 2 |
# | tanh | $(e^a - e^{-a}) / (e^a + e^{-a})$ | −0.96 | 0.96 |
# | sigmoid | $1 / (1 + e^{-a})$ | 0.12 | 0.88 |

# %%
row = kernels.correlate2d(smiley(), edge_kernel())[3]
functions = {
    "ReLU": kernels.relu,
    "leaky ReLU": lambda a: kernels.leaky_relu(a, negative_slope=0.1),
    "tanh": kernels.tanh,
    "sigmoid": kernels.sigmoid,
}
for name, function in functions.items():
    print(f"{name:<11}", function(row.astype(float)).round(2))

# %%
a = np.linspace(-5, 5, 201)
curves = {name: function(a) for name, function in functions.items()}
plots.show_lines(a, curves, "a, what comes in", "what goes out", ylim=(-1.5, 3))

# %% [markdown]
# Tanh and sigmoid go **flat** on both sides. There a change of the input changes nothing, and a
# network learns from changes (lesson 07). How bad is it?

# %%
Quiz(
    Question(
        "How steep is the sigmoid where it is steepest?",
        Wrong("1", "That is tanh. The sigmoid climbs by 1 in all, and takes its time."),
        Right("0.25", "At a = 0: σ(0) · (1 − σ(0)) = 0.5 · 0.5."),
        Wrong("0.5", "That is its height at a = 0, not its slope."),
    )
)

# %%
places = np.array([0.0, 2.0, 5.0])
backwards = {
    "ReLU": kernels.relu_backward,
    "tanh": kernels.tanh_backward,
    "sigmoid": kernels.sigmoid_backward,
}
print("slope at          0       2       5   ten in a row, at best")
for name, backward in backwards.items():
    slopes = backward(np.ones(3), places)
    best = backward(np.ones(201), a).max() ** 10
    print(f"{name:<11}" + "".join(f"{slope:8.4f}" for slope in slopes) + f"{best:>16.1e}")

# %% [markdown]
# Through ten sigmoids at most a millionth of a change arrives, at the best of all places. Through
# ten tanhs all of it can, but only right at 0; through ten ReLUs, anywhere on the right side. (At 0
# the ReLU has no slope; by convention it is 0 there. Where a unit is always negative it is 0 too,
# and the unit has stopped learning. That is what the leak is for.)
#
# ## Softmax: from scores to shares
#
# At the end of a classifier stand scores, one per class. **Softmax** makes positive shares of them
# that add up to 1:
#
# $$ p_k = \frac{e^{a_k}}{\sum_j e^{a_j}} $$
#
# By hand: scores $\ln 1, \ln 2, \ln 5$, that is about 0, 0.69 and 1.61. The powers are 1, 2, 5,
# their sum is 8, the shares are 1/8, 2/8, 5/8.

# %%
scores = np.log([1.0, 2.0, 5.0])
print("softmax            ", kernels.softmax(scores))
print("all scores + 100   ", kernels.softmax(scores + 100))
print("all scores × 3     ", kernels.softmax(3 * scores).round(3))

# %% [markdown]
# Adding the same to all scores changes nothing: softmax sees *differences*. Multiplying them makes
# the winner surer without making it another: $1, 8, 125$ over 134. Whether such a share deserves to
# be called confidence is tested in lesson 15.
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "The scores are 1000, 1000. What does the equation above give, computed as it stands?",
        Wrong("0.5, 0.5", "On paper, yes. But e to the 1000 has 435 digits."),
        Right(
            "not a number",
            "e to the 1000 overflows to infinity, and infinity over infinity is no number.",
        ),
        Wrong("1, 0", "Equal scores get equal shares, if they get any."),
    )
)

# %%
large = np.array([1000.0, 1000.0])
with np.errstate(over="ignore", invalid="ignore"):
    print("as it stands:              ", np.exp(large) / np.exp(large).sum())
below = large - large.max()  # differences stay as they are
print("largest score off first:   ", np.exp(below) / np.exp(below).sum())

# %% [markdown]
# ## Pooling: 4×4 → 2×2
#
# **Pooling** cuts a map into windows and keeps one number of each: the largest, or the mean. Usual
# is 2×2 with stride 2, so that windows don't overlap. There is nothing to learn in it, and each
# channel is pooled by itself.
#
# $$ \text{max}_{i,j} = \max_{u,v}\, x_{2i+u,\,2j+v} \qquad
# \text{avg}_{i,j} = \tfrac14 \sum_{u,v} x_{2i+u,\,2j+v} \qquad u, v \in \{0, 1\} $$

# %%
x = np.array([[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 1, 2], [0, 2, 4, 3]])
largest = kernels.max_pool2d(x[None, None], 2)[0, 0]
means = kernels.avg_pool2d(x[None, None], 2)[0, 0]
plots.show_pooling(x, [largest, means], ["4 × 4", "max pool", "average pool"])

# %% [markdown]
# Top left: the largest of 1, 3, 4, 2 is 4, their mean is 10/4 = 2.5. **Global average pooling**
# takes the mean of a whole channel, here 37/16: one number per channel, however large the map.

# %%
print(kernels.global_avg_pool2d(x[None, None]).item(), "  from", x.shape, "to one number")

# %%
Quiz(
    Question(
        "ReLU and then max pooling, or max pooling and then ReLU: which gives larger numbers?",
        Wrong("ReLU first", "In either order a negative number ends as 0."),
        Wrong("pooling first", "The largest of four stays the largest under a ReLU."),
        Right(
            "neither: they are equal",
            "ReLU keeps the order of numbers, so the largest stays the largest. Pooling first "
            "saves three quarters of the ReLUs. With averages it is not so.",
        ),
    )
)

# %%
signed = np.random.default_rng(0).normal(size=(1, 1, 6, 6))
for name, pool in [("max", kernels.max_pool2d), ("average", kernels.avg_pool2d)]:
    equal = np.allclose(pool(kernels.relu(signed), 2), kernels.relu(pool(signed, 2)))
    print(f"{name:<8}the order {'does not matter' if equal else 'matters'}")

# %% [markdown]
# In the widget, edit the sixteen numbers; then, below them, move the smiley:
#
# 1. move it by 2 pixels, then by 1: when is the output just the old one, moved along?
# 2. choose *stride* in place of *max*. Which of the two suffers more?
# 3. switch the blur on and move by 1 again.

# %%
PoolingLab()

# %% [markdown]
# ## A claim to test
#
# > "Pooling makes a CNN translation-invariant."
#
# Two words first. Let $T_s$ move a picture by $s$ pixels, and let $f$ be a layer.
#
# - **equivariant**: $f(T_s\, x) = T_{s'} f(x)$. The answers move along. Where $f$ halves the map,
#   $s' = s/2$.
# - **invariant**: $f(T_s\, x) = f(x)$. The answers don't notice.
#
# One row is enough to see what happens. Pool it in pairs, then move it by one and pool again:

# %%
line = np.array([0, 0, 1, 1, 0, 0, 1, 1])
for name, pixels in [("at home", line), ("moved by 1", np.roll(line, 1))]:
    print(f"{name:<12}{pixels}  pooled {pixels.reshape(4, 2).max(axis=1)}")

# %% [markdown]
# After one step the stripes are gone: neither invariant, nor equivariant. It is the stride that
# does it. Taking every second value of a pattern that changes quickly gives another pattern:
# **aliasing**, known from wagon wheels in films. The old remedy is to blur *before* leaving values
# out: take the maximum at every place (stride 1), blur with 1-2-1, then keep every second value.

# %%
for name, pixels in [("at home", line), ("moved by 1", np.roll(line, 1))]:
    every = np.maximum(pixels, np.roll(pixels, -1))  # the row is closed to a ring
    blurred = (np.roll(every, 1) + 2 * every + np.roll(every, -1)) / 4
    print(f"{name:<12}{pixels}  pooled {blurred[::2]}")

# %% [markdown]
# Now no number changes by more than a quarter, where it was a whole before. The same on a
# photograph, with four Sobel filters, a ReLU, and four ways to halve the map. The photograph is
# closed to a ring: what leaves on the right comes in on the left, so that nothing but the move
# changes.

# %%
cat = square(photo("cat"), top=40, left=90, size=128).mean(axis=2)[None, None] / 255
sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
edges = np.array([sobel, -sobel, sobel.T, -sobel.T])[:, None]


def ring(x, before, after):
    return np.pad(x, ((0, 0), (0, 0), (before, after), (before, after)), mode="wrap")


def blur_pool(x):
    every = kernels.max_pool2d(ring(x, 0, 1), 2, stride=1)
    channels = x.shape[1]
    blur = np.tile(np.outer([1, 2, 1], [1, 2, 1]) / 16, (channels, 1, 1, 1))
    return kernels.conv2d(ring(every, 1, 1), blur, stride=2, groups=channels)


ways = {
    "nothing": lambda x: x,
    "stride 2": lambda x: x[:, :, ::2, ::2],
    "max pool": lambda x: kernels.max_pool2d(x, 2),
    "average pool": lambda x: kernels.avg_pool2d(x, 2),
    "max + blur": blur_pool,
}


def features(x, way):
    return ways[way](kernels.relu(kernels.conv2d(ring(x, 1, 1), edges)))


def change(after, before):
    """The length of the difference, measured in lengths of what was there before."""
    return np.linalg.norm(after - before) / np.linalg.norm(before)


# %% [markdown]
# First question: do the answers **move along**? For each move of the photograph, find the move of
# the old map that fits the new one best, in pixels of the photograph.


# %%
def best_fit(after, before, step):
    """Return the move that fits best, in pixels, and what is left over."""
    left_over = [change(after, np.roll(before, d, axis=3)) for d in range(10)]
    return step * int(np.argmin(left_over)), min(left_over)


moves = np.arange(9)
fits = {}
for way in ways:
    step = 1 if way == "nothing" else 2
    still = features(cat, way)
    fits[way] = [best_fit(features(np.roll(cat, s, axis=3), way), still, step) for s in moves]
shown = {way: [pixels for pixels, _ in fits[way]] for way in ("nothing", "max pool", "max + blur")}
plots.show_lines(moves, shown, "the photograph moved, pixels", "the map moved, pixels", marker="o")

# %%
print("left over after a move of   1 pixel   2 pixels")
for way in ways:
    one, two = fits[way][1][1], fits[way][2][1]
    print(f"{way:<22}{100 * one:>10.0f} %{100 * two:>9.0f} %")

# %% [markdown]
# Without pooling the map moves along exactly. With a stride of 2 it can only make steps of 2: at
# even moves it fits exactly, at odd ones a good part of the map is made of other numbers.
#
# ### Predict, then look
#
# Second question: does the map **stay as it is**? Compare place by place.

# %%
Quiz(
    Question(
        "The photograph moves by one pixel. By how much do the max-pooled features change?",
        Wrong(
            "by less than 1 %: that is what pooling is for",
            "So it is often said. The next cell measures it.",
        ),
        Wrong("by about 10 %", "A pixel is half a pooling window: it moves many maxima out of it."),
        Right(
            "by about 40 %",
            "Without pooling it is about 60 %. It helps; it doesn't do away with it.",
        ),
    )
)

# %%
changes = {
    way: [100 * change(features(np.roll(cat, s, axis=3), way), features(cat, way)) for s in moves]
    for way in ways
}
plots.show_lines(
    moves,
    changes,
    "the photograph moved, pixels",
    "change of the features, %",
    ylim=(0, 130),
    marker="o",
)

# %%
for way, values in changes.items():
    print(
        f"{way:<14}1 pixel {values[1]:4.0f} %   2 pixels {values[2]:4.0f} %   4 {values[4]:4.0f} %"
    )

# %% [markdown]
# And a whole network? Three stages of filter, ReLU and halving (the later filters are random), and
# a global average at the end: eight numbers that describe the photograph.


# %%
def describe(x, way):
    rng = np.random.default_rng(1)
    for stage_number in range(3):
        w = edges
        if stage_number > 0:
            w = rng.normal(size=(8, x.shape[1], 3, 3)) * np.sqrt(2 / (9 * x.shape[1]))
        x = ways[way](kernels.relu(kernels.conv2d(ring(x, 1, 1), w)))
    return kernels.global_avg_pool2d(x)


whole = {
    way: [100 * change(describe(np.roll(cat, s, axis=3), way), describe(cat, way)) for s in moves]
    for way in ways
}
plots.show_lines(
    moves, whole, "the photograph moved, pixels", "change of the description, %", marker="o"
)

# %%
for way, values in whole.items():
    print(f"{way:<14}at most {max(values):5.2f} %   moved by 8: {values[8]:.2f} %")

# %% [markdown]
# **What came out.**
#
# - *Invariant?* No. After one max pooling a move of one pixel changes the features by 44 %, a
#   move of four by more than 90 %. Pooling softens the change, and that is all.
# - *Equivariant?* Convolution: exactly. Anything with stride 2: at even moves only. Three stages in
#   a row: at multiples of 8.
# - It is the *global average* that makes a description invariant, exactly so as long as nothing was
#   left out before it. Strides break this: plain stride most, max pooling less, pooling with a blur
#   least. The blur is not free: fine detail is what it takes away.
#
# With other random filters the numbers differ, and averages and blurs come out about alike; that
# plain stride is worst and max pooling next held for all six seeds I tried. Change `default_rng(1)`
# and see.

# %% [markdown]
# ## Where am I? Ask the zeros
#
# A ring has no border. Real networks have one, padded with zeros (lesson 03). Here is a picture on
# which there is nothing to see: grey, 32×32, every pixel 0.5. Random filters, zero padding, eight
# layers. One channel of the first, fourth and eighth layer:


# %%
def layers_on_grey(mode, layers):
    rng = np.random.default_rng(0)
    x, kept = np.full((1, 1, 32, 32), 0.5), []
    for _ in range(layers):
        w = rng.normal(size=(16, x.shape[1], 3, 3)) * np.sqrt(2 / (9 * x.shape[1]))
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode=mode)
        x = kernels.relu(kernels.conv2d(padded, w))
        kept.append(x)
    return kept


maps = layers_on_grey("constant", 8)
busiest = [m[0, m[0].std(axis=(1, 2)).argmax()] for m in (maps[0], maps[3], maps[7])]
plots.show_maps(
    [m / m.max() for m in busiest], ["layer 1", "layer 4", "layer 8"], columns=3, size=2.4
)

# %% [markdown]
# Can the column of a pixel be read off its 16 features? Fit the best linear guess. Guessing the
# middle always is wrong by 8 columns on average.

# %%
column = np.tile(np.arange(32.0), 32)
for padding, mode in [("zeros", "constant"), ("a ring, no border", "wrap")]:
    for layer in (1, 8):
        x = layers_on_grey(mode, layer)[-1][0].reshape(16, -1).T
        x = np.column_stack([x, np.ones(len(x))])
        guess = x @ np.linalg.lstsq(x, column, rcond=1e-9)[0]
        error = np.abs(guess - column).mean()
        print(f"{padding:<20}layer {layer}: wrong by {error:.1f} columns on average")

# %% [markdown]
# **What came out.** On a picture without content, zero padding alone tells where a pixel stands:
# faintly after one layer, better after eight. So even at stride 1 a padded network is not perfectly
# equivariant. This can be a help (the sky is above) or a harm; it is never nothing.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A picture moves by 3 pixels and the map of a layer moves by 3, otherwise unchanged. "
        "The layer is …",
        Right("translation equivariant", "The answers move along."),
        Wrong("translation invariant", "Then the map would not have moved."),
        Wrong("neither", "Moving along exactly is what equivariant means."),
    ),
    Question(
        "Two networks of convolutions at stride 1, on a ring. "
        "One flattens its last maps for a dense "
        "layer, the other takes a global average first. A picture moves by 5 pixels. Whose scores "
        "change?",
        Right(
            "those of the first only",
            "The maps move along in both. A dense layer has its own weight for each place; a mean "
            "does not care where its numbers stand.",
        ),
        Wrong("nobody's: convolution is invariant", "It is equivariant: the maps have moved."),
        Wrong("both", "The mean of a map is the same wherever its numbers stand."),
    ),
    Question(
        "Scores 2 and 1 give softmax shares 0.73 and 0.27. What do 102 and 101 give?",
        Right("the same", "Only the difference counts."),
        Wrong("nearly 1 and nearly 0", "That takes a larger *difference*, such as 102 and 1."),
        Wrong("0.50 and 0.50", "The ratio of the scores has no meaning to softmax."),
    ),
    Question(
        "How many parameters has a max pooling of 3×3 over 64 channels?",
        Right("none", "It chooses; it has nothing to learn."),
        Wrong("9", "A window is no kernel: it has no weights."),
        Wrong("576", "9 · 64 would be weights. Pooling has none."),
    ),
    Question(
        "Why did ReLU displace the sigmoid inside networks?",
        Wrong("It is between 0 and 1", "That is the sigmoid. The ReLU grows without end."),
        Wrong("It is linear", "If it were, stacked filters would collapse into one (lesson 02)."),
        Right(
            "On its right side its slope is 1, however large the input",
            "The sigmoid's is 0.25 at best, and ten of them leave a millionth.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. ReLU is $\max(0, a)$; sigmoid and tanh go flat, and their small slopes multiply.
# 2. Softmax sees differences only; take the largest score off before the powers.
# 3. Pooling keeps the largest or the mean of each window, channel by channel, with no parameters.
# 4. Equivariant: the answers move along. Invariant: they stay. Pooling makes a map neither; a
#    global average of equivariant maps is invariant.
# 5. Strides alias: blur before leaving values out. Zeros at the border tell a network where it is.
#
# **Now you:**
# [exercise 04](../exercises/04_activation_and_pooling/04_activation_and_pooling.ipynb).
# **Next:** [lesson 05, why not dense layers](05_why_not_dense_layers.ipynb).
#
# ## To read on
#
# - V. Nair, G. E. Hinton. "Rectified linear units improve restricted Boltzmann machines."
#   *ICML*, 2010.
# - X. Glorot, A. Bordes, Y. Bengio. "Deep sparse rectifier neural networks." *AISTATS*, 2011.
# - M. Lin, Q. Chen, S. Yan. "Network in network." *ICLR*, 2014. Global average pooling.
# - R. Zhang. "Making convolutional networks shift-invariant again." *ICML*, 2019. The stripes
#   above, and the blur.
# - A. Azulay, Y. Weiss. "Why do deep convolutional networks generalize so poorly to small image
#   transformations?" *Journal of Machine Learning Research* 20(184), 2019.
# - O. S. Kayhan, J. C. van Gemert. "On translation invariance in CNNs: convolutional layers can
#   exploit absolute spatial location." *CVPR*, 2020.
