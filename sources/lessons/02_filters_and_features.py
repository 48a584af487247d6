# %% [markdown]
# # 02 · Filters and features
#
# In lesson 01 nine weights asked one question of a smiley. Here other weights ask other questions,
# this time of a photograph: where is it sharp, where does it change, what is red in it? The answers
# of one kernel form a picture of their own, a **feature map**. Out of two such maps you build, by
# hand, a network that tells happy faces from sad ones. Then you find out who chooses the weights of
# a trained network.
#
# **After this lesson you can**
#
# - say from nine weights what a kernel does to brightness, edges and noise, and compute how strong
#   an edge is and which way it faces;
# - show why two filters in a row, with nothing between them, are no more than one;
# - compute a convolution over three colours, and follow a photograph through filter → ReLU → max
#   pool with every size;
# - build a small network that decides, measure how often it is right, and say why it fails;
# - find a hidden kernel by making an error smaller, step by step.
#
# *Time:* 60 minutes. *Before this:* lesson 01.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, photo, smiley, square
from cnnedu.data.chalk import make_smileys, make_x_and_o
from cnnedu.plots.filters import show_filters, show_kernels
from cnnedu.widgets import KernelLab, KernelSearch, Question, Quiz, Right, Wrong

laplacian = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
grey = square(photo("cat"), top=0, left=70, size=300).mean(axis=2)  # 0 is black, 255 is white

change = kernels.correlate2d(grey, laplacian)
positive = kernels.relu(change)
pooled = kernels.max_pool2d(positive[None, None], 2)[0, 0]
plots.show_stages(
    [grey, change, positive, pooled], ["photograph", "Laplacian", "ReLU", "max pool"], (80, 90, 48)
)

# %% [markdown]
# This is one stage of a real network. A photograph goes through a **filter** (for now, one kernel),
# negative answers become 0 (the **ReLU**), and the largest of every four numbers is kept (**max
# pooling**).
#
# ## Nine weights, six questions
#
# Go back to the window of lesson 01, row 3 and column 0 of the smiley:
#
# $$\begin{bmatrix} 1&0&0\\ 1&0&1\\ 1&0&0 \end{bmatrix}$$
#
# The edge detector answered −2. Other weights give other answers:
#
# - **blur**, nine times 1/9, takes the mean: four of nine pixels are chalk, so 4/9 ≈ 0.44;
# - the **Laplacian** is 8 in the middle and −1 around it: eight times the middle pixel minus its
#   eight neighbours, $8 \cdot 0 - 4 = -4$;
# - **sharpen** is 5 in the middle and −1 on its four sides: $5 \cdot 0 - (0 + 1 + 1 + 0) = -2$.
#
# Here are these and three more, all of which image programs offer. The code gives the same numbers:

# %%
sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
bank = {
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "blur": np.full((3, 3), 1 / 9),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "Sobel": sobel,
    "Laplacian": laplacian,
    "emboss": np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
}
print("kernel     sum of weights   answer at row 3, column 0")
for name, w in bank.items():
    print(f"{name:<9}{w.sum():>16.0f}{kernels.correlate2d(smiley(), w)[3, 0]:>28.2f}")

# %% [markdown]
# ### Predict, then look

# %%
Quiz(
    Question(
        "A patch of sky where every pixel is 200. What does *sharpen* answer there?",
        Right("200", "Its weights add up to 1: 5 · 200 − 4 · 200 = 200."),
        Wrong("1000", "5 · 200 is the middle alone; each of the four neighbours takes 200 away."),
        Wrong("0", "That is what the Laplacian answers: its weights add up to 0."),
        Wrong("255", "Nothing here is cut off at 255, and nothing is brighter than 200."),
    )
)

# %%
sky = np.full((5, 5), 200)
{name: kernels.correlate2d(sky, w)[0, 0].round(6).item() for name, w in bank.items()}

# %% [markdown]
# On a window where all nine pixels are equal to $g$, the answer is $g$ times the **sum of the
# weights**. So a kernel whose weights add up to 1 leaves even ground as bright as it was. One whose
# weights add up to 0 answers 0 there: it reports *change* only.
#
# ## On a photograph
#
# Here is one eye of the cat, 100 × 100 pixels. Maps of kernels that add up to 0 are drawn in signed
# colours (blue negative, red positive), the others in the greys of the photograph.

# %%
eye = square(grey, top=62, left=65, size=100)
plots.show_bank(eye, bank, [kernels.correlate2d(eye, w) for w in bank.values()])

# %% [markdown]
# - *Blur* takes the fine hairs away and keeps the eye.
# - *Sharpen* is the picture plus its own change. Noise changes fast, so noise is sharpened most:
#   look at the fur.
# - *Sobel* is the edge detector with more weight on the middle row. Where it gets lighter from left
#   to right, the map is red.
# - The *Laplacian* asks of each pixel: are you lighter than your surroundings? It knows no
#   direction.
# - *Emboss* adds change along the diagonal: a relief, lit from one corner.
#
# Now write kernels of your own. Below the filtered cat you see the ReLU and the pooling of the
# figure at the top.
#
# 1. Choose *Blur* and change one weight. When does the photograph get darker, when lighter?
# 2. Choose *Sobel x*, then *Sobel y*. Which edges of the nose does each one see?
# 3. Switch from cross-correlation to convolution, with Sobel and with the Laplacian. Why does only
#    one of them notice the flip?

# %%
KernelLab()

# %% [markdown]
# ## How strong is the edge, and which way does it face?
#
# Sobel's kernel compares left with right. Transposed, it compares top with bottom. Call the two
# answers at a pixel $g_x$ and $g_y$. Together they are an arrow, the **gradient**: $g_x$ steps to
# the right and $g_y$ steps down. It points to where the picture gets lighter, so it stands at right
# angles to the edge. Its length, the **magnitude**, is the strength of the edge:
#
# $$ m = \sqrt{g_x^2 + g_y^2}, \qquad \text{direction} = \operatorname{arctan2}(g_y, g_x) $$
#
# With $g_x = 3$ and $g_y = -4$ the magnitude is $\sqrt{9 + 16} = 5$. The arrow points right and up.
# Rows are counted downwards, so its angle is negative:

# %%
print(f"magnitude {np.hypot(3, -4):.0f}, direction {np.degrees(np.arctan2(-4, 3)):.0f}°")

# %% [markdown]
# ### A claim to test
#
# > "An edge detector finds the edges."
#
# All of them? A light disc on dark ground has edges in every direction, so it is a fair test. Its
# rim is smoothed, as a camera would smooth it.

# %%
Quiz(
    Question(
        "Where on the rim of the disc does Sobel's kernel (left against right) answer 0?",
        Wrong("nowhere along the whole rim", "The kernel compares left with right only."),
        Right(
            "at the top and at the bottom",
            "There the edge runs from left to right: both sides of the window are equally light.",
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
    """A 3×3 picture that gets lighter in one direction, each pixel the mean of 32 × 32 points."""
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
xlabel = "direction in which it gets lighter, degrees (0: right, 90: down)"
plots.show_lines(angles, curves, xlabel, "answer", ylim=(-5, 7))

# %%
for name, values in curves.items():
    sizes = np.abs(values)
    print(f"{name:<20}from {sizes.min():.2f} to {sizes.max():.2f}")
off = np.degrees(np.arctan2(gy, gx)) - angles
print(f"arctan2 is wrong by at most {abs(off).max():.1f}°")

# %% [markdown]
# **What came out.** One kernel alone misses edges: its answer goes to 0 where the two sides it
# compares are equally light. Two kernels see all directions: the magnitude is the same to within
# 8 %, and the direction is right to within 2°. The sum of sizes, $|g_x| + |g_y|$, is cheaper and
# often seen in code, but favours diagonals by up to half. So one question is not enough: a layer
# needs several filters.
#
# ## A second claim to test
#
# > "Two filters in a row see more than one."
#
# First blur, then find edges: each output now depends on 5×5 pixels. Is there one kernel that does
# both at once? Slide the edge detector over the blur, with room around it:

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
print("the same answers inside the picture:", np.allclose(in_a_row, at_once))

blurred = kernels.correlate2d(eye, bank["blur"], padding=1)  # with a border of zeros
differs = ~np.isclose(
    kernels.correlate2d(blurred, edge_kernel(), padding=1),
    kernels.correlate2d(eye, both, padding=2),
)
print("with zeros around it, other answers at the border:", differs.any())
print("and anywhere else:", differs[1:-1, 1:-1].any())

# %% [markdown]
# **What came out.** Two filters in a row are one larger filter, and so are a hundred. The exception
# is the border, if zeros are put around the picture at each step, as in lesson 03. (Note
# `convolve2d` above: to combine kernels, you need the true convolution, with its flip.) A network
# gains from depth only if something happens *between* the filters that no filter can do.
#
# The usual choice is the **ReLU**: what is negative becomes 0.
#
# $$\text{relu}(a) = \max(0, a), \qquad \text{relu}(-2) = 0, \quad \text{relu}(2) = 2$$
#
# No kernel can do that. A kernel that turns the picture $x$ into $y$ turns $-x$ into $-y$. The ReLU
# does not:

# %%
window = smiley()[3:6, 5:8]  # the right outline: the edge detector says 2
answer = (window * edge_kernel()).sum()
print("x:", np.maximum(0, answer), "   −x:", np.maximum(0, -answer))

# %% [markdown]
# ## Colour: three numbers a pixel
#
# A colour picture is three sheets: red, green, blue. Each sheet is called a **channel**, and the
# shape is $(C, H, W) = (3, H, W)$. A picture of 256 × 256 still has 65,536 pixels, but 196,608
# numbers.
#
# A filter gets one slice of weights *for each channel*, and still gives **one** number per place:
# multiply in every channel, add everything up. A constant $b$, the **bias**, is added last.
#
# By hand, with one 3×3 window. Red is the window you know, green is all 0, blue is all 1. The
# filter holds the edge detector for red, nothing for green, and a −1 in the middle for blue;
# $b = 0.5$:
#
# | | red | green | blue | bias | sum |
# | --- | --- | --- | --- | --- | --- |
# | | −2 | 0 | −1 | +0.5 | **−2.5** |
#
# ### Predict, then look
#
# Four such filters slide over a colour photograph of 3 × 300 × 300.

# %%
Quiz(
    Question(
        "Each of four filters is 3×3, with a slice per channel. What is the shape of the output?",
        Wrong("(12, 298, 298)", "The three colours of one filter are added up into one map."),
        Right("(4, 298, 298)", "One map per filter, and 300 − 3 + 1 = 298."),
        Wrong("(4, 3, 298, 298)", "Colours don't survive: each filter gives one number per place."),
        Wrong("(3, 298, 298)", "The output has as many maps as there are filters, not colours."),
    )
)

# %% [markdown]
# With $F$ filters there are $F$ answers at each place: $F$ feature maps, stacked into one volume.
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
w = np.stack([edge_kernel(), np.zeros((3, 3)), -bank["identity"]])[None]  # one filter: (1, 3, 3, 3)
conv(x, w, b=np.array([0.5]))

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
names = ["left–right", "top–bottom", "more red", "more blue"]
plots.show_stack(astronaut, filters, maps, names)

# %%
print("picture", astronaut.shape, "  filters", filters.shape, "  maps", maps.shape)
corner = conv(astronaut[:, :32, :32], filters, np.zeros(4))  # small, since loops are slow
print("the loops above give the same:", np.allclose(corner, maps[:, :30, :30]))
print("weights:", filters.size, "  with biases:", filters.size + len(filters))

# %% [markdown]
# The orange suit lights up in the third map. No edge kernel asks what that filter asks: what counts
# there is one colour *against* the others. The whole layer has $4 \cdot 3 \cdot 3 \cdot 3 = 108$
# weights and 4 biases, whatever the size of the picture.
#
# (`conv2d` takes a **batch**, many pictures at once, hence the `[None]` and the `[0]`.)
#
# ## Filter → ReLU → max pool
#
# Back to the figure at the top, first on a small scale. The smiley, 8×8, gives 6×6 answers; the
# ReLU keeps the positive ones; **max pooling** cuts the map into squares of 2×2 and keeps the
# largest of each: 3×3.

# %%
answers = kernels.correlate2d(smiley(), edge_kernel())
kept = np.maximum(0, answers)
small = kept.reshape(3, 2, 3, 2).max(axis=(1, 3))  # three rows and three columns of 2×2
plots.show_grids(
    [smiley(), answers, kept, small],
    ["smiley", "filter", "ReLU", "max pool"],
    signed=[1, 2, 3],
)

# %% [markdown]
# Check the top left square by hand:

# %%
print(answers[:2, :2], "→", kept[:2, :2].ravel(), "→", small[0, 0])
reference = kernels.max_pool2d(kernels.relu(answers)[None, None], 2)[0, 0]
print("as the reference:", np.array_equal(small, reference))

# %% [markdown]
# At full size it is the figure at the top of this page, with $300 - 3 + 1 = 298$ and
# $298 / 2 = 149$:

# %%
stages = {"photograph": grey, "Laplacian": change, "ReLU": positive, "max pool": pooled}
for name, stage in stages.items():
    share = 100 * (stage > 0).mean()
    print(f"{name:<11}{stage.shape}   {stage.size:>6,} numbers, {share:.0f} % of them above 0")

# %% [markdown]
# The ReLU has silenced half of the map. What is left says "lighter than its surroundings, here".
# The pooling has kept the strongest of every four and forgotten where in its square it stood.
# Lesson 04 measures what small shifts do to it.
#
# ## A decision: happy or sad?
#
# You now have all the parts of a network that decides. Somebody draws a smiley with chalk, happy or
# sad, anywhere on a board of 12 × 12 pixels, firmly or faintly. Not all the chalk sticks, and the
# board is dusty.

# %%
faces, happy = make_smileys(2000, seed=1)
titles = ["happy" if label else "sad" for label in happy]
plots.show_maps(faces[:12], titles, columns=6, size=1.3)

# %% [markdown]
# The two kinds differ in the mouth alone. The left half of a smile is one pixel of chalk, then two
# more a row below. Upside down, it is the left half of a frown:
#
# $$\text{smile} = \begin{bmatrix} 1&-1&-1\\ -1&1&1 \end{bmatrix} \qquad
# \text{frown} = \begin{bmatrix} -1&1&1\\ 1&-1&-1 \end{bmatrix}$$
#
# Each kernel makes a map, and the ReLU sets what is negative to 0. Then comes **global max
# pooling**: the largest number of the whole map, wherever it stands. Last comes a vote: the smile's
# number minus the frown's. (A weighted sum of everything that comes in is called a **dense layer**.
# This one has two weights, +1 and −1.)


# %%
def strongest(pictures, filters):
    """Return the largest answer of each filter to each picture, at least 0: shape (N, F)."""
    maps = kernels.conv2d(pictures[:, None], np.array(filters, float)[:, None])
    return np.maximum(0, maps).max(axis=(2, 3))


def decide(pictures, filters):
    """Return 1 where the first filter has the stronger answer, else 0: shape (N,)."""
    return (strongest(pictures, filters) @ [1, -1] > 0).astype(int)


half = np.array([[1, -1, -1], [-1, 1, 1]])

# %% [markdown]
# ### Predict, then look

# %%
Quiz(
    Question(
        "2,000 faces, about as many happy as sad. How many does this network get right?",
        Wrong("nearly all of them", "The mouth is not the only place where the kernels answer."),
        Right(
            "about two in three of them",
            "A happy face has two smiles, mouth and chin, and one frown, the top of its head.",
        ),
        Wrong("one in two", "A coin would do that. The mouth does count for something."),
    )
)

# %%
right = decide(faces, [half, half[::-1]]) == happy
print(f"right: {100 * right.mean():.1f} %, give or take {100 * right.std() / 2000**0.5:.1f}")

# %% [markdown]
# **What came out.** Better than a coin, but not good. The chin of every face contains the six
# pixels of half a smile, and the top of its head those of half a frown. So in a happy face two
# places say "smile" and one says "frown", all about equally loudly. Two times in three, the loudest
# is right.
#
# Here a kernel has to see more. Make it as wide as the whole mouth:
#
# $$\text{smile} = \begin{bmatrix} 1&-1&-1&1\\ -1&1&1&-1 \end{bmatrix} \qquad
# \text{mouth} = \begin{bmatrix} 1&0&0&1\\ 0&1&1&0 \end{bmatrix} \qquad
# \text{chin} = \begin{bmatrix} 1&0&0&0\\ 0&1&1&1 \end{bmatrix}$$
#
# It answers 4 to the mouth. To the chin, which goes on to the right, it answers only
# $1 + 1 + 1 - 1 = 2$.

# %%
smile = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
network = [smile, smile[::-1]]
two = faces[[3, 0]]  # a happy face and a sad one
shown, titles = [], []
for face, (up, down) in zip(two, strongest(two, network), strict=True):
    shown += [face] + [np.maximum(0, kernels.correlate2d(face, w)) for w in network]
    vote = f"{up:.1f} − {down:.1f}: {'happy' if up > down else 'sad'}"
    titles += [vote, f"smile, at most {up:.1f}", f"frown, at most {down:.1f}"]
plots.show_maps(shown, titles, signed=[1, 2, 4, 5], columns=3, limit=4)

# %%
said = decide(faces, network)
print("            says sad  says happy")
for name, kind in [("sad", 0), ("happy", 1)]:
    print(f"drawn {name:<6}", *(f"{((happy == kind) & (said == k)).sum():9d}" for k in (0, 1)))
right = said == happy
print(f"right: {100 * right.mean():.1f} %, give or take {100 * right.std() / 2000**0.5:.1f}")
print(f"always saying the more frequent kind: {100 * max(happy.mean(), 1 - happy.mean()):.1f} %")

# %% [markdown]
# This is a convolutional network, made by hand, and it *sees*: it finds a smile anywhere on the
# board. The convolution answers at every place, and the global maximum doesn't mind which.
#
# Now make it fail:

# %%
tests = {
    "as above": (faces, happy),
    "more dust": make_smileys(2000, seed=1, noise=0.2),
    "much more dust": make_smileys(2000, seed=1, noise=0.4),
    "twice as large": (faces.repeat(2, axis=1).repeat(2, axis=2), happy),
    "upside down": (faces[:, ::-1], happy),
}
print("% right           all  happy    sad")
for name, (pictures, labels) in tests.items():
    right = decide(pictures, network) == labels
    groups = right, right[labels == 1], right[labels == 0]
    print(f"{name:<14}", *(f"{100 * group.mean():6.1f}" for group in groups))

# %% [markdown]
# - **Dust.** Each answer adds up eight pixels and their noise. With enough of it, some other place
#   beats the mouth.
# - **Size.** The kernels know mouths that are four pixels wide. In every large face, the corner
#   between eye and outline happens to look like a small frown, so most happy faces are called sad.
#   In a sad one, the corner between mouth and outline looks just as much like a small smile: the
#   answer is no better than a coin's.
# - **Turning.** To you, a happy face stays happy when it is upside down. The network says the
#   opposite: it looks at nothing but the mouth.
#
# The same lines of code decide between other things if you give them other kernels. Try the letters
# X and O in three sizes: an X has a crossing, an O has straight sides.

# %%
letters, is_x = make_x_and_o(2000, seed=1)
crossing = np.array([[1, -1, 1], [-1, 1, -1], [1, -1, 1]])
side = np.array([[-1, -1, -1], [1, 1, 1], [-1, -1, -1]])
right = decide(letters, [crossing, side]) == is_x
print(f"right: {100 * right.mean():.1f} %, give or take {100 * right.std() / 2000**0.5:.1f}")
clean, _ = make_x_and_o(2000, seed=1, noise=0)  # the same letters without dust
sizes = (clean > 0).any(axis=2).sum(axis=1)
print(*(f"size {size}: {100 * right[sizes == size].mean():.1f} %" for size in (5, 7, 9)), sep=", ")
plots.show_maps(letters[:6], ["X" if label else "O" for label in is_x], columns=6, size=1.3)

# %% [markdown]
# This time a large drawing is no harder: letters of all sizes have the same crossing and the same
# sides. Can the network for smileys be beaten when there is more dust? You will try in the
# exercise.
#
# ## Who chooses the weights?
#
# We chose these, by thinking about mouths and letters. Who chose the nine numbers at the start of
# lesson 01? Take the smallest case. You get a photograph and a map that was made from it, but not
# the kernel. Find it:
#
# 1. Move the sliders for two minutes, and watch the error.
# 2. Tick *Slopes*. They say which way each weight should go.
# 3. Press *One step downhill*, again and again.

# %%
fur = square(grey, top=30, left=60, size=40).round().astype(np.uint8)  # above the eye
search = KernelSearch(fur, sobel)
search

# %% [markdown]
# Three short functions can do what you did by hand. The **error** of nine weights is the mean
# squared difference between their map and the given one (the widget and the figures show its root).
# The **slope** of a weight says how the error changes with it: try a little more, try a little
# less, and compare. Then move all weights against their slopes, in proportion. That is one step of
# **gradient descent**.
#
# Before that, the pixels are shifted and scaled to mean 0 and standard deviation 1, as is usual for
# networks. Otherwise the brightness of the whole patch would drown out its pattern.


# %%
def prepare(patch):
    return (patch - patch.mean()) / patch.std()


def error(w, x, target):
    return ((kernels.conv2d(x[None, None], w[None, None])[0, 0] - target) ** 2).mean()


def slopes(w, x, target, nudge=0.01):
    found = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        more, less = w.copy(), w.copy()
        more[place] += nudge
        less[place] -= nudge
        found[place] = (error(more, x, target) - error(less, x, target)) / (2 * nudge)
    return found


def learn(w, x, target, steps, rate=0.1):
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - rate * slopes(path[-1], x, target))
    return path


x = prepare(fur)
target = kernels.correlate2d(x, sobel)
zeros = np.zeros((3, 3))

# %% [markdown]
# The first step for one weight, the one in the middle of the right column:

# %%
nudge = np.zeros((3, 3))
nudge[1, 2] = 0.01
more, less = error(zeros + nudge, x, target), error(zeros - nudge, x, target)
slope = (more - less) / 0.02
print(f"a little more: {more:.4f}   a little less: {less:.4f}")
print(
    f"slope {slope:.2f}, so the weight goes from 0 to 0 − 0.1 · ({slope:.2f}) = {-slope / 10:.2f}"
)
print("as the widget's:", np.allclose(slopes(search.weights, x, target), search.slopes))

# %% [markdown]
# ### Predict, then look

# %%
Quiz(
    Question(
        "Ten steps downhill from nine zeros. What is found?",
        Wrong("the hidden kernel, exactly", "The rough shape comes first. See the next figure."),
        Right(
            "an edge detector, though only roughly",
            "Its columns are right long before its rows are.",
        ),
        Wrong("a kernel with no pattern yet", "All nine weights know from step 1 which way to go."),
    )
)

# %%
path = learn(zeros, x, target, steps=10)
left = (error(path[10], x, target) / error(zeros, x, target)) ** 0.5
print(f"error after ten steps: {100 * left:.0f} % of the first")
show_kernels(
    [*path, sobel],
    [*(f"step {step}" for step in range(11)), "hidden kernel"],
    [f"error {error(w, x, target) ** 0.5:.2f}" for w in [*path, sobel]],
)

# %% [markdown]
# After ten steps the error is down to a fifth. The kernel is an edge detector, but not yet Sobel's.
# Does it get there? Does it always? We try other starts, a map with noise, other patches of the
# cat, and a patch whose rows are all equal.


# %%
def off(w):
    """How far the worst of the nine weights is from the hidden kernel."""
    return abs(w - sobel).max()


def found(patch, steps):
    """Return the kernel found on another patch, that patch and its map."""
    x = prepare(patch)
    target = kernels.correlate2d(x, sobel)
    return learn(zeros, x, target, steps)[-1], x, target


path = learn(zeros, x, target, steps=500)
rng = np.random.default_rng(0)
starts = [learn(rng.normal(size=(3, 3)), x, target, steps=500)[-1] for _ in range(5)]
noise = rng.normal(0, target.std() / 2, size=(5, *target.shape))
noisy = [learn(zeros, x, target + n, steps=200)[-1] for n in noise]
table = {
    **{f"the fur, {steps} steps": off(path[steps]) for steps in (10, 100, 500)},
    "five random starts, 500 steps, the worst": max(map(off, starts)),
    "noise half as large as the map, mean of five": np.mean(list(map(off, noisy))),
    "pupil, 500 steps": off(found(square(grey, 77, 85, 40), 500)[0]),
    "rim of the other eye, 500 steps": off(found(square(grey, 130, 240, 40), 500)[0]),
}
for name, value in table.items():
    print(f"{name:<46}{value:.2f}")

# %%
w, rows, its_map = found(np.tile(fur[20], (40, 1)), steps=500)
print(w.round(2) + 0)  # + 0 makes 0 of −0
errors = [error(w, *data) ** 0.5 for data in ((rows, its_map), (x, target))]
print(f"error on equal rows {errors[0]:.2f}, on the fur {errors[1]:.2f}")

# %% [markdown]
# **What came out.** On the fur, the search ends at the hidden kernel from every start. Noise in the
# map leaves it a little off. At the smooth rim of the other eye, the pixels of a window are almost
# equal, many kernels make almost the same map, and 500 steps don't tell them apart. Where all rows
# are equal, only the sums of the columns count: the search finds other weights, and on the fur
# their error isn't 0. *A small error says that the answers are right on these data, and no more.*
#
# ### The filters of a trained network
#
# Back to the network `classic` of lessons 00 and 01. How much do the 32 filters of its first layer
# look like edge detectors? Add up their three colours and let Sobel look at the nine weights as if
# they were a picture. The magnitude, divided by the largest that is possible, is 1 for Sobel's
# kernel in any direction, and 0 for a blur. Filters of random numbers show what chance gives.


# %%
from cnnedu.models.pretrained import load_pretrained


def likeness(filters):
    """How much filters (F, 3, 3, 3) look like Sobel's kernel in some direction, from 0 to 1."""
    w = filters.sum(axis=1)
    gx, gy = (w * sobel).sum(axis=(1, 2)), (w * sobel.T).sum(axis=(1, 2))
    return np.hypot(gx, gy) / np.sqrt((sobel**2).sum() * (w**2).sum(axis=(1, 2)))


trained = load_pretrained("classic")
first = trained.network.state_dict()["conv1.weight"].numpy()
alike = likeness(first)
order = alike.argsort()[::-1]
captions = [f"{alike[f]:.2f}" for f in order]
show_filters(path[10], first.sum(axis=1)[order], captions, name="learnt above")

# %%
rng = np.random.default_rng(0)
chance = [likeness(rng.normal(size=first.shape)) for _ in range(1000)]
above = [(values > 0.8).sum() for values in chance]
print(f"likeness above 0.8: {(alike > 0.8).sum()} of 32 filters")
print(f"of 32 random ones {np.mean(above):.1f}, at most {max(above)} in 1,000 such draws")
numbers = sum(values.numel() for values in trained.network.parameters())
print(f"numbers learnt by the whole network: {numbers:,}")

# %% [markdown]
# So what are the nine numbers of lesson 01, and who chose them? They are weights of a filter, and
# *nobody chose them*. Every number of that network began at random, and was nudged thousands of
# times in the direction that made an error smaller. That error compared no maps: it said how wrong
# the ten class scores were for 45,000 photographs. Nobody asked for edges, yet almost a third of
# the first filters became edge detectors, far more than by chance.
#
# Our way to find slopes is too slow for that. It tries each weight twice, so one step takes 18 runs
# here, and would take 245,140 in that network. Lesson 07 finds all slopes with one run forward and
# one back; in lesson 08 a network learns from them.
#
# ## Quiz

# %%
Quiz(
    Question(
        "The weights of a kernel add up to 0. Every number of a photograph is doubled. "
        "What becomes of the answers?",
        Wrong("They stay as they are", "That holds if a number is *added* to every pixel."),
        Right(
            "They double as well",
            "Each product doubles, so their sum does. (Twice the *light* is something else: "
            "cameras store it gamma-coded, so that the numbers grow about 1.4-fold.)",
        ),
        Wrong("They are 0 everywhere", "That holds for even ground, not for a photograph."),
    ),
    Question(
        "A layer has 3 channels in and 12 filters of 3×3, with biases. "
        "How many numbers does it learn?",
        Wrong("108", "12 · 9 forgets that a filter has a slice for each of the 3 channels."),
        Wrong("324", "12 · 3 · 9 = 324 weights, and each filter has a bias."),
        Right("336", "12 · (3 · 9 + 1) = 336."),
        Wrong("it depends on the picture", "All places share the weights, however many there are."),
    ),
    Question(
        "Why does sharpening make a noisy photograph worse?",
        Right(
            "It adds change, and noise is change",
            "Sharpen = identity + what a Laplacian finds, and noise differs from pixel to pixel.",
        ),
        Wrong("Its weights don't add up to 1", "5 − 4 = 1: even ground stays as it is."),
        Wrong("It makes every pixel lighter", "Its weights add up to 1: on the whole, it doesn't."),
    ),
    Question(
        "Three convolutions of 3×3 stand in a row, with no ReLU between. "
        "What else would do the same?",
        Wrong("nothing simpler", "Only something between them could make the difference."),
        Right(
            "one convolution of 7×7", "Each adds 2 pixels of width: 3, 5, 7. Linear stays linear."
        ),
        Wrong(
            "one convolution of 9×9", "Windows overlap: the width grows by 2 each time, 3, 5, 7."
        ),
    ),
    Question(
        "Gradient descent has brought the error on one photograph to 0. What do you know?",
        Wrong("It has found the one right kernel", "Equal rows had error 0 with another kernel."),
        Right(
            "It gives the right map of this photograph", "Whether it does on others must be tested."
        ),
        Wrong("It gives the right map of all others", "Kernels can differ where this one is flat."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Weights that add up to 1 keep brightness; weights that add up to 0 report change only.
# 2. $g_x$ and $g_y$ give an edge's strength, $\sqrt{g_x^2 + g_y^2}$, and the direction it faces.
# 3. Filters in a row collapse into one filter; a ReLU between them prevents it.
# 4. $C$ channels in, $F$ filters, $F$ maps out; $F\,(C \cdot KH \cdot KW + 1)$ numbers to learn.
# 5. Filter → ReLU → max → vote decides; the weights are nudged until the error is small.
#
# **Now you:** [exercise 02](../exercises/02_filters_and_features/02_filters_and_features.ipynb).
# **Next:** [lesson 03, stride, padding, shapes](03_stride_padding_shapes.ipynb).
#
# ## To read on
#
# - R. Szeliski. *Computer Vision: Algorithms and Applications*, 2nd edition. Springer, 2022.
#   Section 3.2, linear filtering.
# - D. H. Hubel, T. N. Wiesel. "Receptive fields, binocular interaction and functional architecture
#   in the cat's visual cortex." *The Journal of Physiology* 160, 106–154, 1962. Cells that respond
#   to edges in one direction, found in a real cat.
# - K. Fukushima. "Neocognitron: A self-organizing neural network model for a mechanism of pattern
#   recognition unaffected by shift in position." *Biological Cybernetics* 36, 193–202, 1980. Layers
#   that filter and layers that pool, in turn, before anybody trained them by making an error
#   smaller.
