# %% [markdown]
# # 06 · Fast convolution
#
# The seven loops of the definition take a minute or more for one ordinary layer. A library takes
# about a millisecond, on the same computer. In this lesson you climb from one to the other in six
# steps, understand each, and measure what it gains.
#
# **After this lesson you can**
#
# - say what a convolution costs in multiplications and in bytes before you run it;
# - write it as one matrix product (im2col), and say why copying pixels nine times makes it faster;
# - compute it through the Fourier transform, and say for which kernels that pays;
# - get two outputs of a three-tap filter with four multiplications in place of six (Winograd).
#
# *Time:* 50 minutes. *Before this:* lessons 01, 03 and 05. Complex numbers are helpful for one
# section.

# %%
import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core for all: methods are compared, not computers

import math
import time

import numpy as np

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.plots import fast_convolution
from cnnedu.widgets import Question, Quiz, Right, Wrong

fast_convolution.show_columns(smiley(), edge_kernel(), at=(3, 0))

# %% [markdown]
# Above is the trick on which most fast convolutions rest: all windows of the smiley as the columns
# of a matrix, and the edge detector as a row. One matrix product gives all 36 outputs. First,
# though, the slow way.
#
# ## The bill
#
# An output takes $C \cdot KH \cdot KW$ multiplications, each followed by an addition (together a
# **multiply-add**). For a batch of $N$ pictures and $F$ filters:
#
# $$ \text{multiply-adds} = N \cdot F \cdot OH \cdot OW \cdot C \cdot KH \cdot KW $$
#
# On paper, for the smiley: $1 \cdot 1 \cdot 6 \cdot 6 \cdot 1 \cdot 3 \cdot 3 = 324$. From here on
# we use a layer as it stands in real networks: 32 channels of 64 × 64 in, 64 filters of 3 × 3,
# padding 1.

# %%
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
# ## Rung 1: loops
#
# The definition, one multiplication at a time:


# %%
def loops(padded, w):
    N, C, H, W = padded.shape
    F, C, KH, KW = w.shape
    out = np.zeros((N, F, H - KH + 1, W - KW + 1), padded.dtype)
    for n in range(N):
        for f in range(F):
            for i in range(H - KH + 1):
                for j in range(W - KW + 1):
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                out[n, f, i, j] += padded[n, c, i + u, j + v] * w[f, c, u, v]
    return out


loops(smiley()[None, None], edge_kernel()[None, None])[0, 0, 3, 0]

# %% [markdown]
# The −2 from lesson 01. For the layer we run a small part, one channel and one filter, and multiply
# by $32 \cdot 64$.

# %%
Quiz(
    Question(
        "How long do the loops take for the whole layer, 75 million multiply-adds?",
        Wrong("under a second", "The processor could. But Python handles one number at a time."),
        Wrong(
            "about five seconds",
            "That would be 70 nanoseconds for each. Look at what one line does.",
        ),
        Right(
            "a minute or more",
            "Each multiply-add costs nearly a microsecond: indexing, type checks, new objects.",
        ),
    )
)

# %% tags=["nbval-ignore-output"]
seconds = {}


def measure(name, function, *arguments, share=1, repeat=3):
    """Note the best of a few times, for the whole layer if only a share of it is computed."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - start)
    seconds[name] = min(times) / share
    print(f"{name}: {1000 * seconds[name]:,.1f} ms")


measure("loops", loops, padded[:, :1], w[:1, :1], share=1 / (32 * 64))
print(f"{1e9 * seconds['loops'] / multiply_adds:,.0f} ns for each multiply-add")

# %% [markdown]
# A multiplication takes a processor a fraction of a nanosecond. Nearly all of the time went into
# finding out *what* to multiply.
#
# ## Rung 2: one call per window
#
# Lesson 01's way: NumPy multiplies a whole window, 288 numbers, in one call. The Python overhead is
# paid once per window instead of once per number. We run two of the 64 filters.


# %%
def one_call_per_window(padded, w):
    N, _, H, W = padded.shape
    F, _, KH, KW = w.shape
    out = np.zeros((N, F, H - KH + 1, W - KW + 1), padded.dtype)
    for n, f, i, j in np.ndindex(out.shape):
        out[n, f, i, j] = (padded[n, :, i : i + KH, j : j + KW] * w[f]).sum()
    return out


# %% tags=["nbval-ignore-output"]
measure("call per window", one_call_per_window, padded, w[:2], share=2 / 64, repeat=1)

# %% [markdown]
# ## Rung 3: all windows at once, without copying
#
# In memory a picture is one long row of numbers. Its **strides** say how many bytes to step for the
# next row and the next column. In the smiley, with 8 bytes for each number, that is 64 and 8. Now
# look at all its windows as *one* array `[i, j, u, v]`. Going from window to window costs the same
# steps as going from pixel to pixel: its strides are 64, 8, 64, 8. Nothing is copied, the same
# memory is read in another order:

# %%
face = smiley()
windows = np.lib.stride_tricks.sliding_window_view(face, (3, 3))
print("shape  ", windows.shape)
print("strides", windows.strides)
print("looks like", windows.nbytes, "bytes, shares the", face.nbytes, "bytes of the smiley:",
      np.shares_memory(windows, face))  # fmt: skip
print(windows[3, 0])

# %% [markdown]
# The sum over all of it is one call. `einsum` reads like the equation: the letters that don't come
# back after the arrow are summed over.


# %%
def strided_windows(padded, w):
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijuv,fcuv->nfij", windows, w)


# %% tags=["nbval-ignore-output"]
measure("strided windows", strided_windows, padded, w)

# %% [markdown]
# ## Rung 4: im2col
#
# Take every window, lay its nine numbers into a column, and put all columns side by side. The
# window at row 3, column 0 is number $3 \cdot 6 + 0 = 18$:

# %%
columns = kernels.im2col(face[None, None], 3)[0]
print(columns.shape, columns.dtype)
print("column 18:", columns[:, 18])
print("kernel:   ", edge_kernel().ravel())

# %% [markdown]
# By hand: $-1 \cdot 1 + 1 \cdot 0 - 1 \cdot 1 + 1 \cdot 1 - 1 \cdot 1 + 1 \cdot 0 = -2$, leaving
# out the zeros of the kernel. And all 36 outputs are a row times a matrix:

# %%
out = edge_kernel().ravel() @ columns
print("output 18:", out[18])
print("all 36 equal:", np.array_equal(out.reshape(6, 6), kernels.correlate2d(face, edge_kernel())))

# %% [markdown]
# With $C$ channels a column has $C \cdot KH \cdot KW$ numbers; with $F$ filters the row becomes a
# matrix:
#
# $$ \underbrace{\text{out}}_{F \times OH \cdot OW} = \underbrace{w}_{F \times C \cdot KH \cdot KW}
# \;\cdot\;
# \underbrace{\text{columns}}_{C \cdot KH \cdot KW \times OH \cdot OW} $$
#
# (In lesson 05 the *kernel* was written into a large sparse matrix. Here it is the *picture*: that
# matrix is dense, and a computer can make full use of it.)
#
# ### Predict, then look
#
# Each pixel is now copied up to nine times.

# %%
size = 4 * C * KH * KW * H * W
print(f"columns: {size:,} bytes, {size / x.nbytes:.0f} times the picture")

# %%
Quiz(
    Question(
        "Against the strided windows, which copy nothing, im2col will be …",
        Wrong("slower: it moves nine times the bytes", "It does. But what happens to the sum?"),
        Wrong("about equal: as many multiplications", "As many, yes. But are they equally fast?"),
        Right(
            "many times faster",
            "The product of two matrices is the best-tuned routine there is. It is worth a copy.",
        ),
    )
)


# %%
def im2col_gemm(x, w):
    columns = kernels.im2col(x, w.shape[2:], padding=1)  # (N, C·KH·KW, OH·OW)
    out = w.reshape(len(w), -1) @ columns
    return out.reshape(len(x), len(w), *x.shape[2:])


# %% tags=["nbval-ignore-output"]
measure("im2col + GEMM", im2col_gemm, x, w)

# %% [markdown]
# **What came out.** As many multiplications as in rung 1, and thousands of times faster. The
# routine behind `@` is called **GEMM** (general matrix multiply). It works on blocks that fit into
# the fastest memory, so that every number fetched is used many times before it is dropped, and one
# instruction multiplies 8 or 16 numbers. *The arithmetic stayed the same. What changed is how many
# multiplications are done per instruction, and per byte that is fetched.*
#
# Where does the rest of the time go? Copying and multiplying, one by one:

# %% tags=["nbval-ignore-output"]
columns = kernels.im2col(x, 3, padding=1)
measure("the copy alone", kernels.im2col, x, 3, 1, 1)
measure("the product alone", lambda: w.reshape(F, -1) @ columns)

# %% [markdown]
# The product is the core of it. The rest goes into laying out the columns: 4.7 MB are written to
# slow memory and fetched again, which takes now more, now less, depending on what else the computer
# does. So the course's own kernels cut the columns into **blocks** that stay in the processor's
# cache (have a look at `cnnedu/kernels/conv/im2col.py`):

# %% tags=["nbval-ignore-output"]
measure("im2col in blocks", lambda: kernels.conv2d(x, w, padding=1, method="im2col"))

# %% [markdown]
# Now most of the time is multiplying. Only doing *less* of it can help. There are two famous ways.
#
# ## Rung 5: the Fourier transform
#
# What is 12 · 13? Multiply the digits, crosswise, and add up what has the same place value:
#
# $$ (1, 2) * (1, 3) = (1 \cdot 1,\;\; 1 \cdot 3 + 2 \cdot 1,\;\; 2 \cdot 3) = (1, 5, 6)
# \quad\to\quad 156 $$
#
# That is a convolution. The **convolution theorem** says: after a Fourier transform it is a plain
# product, number by number.

# %%
a, b = np.fft.fft([1, 2, 0, 0]), np.fft.fft([1, 3, 0, 0])
print(np.fft.ifft(a * b).real.round(12) + 0)

# %% [markdown]
# (The two zeros make room for the result: the Fourier transform treats its input as a circle, and
# what runs over the end comes back at the start.) Cross-correlation needs one change, the complex
# conjugate of the kernel's transform, which is the flip of lesson 01:
#
# $$ \text{out} = \mathcal{F}^{-1}\!\left( \overline{\mathcal{F}(w)} \odot \mathcal{F}(x) \right) $$

# %%
spectrum = np.fft.rfft2(edge_kernel(), (8, 8)).conj() * np.fft.rfft2(face)
circular = np.fft.irfft2(spectrum, (8, 8))
print("output (3, 0):", round(circular[3, 0], 12))
print("all 36 equal: ", np.allclose(circular[:6, :6], kernels.correlate2d(face, edge_kernel())))

# %% [markdown]
# The last two rows and columns are those where the window hangs over the border and comes in again
# on the other side. We drop them.
#
# The point: **the cost doesn't depend on the size of the kernel.** A transform of $n$ numbers takes
# about $n \log_2 n$ multiplications, then comes one product per number.

# %% tags=["nbval-ignore-output"]
measure("FFT", lambda: kernels.conv2d(x, w, padding=1, method="fft"))

# %% [markdown]
# For our layer it is far slower than im2col. Each 3 × 3 filter was blown up to the size of the
# picture, 9 numbers into thousands. Hold that thought for the claim below.
#
# ## Rung 6: Winograd
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
# and $y_1 = 15 - 1 + 9 = 23$. The two fractions belong to the filter and are computed once for all
# pictures.


# %%
def winograd(d, g):
    m = [
        (d[0] - d[2]) * g[0],
        (d[1] + d[2]) * (g[0] + g[1] + g[2]) / 2,
        (d[2] - d[1]) * (g[0] - g[1] + g[2]) / 2,
        (d[1] - d[3]) * g[2],
    ]
    return m[0] + m[1] + m[2], m[1] - m[2] - m[3]


print("m by hand gives", winograd([1, 2, 3, 5], [1, 2, 3]))
print("row 2 of the smiley, 1 0 1 0, with −1 0 1:", winograd([1, 0, 1, 0], [-1, 0, 1]))

# %% [markdown]
# In two dimensions, done with rows and then with columns, a 2 × 2 block of outputs takes
# $4 \cdot 4 = 16$ multiplications instead of $4 \cdot 9 = 36$: **2.25 times fewer**. (The price is
# additions, and slightly larger rounding errors.)

# %% tags=["nbval-ignore-output"]
measure("Winograd", lambda: kernels.conv2d(x, w, padding=1, method="winograd"))

# %% [markdown]
# ## At the top: PyTorch
#
# The same layer in the library that this course uses from lesson 09 on. It chooses among these very
# methods, written in C++ for the processor at hand.

# %%
import torch

x_torch, w_torch = torch.from_numpy(x), torch.from_numpy(w)

# %% tags=["nbval-ignore-output"]
measure("PyTorch", lambda: torch.nn.functional.conv2d(x_torch, w_torch, padding=1))

# %% [markdown]
# Do all of them give the same? In the arithmetic of real numbers they would. In float32, each
# rounds in its own way, so we ask for agreement to 1 part in 10,000 of the outputs' size, which is
# about 17:

# %%
exact = kernels.conv2d(x.astype(float), w.astype(float), padding=1)
print(f"size of the outputs: {exact.std():.0f}")
answers = {
    "strided windows": strided_windows(padded, w),
    "im2col + GEMM": im2col_gemm(x, w),
    "FFT": kernels.conv2d(x, w, padding=1, method="fft"),
    "Winograd": kernels.conv2d(x, w, padding=1, method="winograd"),
    "PyTorch": torch.nn.functional.conv2d(x_torch, w_torch, padding=1).numpy(),
}
for name, answer in answers.items():
    print(f"{name:<16}equal: {np.allclose(answer, exact, rtol=0, atol=17e-4)}")

# %% [markdown]
# ## The ladder
#
# Beside the times: the multiplications, and the **workspace**, the memory beyond input, filters and
# output if everything is laid out at once. For the Fourier transform we count 4 real
# multiplications for a complex one, and $2 n \log_2 n$ for a transform of $n$ numbers.

# %%
from cnnedu.kernels.conv.blocks import BLOCK  # numbers that are laid out at once

plane = (H + 2) * (W + 2)
transforms = (C + C * F + F) * 2 * plane * math.log2(plane)
spectra = (C + C * F + F) * (H + 2) * ((W + 2) // 2 + 1)
tiles = H // 2 * (W // 2)
cost = {  # multiplications, bytes of workspace
    "loops": (multiply_adds, 0),
    "call per window": (multiply_adds, 0),
    "strided windows": (multiply_adds, 0),
    "FFT": (transforms + 4 * C * F * plane / 2, 8 * spectra),
    "im2col + GEMM": (multiply_adds, size),
    "im2col in blocks": (multiply_adds, 4 * BLOCK),
    "Winograd": (16 * C * F * tiles, 4 * 16 * (C + F) * tiles + 4 * 16 * C * F),
    "PyTorch": (np.nan, np.nan),
}
for name, (multiplications, workspace) in cost.items():
    if name != "PyTorch":  # it doesn't say which way it takes
        print(
            f"{name:<17}{multiplications / 1e6:>6.1f} M multiplications {workspace / 1e6:>6.1f} MB"
        )

# %% tags=["nbval-ignore-output"]
fast_convolution.show_ladder({name: (seconds[name], *cost[name]) for name in cost})

# %% [markdown]
# Read it from left to right. Loops and im2col do *the same* 75.5 million multiplications and lie
# thousands of times apart. The Fourier transform does three times as many and needs 500 times the
# memory of the filters. Winograd does less than half; its transforms use up what that saves, and
# whether it ends before or behind im2col in blocks depends on the machine.
#
# **Why:** time goes into finding and fetching numbers, not into multiplying them. A method is fast
# if it keeps the multipliers fed.
#
# ## A claim to test
#
# > "The FFT makes convolution fast."
#
# Against im2col it just did the opposite. But the kernel had 3 × 3 weights. We let it grow, on 4
# channels of 96 × 96.

# %%
Quiz(
    Question(
        "From which size of kernel on is the Fourier transform faster than im2col, here?",
        Wrong(
            "Never", "Its cost stays as it is. That of im2col grows with the square of the size."
        ),
        Wrong("From 3 × 3 on", "It lost against im2col just now, and clearly."),
        Right(
            "Somewhere around 10 × 10",
            "There 100 multiply-adds per output cost more than two transforms.",
        ),
    )
)

# %% tags=["nbval-ignore-output"]
sizes = [3, 5, 9, 17, 33]
small = rng.standard_normal((1, 4, 96, 96), np.float32)
milliseconds = {}
for method in ["im2col", "fft"]:
    milliseconds[method] = []
    for k in sizes:
        kernel = rng.standard_normal((4, 4, k, k), np.float32)
        measure(
            f"{method}, {k} × {k}",
            lambda m, g: kernels.conv2d(small, g, padding=g.shape[2] // 2, method=m),
            method,
            kernel,
        )
        milliseconds[method].append(1000 * seconds[f"{method}, {k} × {k}"])
fast_convolution.show_kernel_sizes(sizes, milliseconds)

# %% [markdown]
# **What came out.** It depends on the kernel. The line of the FFT is nearly level; that of im2col
# climbs with the number of weights, and they cross near 10 × 10. Networks use 3 × 3 kernels almost
# only, so libraries use GEMM and Winograd, and image processing with large blurs uses the FFT.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A batch (8, 16, 32, 32), 3 × 3 kernels, padding 1. What is the shape of all its columns?",
        Wrong("(8, 9, 1024)", "A window goes through all 16 channels: 16 · 9 numbers."),
        Right("(8, 144, 1024)", "16 · 3 · 3 numbers in a column, 32 · 32 windows per picture."),
        Wrong(
            "(8, 16, 1024, 9)", "The same numbers. But a matrix product needs one axis for 16 · 9."
        ),
    ),
    Question(
        "Why is im2col faster than strided windows in `einsum`, although it copies?",
        Wrong("It does fewer multiplications", "It does just as many."),
        Wrong("It needs less memory", "It needs nine times more."),
        Right(
            "GEMM uses each number it fetches many times, several in one instruction",
            "That is the whole secret. The copy is paid back by the product.",
        ),
    ),
    Question(
        "What does im2col cost for a 1 × 1 kernel?",
        Right(
            "Nothing: the picture already is the matrix",
            "Each window is one pixel. A 1 × 1 convolution is a matrix product as it stands.",
        ),
        Wrong("Nine times the memory", "That was for 3 × 3. A column now holds C numbers."),
        Wrong("It can't be done", "It can: C rows, H · W columns."),
    ),
    Question(
        "Winograd needs 2.25 times fewer multiplications. Will it be 2.25 times faster?",
        Wrong(
            "Yes, multiplications are what takes time",
            "Remember rung 4: bytes and overhead do, too.",
        ),
        Right(
            "The count alone can't tell: measure",
            "Its transforms cost additions and memory. With few channels they eat up all the gain.",
        ),
        Wrong("No, it is always slower", "For 3 × 3 and many channels it is among the fastest."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A convolution takes $N \cdot F \cdot OH \cdot OW \cdot C \cdot KH \cdot KW$ multiply-adds,
#    however it is computed directly.
# 2. Loops spend their time on finding numbers, not on multiplying them.
# 3. im2col: windows as columns, filters as rows, one matrix product; nine times the memory, and
#    worth it.
# 4. FFT: the cost is independent of the kernel, so it is for large kernels.
# 5. Winograd: 16 multiplications for 36, for 3 × 3 kernels.
#
# **Now you:** [exercise 06](../exercises/06_fast_convolution/06_fast_convolution.ipynb).
# **Next:**
# [lesson 07, backpropagation through convolution](07_backpropagation_through_convolution.ipynb).
#
# ## To read on
#
# - K. Chellapilla, S. Puri, P. Simard. "High performance convolutional neural networks for document
#   processing." *Workshop on Frontiers in Handwriting Recognition*, 2006. Where im2col comes from.
# - A. Lavin, S. Gray. "Fast algorithms for convolutional neural networks." *CVPR*, 2016. Winograd's
#   way.
# - M. Mathieu, M. Henaff, Y. LeCun. "Fast training of convolutional networks through FFTs."
#   *ICLR*, 2014.
# - K. Goto, R. A. van de Geijn. "Anatomy of high-performance matrix multiplication." *ACM
#   Transactions on Mathematical Software* 34(3), 2008. Why GEMM is fast.
# - S. Williams, A. Waterman, D. Patterson. "Roofline: an insightful visual performance model for
#   multicore architectures." *Communications of the ACM* 52(4), 65–76, 2009. Bytes against
#   operations, in one picture.
