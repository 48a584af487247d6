# %% [markdown]
# # 02 · Filters and features
#
# In lesson 01 nine weights asked one question of a smiley. Here other weights ask other questions,
# of a photograph: where is it sharp, where does it change, what is red in it? Each kernel gives a
# picture of its answers, a **feature map**. Stack several of them and you have the output of a
# convolutional layer.
#
# **After this lesson you can**
#
# - say from nine weights what a kernel does to brightness, edges and noise;
# - compute Sobel's edge strength, and say which directions one kernel alone can't see;
# - show why two filters in a row, with nothing between them, are no more than one;
# - compute a convolution over three colours and count its weights;
# - follow a photograph through filter → ReLU → max pool, with every size.
#
# *Time:* 50 minutes. *Before this:* lesson 01.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, photo, smiley, square
from cnnedu.widgets import KernelLab, Question, Quiz, Right, Wrong

sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
grey = square(photo("cat"), top=0, left=70, size=300).mean(axis=2)  # 0 is black, 255 is white

edges = kernels.correlate2d(grey, sobel)
positive = kernels.relu(edges)
pooled = kernels.max_pool2d(positive[None, None], 2)[0, 0]
plots.show_stages(
    [grey, edges, positive, pooled], ["photograph", "filter", "ReLU", "max pool"], (77, 85, 60)
)

# %% [markdown]
# This is where the lesson ends: a photograph is filtered, what is negative is thrown away, and of
# every four numbers the largest is kept. It is one stage of a real network. The weights here were
# chosen by hand; a network learns its own.
#
# ## Nine weights, six questions
#
# Go back to the window of lesson 01, row 3 and column 0 of the smiley:
#
# $$\begin{bmatrix} 1&0&0\\ 1&0&1\\ 1&0&0 \end{bmatrix}$$
#
# The edge detector answered −2. Other weights, other answers:
#
# - **blur**, nine times 1/9, takes the mean: four of nine pixels are ink, so 4/9 ≈ 0.44;
# - the **Laplacian** is 8 in the middle and −1 around it: eight times the middle pixel minus its
#   eight neighbours, $8 \cdot 0 - 4 = -4$;
# - **sharpen** is 5 in the middle and −1 on its four sides: $5 \cdot 0 - (0 + 1 + 1 + 0) = -2$.
#
# Here are six kernels that every image program has. The same numbers come from the code:

# %%
bank = {
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "blur": np.full((3, 3), 1 / 9),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "Sobel": sobel,
    "Laplacian": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "emboss": np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
}
print("kernel     sum of weights   answer at row 3, column 0")
for name, w in bank.items():
    print(f"{name:<9}{w.sum():>16.0f}{kernels.correlate2d(smiley(), w)[3, 0]:>28.2f}")

# %% [markdown]
# Look at the **sum of the weights** first. On a window where all nine pixels are equal to $g$, the
# answer is $g$ times that sum. So a kernel whose weights add up to 1 leaves even ground as bright
# as it was, and one whose weights add up to 0 answers 0 there: it reports *change* only.
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "A patch of sky where every pixel is 200. What does *sharpen* answer there?",
        Right("200", "Its weights add up to 1: 5 · 200 − 4 · 200 = 200."),
        Wrong("1000", "5 · 200 is the middle alone; four neighbours take 200 each away again."),
        Wrong("0", "That is what the Laplacian answers: its weights add up to 0."),
        Wrong(
            "255, the brightest there is",
            "Nothing here is cut off at 255, and nothing is brighter.",
        ),
    )
)

# %%
sky = np.full((5, 5), 200)
{name: kernels.correlate2d(sky, w)[0, 0].round(6).item() for name, w in bank.items()}

# %% [markdown]
# ## On a photograph
#
# One eye of the cat, 100 × 100 pixels. Maps of kernels that add up to 0 are drawn in signed colours
# (blue negative, red positive), the others in the greys of the photograph.

# %%
eye = square(grey, top=62, left=65, size=100)
plots.show_bank(eye, bank, [kernels.correlate2d(eye, w) for w in bank.values()])

# %% [markdown]
# - *Blur* takes the fine hairs away and keeps the eye.
# - *Sharpen* is the picture plus its own change. Look at the fur: noise changes fast, so noise is
#   sharpened most.
# - *Sobel* is the edge detector with more weight on the middle row: edges from dark to light, going
#   right, are red.
# - The *Laplacian* asks of each pixel: are you brighter than your surroundings? It knows no
#   direction.
# - *Emboss* mixes change along the diagonal with the picture itself: a relief, lit from one corner.
#
# ## Which of them care about the flip?
#
# Deep learning's convolution is cross-correlation; true convolution turns the kernel by 180° first
# (lesson 01).

# %%
Quiz(
    Question(
        "For how many of the six kernels does the turn change the answers?",
        Wrong("none", "It changed every sign of the edge detector in lesson 01."),
        Right(
            "two",
            "Sobel changes its sign, emboss is lit from the other side. The other four look the "
            "same after half a turn.",
        ),
        Wrong("six", "Turn the blur by 180°: you can't tell."),
    )
)

# %%
for name, w in bank.items():
    same = np.allclose(kernels.correlate2d(eye, w), kernels.convolve2d(eye, w))
    print(f"{name:<10}{'the same' if same else 'other numbers'}")

# %% [markdown]
# ## With your own hands
#
# The same cat, with a kernel that you write. Below it the ReLU and the pooling of the figure at the
# top.
#
# 1. Choose *Blur* and change one weight. When does the filtered photograph get darker, when
#    lighter?
# 2. Choose *Sobel x*, then *Sobel y*. Which whiskers appear, which vanish?
# 3. Switch from cross-correlation to convolution, with Sobel and with the Laplacian.
# 4. Drag the window to the edge of the pupil and read the nine products.

# %%
KernelLab()

# %% [markdown]
# ## How strong is the edge, and which way does it run?
#
# Sobel's kernel is made of two simple ones: a difference along the row, and a small blur down the
# column, which calms the noise.
#
# $$\begin{bmatrix} 1\\2\\1 \end{bmatrix} \begin{bmatrix} -1&0&1 \end{bmatrix} =
# \begin{bmatrix} -1&0&1\\ -2&0&2\\ -1&0&1 \end{bmatrix}$$

# %%
np.outer([1, 2, 1], [-1, 0, 1])

# %% [markdown]
# Transposed, it looks for change from top to bottom. The two answers at a pixel, $g_x$ and $g_y$,
# are the sides of a right-angled triangle; its long side is the **magnitude**, the strength of the
# edge:
#
# $$ m = \sqrt{g_x^2 + g_y^2} $$
#
# With $g_x = 3$ and $g_y = -4$ the magnitude is $\sqrt{9 + 16} = 5$.
#
# ## A claim to test
#
# > "An edge detector finds the edges."
#
# All of them? A disc has an edge in every direction, so it is a fair test. Below, a light disc on
# dark ground; its rim is smoothed as a camera would do it.
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "Where on the rim of the disc does Sobel's kernel (left against right) answer 0?",
        Wrong(
            "nowhere: it is an edge all the way round", "The kernel compares left with right only."
        ),
        Right(
            "at the top and at the bottom",
            "There the edge runs from left to right: "
            "on both sides of the window it is equally light.",
        ),
        Wrong("at the left and at the right", "There left and right differ most."),
    )
)

# %%
fine = (np.arange(512) + 0.5) / 8 - 32  # 8 × 8 points in each of 64 × 64 pixels
inside = fine[:, None] ** 2 + fine**2 < 24**2
disc = inside.reshape(64, 8, 64, 8).mean(axis=(1, 3))

gx = kernels.correlate2d(disc, sobel)
gy = kernels.correlate2d(disc, sobel.T)
magnitude = np.sqrt(gx**2 + gy**2)
plots.show_maps(
    [disc, gx, gy, magnitude],
    ["disc", "left against right", "top against bottom", "magnitude"],
    signed=[1, 2, 3],
)

# %% [markdown]
# Now with numbers: one straight edge, turned in steps of 5°, and what the window in its middle
# answers.


# %%
def straight_edge(degrees):
    """A 3×3 picture of an edge through its middle, each pixel the mean of 32 × 32 points."""
    points = (np.arange(96) + 0.5) / 32 - 1.5
    turned = points * np.cos(np.radians(degrees)) + points[:, None] * np.sin(np.radians(degrees))
    return (turned > 0).reshape(3, 32, 3, 32).mean(axis=(1, 3))


angles = np.arange(0, 181, 5)
gx = np.array([(straight_edge(a) * sobel).sum() for a in angles])
gy = np.array([(straight_edge(a) * sobel.T).sum() for a in angles])
curves = {
    "left against right": gx,
    "top against bottom": gy,
    "sum of sizes": abs(gx) + abs(gy),
    "magnitude": np.sqrt(gx**2 + gy**2),
}
plots.show_lines(angles, curves, "direction of the edge, degrees", "answer", ylim=(-5, 7))

# %%
for name, values in curves.items():
    sizes = np.abs(values)
    print(f"{name:<20}from {sizes.min():.2f} to {sizes.max():.2f}")

# %% [markdown]
# **What came out.** One kernel alone misses edges: the answer goes to 0 where the edge runs along
# its difference. Two kernels and the magnitude see all directions, within 8 %. Adding up the sizes,
# $|g_x| + |g_y|$, is cheaper and often seen in code, but favours diagonals by up to half. So one
# question is not enough, and a layer needs several filters.
#
# ## A second claim to test
#
# > "Two filters in a row see more than one."
#
# First blur, then find edges: 3×3, then again 3×3. Each output now depends on 5×5 pixels. Is there
# one kernel that does both at once? Slide the edge detector over the blur, with room around it:

# %%
both = kernels.convolve2d(bank["blur"], edge_kernel(), padding=2)
plots.show_grids(
    [bank["blur"] * 9, edge_kernel(), both * 9],
    ["blur × 9", "then edges", "both at once × 9"],
    signed=[0, 1, 2],
)

# %%
in_a_row = kernels.correlate2d(kernels.correlate2d(eye, bank["blur"]), edge_kernel())
at_once = kernels.correlate2d(eye, both)
print("the same answers:", np.allclose(in_a_row, at_once))

# %% [markdown]
# **What came out.** Two filters in a row are one, larger filter, and so would be a hundred. (Here
# true convolution is at home: combining kernels needs its flip.) A network gains from depth only if
# something stands *between* the filters that no filter can do.
#
# The usual thing is the **ReLU**: what is negative becomes 0.
#
# $$\text{relu}(a) = \max(0, a), \qquad \text{relu}(-2) = 0, \quad \text{relu}(2) = 2$$
#
# No kernel can do that. A kernel that turns the picture $x$ into $y$ turns $-x$ into $-y$. The ReLU
# does not:

# %%
window = smiley()[3:6, 5:8]  # the right outline: the edge detector says 2
answer = (window * edge_kernel()).sum()
print("x:", kernels.relu(answer), "   −x:", kernels.relu(-answer))

# %% [markdown]
# ## Colour: three numbers a pixel
#
# A colour picture is three sheets: red, green, blue. Its shape is $(C, H, W) = (3, H, W)$. A filter
# gets one slice of weights *for each sheet*, and still gives **one** number per place: multiply on
# every sheet, add everything up. A constant $b$, the **bias**, is added last.
#
# By hand, with one 3×3 window. Red is the window you know, green is all 0, blue is all 1. The
# filter holds the edge detector for red, nothing for green, a −1 in the middle for blue; $b = 0.5$:
#
# | | red | green | blue | bias | sum |
# | --- | --- | --- | --- | --- | --- |
# | | −2 | 0 | −1 | +0.5 | **−2.5** |
#
# With $F$ filters there are $F$ such answers, $F$ feature maps, stacked into one volume:
#
# $$ \text{out}_{f,i,j} = b_f + \sum_{c=0}^{C-1} \sum_{u=0}^{KH-1} \sum_{v=0}^{KW-1}
# x_{c,\,i+u,\,j+v}\; w_{f,c,u,v} $$


# %%
def conv(x, w, b):
    (C, H, W), (F, _, KH, KW) = x.shape, w.shape
    out = np.zeros((F, H - KH + 1, W - KW + 1))
    for f in range(F):
        for c in range(C):
            out[f] += kernels.correlate2d(x[c], w[f, c])
        out[f] += b[f]
    return out


x = np.stack([smiley()[3:6, 0:3], np.zeros((3, 3)), np.ones((3, 3))])
middle = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
w = np.stack([edge_kernel(), np.zeros((3, 3)), -middle])[None]  # one filter: (1, 3, 3, 3)
conv(x, w, b=np.array([0.5]))

# %% [markdown]
# ### Predict, then look
#
# Now four filters on a colour photograph of 3 × 300 × 300.

# %%
Quiz(
    Question(
        "Each of four filters is 3×3. What is the shape of the output?",
        Wrong("(12, 298, 298)", "The three colours of one filter are added up into one map."),
        Right("(4, 298, 298)", "One map per filter, and 300 − 3 + 1 = 298."),
        Wrong("(4, 3, 298, 298)", "Colours don't survive: each filter gives one number per place."),
        Wrong("(3, 298, 298)", "The output has as many sheets as there are filters, not colours."),
    )
)

# %%
astronaut = square(photo("astronaut"), top=0, left=70, size=300).transpose(2, 0, 1) / 255
mean = bank["blur"]
filters = np.array(
    [
        [sobel, sobel, sobel],
        [sobel.T, sobel.T, sobel.T],
        [mean, -mean / 2, -mean / 2],
        [-mean / 2, -mean / 2, mean],
    ]
)
maps = kernels.conv2d(astronaut[None], filters)[0]
names = ["left–right", "top–bottom", "red", "blue"]
plots.show_stack(astronaut, filters, maps, names)

# %%
print("picture", astronaut.shape, "  filters", filters.shape, "  maps", maps.shape)
corner = conv(astronaut[:, :32, :32], filters, np.zeros(4))  # small, since loops are slow
print("the loops above give the same:", np.allclose(corner, maps[:, :30, :30]))
print("weights:", filters.size, "  with biases:", filters.size + len(filters))

# %% [markdown]
# The orange suit lights up in the third map, and no edge kernel could have found it: what counts
# there is one colour *against* the others. The whole layer has $4 \cdot 3 \cdot 3 \cdot 3 = 108$
# weights and 4 biases, whatever the size of the picture.
#
# (`conv2d` is the course's reference. It takes a *batch* of pictures $(N, C, H, W)$, hence the
# `[None]` and the `[0]`. You write your own in the next exercise.)
#
# ## Filter → ReLU → max pool
#
# Back to the beginning, first in small. The smiley, 8×8, gives 6×6 answers; the ReLU keeps the
# positive ones; **max pooling** cuts the map into squares of 2×2 and keeps the largest of each:
# 3×3.

# %%
answers = kernels.correlate2d(smiley(), edge_kernel())
kept = kernels.relu(answers)
small = kernels.max_pool2d(kept[None, None], 2)[0, 0]
plots.show_grids(
    [smiley(), answers, kept, small],
    ["smiley", "filter", "ReLU", "max pool"],
    signed=[1, 2, 3],
)

# %% [markdown]
# Check one by hand: the top left 2×2 of the answers is

# %%
print(answers[:2, :2], "→", kept[:2, :2].ravel(), "→", small[0, 0])

# %% [markdown]
# And in large: the figure at the top of this page. Every size follows from what you know:
# $300 - 3 + 1 = 298$, and $298 / 2 = 149$.

# %%
for name, stage in [("photograph", grey), ("filter", edges), ("ReLU", positive), ("pool", pooled)]:
    share = 100 * (stage > 0).mean()
    print(f"{name:<11}{stage.shape}   {stage.size:>6,} numbers, {share:.0f} % of them above 0")

# %% [markdown]
# The ReLU has made half of the map silent: what is left says "light to the right of dark, here",
# and nothing else. The pooling has kept the strongest of each four and forgotten where in its
# square it stood. Whether that makes a network blind to small shifts, as is often said, you measure
# in lesson 04.
#
# ## Quiz

# %%
Quiz(
    Question(
        "The weights of a kernel add up to 0. "
        "What does it say of a photograph taken with twice the light?",
        Wrong("the same", "It is blind to light that is *added*; here every pixel is multiplied."),
        Right("twice the answers", "Each product doubles, so their sum does."),
        Wrong("0 everywhere", "That holds for even ground, not for a photograph."),
    ),
    Question(
        "A layer has 3 channels in and 12 filters of 3×3, with biases. "
        "How many numbers does it learn?",
        Wrong("108", "12 · 9 forgets that a filter has a slice for each of the 3 channels."),
        Wrong("324", "12 · 3 · 9 = 324 weights, and each filter has a bias."),
        Right("336", "12 · (3 · 9 + 1) = 336."),
        Wrong(
            "it depends on the picture",
            "The weights are shared by all places, whatever their number.",
        ),
    ),
    Question(
        "Why does sharpening make a noisy photograph worse?",
        Right(
            "Noise changes from pixel to pixel, and change is what it adds",
            "Sharpen = identity + what a Laplacian finds, and noise is nearly all change.",
        ),
        Wrong("Its weights don't add up to 1", "5 − 4 = 1: even ground stays as it is."),
        Wrong("It has to be applied twice", "That would sharpen the noise twice."),
    ),
    Question(
        "Three convolutions of 3×3 stand in a row, with no ReLU between. "
        "What else would do the same?",
        Wrong("nothing", "Only something between them could make the difference."),
        Right(
            "one convolution of 7×7", "Each adds 2 pixels of width: 3, 5, 7. Linear stays linear."
        ),
        Wrong(
            "one convolution of 9×9", "Windows overlap: the width grows by 2 each time, 3, 5, 7."
        ),
    ),
    Question(
        "Max pooling of 2×2 on a 298×298 map. How many of the numbers survive?",
        Right("a quarter", "One of each four: 149 × 149 = 22,201 of 88,804."),
        Wrong("half", "Height and width are both halved."),
        Wrong("as many as are above 0", "Pooling keeps one of each square, whatever its size."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Weights that add up to 1 keep brightness; weights that add up to 0 report change only.
# 2. One edge kernel misses directions; two and $\sqrt{g_x^2 + g_y^2}$ see them all.
# 3. Filters in a row collapse into one filter; a ReLU between them prevents it.
# 4. $C$ channels in, $F$ filters, $F$ maps out; $F\,(C \cdot KH \cdot KW + 1)$ numbers to learn.
# 5. Filter → ReLU → max pool: 300×300 → 298×298 → 298×298 → 149×149.
#
# **Now you:** [exercise 02](../exercises/02_filters_and_features/02_filters_and_features.ipynb).
# **Next:** [lesson 03, stride, padding, shapes](03_stride_padding_shapes.ipynb).
#
# ## To read on
#
# - R. Szeliski. *Computer Vision: Algorithms and Applications*, 2nd edition. Springer, 2022.
#   Section 3.2, linear filtering.
# - J. Canny. "A computational approach to edge detection." *IEEE Transactions on Pattern Analysis
#   and Machine Intelligence* 8(6), 679–698, 1986. What a good edge detector should do, and one that
#   does.
# - D. Marr, E. Hildreth. "Theory of edge detection." *Proceedings of the Royal Society of London B*
#   207, 187–217, 1980. The Laplacian, and why to blur first.
# - D. H. Hubel, T. N. Wiesel. "Receptive fields, binocular interaction and functional architecture
#   in the cat's visual cortex." *The Journal of Physiology* 160, 106–154, 1962. Cells that answer
#   to edges of one direction, found in a real cat.
