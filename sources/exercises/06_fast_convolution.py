# %% [markdown]
# # Exercise 06 · Fast convolution
#
# **17 points, 60 minutes.** It goes with lesson 06, *Fast convolution*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | columns on paper | 2 |
# | 2 | `im2col` | 4 |
# | 3 | `conv2d_im2col` | 4 |
# | 4 | Winograd on paper | 2 |
# | 5 | `convolve_fft` | 3 |
# | 6 | which method: a question to think about (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs: arrays of floats or of whole numbers, such as `uint8`. You may use NumPy, including
# `np.fft` and `np.lib.stride_tricks`. Answers may differ from the right ones by one part in 10⁹.

# %%
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
# ## 2 · `im2col` (4 points)
#
# The same for batches, channels, windows of any size, and a stride:
#
# $$\text{cols}_{\,n,\;\; (c \cdot KH + u) \cdot KW + v,\;\; i \cdot OW + j} = x_{\,n,\; c,\; i
# \cdot \text{stride} + u,\; j \cdot \text{stride} + v}$$
#
# with $OH = \lfloor (H - KH) / \text{stride} \rfloor + 1$, $OW$ likewise. So a column holds first
# the whole window of channel 0, then that of channel 1, and so on. There is no padding here.
#
# For example, `im2col(x, 1, 2, 1)` of `x = [[[[1, 2, 3]]]]` is `[[[1, 2], [2, 3]]]`.


# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    """Lay what each window sees out as a column.

    x: array of shape (N, C, H, W)
    KH, KW: height and width of the window
    stride: pixels the window moves between two positions, along both axes
    returns: array of shape (N, C·KH·KW, OH·OW)
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    cols = np.empty((N, C, KH, KW, OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            cols[:, :, :, :, i, j] = x[:, :, top : top + KH, left : left + KW]
    return cols.reshape(N, C * KH * KW, OH * OW)
    ### END SOLUTION


# %% grade_id="06-im2col-tests" points=4
e06.check("im2col", globals())
### BEGIN HIDDEN TESTS
e06.check("im2col", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `conv2d_im2col` (4 points)
#
# Now the convolution as one matrix product:
#
# $$\text{out}_n = w \cdot \text{cols}_n + b, \qquad
# w \text{ as a matrix of shape } F \times (C \cdot KH \cdot KW)$$
#
# So that a slip in part 2 doesn't cost you points here, the course's own `im2col` is imported as
# `columns_of`: `columns_of(x, (KH, KW), stride, padding)` returns the columns, shape (N, C·KH·KW,
# OH·OW), of the picture with `padding` zeros on all four sides. (In part 2 it is switched off.) You
# still need the shapes, the product and the biases. Only the numbers are checked, so another way to
# them counts, too; the lesson has measured which one is fast.


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


# %% grade_id="06-conv2d-im2col-tests" points=4
e06.check("conv2d_im2col", globals())
### BEGIN HIDDEN TESTS
e06.check("conv2d_im2col", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Winograd on paper (2 points)
#
# For four pixels $d = (2, 1, 3, 4)$ and three weights $g = (2, -1, 3)$, work out Winograd's four
# products
#
# $$m_1 = (d_0 - d_2)\,g_0 \quad m_2 = (d_1 + d_2)\,\tfrac{g_0 + g_1 + g_2}{2} \quad
# m_3 = (d_2 - d_1)\,\tfrac{g_0 - g_1 + g_2}{2} \quad m_4 = (d_1 - d_3)\,g_2$$
#
# and the outputs $y_0 = m_1 + m_2 + m_3$ and $y_1 = m_2 - m_3 - m_4$. Check the outputs with six
# multiplications. Write all six numbers in a list: $m_1, m_2, m_3, m_4, y_0, y_1$.

# %% grade_id="06-winograd"
winograd = None
### BEGIN SOLUTION
winograd = [-2, 8, 6, -9, 12, 11]
### END SOLUTION

# %% grade_id="06-winograd-tests" points=2
e06.check("winograd", globals())

# %% [markdown]
# ## 5 · `convolve_fft` (3 points)
#
# Lesson 06 computed a cross-correlation with the Fourier transform. Now compute a true convolution,
# and *all* of it ("full"): also the places where picture and kernel overlap only in part, down to a
# single pixel. In one dimension this is what multiplies the digits of 12 and 13:
#
# $$\text{out}_{p,q} = \sum_{i,j} x_{i,\,j}\; w_{p-i,\,q-j}, \qquad
# \text{out has the shape } (H + KH - 1) \times (W + KW - 1)$$
#
# For example, `convolve_fft([[1, 2]], [[1, 3]])` is `[[1, 5, 6]]`. Use `np.fft`; think about how
# large the transforms must be so that nothing wraps around. Only the numbers are checked here, too.


# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    """Convolve a picture with a kernel, fully, through the Fourier transform.

    x: array of shape (H, W)
    w: array of shape (KH, KW)
    returns: array of real numbers of shape (H + KH − 1, W + KW − 1)
    """
    ### BEGIN SOLUTION
    size = x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1
    spectrum = np.fft.fft2(x, size) * np.fft.fft2(w, size)
    return np.fft.ifft2(spectrum).real
    ### END SOLUTION


# %% grade_id="06-convolve-fft-tests" points=3
e06.check("convolve_fft", globals())
### BEGIN HIDDEN TESTS
e06.check("convolve_fft", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Which method? (2 points, graded by hand)
#
# For each of these two layers, choose between im2col + GEMM, the Fourier transform and Winograd,
# and support your choice with a number that you worked out:
#
# - (a) 256 channels of 14 × 14 in, 256 filters of 3 × 3;
# - (b) one grey photograph of 1,000 × 1,000, one blur kernel of 101 × 101.

# %% [markdown] grade_id="06-which" points=2
# <!-- BEGIN SOLUTION -->
# (a) Winograd (im2col + GEMM is nearly as good): 256 · 256 · 14 · 14 · 9 ≈ 116 million
# multiplications become 51 million, and with many channels the transforms matter little. The
# Fourier transform would blow up 65,536 filters from 9 numbers to 200 or more each. (b) The Fourier
# transform: directly it takes 101 · 101 ≈ 10,201 multiplications per pixel, 10¹⁰ in all, and
# im2col's columns would hold 10,201 numbers per pixel (40 kB); three transforms of about 1.2
# million numbers take some 2 · 20 multiplications per pixel each, about 10⁸ in all.
#
# *Rubric.* 1 point for each part: the method with a count that supports it (multiplications or
# bytes; the order of magnitude suffices). In (a) im2col + GEMM counts as right if the answer says
# why not the Fourier transform. No point without a number.
# <!-- END SOLUTION -->
