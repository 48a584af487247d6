# %% [markdown]
# # 07 · Backpropagation through convolution
#
# In lesson 02 nine weights learnt by trial: you nudged each, saw how the error changed, and moved
# it against that slope. A network has thousands of weights, too many to try one by one. Here you
# compute all the slopes at once. The slope of a weight is called its **gradient**. You work it out
# by hand on one window; at the end, a kernel of zeros turns into the edge detector.
#
# **After this lesson you can**
#
# - work out the gradients of a convolution with respect to its input, weights and bias on paper;
# - say why both are convolutions themselves, and where the flip comes from;
# - send a gradient back through ReLU, max pooling and average pooling;
# - check a backward pass against finite differences, choose the step, and say what the check can't
#   see.
#
# *Time:* 55 minutes. *Before this:* lessons 01 and 04 to 06. The derivative of a function, and the
# chain rule.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, smiley
from cnnedu.plots.backward import show_step_sizes
from cnnedu.widgets import BackpropStepper, DrawCurve, Question, Quiz, Right, Wrong

x = smiley()[None, None].astype(float)
target = kernels.conv2d(x, edge_kernel()[None, None])
w, learnt = np.zeros((1, 1, 3, 3)), {}
for step in range(301):
    if step in (1, 10, 30, 300):
        learnt[f"after step {step}"] = w[0, 0].round(2) + 0
    dout = kernels.conv2d(x, w) - target
    w -= 0.01 * kernels.conv2d_backward(dout, x, w)[1]
plots.show_grids(list(learnt.values()), list(learnt), signed=range(4), limit=1)

# %% [markdown]
# This is where the lesson ends. A kernel that began as nine zeros was shown the smiley and the 36
# answers that the edge detector gives, and found its nine numbers. The line with `conv2d_backward`
# did the work; in this lesson you write that function.
#
# ## One window
#
# Take the window at row 3, column 0 from lesson 01, and the edge detector. The output was $-2$.
# Suppose that we want $+1$. The **loss** $L$ measures how far off we are, and dout is its
# derivative with respect to the output:
#
# $$ L = \tfrac12 (\text{out} - 1)^2 = \tfrac12 (-3)^2 = 4.5, \qquad
# \text{dout} = \frac{\partial L}{\partial\, \text{out}} = \text{out} - 1 = -3 $$
#
# (Here and in the next lessons, a small d before a name stands for the gradient of the loss with
# respect to it.) How does the loss change with one weight? The output is a sum of nine products,
# plus a bias $b$:
#
# $$ \text{out} = \sum_{u,v} x_{u,v}\, w_{u,v} + b $$
#
# If you move $w_{u,v}$ a little, the output moves $x_{u,v}$ times as far, and the loss dout times
# as far as that. The **chain rule** multiplies the two. The same goes for the pixel and the bias:
#
# $$ dw_{u,v} = \text{dout} \cdot x_{u,v}, \qquad dx_{u,v} = \text{dout} \cdot w_{u,v},
# \qquad db = \text{dout} $$
#
# By hand: $dw$ is $-3$ times the window, $dx$ is $-3$ times the kernel.
#
# $$ dw = -3 \begin{bmatrix} 1&0&0\\ 1&0&1\\ 1&0&0 \end{bmatrix} =
# \begin{bmatrix} -3&0&0\\ -3&0&-3\\ -3&0&0 \end{bmatrix} \qquad
# dx = -3 \begin{bmatrix} -1&0&1\\ -1&0&1\\ -1&0&1 \end{bmatrix} =
# \begin{bmatrix} 3&0&-3\\ 3&0&-3\\ 3&0&-3 \end{bmatrix} $$
#
# The course's own function gives the same numbers:

# %%
window, kernel = smiley()[3:6, 0:3], edge_kernel()
dout = (window * kernel).sum() - 1
dx, dw, db = kernels.conv2d_backward([[[[dout]]]], window[None, None], kernel[None, None])
print("dw =", dw[0, 0].tolist())
print("dx =", dx[0, 0].tolist())
print("db =", db.tolist())

# %% [markdown]
# Is that true? Try it: add 0.01 to the weight at the top left, and see how the loss changes.


# %%
def loss(kernel):
    return 0.5 * ((window * kernel).sum() - 1) ** 2


moved = kernel.astype(float)
moved[0, 0] += 0.01
print(f"{loss(kernel):.5f} → {loss(moved):.5f}: {(loss(moved) - loss(kernel)) / 0.01:.3f} per unit")

# %% [markdown]
# That is nearly $-3$. (You will see below why it isn't exactly $-3$.)
#
# ## Many windows: the shares add up
#
# A weight is used in every window, and a pixel lies in several windows. A number that acts along
# several ways gets a share of its gradient from each, and the shares **add up**. Here is a case in
# one dimension for paper: $x = (1, 2, 3)$ and $w = (10, 20)$ give two outputs. Let
# $\text{dout} = (1, 2)$.
#
# | | seen | share of dw: dout · x | share of dx: dout · w |
# | --- | --- | --- | --- |
# | window 0, dout 1 | 1, 2 | 1, 2 | 10, 20, – |
# | window 1, dout 2 | 2, 3 | 4, 6 | –, 20, 40 |
# | **sum** | | **5, 8** | **10, 40, 40** |
#
# The code does exactly this, window by window:


# %%
def conv_backward(dout, x, w):
    """Backward pass of one picture (H, W) and one kernel (KH, KW)."""
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    KH, KW = w.shape
    for i, j in np.ndindex(dout.shape):
        dw += dout[i, j] * x[i : i + KH, j : j + KW]
        dx[i : i + KH, j : j + KW] += dout[i, j] * w
    return dx, dw, dout.sum()


dx, dw, db = conv_backward(np.array([[1, 2]]), np.array([[1, 2, 3]]), np.array([[10, 20]]))
print("dw", dw, " dx", dx, " db", db)

rng = np.random.default_rng(0)
dout = rng.integers(-2, 3, size=(6, 6))
mine = conv_backward(dout, smiley(), kernel)
theirs = kernels.conv2d_backward(*(a[None, None] for a in (dout, smiley(), kernel)))
for name, here, there in zip(["dx", "dw", "db"], mine, theirs, strict=True):
    print(f"{name} is the course's:", np.array_equal(here, np.squeeze(there)))

# %% [markdown]
# The loop takes one output after another, and scatters its shares. As equations, take one number
# after another, and gather its shares:
#
# $$ dw_{u,v} = \sum_{i,j} \text{dout}_{i,j}\; x_{i+u,\,j+v} \qquad
# dx_{p,q} = \sum_{u,v} \text{dout}_{p-u,\,q-v}\; w_{u,v} \qquad
# db = \sum_{i,j} \text{dout}_{i,j} $$
#
# Look at the signs. The plus signs make $dw$ a **cross-correlation** of the picture, with dout as
# the kernel. The minus signs make $dx$ a **true convolution**: the kernel is flipped, and dout is
# padded, so that windows count even if they touch the pixel only at their edge. Lesson 01 left the
# flip out. On the way back it returns.

# %%
dx, dw, db = mine
padded = np.pad(dout, 2)
print("dw:", np.array_equal(dw, kernels.correlate2d(smiley(), dout)))
print("dx:", np.array_equal(dx, kernels.correlate2d(padded, kernel[::-1, ::-1])))

# %% [markdown]
# ### Predict, then look

# %%
Quiz(
    Question(
        "dout is 1 at row 2, column 2, and 0 at the 35 other places. What does dx look like?",
        Right(
            "The kernel, as it is, at the place of that window",
            "A single window passes its weights back to the pixels it saw. "
            "Nothing is flipped here.",
        ),
        Wrong(
            "The kernel, flipped, at the place of that window",
            "The flip is in the formula that *gathers* for one pixel. Scattered, the kernel lies "
            "as it lay on the way forward.",
        ),
        Wrong(
            "A single pixel, at row 2, column 2",
            "The window saw nine pixels, six of them with a weight that isn't 0.",
        ),
        Wrong("The 3 × 3 window of the smiley at that place", "That is what dw looks like."),
    )
)

# %%
single = np.zeros((6, 6))
single[2, 2] = 1
dx, dw, _ = conv_backward(single, smiley(), kernel)
plots.show_grids([single, dx, dw], ["dout", "dx", "dw"], signed=[0, 1, 2])

# %% [markdown]
# Now do it by hand. The widget holds the smiley, the edge detector, and the random dout from above.
#
# 1. Step through the first few outputs. Which pixels of dx change, and which numbers of dw?
# 2. Find an output whose dout is 0. What does it add?
# 3. Before you play to the end: will the largest number of dx be at the edge or further inside?

# %%
stepper = BackpropStepper(dout=dout, position=(2, 2))
stepper

# %%
for name, here, there in zip(["dx", "dw", "db"], mine, stepper.gradients, strict=True):
    print(f"{name} is the widget's:", np.array_equal(here, there))

# %% [markdown]
# A pixel in the middle lies in nine windows (six of them with a weight that isn't 0), and a corner
# lies in one. So the largest numbers of dx tend to lie inside.
#
# ## Two more forms of the same
#
# You know two other forms of a convolution. With the matrix $M$ of lesson 05, $\text{out} = M x$,
# and therefore $dx = M^{\mathsf T}\, \text{dout}$. With the columns of lesson 06, $\text{out} = w
# \cdot \text{columns}$, and therefore $dw = \text{dout} \cdot \text{columns}^{\mathsf T}$. On the
# way back, every matrix is transposed.

# %%
pixels = np.eye(64, dtype=int).reshape(-1, 8, 8)
M = np.stack([kernels.correlate2d(pixel, kernel).ravel() for pixel in pixels], axis=1)
columns = kernels.im2col(smiley()[None, None], 3)[0]
print("dx = Mᵀ · dout:       ", np.array_equal(M.T @ dout.ravel(), mine[0].ravel()))
print("dw = dout · columnsᵀ: ", np.array_equal(dout.ravel() @ columns.T, mine[1].ravel()))

# %% [markdown]
# With channels, filters and batches, the sums run over more indices, and nothing else changes. $dw$
# and $db$ add up over all pictures of the batch; $dx$ adds up over all filters. With a stride, the
# windows start `stride` pixels apart. You write all of that in the exercise.
#
# ## Through ReLU and pooling
#
# The rule is always the same: *whatever moved the output gets the gradient.*
#
# - **ReLU** passed positive numbers on and blocked the others. On the way back it blocks the same
#   ones.
# - **Max pooling** passed on the largest number of each window. That one alone gets the gradient.
# - **Average pooling** gave each of the four pixels a quarter of the output. So each gets a quarter
#   of the gradient.
#
# Work it out on paper for 4 × 4 → 2 × 2: where do the 10, 20, 30 and 40 go?


# %%
def max_pool_backward(dout, x):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape):
        window = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[2 * i + u, 2 * j + v] += dout[i, j]
    return dx


def avg_pool_backward(dout, x):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape):
        dx[2 * i : 2 * i + 2, 2 * j : 2 * j + 2] += dout[i, j] / 4
    return dx


picture = np.array([[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 1, 2], [0, 2, 8, 3]])
coming = np.array([[10, 20], [30, 40]])
by_max, by_average = max_pool_backward(coming, picture), avg_pool_backward(coming, picture)
batch = coming[None, None], picture[None, None]
assert np.array_equal(by_max, kernels.max_pool2d_backward(*batch, 2)[0, 0])
assert np.array_equal(by_average, kernels.avg_pool2d_backward(*batch, 2)[0, 0])
plots.show_grids(
    [picture, coming, by_max, by_average],
    ["x", "dout", "dx of max pooling", "dx of average pooling"],
    signed=[1, 2, 3],
)

# %% [markdown]
# If two pixels of a window are equally large, max pooling has a kink there, and no derivative.
# Libraries settle this by a convention. Here, as in PyTorch, the first pixel gets everything
# (`argmax` finds the first).
#
# ## The gradient check
#
# It is easy to get a backward pass wrong, and nothing crashes if you do. So check it: move every
# number by $\pm h$, see how the loss changes, and compare. **Central differences** look on both
# sides:
#
# $$ \frac{\partial L}{\partial a} \approx \frac{L(a + h) - L(a - h)}{2h} $$
#
# For the weight above this is exact, since the loss is a parabola. (The one-sided difference gave
# −2.995.)

# %%
below = kernel.astype(float)
below[0, 0] -= 0.01
print(f"{(loss(moved) - loss(below)) / 0.02:.6f}")

# %% [markdown]
# Here is the whole check for functions of two arrays. It takes a random dout, and with it the loss
# $L = \sum \text{dout} \cdot \text{out}$. It returns the largest difference between what the
# backward pass says and what the central differences say.


# %%
def largest_difference(forward, backward, x, w, h=1e-6):
    x, w = x.astype(float), w.astype(float)
    dout = np.random.default_rng(0).normal(size=forward(x, w).shape)
    largest = 0
    for array, gradient in zip([x, w], backward(dout, x, w), strict=True):
        for index in np.ndindex(array.shape):
            kept, losses = array[index], []
            for array[index] in (kept + h, kept - h):
                losses.append((dout * forward(x, w)).sum())
            array[index] = kept
            numeric = (losses[0] - losses[1]) / (2 * h)
            largest = max(largest, abs(gradient[index] - numeric))
    return largest


def forward(x, w):
    return kernels.correlate2d(x, w)


def backward(dout, x, w):
    return conv_backward(dout, x, w)[:2]


def unflipped(dout, x, w):
    padded = np.pad(dout, [(k - 1, k - 1) for k in w.shape])
    return kernels.correlate2d(padded, w), kernels.correlate2d(x, dout)


face = rng.normal(size=(5, 6))
for name, candidate in {"right": backward, "without the flip": unflipped}.items():
    print(f"{name}: largest difference {largest_difference(forward, candidate, face, kernel):.1g}")

# %% [markdown]
# The second backward pass is wrong: its author forgot the flip. The course's `gradcheck` does the
# same, and for any number of arguments. If a number is wrong, it says which (here with the wrong
# sign).

# %% tags=["nbval-ignore-output"]
print("right:", kernels.gradcheck(forward, backward, face, kernel) < 1e-7)
try:
    kernels.gradcheck(forward, unflipped, face, kernel)
except AssertionError as error:
    print("wrong:", error)

# %% [markdown]
# ### Which step?
#
# The smaller the step, the closer we are to a derivative. So one might think that the smallest step
# is the best. Let us check tanh(convolution) with $h = 0.1, 0.01, \dots$ down to $10^{-12}$. Draw
# how the error changes, before you reveal it and before you look at the figure below. Both axes
# count powers of ten: −5 stands for $10^{-5}$.


# %%
def curved(x, w):
    return np.tanh(kernels.correlate2d(x, w))


def curved_backward(dout, x, w):
    return conv_backward(dout * (1 - curved(x, w) ** 2), x, w)[:2]


weights = rng.normal(size=(3, 3))
steps, errors = kernels.step_size_errors(curved, curved_backward, face, weights)
steps, straight = kernels.step_size_errors(forward, backward, face, weights)

# %% tags=["nbval-ignore-output"]
DrawCurve(
    np.log10(steps[::-1]).round(),
    np.log10(errors[::-1]).round(1),
    "step h, power of ten",
    "relative error, power of ten",
    ylim=(-14, 0),
)

# %% tags=["nbval-ignore-output"]
show_step_sizes(steps, {"tanh(convolution)": errors, "convolution alone": straight})

# %% [markdown]
# The error falls, turns, and rises again. How steep are the two sides? We count in powers of ten of
# error for each power of ten of step:


# %%
def slope(errors, coarse, fine):
    i, j = (int(-np.log10(step).round()) - 1 for step in (coarse, fine))
    return np.log10(errors[i] / errors[j]) / np.log10(coarse / fine)


print(f"from 1e-1 to 1e-3:  {slope(errors, 1e-1, 1e-3):+.0f}")
print(f"from 1e-7 to 1e-12: {slope(errors, 1e-7, 1e-12):+.0f}")
print(f"smallest at a step of about {steps[errors.argmin()]:.0e}")

# %% [markdown]
# - **Large steps, slope 2.** The function bends within the step. The error of central differences
#   is $\tfrac{h^2}{6} |L'''|$. A step ten times smaller makes it a hundred times smaller.
# - **Small steps, slope −1.** Both losses are rounded to 16 digits, an error of about $10^{-16}$ of
#   their size, and dividing by $2h$ blows it up. A step ten times smaller makes it ten times
#   larger.
# - The two balance near $h \approx \sqrt[3]{10^{-16}} \approx 5 \cdot 10^{-6}$. Numbers in float32
#   have only 7 digits, and even the best step leaves a much larger error, as you see below. So
#   *check gradients in float64*.
# - The convolution alone lacks the first slope. It is linear in each of its arguments, so central
#   differences are exact for any step, apart from rounding.


# %%
def float32_error(h):
    """The error of one derivative, that of tanh at 0.5, with every number in float32."""
    h, at = np.float32(h), np.float32(0.5)
    estimate = (np.tanh(at + h) - np.tanh(at - h)) / (2 * h)
    return abs(estimate - (1 - np.tanh(0.5) ** 2))


print({h: f"{float32_error(h):.0e}" for h in [1e-1, 1e-2, 1e-3, 1e-4, 1e-5]})

# %% [markdown]
# ## A claim to test
#
# > "The gradient check passes, so the backward pass is right."
#
# We give the check the wrong backward pass from above, this time with a blur in place of the edge
# detector. Then we do the opposite, and give it the right ReLU, at 0.

# %%
Quiz(
    Question(
        "The backward pass without the flip is checked with a blur kernel, nine times 1/9. "
        "The check …",
        Wrong("fails, as it did with the edge detector", "Flip a blur kernel. What do you get?"),
        Right(
            "passes, although the backward pass is wrong",
            "The kernel looks the same flipped. A check sees only the cases that it is given.",
        ),
        Wrong(
            "fails, since the picture's random numbers aren't symmetric",
            "The picture isn't, but only the kernel is flipped.",
        ),
    )
)

# %% tags=["nbval-ignore-output"]
blur = np.full((3, 3), 1 / 9)
print("wrong pass, blur:", kernels.gradcheck(forward, unflipped, face, blur) < 1e-7)
try:
    kernels.gradcheck(kernels.relu, kernels.relu_backward, np.array([0.0, 1.0]))
except AssertionError as error:
    print("right pass, ReLU at 0: refused,", error)

# %% [markdown]
# **What came out.** The claim is false, and so is its opposite. A wrong pass gets through if the
# test case is too symmetric. So use random numbers, pictures that aren't square, kernels without
# symmetry, and a stride that doesn't divide the size. And a right pass is refused at a kink, where
# the two sides have different slopes and the central difference takes the middle. So keep away from
# kinks.
#
# ## A kernel learns
#
# Now we make the figure at the top, with the `conv_backward` from this notebook. The loss is half
# the sum of the squared differences from the 36 answers that we want, so dout is simply the
# difference. As in lesson 02, each step moves the kernel against its slopes, here by a hundredth of
# the gradient:

# %%
wanted = kernels.correlate2d(smiley(), edge_kernel())
w = np.zeros((3, 3))
for step in range(301):
    dout = kernels.correlate2d(smiley(), w) - wanted
    if step in (0, 1, 10, 30, 100, 300):
        off = abs(w - edge_kernel()).max()
        print(
            f"step {step:>3}: "
            f"loss {0.5 * (dout**2).sum():8.4f}, largest error of a weight {off:.4f}"
        )
    w -= 0.01 * conv_backward(dout, smiley(), w)[1]
print(w.round(2) + 0)
assert np.allclose(w, learnt["after step 300"], atol=0.01)

# %% [markdown]
# The loss falls to zero, and the nine weights arrive at −1, 0 and +1. Nobody gave the kernel these
# numbers, but the 36 answers were computed with them, and that is enough to find them again. A
# network is told far less: only which picture is a 3. Lesson 08 looks at what it finds then.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A weight is used in 36 windows. What is its gradient?",
        Right(
            "The sum of the shares of all windows",
            "It acts along 36 ways, and gradients along several ways add up.",
        ),
        Wrong(
            "The mean of the shares of all windows",
            "Nothing divides by 36, unless the loss itself is a mean.",
        ),
        Wrong(
            "The share of the window that comes last",
            "That is the bug of writing `dw = …` where `dw += …` is meant.",
        ),
    ),
    Question(
        "How can you compute dx of a convolution with stride 1?",
        Wrong("Cross-correlate the picture x with dout as the kernel", "That gives dw."),
        Right(
            "Pad dout, and cross-correlate it with the flipped kernel",
            "p − u in the formula: it is a true convolution.",
        ),
        Wrong(
            "Pad dout, and cross-correlate it with the kernel as it is",
            "That is right only if the kernel looks the same flipped.",
        ),
    ),
    Question(
        "ReLU got −3 and gave 0. What does it pass back if dout is 5?",
        Right("0", "Moving −3 a little leaves the output at 0: no influence, no gradient."),
        Wrong("5", "That is what it passes back where its input was positive."),
        Wrong("−15", "The gradient doesn't depend on the input's size, only on its sign."),
    ),
    Question(
        "A gradient check with h = 1e-12 gives a relative error of 1e-4. What do you do first?",
        Wrong("Search for the bug", "With this step, a right pass gives such an error, too."),
        Right("Try h = 1e-5", "Look at the figure: at 1e-12, rounding alone can do that."),
        Wrong("Try h = 1e-15", "The slope is −1: that makes it a thousand times worse."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. On one window, $dw = \text{dout} \cdot x$, $dx = \text{dout} \cdot w$ and $db = \text{dout}$.
#    Over many windows, the shares add up.
# 2. $dw$ correlates the picture with dout; $dx$ convolves dout with the kernel, flip included.
# 3. Max pooling sends the gradient to the winner, average pooling shares it out, and ReLU blocks
#    where it blocked on the way forward.
# 4. Check with central differences, in float64, near $h = 10^{-5}$. For larger steps the error
#    grows like $h^2$, for smaller ones like $1/h$.
# 5. Step by step, against the gradient, nine zeros find the kernel that computed the answers.
#
# **Now you:** [exercise
# 07](../exercises/07_backpropagation_through_convolution/07_backpropagation_through_convolution.ipynb).
# **Next:** [lesson 07b, a network of your own](07b_a_network_of_your_own.ipynb).
#
# ## To read on
#
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams. "Learning representations by back-propagating
#   errors." *Nature* 323, 533–536, 1986.
# - I. Goodfellow, Y. Bengio, A. Courville. *Deep Learning*. MIT Press, 2016. Section 6.5 for
#   backpropagation, section 9.5 for the gradients of a convolution.
# - V. Dumoulin, F. Visin. "A guide to convolution arithmetic for deep learning."
#   arXiv:1603.07285, 2016. Chapter 4: dx drawn, as a transposed convolution.
# - W. H. Press, S. A. Teukolsky, W. T. Vetterling, B. P. Flannery. *Numerical Recipes*. 3rd
#   edition, Cambridge University Press, 2007. Section 5.7: the step size.
