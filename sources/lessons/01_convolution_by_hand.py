# %% [markdown]
# # 01 · Convolution by hand
#
# A small window slides over a picture. At every place it multiplies, adds, and writes down one
# number. A convolutional layer does little else. In this lesson you first meet such numbers inside
# a trained network. Then you work them out yourself: on paper, with the mouse and in six lines of
# NumPy, and you get the same numbers every time.
#
# **After this lesson you can**
#
# - follow a network's answer down to a single multiplication;
# - work out any output of a cross-correlation with pencil and paper;
# - say how many outputs there are before you compute them;
# - write `correlate2d` in NumPy, and say how it differs from true convolution;
# - test by experiment whether an operation is translation equivariant.
#
# *Time:* 60 minutes. *Before this:* lesson 00, and how to index a NumPy array. No calculus.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, photo, shrink, smiley, square

cat = shrink(square(photo("cat"), top=0, left=45, size=300), 32)
plots.show_maps([cat], ["what the network gets"], size=2.6)

# %% [markdown]
# ## Where does the answer come from?
#
# In lesson 00 the network `classic` looked at a cat and gave "cat" 88 %. Below is everything that
# it computed on the way to that answer. It works in **layers**: each takes the numbers of the one
# before and makes new ones from them. Begin at the answer, and follow it down:
#
# 1. **Click on *cat*.** The percentages are made from ten **scores**, one for each class, and the
#    score of "cat" is a sum. You see its largest terms, what all the others add, and the **bias**,
#    one more number that is added at the end.
# 2. **Click on the first term, the largest.** It leads to a **unit**: one number, computed from all
#    1,024 numbers below it. (`dense1[34]` is number 34 of the layer `dense1`.) It is a sum as well.
# 3. **Click on its first term.** You are now at one place in a **feature map**, a small picture
#    whose pixels are a layer's answers. The number there is the sum of 576 products, nine from each
#    of the 64 maps below, and again a bias. The page shows the nine that together add most.
# 4. **Click on one of the nine products.** This is the bottom: one multiplication.

# %%
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import (
    ConvolutionStepper,
    DrawMap,
    NetworkExplorer,
    Question,
    Quiz,
    Right,
    Wrong,
)

classic = load_pretrained("classic")
explorer = NetworkExplorer(classic, picture=cat, focus=())
explorer

# %% [markdown]
# The first factor comes from the layer below, and you can go on: *Follow the largest to the
# picture* ends at a pixel of the cat. Some layers on the way do very little: one sets negative
# numbers to 0, another keeps only the largest of four. The page tells you so. It also frames the
# part of the picture that the number can depend on.
#
# The second factor is the same for every picture: it belongs to the network. Step 3 took you to row
# 3, column 3 of map 6 of the layer `conv3`, and to nine numbers from map 3 of the layer below. Here
# are the same nine products, computed from the network itself:

# %%
maps = explorer.outputs
del maps["flatten"]  # it only lists the numbers of relu3 once more
nine = classic.network.conv3.weight[6, 3].detach().numpy()
below = maps["pool2"][3, 3:6, 3:6]
print(f"{sum(map_.size for map_ in maps.values()):,} numbers computed for one answer")
print(f"the nine products add up to {(below * nine).sum():.3f}")
plots.show_grids(
    [below.round(2), nine.round(2), (below * nine).round(2)],
    ["from map 3", "nine numbers", "products"],
    signed=[1, 2],
)

# %% [markdown]
# > **What are these nine numbers, and who chose them?**
#
# Write down your guess. Lesson 02 gives the answer for nine numbers, and lesson 08 for all of them.
# But first you need to know what nine numbers can do. So we now take nine that fit in your head,
# and a picture that fits on a sheet of paper.
#
# ## A picture is numbers
#
# Here is a face in chalk on a blackboard. To a computer it is a table: 8 rows of 8 pixels, 1 where
# there is chalk and 0 where the board is bare. *A number says how light a pixel is*: 0 is black,
# and the largest number is white. This holds throughout the course.

# %%
x, w = smiley(), edge_kernel()
plots.show_grids([x, w], ["picture x", "kernel w"], signed=[1])

# %% [markdown]
# `x[i, j]` is the pixel in row `i` and column `j`. Rows come first, both counts start at 0, and row
# 0 is the top one. The left eye is `x[2, 2]`, in row 2 and column 2.
#
# ## A kernel is a question
#
# To the right of the picture is a **kernel**, a small table of **weights**: −1 on the left, 0 in
# the middle, +1 on the right. (Where numbers can be negative, blue is negative, red is positive and
# white is zero.) We lay it on a **window**, a part of the picture that is the same size, and it
# asks:
#
# > How much more light is there on the right than on the left?
#
# ## One output on paper
#
# Take the window whose top row is row 3 and whose left column is column 0. Multiply every pixel by
# the weight that lies on it (this is what $\odot$ stands for):
#
# $$
# \begin{bmatrix} 1&0&0\\ 1&0&1\\ 1&0&0 \end{bmatrix} \odot
# \begin{bmatrix} -1&0&+1\\ -1&0&+1\\ -1&0&+1 \end{bmatrix} =
# \begin{bmatrix} -1&0&0\\ -1&0&+1\\ -1&0&0 \end{bmatrix}
# $$
#
# Then add up all nine products: $-1 -1 -1 + 1 = -2$. There is more light on the left than on the
# right, for the window lies on the left outline of the face. Three pixels of the outline pull the
# number down, and the corner of the mouth pulls it up a little.
#
# The same in NumPy, with the same nine products:

# %%
products = x[3:6, 0:3] * w
products

# %%
print(products.sum())

# %% [markdown]
# ### Predict, then look
#
# Now it's your turn, three times. The first window lies on the right outline of the face. (The two
# halves of the smiley are mirror images of each other.) The second window lies at the top of the
# head, and the third has the left eye in its left column. Type each number before it appears.

# %%
ConvolutionStepper(ask=[(3, 5), (0, 1), (1, 2)])

# %% [markdown]
# An edge with its light on the left gives a negative number, and an edge with its light on the
# right a positive one. The *sign* says which side has more light, and the *size* says how much
# more. Where both sides have the same amount, the answer is 0, however much that is.
#
# Some introductory texts show the next picture and kernel, and leave the result blank. The window
# fits in four places. Fill them in:

# %%
ramp = [[1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 6], [4, 5, 6, 7]]
cross = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
ConvolutionStepper(ramp, cross, ask=True)

# %% [markdown]
# The top left answer is $1 + 3 + 3 + 3 + 5 = 15$. After one step to the right, or one step down,
# each of the five pixels under a 1 is larger by 1, so the answer is larger by 5: it is 20 at the
# top right and at the bottom left, and 25 at the bottom right.
#
# ## All of them: slide, multiply, add
#
# Back to the face. Do the same at every place where the window fits inside the picture. A window of
# 3 columns in a picture of 8 can start at column 0, 1, 2, 3, 4 or 5, that is, at $8 - 3 + 1 = 6$
# places. The same holds for rows. So there are $6 \cdot 6 = 36$ outputs. With a picture of
# $H \times W$ pixels and a kernel of $KH \times KW$ weights:
#
# $$
# \text{out}_{i,j} = \sum_{u=0}^{KH-1} \sum_{v=0}^{KW-1} x_{i+u,\;j+v} \; w_{u,v},
# \qquad OH = H - KH + 1, \quad OW = W - KW + 1
# $$
#
# This is called **cross-correlation**. Read the equation aloud with the window that you worked out
# on paper: $i = 3$, $j = 0$, and $u$ and $v$ run over the nine weights.
#
# ### Predict, then look
#
# The 36 outputs make a picture, too: a feature map. Sketch it before you see it. Where will it be
# red, where blue, and where white? A click changes the colour of a square, and a drag paints.

# %%
DrawMap(x, w)

# %% [markdown]
# And now step through all 36. In the widget below,
#
# 1. go to row 3, column 0 and find the −2 that you worked out;
# 2. press play and watch the 36 numbers fill in;
# 3. paint over the mouth: which outputs change, and which don't?
# 4. choose other kernels: which parts of the face does each of them see?

# %%
stepper = ConvolutionStepper()
stepper

# %% [markdown]
# ## The same in six lines of NumPy


# %%
def correlate2d(x, w):
    (H, W), (KH, KW) = x.shape, w.shape
    out = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            out[i, j] = (x[i : i + KH, j : j + KW] * w).sum()
    return out


out = correlate2d(x, w)
out

# %% [markdown]
# There is the −2 in row 3, column 0, and the 2 in row 3, column 5. `cnnedu` has a function of the
# same name, which you will use from now on. It gives the same numbers, and so does the widget,
# whatever picture you have painted and whatever kernel you have chosen. (If you have changed its
# **stride**, the step from one window to the next, or its **padding**, the zeros around the
# picture, set them back to 1 and 0 first: our function knows neither.)

# %%
assert np.array_equal(out, kernels.correlate2d(x, w))
if (stepper.stride, stepper.padding) == (1, 0):
    mine = correlate2d(stepper.picture, stepper.kernel)
    print("as the widget's:", np.allclose(mine, stepper.output))
else:
    print("Set the widget's stride to 1 and its padding to 0, then run this cell again.")

# %% [markdown]
# ### What the 36 answers say
#
# Read the output as a picture, and compare it with your sketch. Blue is negative (light on the
# left), red is positive (light on the right), white is zero.

# %%
plots.show_correlation(x, w, at=(2, 2))

# %% [markdown]
# - The output is a mirror image of itself *with the sign changed*, because the face is its own
#   mirror image and the kernel answers left and right with opposite signs.
# - The strongest answers, ±2, are in four places: on the left and the right outline, and where an
#   eye and a corner of the mouth share one column of the window.
# - The straight top of the head is invisible, since along a horizontal edge there is as much light
#   on the right as on the left. The −1 and the 1 in the middle of the output's first row come from
#   the eyes alone. To see the top of the head you need another kernel.

# %% [markdown]
# ### Predict, then look
#
# Flip a single pixel, the one in row 4, column 3, in the middle of the face.

# %%
Quiz(
    Question(
        "How many of the 36 outputs change?",
        Wrong("1", "One pixel lies in many windows, since windows overlap."),
        Right("6", "Nine windows see the pixel. In three of them it lies under a weight of 0."),
        Wrong("9", "Nine windows do see the pixel. But look at the middle column of the kernel."),
        Wrong("36", "A window of 3×3 pixels sees nothing of the other 55. That is its point."),
    )
)

# %%
flipped_pixel = x.copy()
flipped_pixel[4, 3] = 1 - flipped_pixel[4, 3]
before, after = correlate2d(x, w), correlate2d(flipped_pixel, w)
plots.show_grids(
    [flipped_pixel, after - before],
    ["one pixel flipped", "change of each output"],
    signed=[1],
)

# %% [markdown]
# The two columns of three are the kernel itself, turned round: the pixel meets the +1 weights when
# the window reaches to its left, and the −1 weights when it reaches to its right. No output further
# away has changed. We say that the operation is **local**.
#
# ## Correlation or convolution?
#
# In mathematics, **convolution** flips the kernel, top to bottom and left to right, before it
# slides. You didn't flip anything: what you computed is cross-correlation. Deep-learning libraries
# compute cross-correlation and call it convolution, and so does everybody in the field. From here
# on, so does this course.
#
# For the edge detector the flip exchanges −1 and +1, so every answer changes its sign:

# %%
plots.show_grids(
    [w, w[::-1, ::-1], correlate2d(x, w[::-1, ::-1])],
    ["kernel", "flipped", "true convolution"],
    signed=[0, 1, 2],
)

# %% [markdown]
# Does it matter? Not to a network: it learns its weights, and would simply learn the flipped ones.
# It matters when you compare your numbers with a library: `scipy.signal.convolve2d` flips,
# `torch.nn.functional.conv2d` does not.

# %%
true = kernels.convolve2d(x, w)
print("flip, then correlate:", np.array_equal(true, correlate2d(x, w[::-1, ::-1])))
print("for this kernel, only the sign changes:", np.array_equal(true, -correlate2d(x, w)))

# %% [markdown]
# ## A claim to test
#
# > "The same detector finds the same thing wherever it is."
#
# More exactly: if the picture moves, the output moves along with it and is otherwise unchanged.
# This is called **translation equivariance**. It is often claimed and rarely tried. Let us draw the
# smiley on a larger board and move it to the right, pixel by pixel. We also try a stride of 2,
# where the window moves two pixels at a time: that keeps every second output of stride 1, in every
# second row.
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "The smiley moves one pixel to the right. The window moves with stride 2. The output …",
        Wrong(
            "moves one place to the right, as the picture does",
            "One place of this output is two pixels wide.",
        ),
        Wrong(
            "stays as it is, since one pixel is less than a step",
            "The windows now see other columns of the face.",
        ),
        Right(
            "holds other numbers, not the same ones in another place",
            "The windows start at columns 0, 2, 4, …: each sees a part of the face that no "
            "window saw before.",
        ),
    )
)


# %%
def board(columns):
    """The smiley on a board of 12×20 pixels, `columns` pixels from its place."""
    picture = np.zeros((12, 20), dtype=int)
    picture[2:10, 2 + columns : 10 + columns] = smiley()
    return picture


for stride in [1, 2]:
    home = correlate2d(board(0), w)[::stride, ::stride]
    for columns in range(5):
        moved = correlate2d(board(columns), w)[::stride, ::stride]
        places = [s for s in range(5) if np.array_equal(moved, np.roll(home, s, axis=1))]
        answer = f"moved by {places[0]}" if places else "holds other numbers"
        print(f"stride {stride}, picture moved by {columns}: output {answer}")

# %% [markdown]
# Here are the two tables for stride 2, before and after the face moved by one pixel:

# %%
plots.show_grids(
    [correlate2d(board(columns), w)[::2, ::2] for columns in (0, 1)],
    ["stride 2, face at home", "stride 2, face moved by 1"],
    signed=[0, 1],
)

# %% [markdown]
# **What came out.** With stride 1 the claim is true, number for number. With stride 2 it holds for
# even moves only: after an odd move the output holds other numbers. The face also needs room, since
# a face that slides off the board is a different picture. So convolution is translation equivariant
# as long as the window stops at every pixel and nothing falls off the edge. **Invariance**, an
# output that doesn't change at all, is something else. Lesson 04 measures how much of it a network
# has.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A 5×5 kernel slides over a picture of 12 rows and 20 columns. How many outputs?",
        Wrong("7 × 15", "The first window starts at 0, the last at 12 − 5 = 7: that makes 8."),
        Right("8 × 16", "12 − 5 + 1 = 8 rows and 20 − 5 + 1 = 16 columns."),
        Wrong("12 × 20", "That needs padding: see lesson 03. Here the window stays inside."),
    ),
    Question(
        "The edge detector lies on a window that is all chalk. What does it answer?",
        Wrong("9", "That would be the number of pixels. Three of the weights are −1."),
        Wrong("3", "Three pixels count as +1, but three others count as −1."),
        Right("0", "−3 + 3 = 0. Its weights add up to 0, so it can't see how light it all is."),
    ),
    Question(
        "How many weights does the edge detector need for its 36 answers?",
        Right("9", "The same nine weights are used at every place. They are *shared*."),
        Wrong("36", "There are 36 answers, but one kernel gives them all."),
        Wrong("324", "There are 36 · 9 multiplications, but each is with one of the same nine."),
    ),
    Question(
        "`torch.nn.functional.conv2d` gives you the negative of what you expected from an edge "
        "detector. What is likely?",
        Wrong(
            "The library takes columns for rows, and rows for columns",
            "Then the detector would look for horizontal edges.",
        ),
        Right(
            "You expected true convolution, which flips the kernel first",
            "It computes cross-correlation: no flip. For this kernel a flip is a change of sign.",
        ),
        Wrong(
            "The picture has to be mirrored before the library gets it",
            "The smiley is its own mirror image: that would change nothing.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A picture is a table of numbers; a kernel is a small table of weights.
# 2. Slide, multiply, add: $\text{out}_{i,j} = \sum_u \sum_v x_{i+u,\,j+v}\, w_{u,v}$.
# 3. A $KH \times KW$ kernel on an $H \times W$ picture gives $(H - KH + 1) \times (W - KW + 1)$
#    outputs.
# 4. Deep learning says convolution and means cross-correlation: the kernel is not flipped.
# 5. At stride 1 it is translation equivariant: if the picture moves, the answers move along.
#
# **Now you:** [exercise 01](../exercises/01_convolution_by_hand/01_convolution_by_hand.ipynb).
# **Next:** [lesson 02, filters and features](02_filters_and_features.ipynb).
#
# ## To read on
#
# - 3Blue1Brown, ["But what is a convolution?"](https://www.3blue1brown.com/lessons/convolutions) A
#   film, with dice, pictures and the flip.
# - [CS231n, "Convolutional Neural Networks"](https://cs231n.github.io/convolutional-networks/).
#   Stanford's course notes, with an animation of the windows.
# - C. Olah and others. ["An overview of early vision in
#   InceptionV1."](https://distill.pub/2020/circuits/early-vision/) *Distill*, 2020. What the first
#   kernels of a large network turned out to be.
# - I. Goodfellow, Y. Bengio, A. Courville. *Deep Learning*. MIT Press, 2016. Section 9.1 has the
#   equation above and the flip.
# - V. Dumoulin, F. Visin. "A guide to convolution arithmetic for deep learning." arXiv:1603.07285,
#   2016. Every size of every output, drawn.
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. "Gradient-based learning applied to document
#   recognition." *Proceedings of the IEEE* 86(11), 2278–2324, 1998. The full account of
#   networks that learn their kernels.
