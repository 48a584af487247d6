# %% [markdown]
# # 01 · Convolution by hand
#
# A small window slides over a picture. At every place it multiplies, adds, and writes down one
# number. That is what a convolutional layer does, all of it. In this lesson you do it once on
# paper, 36 times with the mouse and then in six lines of NumPy, and you get the same numbers every
# time.
#
# **After this lesson you can**
#
# - work out any output of a cross-correlation with pencil and paper;
# - say how many outputs there are before you compute them;
# - write `correlate2d` in NumPy;
# - say in what cross-correlation and convolution differ, and which of the two deep learning uses;
# - test by experiment whether an operation is translation equivariant.
#
# *Time:* 40 minutes. *Before this:* lesson 00, and how to index a NumPy array. No calculus.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, smiley
from cnnedu.widgets import ConvolutionStepper, Question, Quiz, Right, Wrong

plots.show_correlation(smiley(), edge_kernel(), at=(3, 0))

# %% [markdown]
# Above is where this lesson ends: a picture (left), a question put to every part of it (middle) and
# all the answers (right). Let us take it piece by piece.
#
# ## A picture is numbers
#
# To you it is a face. To a computer it is a table: 8 rows of 8 pixels, 1 where there is ink and 0
# where there is none.

# %%
x = smiley()
x

# %% [markdown]
# `x[i, j]` is the pixel in row `i` and column `j`. Rows come first, both counts start at 0, and row
# 0 is the top one. The left eye is the pixel in row 2, column 2:

# %%
print(x[2, 2])

# %% [markdown]
# ## A kernel is a question
#
# A **kernel** is a small table of weights. Ours has 3 rows and 3 columns: −1 on the left, 0 in the
# middle, +1 on the right. Laid on a 3×3 part of the picture, the **window**, it asks:
#
# > How much more ink is there on the right than on the left?

# %%
w = edge_kernel()
w

# %% [markdown]
# ## One output on paper
#
# Take the window whose top row is row 3 and whose left column is column 0. It is the one framed in
# the picture above. Multiply every pixel by the weight that lies on it:
#
# $$
# \begin{bmatrix} 1&0&0\\ 1&0&1\\ 1&0&0 \end{bmatrix} \odot
# \begin{bmatrix} -1&0&+1\\ -1&0&+1\\ -1&0&+1 \end{bmatrix} =
# \begin{bmatrix} -1&0&0\\ -1&0&+1\\ -1&0&0 \end{bmatrix}
# $$
#
# Then add up all nine products: $-1 -1 -1 + 1 = -2$. There is much ink on the left and little on
# the right: the window lies on the left outline of the face. Three pixels of outline pull the
# number down, one stray pixel of the cheek pulls it up.
#
# The same in NumPy, with the same nine products:

# %%
window = x[3:6, 0:3]
products = window * w
products

# %%
print(products.sum())

# %% [markdown]
# ### Predict, then look
#
# Now slide the window five columns to the right, onto the right outline of the face. The smiley's
# left half is the mirror image of its right half. Commit to an answer before you run the next cell.

# %%
Quiz(
    Question(
        "What is the output for the window at row 3, column 5?",
        Wrong("−2 again", "Mirrored, the outline lies under the +1 weights instead of the −1."),
        Wrong("0", "The kernel answers 0 where both sides hold equally much ink. Count them."),
        Right("+2", "Three pixels of outline under +1, one cheek pixel under −1: 3 − 1 = 2."),
    )
)

# %%
print((x[3:6, 5:8] * w).sum())

# %% [markdown]
# An edge with its ink on the left gives a negative number, an edge with its ink on the right a
# positive one. The *sign* says on which side, the *size* says how much.
#
# ## All of them: slide, multiply, add
#
# Do this at every place where the window fits inside the picture. A window of 3 columns in a
# picture of 8 can start at columns 0, 1, 2, 3, 4 and 5, that is at $8 - 3 + 1 = 6$ places, and the
# same holds for rows. So there are $6 \cdot 6 = 36$ outputs. With a picture of $H \times W$ pixels
# and a kernel of $KH \times KW$ weights:
#
# $$
# \text{out}_{i,j} = \sum_{u=0}^{KH-1} \sum_{v=0}^{KW-1} x_{i+u,\;j+v} \; w_{u,v},
# \qquad OH = H - KH + 1, \quad OW = W - KW + 1
# $$
#
# This is called **cross-correlation**. Read the equation aloud with the window above: $i = 3$,
# $j = 0$; $u$ and $v$ run over the nine weights.
#
# Now do it by hand. In the widget below,
#
# 1. step to row 3, column 0 and find the −2 you worked out;
# 2. press play and watch the 36 numbers fill in;
# 3. paint over the mouth: which outputs change, which don't?
# 4. choose other kernels; which parts of the face does each one see?

# %%
stepper = ConvolutionStepper()
stepper

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
before, after = kernels.correlate2d(x, w), kernels.correlate2d(flipped_pixel, w)
plots.show_grids(
    [flipped_pixel, after - before],
    ["one pixel flipped", "change of each output"],
    signed=[1],
)

# %% [markdown]
# The two columns of three are the kernel itself, turned round: the pixel meets the +1 weights when
# the window lies to its left, and the −1 weights when it lies to its right. Nothing further away
# has noticed. Convolution is **local**.
#
# ## The same in six lines of NumPy


# %%
def correlate2d(x, w):
    (H, W), (KH, KW) = x.shape, w.shape
    out = np.zeros((H - KH + 1, W - KW + 1), dtype=int)
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            out[i, j] = (x[i : i + KH, j : j + KW] * w).sum()
    return out


out = correlate2d(x, w)
out

# %% [markdown]
# There is the −2 in row 3, column 0, and the 2 in row 3, column 5. These are the numbers of the
# widget, whatever you have painted into it, and those of the course's reference, which you will use
# from now on:

# %%
print(
    "as the widget's: ",
    np.array_equal(correlate2d(stepper.picture, stepper.kernel), stepper.output),
)
print("as the reference:", np.array_equal(out, kernels.correlate2d(x, w)))

# %% [markdown]
# ### What the 36 answers say
#
# Read the output as a picture. Blue is negative (ink on the left), red is positive (ink on the
# right), white is zero.

# %%
plots.show_correlation(x, w, at=(2, 2))

# %% [markdown]
# - The output is a mirror image of itself *with the sign changed*, because the face is its own
#   mirror image and the kernel answers left and right with opposite signs.
# - The strongest answers, ±2, lie on the outlines of the face and beside the eyes.
# - The straight top of the head is invisible: along a horizontal edge there is as much ink on the
#   right as on the left, so its middle gives numbers that come from its ends and the eyes alone.
#   Another kernel has to look for that. You design it in the exercise.
#
# ## Correlation or convolution?
#
# In mathematics, **convolution** flips the kernel in both axes before it slides. What you computed
# does not flip: it is cross-correlation. Deep-learning libraries compute cross-correlation and call
# it convolution, and so does everybody in the field; from here on this course does, too.
#
# For the edge detector the flip exchanges −1 and +1, so that every answer changes its sign:

# %%
plots.show_grids(
    [w, w[::-1, ::-1], correlate2d(x, w[::-1, ::-1])],
    ["kernel", "flipped in both axes", "convolution (the true one)"],
    signed=[0, 1, 2],
)

# %% [markdown]
# Does it matter? Not to a network: it learns its weights, and would simply learn the flipped ones.
# It matters when you compare your numbers with a library: `scipy.signal.convolve2d` flips,
# `torch.nn.functional.conv2d` does not.

# %%
np.array_equal(kernels.convolve2d(x, w), -kernels.correlate2d(x, w))

# %% [markdown]
# ## A claim to test
#
# > "The same detector finds the same thing wherever it is."
#
# Said exactly: move the picture, and the output moves along, otherwise unchanged. This is called
# **translation equivariance**. It is often claimed and rarely tried. Let us put the smiley on a
# larger sheet and move it to the right, pixel by pixel. To see whether it holds for every step of
# the window, we also try a **stride** of 2, where the window moves two pixels at a time.
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "The smiley moves one pixel to the right. The window moves with stride 2. The output …",
        Wrong("moves one place to the right", "One place of this output is two pixels wide."),
        Wrong("stays as it is", "The windows now see other columns of the face."),
        Right(
            "becomes a different table of numbers",
            "The windows start at columns 0, 2, 4, …: each sees a part of the face that no "
            "window saw before.",
        ),
    )
)


# %%
def sheet(columns):
    """The smiley on a 12×20 sheet, `columns` pixels from its place."""
    page = np.zeros((12, 20), dtype=int)
    page[2:10, 2 + columns : 10 + columns] = smiley()
    return page


for stride in [1, 2]:
    home = kernels.correlate2d(sheet(0), w, stride)
    for columns in range(5):
        moved = kernels.correlate2d(sheet(columns), w, stride)
        places = [s for s in range(5) if np.array_equal(moved, np.roll(home, s, axis=1))]
        answer = f"moved by {places[0]}" if places else "not the same numbers"
        print(f"stride {stride}, picture moved by {columns}: output {answer}")

# %% [markdown]
# Here are the two tables for stride 2, before and after the face moved by one pixel:

# %%
plots.show_grids(
    [kernels.correlate2d(sheet(0), w, stride=2), kernels.correlate2d(sheet(1), w, stride=2)],
    ["stride 2, face at home", "stride 2, face moved by 1"],
    signed=[0, 1],
)

# %% [markdown]
# **What came out.** With stride 1 the claim is true, exactly, number for number. With stride 2 it
# is true for even moves only; after an odd move the output is made of other numbers. And it needs
# room: a face that slides off the sheet is another picture. So convolution is translation
# equivariant as long as the window stops at every pixel and nothing falls off the edge.
# *Invariance*, the output not changing at all, is something else; lesson 04 measures how much of it
# pooling brings.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A 5×5 kernel slides over a picture of 12 rows and 20 columns. How many outputs?",
        Wrong("7 × 15", "The first window starts at 0, the last at 12 − 5 = 7: that makes 8."),
        Right("8 × 16", "12 − 5 + 1 = 8 rows and 20 − 5 + 1 = 16 columns."),
        Wrong("12 × 20", "That needs padding, which lesson 03 adds. Here the window stays inside."),
    ),
    Question(
        "The edge detector lies on a window that is all ink. What does it answer?",
        Wrong("9", "That would be the number of pixels. Three of the weights are −1."),
        Wrong("3", "Three pixels count as +1, but three others count as −1."),
        Right("0", "−3 + 3 = 0. Its weights add up to 0, so it is blind to even ground."),
    ),
    Question(
        "How many numbers of its own does the edge detector have, to give its 36 answers?",
        Right("9", "The same nine weights are used at every place. They are *shared*."),
        Wrong("36", "There are 36 answers, but one kernel gives them all."),
        Wrong("324", "There are 36 · 9 multiplications, each with one of the same nine weights."),
    ),
    Question(
        "`torch.nn.functional.conv2d` gives you the negative of what you expected from an edge "
        "detector. What is likely?",
        Wrong("The library has a bug", "It computes what its documentation says."),
        Right(
            "You expected true convolution",
            "It computes cross-correlation: no flip. For this kernel a flip is a change of sign.",
        ),
        Wrong(
            "The picture has to be flipped",
            "The smiley is its own mirror image: flipping it changes nothing.",
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
# 5. At stride 1 it is translation equivariant: move the picture, and the answers move along.
#
# **Now you:** [exercise 01](../exercises/01_convolution_by_hand/01_convolution_by_hand.ipynb).
# **Next:** [lesson 02, filters and features](02_filters_and_features.ipynb).
#
# ## To read on
#
# - I. Goodfellow, Y. Bengio, A. Courville. *Deep Learning*. MIT Press, 2016. Section 9.1 has the
#   equation above and the flip.
# - V. Dumoulin, F. Visin. "A guide to convolution arithmetic for deep learning." arXiv:1603.07285,
#   2016. Every size of every output, drawn.
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. "Gradient-based learning applied to document
#   recognition." *Proceedings of the IEEE* 86(11), 2278–2324, 1998. The full account of
#   networks that learn their kernels.
