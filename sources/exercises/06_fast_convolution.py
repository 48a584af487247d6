# %% [markdown]
# # Exercise 06 · Fast convolution
#
# **15 points, 60 minutes.** It goes with lesson 06, *Fast convolution*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | columns on paper | 2 |
# | 2 | `copies`: how often each pixel is copied | 3 |
# | 3 | a review: three slips, three counterexamples | 3 |
# | 4 | `conv2d_im2col` | 3 |
# | 5 | memory: predicted, then measured | 2 |
# | 6 | which method: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` or `None` with your answer. Each part ends with a cell
# of checks: run it, and if your answer is wrong, it tells you why. When you hand in, more checks
# run on other inputs: arrays of floats or of whole numbers, such as `uint8`. You may use NumPy,
# including `np.lib.stride_tricks`. Answers may differ from the right ones by one part in 10⁹. You
# don't need the lesson's side trip.

# %%
import tracemalloc

import numpy as np

from cnnedu.checks.exercises import e06_fast_convolution as e06
from cnnedu.kernels.unfolding import im2col as columns_of

# %% [markdown]
# ## 1 · Columns on paper (2 points)
#
# A 2 × 2 window slides over
#
# $$x = \begin{bmatrix} 1&2&3&4\\ 5&6&7&8\\ 9&10&11&12 \end{bmatrix}$$
#
# Lay each window out as a column: the numbers of a window row by row from top to bottom, the
# windows row by row from left to right. Write the matrix as a list of four rows.

# %% grade_id="06-columns"
columns = None
### BEGIN SOLUTION
columns = [
    [1, 2, 3, 5, 6, 7],
    [2, 3, 4, 6, 7, 8],
    [5, 6, 7, 9, 10, 11],
    [6, 7, 8, 10, 11, 12],
]
### END SOLUTION

# %% grade_id="06-columns-tests" points=2
e06.check("columns", globals())

# %% [markdown]
# ## 2 · `copies` (3 points)
#
# How often does im2col copy each pixel? For a picture of H × W pixels, count how many columns each
# pixel stands in, that is, how many windows hold it. The windows are KH × KW in size; they begin at
# every `stride`-th row and column, from row 0 and column 0 on, and they lie inside the picture:
# there are $OH = \lfloor (H - KH) / \text{stride} \rfloor + 1$ rows of them, and $OW$ columns
# likewise. A pixel that no window holds has 0 copies.
#
# For example, `copies(2, 4, 1, 2, 1)` is `[[1, 2, 2, 1], [1, 2, 2, 1]]`, and `copies(1, 6, 1, 2,
# 3)` is `[[1, 1, 0, 1, 1, 0]]`. Before you run your function: which numbers do you expect along the
# top row of the smiley, `copies(8, 8, 3, 3, 1)[0]`, and which with stride 2?


# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    """Count the columns of im2col in which each pixel stands.

    H, W: height and width of the picture, in pixels
    KH, KW: height and width of the window, no larger than the picture
    stride: pixels the window moves between two positions, along both axes; it may be larger than
        the window
    returns: array of shape (H, W)
    """
    ### BEGIN SOLUTION
    counts = np.zeros((H, W), int)
    for top in range(0, H - KH + 1, stride):
        for left in range(0, W - KW + 1, stride):
            counts[top : top + KH, left : left + KW] += 1
    return counts
    ### END SOLUTION


# %% grade_id="06-copies-tests" points=3
e06.check("copies", globals())
### BEGIN HIDDEN TESTS
e06.check("copies", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A review (3 points)
#
# Three colleagues have written `im2col` for batches, channels, windows of any size, and a stride:
#
# $$\text{columns}_{\,n,\;\; (c \cdot KH + u) \cdot KW + v,\;\; i \cdot OW + j} = x_{\,n,\; c,\; i
# \cdot \text{stride} + u,\; j \cdot \text{stride} + v}$$
#
# All three have tested it on the smiley with windows of 3 × 3 and stride 1, where it is right. All
# three have made a slip.


# %%
def colleague_a(x, KH, KW, stride):
    """Return the columns, with a slip."""
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    columns = np.zeros((N, C * KH * KW, OH * OW), x.dtype)
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + KH, left : left + KW]
            columns[:, :, i * OH + j] = window.reshape(N, -1)
    return columns


def colleague_b(x, KH, KW, stride):
    """Return the columns, with a slip."""
    N, C, H, W = x.shape
    OH, OW = (H - KH + 1) // stride, (W - KW + 1) // stride
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride][:, :, :OH, :OW]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * KH * KW, OH * OW)


def colleague_c(x, KH, KW, stride):
    """Return the columns, with a slip."""
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    columns = np.zeros((N, C, KH, KW, OH, OW), dtype=int)
    for u in range(KH):
        for v in range(KW):
            seen = x[:, :, u : u + H - KH + 1, v : v + W - KW + 1]
            columns[:, :, u, v] = seen[:, :, ::stride, ::stride]
    return columns.reshape(N, C * KH * KW, OH * OW)


# %% [markdown]
# Read the code and find the slips. Then prove each with a counterexample: an input
# `x, KH, KW, stride` on which that colleague goes wrong (wrong numbers, a wrong shape or an error)
# and **the two others are right**. `x` has four axes, (N, C, H, W), and holds at most 12 numbers,
# none larger than 1,000 in size; the window fits into the picture.

# %% grade_id="06-review-a"
against_a = None  # x, KH, KW, stride
### BEGIN SOLUTION
against_a = np.arange(6).reshape(1, 1, 2, 3), 1, 1, 1  # the window's number is i · OW + j
### END SOLUTION

# %% grade_id="06-review-a-tests" points=1
e06.check("against_a", globals())

# %% grade_id="06-review-b"
against_b = None
### BEGIN SOLUTION
side = 1  # of the window
against_b = np.arange(9).reshape(1, 1, 3, 3), side, side, 2  # OH is (H − KH) // stride + 1
### END SOLUTION

# %% grade_id="06-review-b-tests" points=1
e06.check("against_b", globals())

# %% grade_id="06-review-c"
against_c = None
### BEGIN SOLUTION
against_c = np.array([[[[3]]]]) / 2, 1, 1, 1  # an array of whole numbers cuts fractions
### END SOLUTION

# %% grade_id="06-review-c-tests" points=1
e06.check("against_c", globals())

# %% [markdown]
# ## 4 · `conv2d_im2col` (3 points)
#
# Now the convolution as one matrix product:
#
# $$\text{out}_n = w \cdot \text{cols}_n + b, \qquad
# w \text{ as a matrix of shape } F \times (C \cdot KH \cdot KW)$$
#
# The course's own `im2col`, which has no slip, is imported as `columns_of`: `columns_of(x, (KH,
# KW), stride, padding)` returns the columns, of shape (N, C·KH·KW, OH·OW), of the picture with
# `padding` zeros on all four sides. You still need the shapes, the product and the biases. Only the
# numbers are checked, so any other way to get them counts, too; the lesson has measured which ways
# are fast.


# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    """Convolve pictures with filters by a matrix product.

    x: array of shape (N, C, H, W)
    w: array of shape (F, C, KH, KW)
    b: array of shape (F,)
    stride, padding: whole numbers
    returns: array of shape (N, F, OH, OW), OH = ⌊(H + 2·padding − KH) / stride⌋ + 1, OW likewise
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    OH = (H + 2 * padding - KH) // stride + 1
    OW = (W + 2 * padding - KW) // stride + 1
    cols = columns_of(x, (KH, KW), stride, padding)
    out = w.reshape(F, C * KH * KW) @ cols + b[:, None]
    return out.reshape(N, F, OH, OW)
    ### END SOLUTION


# %% grade_id="06-conv2d-im2col-tests" points=3
e06.check("conv2d_im2col", globals())
### BEGIN HIDDEN TESTS
e06.check("conv2d_im2col", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Memory: predicted, then measured (2 points)
#
# A picture of shape (1, 48, 31, 40) in float32 is padded with 2 zeros on all four sides, and a
# window of 5 × 3 slides over it. Work out, without running anything, how many **bytes** these take:
#
# 1. the padded picture;
# 2. its columns with stride 1;
# 3. its columns with stride 2.
#
# Write the three numbers in a list; they may be products such as `4 * 48 * 2`.

# %% grade_id="06-memory"
memory = None
### BEGIN SOLUTION
memory = [4 * 48 * 35 * 44, 4 * 48 * 15 * 31 * 42, 4 * 48 * 15 * 16 * 21]
### END SOLUTION

# %% grade_id="06-memory-tests" points=2
e06.check("memory", globals())

# %% [markdown]
# Now measure. Python can tell you the most memory that was in use at any moment while `columns_of`
# ran. Which of your numbers add up to that, for each stride? What does it say about how
# `columns_of` works?

# %% tags=["nbval-ignore-output"]
picture = np.zeros((1, 48, 31, 40), np.float32)
for stride in (1, 2):
    tracemalloc.start()
    columns_of(picture, (5, 3), stride, 2)
    print(f"stride {stride}: at most {tracemalloc.get_traced_memory()[1]:,} bytes at once")
    tracemalloc.stop()

# %% [markdown]
# (The padded picture and its columns are in memory at the same time: the first number plus the
# second, or plus the third, and a few kilobytes for Python itself. The windows are copied once, not
# twice.)
#
# ## 6 · Which method? (2 points, graded by hand)
#
# There are three ways to compute a layer. These are their multiplications for one picture:
#
# - **im2col + GEMM:** $C \cdot KH \cdot KW$ for each output of each filter.
# - **Winograd**, for filters of 3 × 3 only: 16 for a block of 2 × 2 outputs, where im2col takes
#   $4 \cdot 9 = 36$, for each pair of a channel and a filter.
# - **Fourier transform (FFT):** with $n$ pixels in a padded channel, $n \log_2 n$ for the transform
#   of each channel and of each filter's outputs, and $2n$ for each pair of a channel and a filter.
#   Before the first picture, the kernel of each pair is transformed, too. That takes another
#   $n \log_2 n$, and $4n$ bytes to keep the result, however small the kernel is.
#
# Choose one of the three for each of these two layers, and support your choice with a number that
# you worked out. The filters of a layer stay the same from picture to picture: say whether you
# count preparing them. Two or three sentences for each layer are enough.
#
# - (a) 256 channels of 14 × 14 in, 256 filters of 3 × 3, padding 1;
# - (b) one grey photograph of 1,000 × 1,000, one blur kernel of 101 × 101, padding 50.

# %% [markdown] grade_id="06-which" points=2
# <!-- BEGIN SOLUTION -->
# (a) Winograd, or im2col + GEMM: 256 · 256 · 14 · 14 · 9 ≈ 116 million multiplications become 51
# million with Winograd. The Fourier transform needs even fewer for each picture, once the filters
# are prepared: with n = 16 · 16 = 256, 65,536 pairs take 2 · 256 each, 34 million, and 512
# transforms 256 · 8 each, 1 million. But its prepared filters take 65,536 · 4 · 256 ≈ 67 MB in
# place of 2.4 MB, all of which is fetched for each picture; and whoever counts preparing them adds
# 65,536 · 256 · 8 ≈ 134 million. (b) The Fourier transform: directly it takes 101 · 101 = 10,201
# multiplications per pixel, 10¹⁰ in all, and im2col's columns would hold 10,201 numbers per pixel
# (41 kB in float32, 41 GB in all); three transforms of 1,100 · 1,100 = 1.2 million numbers take
# some 20 multiplications per number each, less than 10⁸ in all. Winograd's way is for 3 × 3.
#
# *Rubric.* 1 point for each part: the method with a count that supports it (multiplications or
# bytes; the order of magnitude suffices). In (a) all three can be right: im2col + GEMM or Winograd
# with a reason against the Fourier transform's memory or preparation, or the Fourier transform if
# the answer says that the filters are prepared beforehand and what memory that takes. No point
# without a number.
# <!-- END SOLUTION -->
