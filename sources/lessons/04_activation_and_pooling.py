# %% [markdown]
# # 04 · Activation and pooling
#
# Two simple things stand between the filters of a network: a bend (the activation) and a summary
# (the pooling). The bend keeps a stack of filters from collapsing into one. The summary makes maps
# smaller. It is also said to make a network blind to small shifts, and to keep it from learning its
# pictures by heart. You will measure both.
#
# **After this lesson you can**
#
# - compute ReLU, tanh, sigmoid and softmax by hand, and say where each goes flat;
# - compute a softmax that doesn't overflow, and say what it can't see;
# - pool a map by maximum, by average, and globally;
# - tell equivariance from invariance, and measure both;
# - say what breaks them (stride, zero padding) and what mends them (blur).
#
# *Time:* twice 30 minutes, with a break in between. *Before this:* lessons 01 to 03.

# %%
from itertools import pairwise

import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, photo, smiley
from cnnedu.experiments import l04_overfitting, l04_shifts
from cnnedu.plots.regularisation import show_ablation
from cnnedu.widgets import DrawCurve, PoolingLab, Question, Quiz, Right, ShiftLab, Wrong


def stage(x):
    """Filter → ReLU → max pool."""
    answers = kernels.relu(kernels.correlate2d(x, edge_kernel()))
    return kernels.max_pool2d(answers[None, None], 2)[0, 0]


home = np.pad(smiley(), 2)  # the smiley on a blackboard of 12 × 12
moved = np.roll(home, 1, axis=1)  # one pixel to the right
plots.show_grids(
    [stage(home), stage(moved), stage(moved) - stage(home)],
    ["smiley, pooled", "moved by 1 pixel, pooled", "change"],
    signed=[0, 1, 2],
)

# %% [markdown]
# This is what the lesson leads to: the smiley of lesson 01, and the same smiley one pixel further
# right. If pooling made a network blind to that, the table on the right would be all zeros.
#
# ## First half: from numbers to shares
#
# ### A bend after every filter
#
# An **activation function** is applied to each number by itself. Take row 3 of the smiley's edges:
# −2, 1, 0, 0, −1, 2. The **ReLU** turns what is negative into 0, and the **leaky ReLU** lets a
# tenth of it through. **Tanh** and **sigmoid** squeeze all numbers into the range from −1 to 1 and
# from 0 to 1. SiLU is one of the ReLU's smooth relatives, which newer networks use; others are
# called ELU and GELU.
#
# | | equation | of −2 | of 2 |
# | --- | --- | --- | --- |
# | ReLU | $\max(0, a)$ | 0 | 2 |
# | leaky ReLU, slope 0.1 | $a$ if $a > 0$, else $0.1\,a$ | −0.2 | 2 |
# | tanh | $(e^a - e^{-a}) / (e^a + e^{-a})$ | −0.96 | 0.96 |
# | sigmoid $\sigma$ | $1 / (1 + e^{-a})$ | 0.12 | 0.88 |
# | SiLU | $a \cdot \sigma(a)$ | −0.24 | 1.76 |

# %%
functions = {
    "ReLU": lambda a: np.maximum(0, a),
    "leaky ReLU": lambda a: np.where(a > 0, a, 0.1 * a),
    "tanh": lambda a: (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a)),
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "SiLU": lambda a: a / (1 + np.exp(-a)),
}
row = kernels.correlate2d(smiley(), edge_kernel())[3].astype(float)
for name, function in functions.items():
    print(f"{name:<11}", function(row).round(2))
package = {
    "ReLU": kernels.relu,
    "leaky ReLU": lambda a: kernels.leaky_relu(a, negative_slope=0.1),
    "tanh": kernels.tanh,
    "sigmoid": kernels.sigmoid,
}
for name, function in package.items():  # the course's own package computes the same
    np.testing.assert_allclose(function(row), functions[name](row))

# %%
a = np.linspace(-5, 5, 201)
curves = {name: function(a) for name, function in functions.items()}
plots.show_lines(a, curves, "a, what comes in", "what goes out", ylim=(-1.5, 3))

# %% [markdown]
# ### A little more in: how much more out?
#
# A network learns by trying a little more here and a little less there, and watching what comes of
# it (lesson 02). So it matters how much of a small change gets through.

# %%
Quiz(
    Question(
        "The sigmoid turns 0 into 0.5. Now 0.01 more goes in. How much more comes out?",
        Wrong(
            "0.0100, as much as went in", "That holds for tanh and ReLU. The sigmoid climbs less."
        ),
        Wrong("0.0050, half of what went in", "Half is the sigmoid's height at 0, not its slope."),
        Right("0.0025, a quarter of what went in", "It turns 0.01 into 0.5025."),
    )
)

# %%
little = 1e-4


def share(function, a):
    """Return how much more comes out for each little more that goes in."""
    return (function(a + little) - function(a)) / little


def ten_in_a_row(function):
    """Return ten of them in a row, each lowered so that it turns 0 into 0."""

    def through(a):
        for _ in range(10):
            a = function(a) - function(0.0)
        return a

    return through


print("more out per little more in, at a =  -2      0      2      5    ten in a row, at 0")
for name in ("ReLU", "tanh", "sigmoid"):
    shares = share(functions[name], np.array([-2.0, 0, 2, 5]))
    ten = share(ten_in_a_row(functions[name]), 0.0)
    print(f"{name:<32}" + "".join(f"{s:7.3f}" for s in shares) + f"{ten:18.2g}")

# %% [markdown]
# Tanh and sigmoid go **flat** on both sides: at 5 hardly anything comes through. Even at its
# steepest, a sigmoid lets only a quarter through, and ten in a row let through a quarter of a
# quarter of …: a millionth. The weights in between could enlarge the change again, but they would
# have to be large. A ReLU passes on all of it or none. If its input is negative for every picture,
# it never passes on anything, and the filter before it stops learning. That is what the leak is
# for.
#
# ### Softmax: from scores to shares
#
# A classifier ends in **scores**, one number per class: the largest wins. **Softmax** turns them
# into positive shares that add up to 1:
#
# $$ p_k = \frac{e^{a_k}}{\sum_j e^{a_j}} $$
#
# By hand: let the scores be $\ln 1, \ln 2, \ln 5$, which are about 0, 0.69 and 1.61. The powers are
# 1, 2 and 5, their sum is 8, and the shares are 1/8, 2/8 and 5/8.


# %%
def shares_of(scores):
    powers = np.exp(scores)
    return powers / powers.sum()


scores = np.log([1.0, 2.0, 5.0])
np.testing.assert_allclose(shares_of(scores), kernels.softmax(scores))
print("softmax            ", shares_of(scores))
print("all scores + 100   ", shares_of(scores + 100))
print("all scores × 3     ", shares_of(3 * scores).round(3))

# %% [markdown]
# If you add the same number to all scores, nothing changes: softmax sees *differences*. If you
# multiply them by 3, the same class wins by more: 1, 8 and 125 over 134. Lesson 15 tests whether
# such a share deserves to be called confidence.
#
# **Predict, then look.**

# %%
Quiz(
    Question(
        "The scores are 1000 and 1000. What does `shares_of` return?",
        Wrong(
            "0.5 and 0.5, since they are equal", "On paper, yes. But e to the 1000 has 435 digits."
        ),
        Right("no numbers at all, just nan and nan", "Infinity over infinity is not a number."),
        Wrong("1 and 0, since the first is the largest", "Equal scores get equal shares, if any."),
    )
)

# %%
large = np.array([1000.0, 1000.0])
with np.errstate(over="ignore", invalid="ignore"):
    print("as it stands:              ", shares_of(large))
print("largest score off first:   ", shares_of(large - large.max()))

# %% [markdown]
# The differences stay as they are when you subtract the largest score from all of them, and no
# power overflows. Every library does this.
#
# ### Quiz of the first half

# %%
Quiz(
    Question(
        "Scores 2 and 1 give shares 0.73 and 0.27. What do scores 102 and 101 give?",
        Right("0.73 and 0.27, the same shares as before", "Only the difference counts."),
        Wrong(
            "0.99 and 0.01, or even further apart",
            "That takes a larger *difference*, as with 102 and 1.",
        ),
        Wrong("0.50 and 0.50, or nearly so", "The *ratio* of the scores means nothing to softmax."),
    ),
    Question(
        "Why did the ReLU displace the sigmoid inside networks?",
        Wrong(
            "Its results always stay between 0 and 1", "The sigmoid's do. The ReLU grows for ever."
        ),
        Wrong(
            "It is linear, so stacked filters stay simple",
            "Then they would collapse into one filter (lesson 02). The bend at 0 prevents that.",
        ),
        Right(
            "It passes small changes on whole, if at all",
            "The sigmoid passes on a quarter at best, and ten of them a millionth.",
        ),
    ),
    Question(
        "A filter answers −3 or less to every picture there is. What can the filter learn?",
        Wrong(
            "As much as any other filter, after a ReLU",
            "The ReLU turns −3 into 0, and −2.99 as well: nothing comes through.",
        ),
        Right(
            "Nothing after a ReLU, something after a leaky one",
            "A leaky ReLU passes on a tenth of the change here, and so the filter can recover.",
        ),
        Wrong(
            "Nothing, whatever comes after it, since it is broken",
            "Only the ReLU hides its changes. Try `leaky_relu` of −3 and of −2.99.",
        ),
    ),
)

# %% [markdown]
# You have reached the end of the first half. **Take a break here.**
#
# ## Second half: pooling and shifts
#
# This half needs nothing from the first but the ReLU. If you come back later, run the first cell of
# the notebook again. You will measure what pooling does to pictures that move, and to networks that
# learn from too few pictures.
#
# ### Pooling: 4×4 → 2×2
#
# **Pooling** cuts a map into windows and keeps one number from each: **max pooling** the largest,
# **average pooling** the mean. Windows are usually 2×2 with stride 2, so they don't overlap.
# Pooling has nothing to learn, and each channel is pooled by itself.
#
# $$ \text{max}_{i,j} = \max_{u,v}\, x_{2i+u,\,2j+v} \qquad
# \text{avg}_{i,j} = \tfrac14 \sum_{u,v} x_{2i+u,\,2j+v} \qquad u, v \in \{0, 1\} $$

# %%
x = np.array([[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 1, 2], [0, 2, 4, 3]])
windows = x.reshape(2, 2, 2, 2)  # window's row, row in the window, window's column, column in it
largest, means = windows.max(axis=(1, 3)), windows.mean(axis=(1, 3))
np.testing.assert_array_equal(largest, kernels.max_pool2d(x[None, None], 2)[0, 0])
np.testing.assert_array_equal(means, kernels.avg_pool2d(x[None, None], 2)[0, 0])
assert kernels.global_avg_pool2d(x[None, None]).item() == x.mean() == 37 / 16
PoolingLab(x)

# %% [markdown]
# Top left: the largest of 1, 3, 4 and 2 is 4; their mean is 10/4 = 2.5. **Global average pooling**
# takes the mean of a whole channel, here 37/16 = 2.3125: one number per channel, however large the
# map. Type other numbers: which of them can you change without any effect on the maxima?

# %%
Quiz(
    Question(
        "ReLU and then max pooling, or max pooling and then ReLU: which gives larger numbers?",
        Wrong("ReLU first: it removes what is negative", "So does a ReLU that comes second."),
        Wrong(
            "pooling first: it keeps what is largest", "The largest stays the largest under a ReLU."
        ),
        Right(
            "neither: both orders give the same numbers",
            "ReLU keeps the order of numbers, so the largest stays the largest. Pooling first "
            "saves three quarters of the ReLUs. With averages the order matters.",
        ),
    )
)

# %%
signed = np.random.default_rng(0).normal(size=(1, 1, 6, 6))
for name, pool in [("max", kernels.max_pool2d), ("average", kernels.avg_pool2d)]:
    equal = np.allclose(pool(kernels.relu(signed), 2), kernels.relu(pool(signed, 2)))
    print(f"{name:<8}the order {'does not matter' if equal else 'matters'}")

# %% [markdown]
# ### A claim to test
#
# > "Pooling makes a CNN translation-invariant."
#
# The widget shows a cat to a trained network with two max poolings. Drag the photograph, or move it
# with the arrow keys. Watch the map of edges, the pooled map and the class.
#
# 1. Move by 2 pixels, then by 1. When is the pooled map just the old one, moved along?
# 2. Choose *stride 2* in place of *max pool*, then *max + blur*. Which one suffers most?
# 3. Find a move that you hardly see and that changes the class.

# %%
lab = ShiftLab()
lab

# %%
answers = np.array(lab.classes)[lab.probabilities.argmax(axis=2)]  # for every move there is
for name in sorted(set(answers.flat), key=lambda name: -(answers == name).sum()):
    print(f"{(answers == name).sum():4} of {answers.size} places: {name}")

# %% [markdown]
# The cat stays a cat, but not to the network. Two words help to say what happens. Let $T_s$ move a
# picture by $s$ pixels, and let $f$ be a layer.
#
# - **equivariant**: $f(T_s\, x) = T_{s'} f(x)$. The answers move along. Where $f$ halves the map,
#   $s' = s/2$.
# - **invariant**: $f(T_s\, x) = f(x)$. The answers don't notice.
#
# One row is enough to see what goes wrong. Pool it in pairs, then move it by one and pool again:

# %%
line = np.array([0, 0, 1, 1, 0, 0, 1, 1])
for name, pixels in [("at home", line), ("moved by 1", np.roll(line, 1))]:
    every = np.maximum(pixels, np.roll(pixels, -1))  # maxima of all pairs; the row is a ring
    blurred = (np.roll(every, 1) + 2 * every + np.roll(every, -1)) / 4
    print(f"{name:<12}{pixels}  max pool {every[::2]}  max + blur {blurred[::2]}")

# %% [markdown]
# After one step, max pooling has lost the stripes: it is neither invariant nor equivariant. The
# stride does it. If you keep every second value of a pattern that changes quickly, you get another
# pattern. This is **aliasing**, known from wagon wheels in films. The old remedy is to blur
# *before* you leave values out: take the maximum at every place (stride 1), blur with 1-2-1, then
# keep every second value. Now no number changes by more than a quarter; before, some changed by 1.
#
# **Predict, then look.**
#
# Now on a larger photograph. The camera moves right, so real pixels come in. Four Sobel filters, a
# ReLU and one halving make a map, which is compared with the old one place by place. The *change*
# is the length of the difference as a share of the old map's length: $\|b - a\| / \|a\|$, where
# the length is the root of the sum of all squares.

# %%
light = photo("cat").mean(axis=2) / 255
sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
filters = np.array([sobel, -sobel, sobel.T, -sobel.T])[:, None]
blur = np.tile(np.outer([1, 2, 1], [1, 2, 1]) / 16, (4, 1, 1, 1))


def edges(shift, way):
    """Return the edge maps that a camera of 128 × 128 pixels sees, shifted to the right."""
    seen = light[38:170, 88 + shift : 220 + shift]  # and two pixels more on each side
    maps = kernels.relu(kernels.conv2d(seen[None, None], filters))
    inside = maps[:, :, 1:-1, 1:-1]
    if way == "nothing":
        return inside
    if way == "stride 2":
        return inside[:, :, ::2, ::2]
    if way == "max pool":
        return kernels.max_pool2d(inside, 2)
    if way == "average pool":
        return kernels.avg_pool2d(inside, 2)
    return kernels.conv2d(kernels.max_pool2d(maps, 2, stride=1), blur, stride=2, groups=4)


def change(after, before):
    """Return how far a map is from what it was, in lengths of what it was."""
    return np.linalg.norm(after - before) / np.linalg.norm(before)


ways = ("nothing", "stride 2", "max pool", "average pool", "max + blur")
shifts = np.arange(9)
changes = {
    way: [100 * change(edges(shift, way), edges(0, way)) for shift in shifts] for way in ways
}

theirs = l04_shifts.moved_for_edges(light.astype(np.float32), (40, 90), "right", "photograph")
for way in ways:  # the stored experiment below computes the same
    np.testing.assert_allclose(l04_shifts.edges(theirs, way)[3], edges(3, way)[0], atol=1e-4)

# %% [markdown]
# Draw how the *max-pooled* map changes while the camera shifts by 0 to 8 pixels.

# %%
DrawCurve(shifts, changes["max pool"], "shift, pixels", "change of the map, %", ylim=(0, 150))

# %%
plots.show_lines(
    shifts, changes, "shift, pixels", "change of the map, %", ylim=(0, 150), marker="o"
)

# %% [markdown]
# *Nothing* and *stride 2* lie on top of each other. But one crop of one photograph, moved in one
# direction, proves little. So here are 18 photographs, 10 places in each, moved by one pixel, once
# right and once down (`cnnedu experiment l04_shifts`, with the same code as above). Each dot is the
# mean for one photograph. The bar is the standard error of their mean: about how far the mean would
# vary from one set of 18 photographs to another. The grey band repeats the bar of the first row.
# The last row is a control: the change to *another place* in the same photograph. Under the figure,
# a difference counts as *seen* if it is larger than three of its standard errors.

# %%
measured = l04_shifts.figures["features"]
stays = measured["stays"][..., 1].astype(float)  # photograph, place, direction, way
rows = {way: stays[..., k].mean(axis=(1, 2)) for k, way in enumerate(ways)}
other = measured["other"][..., ways.index("max pool")].astype(float).mean(axis=1)
show_ablation(rows | {"max pool, another place": other}, "change of the map after one pixel")


# %%
def differ(rows, cases, left, right):
    """Say how two ways differ, photograph by photograph, and how often the first is the larger."""
    gaps = 100 * (rows[left] - rows[right])
    error = gaps.std(ddof=1) / np.sqrt(len(gaps))
    seen = "seen" if abs(gaps.mean()) > 3 * error else "not seen"
    larger = (cases[..., ways.index(left)] > cases[..., ways.index(right)]).mean()
    print(
        f"{left:>12} − {right:<13}{gaps.mean():5.1f} ± {error:.1f} points, {seen:<9}"
        f" larger in {100 * larger:.0f} % of {cases[..., 0].size:,} cases"
    )


left_over = 100 * np.median(measured["moves_along"].astype(float), axis=(0, 1, 2))
ring = 100 * np.median(measured["stays_ring"].astype(float), axis=(0, 1, 2))
print("              change after 1 pixel               left over, old map moved along   on a ring")
print("              median, nine in ten of 360 moves   by 1 pixel    by 2 pixels        1 pixel")
for k, way in enumerate(ways):
    low, middle, high = 100 * np.percentile(stays[..., k], [5, 50, 95])
    print(
        f"{way:<13}{middle:4.0f} %   {low:.0f} to {high:.0f} %{left_over[k, 1]:26.0f} %"
        f"{left_over[k, 2]:13.0f} %{ring[k, 1]:16.0f} %"
    )
for left, right in [*pairwise(ways), ("max pool", "max + blur")]:
    differ(rows, stays, left, right)

# %% [markdown]
# And a whole network? Three stages of filter, ReLU and halving (the later filters are random, in
# five draws) and a global average make eight numbers that describe the picture. The camera moves by
# 1 to 7 pixels. Here *nothing* is the control: it shows what the pixels that come in and go out do
# by themselves.

# %%
described = l04_shifts.figures["descriptions"]
cases = described["photograph"].astype(float)[..., 1:8].mean(axis=-1)
whole = {way: cases[..., k].mean(axis=(0, 2, 3)) for k, way in enumerate(ways)}
show_ablation(whole, "change of the description, mean of moves by 1 to 7 pixels")

# %%
elsewhere = described["other"].astype(float).mean(axis=(0, 1, 2))
ring = 100 * np.median(described["ring"].astype(float), axis=(0, 1, 2, 3))
print("                      of the change to   on a ring, moved by")
print("              change  another place         1      4      8")
for k, way in enumerate(ways):
    share_of = whole[way].mean() / elsewhere[k]
    on_ring = "".join(f"{ring[k, shift]:5.1f} %" for shift in (1, 4, 8))
    print(f"{way:<13}{100 * whole[way].mean():5.1f} %{100 * share_of:12.0f} %     {on_ring}")
for left, right in [*pairwise(ways[1:]), ("max + blur", "nothing")]:
    differ(whole, cases, left, right)

# %% [markdown]
# **What came out.**
#
# - *Invariant?* No. After one max pooling, a move of one pixel changes the map by 50 % in the
#   median case, and by 19 to 65 % in nine cases of ten. Without pooling the median is 66 %. So
#   pooling softens the change, and the average does this nearly as well as the maximum. A stride
#   without pooling softens nothing.
# - *Equivariant?* A convolution is, exactly. Anything with stride 2 is equivariant only for even
#   moves. After a move by one pixel, 49 % of a max-pooled map is left over in the median case,
#   however you place the old map.
# - It is the *global average* that makes a description nearly invariant. Plain strides spoil it
#   most, then max pooling, then average pooling. With a blur, we see no more change than without
#   any halving. The blur is not free: it takes fine detail away.
# - It is tempting to close the picture into a ring, so that nothing new comes in. Maps change about
#   as much on a ring. But without halving, descriptions don't change there at all, and so look
#   better than they are. And *average pool* and *max + blur* are back at 0 after 4 pixels, not only
#   after 8: the mean of what their last halving keeps is the same, wherever the map lies.

# %% [markdown]
# ### A second claim to test
#
# > "Pooling prevents over-fitting."
#
# **Over-fitting** is learning the training pictures by heart: a network gets those right, and many
# new ones wrong. The usual argument: pooling makes maps smaller, so the dense layer after them has
# fewer weights (one for each number of the maps and each class). So we keep two things apart: the
# pooling and the number of weights. Five small networks differ only in what follows each of their
# two filter layers:
#
# | | 50,890 weights | 7,690 weights |
# | --- | --- | --- |
# | without pooling | no pooling | stride 2 |
# | with pooling | max pool, stride 1 | max pool; average pool (both with stride 2) |
#
# They learn 400 handwritten digits of 8×8 pixels that stand anywhere on a board of 12×12; as a
# control, other networks learn digits that always stand in the middle. All take the same number of
# steps, each with the step size that suits it best on other digits (`cnnedu experiment
# l04_overfitting`). Each has eight runs with different first weights and different training digits;
# ± is the standard error again. Before you run the cells: which network will do best on new digits?

# %%
runs = l04_overfitting.figures["runs"]
for board in runs:
    print(f"{f'digits {board}':<32}weights   training right   new ones right")
    for way, found in runs[board].items():
        training, new = (100 * np.array(found[part]) for part in ("training", "test"))
        print(
            f"  {way:<20}{l04_overfitting.parameters(way):>17,}{training.mean():15.1f} %"
            f"{new.mean():11.1f} ± {new.std(ddof=1) / np.sqrt(len(new)):.1f} %"
        )
anywhere = {way: np.array(found["test"]) for way, found in runs["anywhere"].items()}
show_ablation(anywhere, "new digits right, standing anywhere")

# %%
print("points that are won, digits:           anywhere       in the middle")
for left, right in l04_overfitting.PAIRS:
    gains = [l04_overfitting.gain(runs[board], left, right) for board in runs]
    shown = "".join(f"{mean:+9.1f} ± {error:.1f}" for mean, error in gains)
    print(f"{f'{left} against {right}':<38}{shown}")
for way in ("no pooling", "max pool"):
    changed = np.mean(runs["anywhere"][way]["changed"])
    print(f"{way}: a move by one pixel changes the class of {100 * changed:.0f} % of new digits")

# %% [markdown]
# **What came out.**
#
# - Pooling *prevents* nothing: with and without it, the networks learn nearly all of their digits
#   by heart.
# - But where digits stand anywhere, pooling wins 17 to 23 points on new ones, with many weights and
#   with few. Fewer weights by themselves win nothing that we can see. The likely reason is in the
#   last lines: with pooling, a small move changes the class less than half as often.
# - In the middle, where no move needs softening, there is little to win: 2 points at most.
#
# These are small networks and few pictures. Lesson 11 tries what else is said to help.

# %% [markdown]
# ### Where am I? Ask the zeros
#
# Real networks have a border, padded with zeros (lesson 03). Here is a picture with nothing on it:
# 32×32 pixels, each 0.5. It goes through eight layers of random filters. A convolution alone would
# give every pixel of the middle row the same 16 numbers. How many of its 32 pixels can be told
# apart?


# %%
def layers_on_grey(mode, seed):
    """Return the maps (16, 32, 32) of each of eight layers."""
    rng = np.random.default_rng(seed)
    x, kept = np.full((1, 1, 32, 32), 0.5), []
    for _ in range(8):
        w = rng.normal(size=(16, x.shape[1], 3, 3)) * np.sqrt(2 / (9 * x.shape[1]))
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode=mode)
        x = kernels.relu(kernels.conv2d(padded, w))
        kept.append(x[0])
    return kept


for padding, mode in [("zeros", "constant"), ("a ring, no border", "wrap")]:
    drawn = [layers_on_grey(mode, seed) for seed in range(8)]
    for layer in (1, 4, 8):
        kinds = [len(np.unique(m[layer - 1][:, 16].round(9), axis=1).T) for m in drawn]
        print(f"{padding:<20}layer {layer}: {min(kinds)} to {max(kinds)} kinds of pixels in a row")

# %%
maps = layers_on_grey("constant", 0)
busiest = [m[m.std(axis=(1, 2)).argmax()] for m in (maps[0], maps[3], maps[7])]
plots.show_maps(
    [m / m.max() for m in busiest], ["layer 1", "layer 4", "layer 8"], columns=3, size=2.4
)

# %% [markdown]
# **What came out.** With zero padding, each layer carries the border one pixel further in. After
# one layer a pixel can tell left, middle and right apart; after eight, 17 places. So even at stride
# 1, a padded network is not perfectly equivariant. That can help (the sky is above) or harm.
#
# ### Quiz of the second half

# %%
Quiz(
    Question(
        "A picture moves by 3 pixels and the map of a layer moves by 3, otherwise unchanged. "
        "The layer is …",
        Right("translation equivariant", "The answers move along."),
        Wrong("translation invariant", "Then the map would not have moved."),
        Wrong("neither of the two, since it changed", "Moving along is what equivariant means."),
    ),
    Question(
        "Two networks consist of convolutions at stride 1, on a ring. One gives its last maps to a "
        "dense layer; the other first takes a global average. A picture moves by 5 pixels. Whose "
        "scores change?",
        Right(
            "those of the first network only",
            "The maps move along in both. A dense layer has a weight of its own for each place; a "
            "mean doesn't care where its numbers stand.",
        ),
        Wrong(
            "those of neither: convolution is invariant", "It is equivariant: the maps have moved."
        ),
        Wrong("those of both networks alike", "A mean doesn't care where its numbers stand."),
    ),
    Question(
        "How many parameters does 3×3 max pooling over 64 channels have?",
        Right("none", "It chooses; it has nothing to learn."),
        Wrong("9, one for each place of the window", "A window isn't a kernel: it has no weights."),
        Wrong("576, which is 9 for each channel", "Those would be weights. Pooling has none."),
    ),
    Question(
        "Our small networks had pooling, or far fewer weights, or both. Which of these helped "
        "with new digits that stand anywhere?",
        Wrong(
            "fewer weights: with less memory, less is learnt by heart",
            "With stride 2 in place of pooling, the weights were as few, and nothing was gained.",
        ),
        Right(
            "pooling, with many weights and with few",
            "All networks learnt their digits by heart. Those with pooling minded shifts less.",
        ),
        Wrong(
            "only both together: one without the other did nothing",
            "Max pooling with stride 1 kept all the weights, and helped about as much.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. ReLU is $\max(0, a)$; sigmoid and tanh go flat, and let ever less of a small change through.
# 2. Softmax sees differences only; subtract the largest score before taking powers.
# 3. Pooling keeps the largest or the mean of each window, channel by channel, with no parameters.
# 4. Equivariant: the answers move along. Invariant: they stay. Pooling gives neither: it only
#    softens shifts. A global average of equivariant maps is invariant.
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
