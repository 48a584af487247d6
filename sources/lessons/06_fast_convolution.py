# %% [markdown]
# # 06 · Fast convolution
#
# Lesson 01 computed one output after another. A library computes the same numbers on the same
# computer, only faster. In this lesson you climb from one to the other, step by step, and
# measure what each step gains.
#
# **After this lesson you can**
#
# - say what a convolution costs, in multiplications and in bytes, before you run it;
# - write it as one matrix product (im2col), and say how often each pixel is copied;
# - find out where the time of a program goes;
# - count the multiplications of two clever methods on equal terms, and say when they pay off;
# - describe how a library really computes a convolution.
#
# *Time:* 55 minutes. *Before this:* lessons 01, 03 and 05. Section 5 is a side trip that you may
# leave out: the exercise doesn't need it, and complex numbers appear only there.

# %%
import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core for all: methods are compared, not computers

import math
import mmap
import operator
import subprocess
import sys
import time

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.plots import fast_convolution
from cnnedu.widgets import Im2colStepper, Question, Quiz, Right, Wrong

fast_convolution.show_columns(smiley(), edge_kernel(), at=(3, 0))

# %% [markdown]
# This is where the main road leads: all 36 windows of the smiley as the columns of a matrix, the
# edge detector as a row in front of it, and each output below its column. The framed window gives
# the −2 that you worked out by hand in lesson 01.
#
# ## 1 · The bill
#
# An output takes $C \cdot KH \cdot KW$ multiplications, each followed by an addition. Such a pair
# is called a **multiply-add**. For a batch of $N$ pictures with $C$ channels (three for colour;
# inside a network, as many as the layer before has filters) and $F$ filters:
#
# $$ \text{multiply-adds} = N \cdot F \cdot OH \cdot OW \cdot C \cdot KH \cdot KW $$
#
# On paper, for the smiley: $1 \cdot 1 \cdot 6 \cdot 6 \cdot 1 \cdot 3 \cdot 3 = 324$. From here on
# we also time a layer of a size that real networks have: 32 channels of 64 × 64 in, 64 filters of
# 3 × 3, padding 1. Its numbers are of type `float32`: 4 bytes each.

# %%
face, edges = smiley(), edge_kernel()
rng = np.random.default_rng(0)
x = rng.standard_normal((1, 32, 64, 64), np.float32)
w = rng.standard_normal((64, 32, 3, 3), np.float32)
N, C, H, W = x.shape
F, C, KH, KW = w.shape
padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)])

multiply_adds = N * F * H * W * C * KH * KW
print(f"{multiply_adds:,} multiply-adds")
print(f"{x.nbytes:,} bytes in, {w.nbytes:,} bytes of filters, {N * F * H * W * 4:,} bytes out")

# %% [markdown]
# ## 2 · Loops
#
# The definition, one multiplication at a time:


# %%
def loops(padded, w):
    N, C, H, W = padded.shape
    F, C, KH, KW = w.shape
    out = np.zeros((N, F, H - KH + 1, W - KW + 1), np.result_type(padded, w))
    for n in range(N):
        for f in range(F):
            for i in range(H - KH + 1):
                for j in range(W - KW + 1):
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                out[n, f, i, j] += padded[n, c, i + u, j + v] * w[f, c, u, v]
    return out


loops(face[None, None], edges[None, None])[0, 0, 3, 0]

# %%
Quiz(
    Question(
        "At the end of this lesson another way does exactly these multiplications, on one core of "
        "your computer. How fast will it be, compared with the loops?",
        Wrong(
            "about 10 times as fast",
            "For each multiplication Python looks up names, checks types and makes new objects.",
        ),
        Wrong(
            "about 100 times as fast",
            "Python's detours cost about that much. A processor can multiply many numbers at once.",
        ),
        Right(
            "1,000 times or more",
            "Python spends hundreds of instructions on one multiplication. At the end, one "
            "instruction does several.",
        ),
    )
)

# %% [markdown]
# We run only a small part of the layer, one channel and one filter, and multiply its time by
# $32 \cdot 64$.

# %% tags=["nbval-ignore-output"]
seconds = {}


def measure(name, function, share=1, repeat=5):
    """Note the best of a few times, for the whole layer if only a share of it is computed."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    seconds[name] = min(times) / share
    print(f"{name}: {1000 * seconds[name]:,.2f} ms")


measure("loops", lambda: loops(padded[:, :1], w[:1, :1]), share=1 / (32 * 64))
print(f"{1e9 * seconds['loops'] / multiply_adds:,.0f} ns for each multiply-add")

# %% [markdown]
# A processor multiplies in a fraction of a nanosecond. Nearly all of the time went into finding out
# *what* to multiply.
#
# ## 3 · Windows
#
# As in lesson 01, let NumPy multiply a whole window, 288 numbers, in one call. Then Python's
# overhead is paid once per window instead of once per number. We run two of the 64 filters.


# %%
def one_call_per_window(padded, w):
    N, _, H, W = padded.shape
    F, _, KH, KW = w.shape
    out = np.zeros((N, F, H - KH + 1, W - KW + 1), np.result_type(padded, w))
    for n, f, i, j in np.ndindex(out.shape):
        out[n, f, i, j] = (padded[n, :, i : i + KH, j : j + KW] * w[f]).sum()
    return out


# %% tags=["nbval-ignore-output"]
measure("one call per window", lambda: one_call_per_window(padded, w[:2]), share=2 / 64, repeat=2)

# %% [markdown]
# Can we have all windows in one call? In memory a picture is one long row of numbers. Its
# **strides** say how many bytes to step to the next row and the next column. In the smiley, with 8
# bytes for each number, these are 64 and 8. Now look at all its windows as *one* array
# `[i, j, u, v]`. Going from window to window takes the same steps as going from pixel to pixel, so
# its strides are 64, 8, 64, 8. Nothing is copied; the same memory is read in another order:

# %%
windows = sliding_window_view(face, (3, 3))
print("shape  ", windows.shape)
print("strides", windows.strides)
print("shares the memory of the smiley:", np.shares_memory(windows, face))
print(windows[3, 0])

# %% [markdown]
# The sum over all of it is one call of `einsum`. It reads like the equation: letters that don't
# appear after the arrow are summed over.


# %%
def strided_windows(padded, w):
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijuv,fcuv->nfij", windows, w)


# %% tags=["nbval-ignore-output"]
measure("strided windows", lambda: strided_windows(padded, w), repeat=2)

# %% [markdown]
# ## 4 · im2col: windows as columns
#
# Now we copy after all. Take every window, lay its nine numbers out as a column, and put all the
# columns side by side. The name **im2col** says it: image to columns.


# %%
def columns_of(x, KH, KW):
    """Lay out all windows of x, shape (C, H, W), as columns: shape (C·KH·KW, OH·OW)."""
    C, H, W = x.shape
    OH, OW = H - KH + 1, W - KW + 1
    columns = np.empty((C * KH * KW, OH * OW), x.dtype)
    for i in range(OH):
        for j in range(OW):
            columns[:, i * OW + j] = x[:, i : i + KH, j : j + KW].ravel()
    return columns


columns = columns_of(face[None], 3, 3)
assert np.array_equal(columns, kernels.im2col(face[None, None], 3)[0])
print(columns.shape)
print("column 18:", columns[:, 18])
print("kernel:   ", edges.ravel())

# %% [markdown]
# The window at row 3, column 0 is number $3 \cdot 6 + 0 = 18$. By hand, leaving out the zeros of
# the kernel: $-1 \cdot 1 + 1 \cdot 0 - 1 \cdot 1 + 1 \cdot 1 - 1 \cdot 1 + 1 \cdot 0 = -2$. And all
# 36 outputs are a row times a matrix:

# %%
out = edges.ravel() @ columns
print("output 18:", out[18])
print("all 36 equal:", np.array_equal(out.reshape(6, 6), kernels.correlate2d(face, edges)))

# %%
Quiz(
    Question(
        "How many of the 36 columns hold the pixel (0, 0)? How many hold (0, 3), and how many "
        "hold (3, 3)?",
        Wrong("9, 9 and 9", "That holds far from the border. How many windows reach a corner?"),
        Right("1, 3 and 9", "Along a side, up to three windows hold a pixel; at its end, one."),
        Wrong("1, 2 and 4", "Along a side, windows that begin in columns 1, 2 and 3 hold (0, 3)."),
    )
)

# %% [markdown]
# Now drag the orange window over the picture and watch its column. Click a pixel: all its copies
# turn green. Why does each of them stand in a different row? Click a number in the columns: which
# pixel is it? Then set the stride to 3. Which pixels are in no column at all?

# %%
Im2colStepper(position=(3, 0))

# %% [markdown]
# (Each column holds the pixel at a different place in its window, hence the different row. With
# stride 3 the windows don't overlap, and none reaches the last two rows and columns.)
#
# With $C$ channels, a column holds the whole window of channel 0, then that of channel 1, and so
# on: $C \cdot KH \cdot KW$ numbers. With $F$ filters the row becomes a matrix:
#
# $$ \underbrace{\text{out}}_{F \times OH \cdot OW} = \underbrace{w}_{F \times C \cdot KH \cdot KW}
# \;\cdot\;
# \underbrace{\text{columns}}_{C \cdot KH \cdot KW \times OH \cdot OW} $$
#
# Two channels of 4 × 4, so that you can check a column by hand:

# %%
two_channels = np.arange(32).reshape(2, 4, 4)
weights = np.array([[[1, 0], [0, 1]], [[-1, 2], [0, 1]]])
Im2colStepper(two_channels, weights, position=(1, 1), pixel=(1, 2, 2))

# %% [markdown]
# (Lesson 05 wrote the *kernel* into a large matrix, most of which is zeros. Here the *picture* is
# written into one, and no entry is wasted.)
#
# In the layer, each inner pixel is copied nine times, and each border pixel six or four times; the
# other entries of the columns are zeros from the padding.

# %%
size = 4 * C * KH * KW * H * W
print(f"columns: {size:,} bytes, {size / x.nbytes:.0f} times the picture")

# %%
Quiz(
    Question(
        "How long will im2col and a matrix product take, compared with the strided windows, which "
        "copy nothing?",
        Wrong("longer, since it moves more bytes", "It does move more. What happens to the sum?"),
        Wrong("just as long, since it multiplies as often", "As often, yes. But are they as fast?"),
        Right("less time, in spite of all the copies", "A matrix product is worth the copy."),
    )
)


# %%
def im2col_gemm(x, w):
    columns = kernels.im2col(x, w.shape[2:], padding=1)  # (N, C·KH·KW, OH·OW)
    out = w.reshape(len(w), -1) @ columns
    return out.reshape(len(x), len(w), *x.shape[2:])


# %% tags=["nbval-ignore-output"]
measure("im2col + GEMM", lambda: im2col_gemm(x, w))
for slower in ("strided windows", "loops"):
    ratio = seconds[slower] / seconds["im2col + GEMM"]
    print(f"{ratio:,.0f} times as fast as {slower}")

# %% [markdown]
# **What came out.** As many multiplications as in section 2, in a small fraction of the time. The
# routine behind `@` is called **GEMM** (general matrix multiply). It works on blocks that fit into
# the processor's **cache**, a small, fast memory, so that every number fetched is used many times
# before it is dropped; and one instruction multiplies 4, 8 or 16 numbers. *The arithmetic stayed
# the same. What changed is how many multiplications are done per instruction, and per byte
# fetched.*
#
# (Ask `einsum` for `optimize=True`, and it does the same behind the scenes: it copies the windows
# and calls GEMM.)
#
# ### Where does the time go?
#
# Measure the parts and add them up. If they fall short of the whole, something is hidden. The parts
# are the product and the copy. We measure the copy in three ways: into memory that the program has
# used before; into memory that the operating system has just handed out; and with a line that also
# looks like a single copy.

# %% tags=["nbval-ignore-output"]
layer_columns = kernels.im2col(x, 3, padding=1)
seen = sliding_window_view(padded, (3, 3), axis=(2, 3)).transpose(0, 1, 4, 5, 2, 3)
kept = np.zeros(seen.shape, np.float32)


def fresh():
    """Return memory for the columns that the operating system has just handed out."""
    return np.frombuffer(mmap.mmap(-1, size), np.float32).reshape(seen.shape)


measure("product", lambda: w.reshape(F, -1) @ layer_columns)
measure("copy", lambda: np.copyto(kept, seen))
measure("copy into fresh memory", lambda: np.copyto(fresh(), seen))
measure("copy and reshape", lambda: np.array(seen).reshape(C * KH * KW, -1))
parts = 1000 * (seconds["product"] + seconds["copy"])
print(f"product + copy: {parts:.2f} of {1000 * seconds['im2col + GEMM']:.2f} ms")
ratio = seconds["copy into fresh memory"] / seconds["copy"]
print(f"fresh memory: {size // mmap.PAGESIZE:,} pages, {ratio:.1f} times as long a copy")

# %% [markdown]
# Two things hide well. The operating system hands out memory in **pages** of a few kilobytes. When
# a program first writes to a page, it is interrupted, and the system finds the page and fills it
# with zeros. Compare the first two copies. (A program often gets back memory that it has used
# before. So im2col + GEMM as a whole can take less time than the copy into fresh memory.)
#
# And the innocent-looking line copies *twice*. The axes of `seen` are swapped. `np.array` keeps
# that order in memory, so `reshape` has to copy again:

# %%
print("in the order that reshape needs:", np.array(seen).flags.c_contiguous)
print("with order='C':                 ", np.array(seen, order="C").flags.c_contiguous)

# %% [markdown]
# **We fooled ourselves.** The first edition of this lesson used an `im2col` with that line. It
# timed "the copy" and "the product" and didn't notice that they were less than half of the whole.
# Only the search for the rest led to the pages and to the second copy, which `order="C"` removes.
#
# One cost remains: all columns are written to memory and fetched again. The remedy is to keep one
# small piece of memory, and to use it for one strip of the picture after another. It saves memory
# above all; whether it saves time, too, depends on the size of the cache. The columns for eight
# rows of outputs stay in the cache:


# %%
def im2col_in_strips(padded, w, rows=8):
    """The same for one picture, shape (C, H, W), in strips of outputs; `rows` must divide OH."""
    F, C, KH, KW = w.shape
    OH, OW = padded.shape[1] - KH + 1, padded.shape[2] - KW + 1
    out = np.empty((F, OH, OW), w.dtype)
    columns = np.empty((C, KH, KW, rows, OW), w.dtype)  # used again and again
    for top in range(0, OH, rows):
        strip = padded[:, top : top + rows + KH - 1]  # KH − 1 rows more than outputs
        columns[:] = sliding_window_view(strip, (KH, KW), axis=(1, 2)).transpose(0, 3, 4, 1, 2)
        product = w.reshape(F, -1) @ columns.reshape(C * KH * KW, -1)
        out[:, top : top + rows] = product.reshape(F, rows, OW)
    return out


# %% tags=["nbval-ignore-output"]
measure("im2col in strips", lambda: im2col_in_strips(padded[0], w))
share = seconds["product"] / seconds["im2col in strips"]
print(f"the product alone takes {share:.0%} of that")

# %% [markdown]
# What remains is mostly the product. There are two ways forward: multiply *less*, or copy *no
# windows*. The first is a side trip. The second is what libraries do; [it comes in section
# 6](#6-·-What-a-library-really-runs).
#
# ## 5 · Side trip: fewer multiplications
#
# ### The Fourier transform
#
# What is 12 · 13? Multiply the digits, crosswise, and add up what has the same place value:
#
# $$ (1, 2) * (1, 3) = (1 \cdot 1,\;\; 1 \cdot 3 + 2 \cdot 1,\;\; 2 \cdot 3) = (1, 5, 6)
# \quad\to\quad 156 $$
#
# That is a convolution. The **convolution theorem** says: after a Fourier transform it is a plain
# product, number by number. (What the transform gives is called the *spectrum*; its numbers are
# complex. The fast algorithm for the transform is called the **FFT**.)

# %%
a, b = np.fft.fft([1, 2, 0, 0]), np.fft.fft([1, 3, 0, 0])
print(np.fft.ifft(a * b).real.round(12) + 0)

# %% [markdown]
# The two zeros make room for the result: the transform treats its input as a circle, and what runs
# over the end comes back at the start. Cross-correlation needs one change, the complex conjugate of
# the kernel's transform, which is the flip of lesson 01. In the last two rows and columns the
# window hangs over the edge and comes in again on the other side; we drop those outputs.

# %%
spectrum = np.fft.rfft2(edges, (8, 8)).conj() * np.fft.rfft2(face)
circular = np.fft.irfft2(spectrum, (8, 8))
print("output (3, 0):", round(circular[3, 0], 12))
print("all 36 equal: ", np.allclose(circular[:6, :6], kernels.correlate2d(face, edges)))

# %% [markdown]
# A transform of $n$ real numbers takes about $n \log_2 n$ multiplications. The filters stay the
# same from picture to picture, so their transforms are prepared once.


# %%
def filter_spectra(w, plane):
    """Transform the filters, each laid in a picture of the size `plane`: (h, w, F, C)."""
    return np.ascontiguousarray(np.fft.rfft2(w, plane).conj().transpose(2, 3, 0, 1))


def fft_convolution(padded, spectra, KH, KW):
    plane = padded.shape[2:]
    pictures = np.fft.rfft2(padded).transpose(2, 3, 1, 0)  # (h, w, C, N)
    products = (spectra @ pictures).transpose(3, 2, 0, 1)  # a small matrix product each
    return np.fft.irfft2(products, plane)[:, :, : plane[0] - KH + 1, : plane[1] - KW + 1]


spectra = filter_spectra(w, padded.shape[2:])

# %% tags=["nbval-ignore-output"]
measure("FFT", lambda: fft_convolution(padded, spectra, KH, KW))
measure("preparing its filters", lambda: filter_spectra(w, padded.shape[2:]), repeat=2)

# %% [markdown]
# ### Winograd
#
# A filter with three weights $g$ gives two neighbouring outputs from four pixels $d$:
#
# $$ y_0 = d_0 g_0 + d_1 g_1 + d_2 g_2, \qquad y_1 = d_1 g_0 + d_2 g_1 + d_3 g_2 $$
#
# That is 6 multiplications. Shmuel Winograd found a way with 4:
#
# $$ m_1 = (d_0 - d_2)\,g_0 \quad m_2 = (d_1 + d_2)\,\tfrac{g_0 + g_1 + g_2}{2} \quad
# m_3 = (d_2 - d_1)\,\tfrac{g_0 - g_1 + g_2}{2} \quad m_4 = (d_1 - d_3)\,g_2 $$
#
# $$ y_0 = m_1 + m_2 + m_3, \qquad y_1 = m_2 - m_3 - m_4 $$
#
# By hand with $d = (1, 2, 3, 5)$ and $g = (1, 2, 3)$: directly
# $y = (1 + 4 + 9,\; 2 + 6 + 15) = (14, 23)$. And
# $m = (-2,\; 5 \cdot 3,\; 1 \cdot 1,\; -3 \cdot 3) = (-2, 15, 1, -9)$, so $y_0 = -2 + 15 + 1 = 14$
# and $y_1 = 15 - 1 + 9 = 23$. The two fractions belong to the filter and are prepared once.


# %%
def winograd(d, g, multiply=operator.mul):
    m1 = multiply(d[0] - d[2], g[0])
    m2 = multiply(d[1] + d[2], (g[0] + g[1] + g[2]) / 2)
    m3 = multiply(d[2] - d[1], (g[0] - g[1] + g[2]) / 2)
    m4 = multiply(d[1] - d[3], g[2])
    return np.array([m1 + m2 + m3, m2 - m3 - m4])


print("m by hand gives", winograd([1, 2, 3, 5], [1, 2, 3]))
print("row 5 of the smiley, 1 0 0 1, with −1 0 1:", winograd(face[5, :4], edges[0]))

# %% [markdown]
# In two dimensions the pixels $d$ become four *rows*, the weights $g$ three rows, and each of the
# four products of rows is done in Winograd's way again: $4 \cdot 4 = 16$ multiplications for a
# 2 × 2 block of outputs, instead of $4 \cdot 9 = 36$.

# %%
block = winograd(face[3:7, 0:4], edges, multiply=winograd)
print(block)
assert np.array_equal(block, kernels.correlate2d(face, edges)[3:5, 0:2])

# %% tags=["nbval-ignore-output"]
measure("Winograd", lambda: kernels.conv2d(x, w, padding=1, method="winograd"))

# %% [markdown]
# ### Counted on equal terms
#
# For both, preparing the filters is counted separately, and only real multiplications count: 4 for
# a product of complex numbers, $n \log_2 n$ for a transform of $n$ real numbers, whose spectrum has
# about $n / 2$ complex ones. Before and after its products, Winograd's way only adds and halves.
# (Its time above includes preparing the filters: every nine weights become 16 numbers.)

# %%
plane = (H + 2) * (W + 2)
spectrum_size = (H + 2) * ((W + 2) // 2 + 1)  # complex numbers, 8 bytes each
transform = plane * math.log2(plane)
blocks = H // 2 * (W // 2)  # of 2 × 2 outputs
millions = {
    "direct or im2col": (multiply_adds, 0),
    "FFT": ((C + F) * transform + 4 * C * F * spectrum_size, C * F * transform),
    "Winograd": (16 * C * F * blocks, 0),
}
filter_bytes = {
    "direct or im2col": w.nbytes,
    "FFT": 8 * C * F * spectrum_size,
    "Winograd": 4 * 16 * C * F,
}
print("million multiplications:  per picture   to prepare the filters   bytes of filters")
for name, (per_picture, once) in millions.items():
    print(f"{name:<24}{per_picture / 1e6:>13.1f}{once / 1e6:>25.1f}{filter_bytes[name]:>19,}")

# %% tags=["nbval-ignore-output"]
for name in ("FFT", "Winograd"):
    fewer = millions["direct or im2col"][0] / millions[name][0]
    faster = seconds["im2col in strips"] / seconds[name]
    print(f"{name}: {fewer:.1f} times fewer multiplications, {faster:.1f} times as fast")

# %% [markdown]
# **What came out.** On equal terms the FFT multiplies *least*, even for 3 × 3 filters. If you count
# the preparation for every picture, you reach the opposite verdict. But fewer multiplications don't
# mean less time: the last lines give both ratios for your computer. The prepared filters of the FFT
# are 500 times as large as the filters themselves, and for one picture each of their numbers is
# fetched and used only once. Winograd's way pays with additions, and with sums that go through
# memory.
#
# ### A claim to test
#
# > "The FFT makes convolution fast."
#
# Let the kernel grow from 3 × 3 to 33 × 33, on 4 channels of 96 × 96 and with 4 filters.

# %%
Quiz(
    Question(
        "A kernel of 33 × 33 has 121 times as many weights as one of 3 × 3. How many times as "
        "long do im2col and the FFT take for it?",
        Wrong(
            "both 100 times or more, like the number of weights",
            "Does the FFT look at single weights at all?",
        ),
        Wrong(
            "both about 11 times: the kernel's side is 11 times as long",
            "The side is, but a kernel is a square.",
        ),
        Right(
            "im2col 100 times or more, the FFT less than 5 times",
            "For the FFT, the size of the padded picture is nearly all that counts.",
        ),
    )
)

# %% tags=["nbval-ignore-output"]
sizes = [3, 5, 9, 17, 33]
small = rng.standard_normal((1, 4, 96, 96), np.float32)
milliseconds = {"im2col": [], "FFT": []}
for k in sizes:
    kernel = rng.standard_normal((4, 4, k, k), np.float32)
    wide = np.pad(small, [(0, 0), (0, 0), (k // 2, k // 2), (k // 2, k // 2)])
    prepared = filter_spectra(kernel, wide.shape[2:])
    ways = {
        "im2col": lambda g=kernel, k=k: kernels.conv2d(small, g, padding=k // 2, method="im2col"),
        "FFT": lambda p=wide, s=prepared, k=k: fft_convolution(p, s, k, k),
    }
    for method, way in ways.items():
        measure(f"{method}, {k} × {k}", way)
        milliseconds[method].append(1000 * seconds[f"{method}, {k} × {k}"])
won = [k for k, a, b in zip(sizes, *milliseconds.values(), strict=True) if b < a]
print("the FFT is ahead at", ", ".join(f"{k} × {k}" for k in won) or "none of these sizes")
fast_convolution.show_kernel_sizes(sizes, milliseconds)

# %% [markdown]
# **What came out.** It depends on the kernel. im2col's line climbs: each weight adds one more row
# to the columns. The FFT's climbs far less, since every filter is first spread out to the size of
# the picture. Image processing with large blurs uses the FFT. Networks use small kernels.
# ResNet-50, for example, has $3 + 4 + 6 + 3 = 16$ blocks, each with two convolutions of 1 × 1 and
# one of 3 × 3. Four more of 1 × 1 stand around the blocks, and one of 7 × 7 in front. That makes
# 36, 16 and 1.
#
# ## 6 · What a library really runs
#
# The same layer in PyTorch, which this course uses from lesson 09 on:

# %%
import torch

x_torch, w_torch = torch.from_numpy(x), torch.from_numpy(w)

# %% tags=["nbval-ignore-output"]
measure("PyTorch", lambda: torch.nn.functional.conv2d(x_torch, w_torch, padding=1))

# %% [markdown]
# What did it do? On most computers with an Intel or AMD processor, PyTorch hands convolutions to a
# library called oneDNN, which keeps a log if asked. We ask in a second Python process:

# %% tags=["nbval-ignore-output"]
program = """
import torch
x, w = torch.randn(1, 32, 64, 64), torch.randn(64, 32, 3, 3)
torch.nn.functional.conv2d(x, w, padding=1)
"""
settings = os.environ | {"ONEDNN_VERBOSE": "1"}
said = subprocess.run([sys.executable, "-c", program], env=settings, capture_output=True, text=True)
steps = [
    line.split(",cpu,")[1].split(",") for line in said.stdout.splitlines() if ",exec,cpu" in line
]
for operation, routine, *details in steps:
    method = [detail.removeprefix("alg:") for detail in details if detail.startswith("alg:")]
    print(f"{operation:<14}{routine:<20}{' '.join(method)}")
if not steps:
    print("Here PyTorch works without oneDNN and doesn't say what it runs.")

# %% [markdown]
# The computer that made this page answered `convolution_direct`: no columns, no transform.
# `jit:avx512_core` means that oneDNN wrote the machine code for just this layer when it was called
# (*just in time*), with instructions that multiply 16 numbers at once. Each `reorder` rearranges
# numbers in memory: before the convolution, so that 16 channels of a pixel lie side by side, and
# after it, back again.
#
# **Direct convolution in blocks** is the seven loops of section 2 in another order. Take 16 filters
# at a time and a piece of a row of outputs (below, a whole row), and keep their sums in the
# processor's **registers**, the few numbers that it can use at once. Then go through the weights:
# each step multiplies *one* pixel by the weights of 16 filters. When the last weight is done, write
# the sums, once.


# %%
def direct_in_blocks(padded, w, lanes=16):
    """Convolve one picture, shape (C, H, W), in the order of a library's loops."""
    C, H, W = padded.shape
    F, _, KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    out = np.empty((OH, OW, F), w.dtype)  # the filters side by side
    for f in range(0, F, lanes):
        block = np.ascontiguousarray(w[f : f + lanes].transpose(1, 2, 3, 0))
        for i in range(OH):
            sums = np.zeros((OW, len(block[0, 0, 0])), w.dtype)  # a library: in registers
            for c, u, v in np.ndindex(C, KH, KW):
                sums += padded[c, i + u, v : v + OW, None] * block[c, u, v]
            out[i, :, f : f + lanes] = sums  # written once
    return out.transpose(2, 0, 1)


print("output (3, 0):", direct_in_blocks(face[None], edges[None, None])[0, 3, 0])

# %% tags=["nbval-ignore-output"]
measure("direct in blocks, NumPy", lambda: direct_in_blocks(padded[0], w), repeat=2)

# %% [markdown]
# In Python each line of the inner loop is a call, and the sums go through memory. In machine code
# the same order needs neither. No window is copied: a `reorder` moves each number once, not nine
# times.
#
# Do all the ways give the same numbers? In the arithmetic of real numbers they would. In float32
# each rounds in its own way, so we ask for agreement to 1 part in 10,000 of the outputs' size,
# which is about 17:

# %%
exact = kernels.conv2d(x.astype(float), w.astype(float), padding=1)
print(f"size of the outputs: {exact.std():.0f}")
answers = {
    "strided windows": strided_windows(padded, w),
    "im2col + GEMM": im2col_gemm(x, w),
    "im2col in strips": im2col_in_strips(padded[0], w)[None],
    "FFT": fft_convolution(padded, spectra, KH, KW),
    "Winograd": kernels.conv2d(x, w, padding=1, method="winograd"),
    "direct in blocks": direct_in_blocks(padded[0], w)[None],
    "PyTorch": torch.nn.functional.conv2d(x_torch, w_torch, padding=1).numpy(),
}
for name, answer in answers.items():
    print(f"{name:<17}equal: {np.allclose(answer, exact, rtol=0, atol=17e-4)}")

# %% [markdown]
# ### The whole ladder
#
# Beside the times you see the multiplications for one picture and the **workspace**: the memory
# beyond the input, the output and the filters as they were given.

# %% tags=["nbval-ignore-output"]
fft_bytes = filter_bytes["FFT"] + 8 * (C + F) * spectrum_size
winograd_bytes = filter_bytes["Winograd"] + 4 * 16 * (C + F) * blocks
cost = {  # multiplications, bytes of workspace
    "loops": (multiply_adds, 0),
    "one call per window": (multiply_adds, 0),
    "strided windows": (multiply_adds, 0),
    "direct in blocks, NumPy": (multiply_adds, 4 * 16 * W),
    "FFT": (millions["FFT"][0], fft_bytes),
    "Winograd": (millions["Winograd"][0], winograd_bytes),
    "im2col + GEMM": (multiply_adds, size),
    "im2col in strips": (multiply_adds, size / 8),
    "PyTorch": (multiply_adds if "convolution_direct" in said.stdout else np.nan, np.nan),
}
ranked = sorted(cost, key=lambda name: -seconds[name])
print(f"{ranked[-1]} takes {seconds['loops'] / seconds[ranked[-1]]:,.0f} times less than the loops")
fast_convolution.show_ladder({name: (seconds[name], *cost[name]) for name in ranked})

# %% [markdown]
# Loops and im2col do the same 75.5 million multiplications, yet the loops take thousands of times
# as long. Time goes into finding and fetching numbers, not into multiplying them. **A method is
# fast if it keeps the multipliers fed.**
#
# ## Quiz

# %%
Quiz(
    Question(
        "A batch (8, 16, 32, 32), 3 × 3 kernels, padding 1. What is the shape of all its columns?",
        Wrong("(8, 9, 1024)", "A window goes through all 16 channels: 16 · 9 numbers."),
        Right("(8, 144, 1024)", "16 · 3 · 3 numbers in a column, 32 · 32 windows per picture."),
        Wrong("(8, 16, 1024, 9)", "A matrix product needs one axis for the 16 · 9 numbers."),
    ),
    Question(
        "Why is im2col faster than strided windows in `einsum`, although it copies?",
        Wrong(
            "The columns leave out the windows' zeros, so less is multiplied",
            "Just as much is multiplied.",
        ),
        Wrong(
            "The columns need less memory, so more of them fit into the cache",
            "They need nine times as much.",
        ),
        Right(
            "GEMM uses a fetched number many times, and several at once",
            "And that gains more than the copy costs.",
        ),
    ),
    Question(
        "What does im2col cost for a 1 × 1 kernel with stride 1?",
        Right(
            "nothing: the picture is the matrix", "Each window is one pixel: C rows, H · W columns."
        ),
        Wrong(
            "nine times the memory, as ever", "That was for 3 × 3. A column now holds C numbers."
        ),
        Wrong("no columns exist: windows are too small", "One pixel of C channels is a column."),
    ),
    Question(
        "Winograd needs 2.25 times fewer multiplications. Is it 2.25 times as fast?",
        Wrong(
            "Yes, since the multiplications take nearly all the time",
            "Even then the other steps count.",
        ),
        Right("That doesn't follow from the count: the rest takes time, too", "So measure it."),
        Wrong("No, its additions always cost more than it saves", "With many channels it can win."),
    ),
    Question(
        "You time the copy and the product: together they take half of the total. Where may the "
        "rest be?",
        Wrong("in rounding: float32 has to be converted to float64", "Nothing converts here."),
        Right("in memory: fresh pages, or a copy that nobody asked for", "As in section 4."),
        Wrong(
            "in the measuring: reading a clock takes milliseconds",
            "It takes well under a microsecond.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A convolution takes $N \cdot F \cdot OH \cdot OW \cdot C \cdot KH \cdot KW$ multiply-adds if it
#    is computed directly, in whatever order.
# 2. Loops in Python spend their time on finding numbers.
# 3. im2col: windows as columns, filters as rows, one matrix product; up to $KH \cdot KW$ times the
#    memory, and worth it.
# 4. The FFT and Winograd multiply less; the FFT pays off for large kernels.
# 5. A library loops directly, in blocks: no window is copied, and sums stay in registers.
#
# **Now you:** [exercise 06](../exercises/06_fast_convolution/06_fast_convolution.ipynb).
# **Next:**
# [lesson 07, backpropagation through convolution](07_backpropagation_through_convolution.ipynb).
#
# ## To read on
#
# - K. Chellapilla, S. Puri, P. Simard. "High performance convolutional neural networks for document
#   processing." *Workshop on Frontiers in Handwriting Recognition*, 2006. Where im2col comes from.
# - K. Goto, R. A. van de Geijn. "Anatomy of high-performance matrix multiplication." *ACM
#   Transactions on Mathematical Software* 34(3), 2008. Why GEMM is fast.
# - E. Georganas, S. Avancha, K. Banerjee, and others. "Anatomy of high-performance deep learning
#   convolutions on SIMD architectures." *SC*, 2018. Direct convolution in blocks, with generated
#   code.
# - S. Williams, A. Waterman, D. Patterson. "Roofline: an insightful visual performance model for
#   multicore architectures." *Communications of the ACM* 52(4), 65–76, 2009. Bytes against
#   operations, in one picture.
# - A. Lavin, S. Gray. "Fast algorithms for convolutional neural networks." *CVPR*, 2016. Winograd's
#   way.
# - M. Mathieu, M. Henaff, Y. LeCun. "Fast training of convolutional networks through FFTs."
#   *ICLR*, 2014.
