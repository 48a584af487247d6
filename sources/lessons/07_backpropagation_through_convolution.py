# %% [markdown]
# # 07 · Backpropagation through convolution
#
# Until now somebody chose the weights. From here on they are learnt: change each weight a little,
# in the direction that makes the error smaller. For that we need to know, for every single weight,
# how the error answers to it: its **gradient**. In this lesson you work it out on one window, by
# hand, and end with a kernel of zeros that turns itself into the edge detector.
#
# **After this lesson you can**
#
# - work out the gradients of a convolution by its input, weights and bias on paper;
# - say why both are convolutions themselves, and where the flip comes from;
# - send a gradient back through ReLU, max pooling and average pooling;
# - check a backward pass against finite differences, choose the step, and say what the check can't
#   see.
#
# *Time:* 55 minutes. *Before this:* lessons 01, 04 and 05. The derivative of a function, and the
# chain rule.

# %%
import numpy as np

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, smiley
from cnnedu.plots.backward import show_step_sizes
from cnnedu.widgets import BackpropStepper, Question, Quiz, Right, Wrong

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
# Above is where this lesson ends. A kernel that began as nine zeros was shown the smiley and the 36
# answers it should give. It became the edge detector, by itself. All that was needed is the line
# with `conv2d_backward`.
#
# ## One window
#
# Take the window of lesson 01, row 3, column 0, and the edge detector. The output was $-2$. Say we
# wish it were $+1$. The **loss** measures how far off we are, and $dout$ is its derivative by the
# output:
#
# $$ L = \tfrac12 (\text{out} - 1)^2 = \tfrac12 (-3)^2 = 4.5, \qquad
# \text{dout} = \frac{\partial L}{\partial\, \text{out}} = \text{out} - 1 = -3 $$
#
# (In code, in equations and in the next lessons a small d before a name means: the gradient of the
# loss by it.) How does the loss answer to one weight? The output is a sum of nine products, plus a
# bias $b$:
#
# $$ \text{out} = \sum_{u,v} x_{u,v}\, w_{u,v} + b $$
#
# so that moving $w_{u,v}$ by a little moves the output by $x_{u,v}$ times as much. The **chain
# rule** multiplies the two, and likewise for the pixel and the bias:
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
# The same in code, with the course's reference:

# %%
window, kernel = smiley()[3:6, 0:3], edge_kernel()
dout = (window * kernel).sum() - 1
dx, dw, db = kernels.conv2d_backward([[[[dout]]]], window[None, None], kernel[None, None])
print("dw =", dw[0, 0].tolist())
print("dx =", dx[0, 0].tolist())
print("db =", db.tolist())

# %% [markdown]
# Is it true? Ask the loss itself: add 0.01 to the weight at the top left.


# %%
def loss(kernel):
    return 0.5 * ((window * kernel).sum() - 1) ** 2


moved = kernel.astype(float)
moved[0, 0] += 0.01
print(f"{loss(kernel):.5f} → {loss(moved):.5f}: {(loss(moved) - loss(kernel)) / 0.01:.3f} per unit")

# %% [markdown]
# Nearly $-3$. (Why nearly, comes below.)
#
# ## Many windows: the shares add up
#
# A weight is used in every window, and a pixel lies in several. If something acts along several
# ways, its gradients **add up**. In one dimension, on paper: $x = (1, 2, 3)$ and $w = (10, 20)$
# give two outputs. Let $\text{dout} = (1, 2)$.
#
# | | seen | share of dw: dout · x | share of dx: dout · w |
# | --- | --- | --- | --- |
# | window 0, dout 1 | 1, 2 | 1, 2 | 10, 20, – |
# | window 1, dout 2 | 2, 3 | 4, 6 | –, 20, 40 |
# | **sum** | | **5, 8** | **10, 40, 40** |
#
# The code does just that, window by window:


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

# %% [markdown]
# Written as equations, each gathers what the loop scatters:
#
# $$ dw_{u,v} = \sum_{i,j} \text{dout}_{i,j}\; x_{i+u,\,j+v} \qquad
# dx_{p,q} = \sum_{u,v} \text{dout}_{p-u,\,q-v}\; w_{u,v} \qquad
# db = \sum_{i,j} \text{dout}_{i,j} $$
#
# Look at the signs. With plus signs, $dw$ is a **cross-correlation**: of the picture with dout as
# its kernel. With minus signs, $dx$ is a **true convolution**: the kernel is flipped, and dout is
# padded so that also those windows count that see the pixel at their rim. It is the flip that
# lesson 01 left out. It comes back on the way back.

# %%
rng = np.random.default_rng(0)
dout = rng.integers(-2, 3, size=(6, 6))
dx, dw, db = conv_backward(dout, smiley(), kernel)
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
            "The kernel, flipped",
            "The flip is in the formula that *gathers* for one pixel. Scattered, the kernel lies "
            "as it lay on the way forward.",
        ),
        Wrong(
            "A single pixel", "The window saw nine pixels, six of them with a weight that isn't 0."
        ),
        Wrong("The 3 × 3 window of the smiley", "That is what dw looks like."),
    )
)

# %%
single = np.zeros((6, 6))
single[2, 2] = 1
dx, dw, _ = conv_backward(single, smiley(), kernel)
plots.show_grids([single, dx, dw], ["dout", "dx", "dw"], signed=[0, 1, 2])

# %% [markdown]
# Now by hand. The widget holds the smiley, the edge detector and the very dout that the code above
# drew.
#
# 1. Step through the first few outputs: which pixels of dx change, and which numbers of dw?
# 2. Find an output whose dout is 0. What does it add?
# 3. Play to the end. Then look at the lower part, which you will need further down: the gradient
#    check's step.

# %% tags=["nbval-ignore-output"]
stepper = BackpropStepper(dout=dout, position=(2, 2))
stepper

# %%
dx, dw, db = conv_backward(dout, smiley(), kernel)
for name, here, there in zip(["dx", "dw", "db"], [dx, dw, db], stepper.gradients, strict=True):
    print(f"{name} is the widget's:", np.array_equal(here, there))

# %% [markdown]
# ## The same, twice more
#
# The two other forms you know give the same numbers. As the matrix $M$ of lesson 05,
# $\text{out} = M x$ and therefore $dx = M^{\mathsf T}\, \text{dout}$. As the columns of lesson 06,
# $\text{out} = w \cdot \text{columns}$ and therefore
# $dw = \text{dout} \cdot \text{columns}^{\mathsf T}$: backwards, every matrix is transposed.

# %%
pixels = np.eye(64, dtype=int).reshape(-1, 8, 8)
M = np.stack([kernels.correlate2d(pixel, kernel).ravel() for pixel in pixels], axis=1)
columns = kernels.im2col(smiley()[None, None], 3)[0]
print("dx = Mᵀ · dout:       ", np.array_equal(M.T @ dout.ravel(), dx.ravel()))
print("dw = dout · columnsᵀ: ", np.array_equal(dout.ravel() @ columns.T, dw.ravel()))

# %% [markdown]
# With channels, filters and batches the sums run over more indices, and nothing else changes. $dw$
# and $db$ add up over all pictures of the batch, $dx$ adds up over all filters. With a stride, the
# windows start `stride` pixels apart. You write all that in the exercise.
#
# ## Through ReLU and pooling
#
# The rule is always the same: *what moved the output gets the gradient.*
#
# - **ReLU** passed positive numbers on and blocked the others. On the way back it blocks the same
#   ones.
# - **Max pooling** passed the largest number of each window on. It alone gets the gradient.
# - **Average pooling** gave each of four pixels a quarter of the say. Each gets a quarter.
#
# On paper, for 4 × 4 → 2 × 2: where do the 10, 20, 30, 40 go?

# %%
picture = np.array([[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 1, 2], [0, 2, 8, 3]])
dout = np.array([[10, 20], [30, 40]])
batch = picture[None, None], dout[None, None]
plots.show_grids(
    [
        picture,
        dout,
        kernels.max_pool2d_backward(batch[1], batch[0], 2)[0, 0],
        kernels.avg_pool2d_backward(batch[1], batch[0], 2)[0, 0],
    ],
    ["x", "dout", "dx of max pooling", "dx of average pooling"],
    signed=[1, 2, 3],
)

# %% [markdown]
# If two pixels are equally large, max pooling has no derivative: there is a kink. The libraries
# settle it by convention. Here, as in PyTorch, the first gets everything.
#
# ## The gradient check
#
# Backward passes are easy to get wrong, and a wrong one still learns a little. So check: move every
# number by $\pm h$, look at the loss, and compare. **Central differences** do it on both sides:
#
# $$ \frac{\partial L}{\partial a} \approx \frac{L(a + h) - L(a - h)}{2h} $$
#
# For the weight above that is exact, since the loss is a parabola (the one-sided difference gave
# −2.995):

# %%
below = kernel.astype(float)
below[0, 0] -= 0.01
print(f"{(loss(moved) - loss(below)) / 0.02:.6f}")

# %% [markdown]
# `gradcheck` does this for every entry of every argument, with a random dout. Here it is with the
# right backward pass, and with one in which the flip was forgotten:


# %%
def forward(x, w):
    return kernels.correlate2d(x, w)


def backward(dout, x, w):
    return conv_backward(dout, x, w)[:2]


def unflipped(dout, x, w):
    padded = np.pad(dout, [(k - 1, k - 1) for k in w.shape])
    return kernels.correlate2d(padded, w), kernels.correlate2d(x, dout)


face = rng.normal(size=(5, 6))
print("right:", kernels.gradcheck(forward, backward, face, kernel) < 1e-7)
try:
    kernels.gradcheck(forward, unflipped, face, kernel)
except AssertionError as error:
    print("wrong:", str(error).partition(" is ")[0])

# %% [markdown]
# ### Which step?
#
# A smaller step is closer to a derivative. So the smallest step should be the best.

# %%
Quiz(
    Question(
        "We check tanh(convolution) with h = 0.1, 0.01, … down to 1e-12. What does the error do?",
        Wrong("It falls all the way", "It would with exact arithmetic. We have 16 digits."),
        Wrong("It stays the same", "A parabola would do that. tanh is curved in another way."),
        Right(
            "It falls, turns at about 1e-5, and rises again",
            "Two errors work against each other: the curve's and the rounding's.",
        ),
    )
)


# %%
def curved(x, w):
    return np.tanh(kernels.correlate2d(x, w))


def curved_backward(dout, x, w):
    return conv_backward(dout * (1 - curved(x, w) ** 2), x, w)[:2]


weights = rng.normal(size=(3, 3))
steps, errors = kernels.step_size_errors(curved, curved_backward, face, weights)
steps, straight = kernels.step_size_errors(forward, backward, face, weights)

# %% tags=["nbval-ignore-output"]
show_step_sizes(steps, {"tanh(convolution)": errors, "convolution alone": straight})

# %% [markdown]
# Two slopes, both in powers of ten of error per power of ten of step:


# %%
def slope(errors, coarse, fine):
    i, j = (int(-np.log10(step).round()) - 1 for step in (coarse, fine))
    return np.log10(errors[i] / errors[j]) / np.log10(coarse / fine)


print(f"from 1e-1 to 1e-3:  {slope(errors, 1e-1, 1e-3):+.0f}")
print(f"from 1e-7 to 1e-12: {slope(errors, 1e-7, 1e-12):+.0f}")

# %% [markdown]
# - **Large steps, slope 2.** The function bends within the step. The error of central differences
#   is $\tfrac{h^2}{6} |L'''|$: a step ten times smaller makes it a hundred times smaller.
# - **Small steps, slope −1.** Both losses are rounded to 16 digits, an error of some $10^{-16}$,
#   and dividing by $2h$ blows it up: a step ten times smaller makes it ten times larger.
# - They balance near $h \approx \sqrt[3]{10^{-16}} \approx 5 \cdot 10^{-6}$. In float32, with 7
#   digits, it would be near $5 \cdot 10^{-3}$, with an error of some $10^{-5}$ at best: *check
#   gradients in float64*.
# - The convolution alone lacks the first slope. It is linear in each of its arguments, so central
#   differences are exact for any step, but for rounding.
#
# ## A claim to test
#
# > "The gradient check passes, so the backward pass is right."
#
# Let us give it the wrong backward pass from above, and a blur in place of the edge detector. And,
# the other way round, the right ReLU, at 0.

# %%
Quiz(
    Question(
        "The backward pass without the flip is checked with a blur kernel, nine times 1/9. "
        "The check …",
        Wrong("fails, as before", "Flip a blur kernel. What do you get?"),
        Right(
            "passes",
            "The kernel looks the same flipped. A check sees only the cases that it is given.",
        ),
        Wrong("fails, but at another index", "There is no index at which it could."),
    )
)

# %%
blur = np.full((3, 3), 1 / 9)
print("wrong pass, blur:", kernels.gradcheck(forward, unflipped, face, blur) < 1e-7)
try:
    kernels.gradcheck(kernels.relu, kernels.relu_backward, np.array([0.0, 1.0]))
except AssertionError as error:
    print("right pass, ReLU at 0: refused,", str(error).partition(": ")[2].partition(" is ")[0])

# %% [markdown]
# **What came out.** The claim is false both ways. A wrong pass goes through if the test case is too
# symmetric: use random numbers, no squares, no symmetric kernels, a stride that doesn't divide. And
# a right pass is refused at a kink, where the two sides have different slopes and the difference
# takes the middle: keep away from kinks, or expect it.
#
# ## A kernel learns
#
# Now the figure at the top, with your own loop's `conv_backward`. The loss is half the sum of the
# squared differences from the 36 answers wanted, so dout is simply the difference. Each step moves
# the kernel by a hundredth of the gradient, downhill:

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

# %% [markdown]
# The loss falls to zero, and the nine weights arrive at −1, 0, +1. Nobody told it about edges: the
# answers did.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A weight is used in 36 windows. Its gradient is …",
        Right(
            "the sum of 36 shares",
            "It acts along 36 ways, and gradients along several ways add up.",
        ),
        Wrong("the mean of 36 shares", "A mean would belong to a loss that is a mean."),
        Wrong(
            "the last window's share",
            "That is the bug of writing `dw = …` where `dw += …` is meant.",
        ),
    ),
    Question(
        "dx of a convolution (stride 1) can be computed as …",
        Wrong("the cross-correlation of x with dout", "That is dw."),
        Right(
            "dout, padded, cross-correlated with the flipped kernel",
            "p − u in the formula: a true convolution.",
        ),
        Wrong("dout, padded, cross-correlated with the kernel", "Only if the kernel is symmetric."),
    ),
    Question(
        "ReLU got −3 and gave 0. What does it pass back if dout is 5?",
        Right("0", "Moving −3 a little leaves the output at 0: no influence, no gradient."),
        Wrong("5", "That is what it passes back where its input was positive."),
        Wrong("−15", "The gradient doesn't depend on the input's size, only on its sign."),
    ),
    Question(
        "A gradient check with h = 1e-12 gives a relative error of 1e-3. What do you do first?",
        Wrong("Search for the bug", "With this step a right pass gives such an error, too."),
        Right("Try h = 1e-5", "At 1e-12 rounding alone makes an error of about 1e-3."),
        Wrong("Try h = 1e-15", "The slope is −1: that makes it a thousand times worse."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Chain rule on one window: $dw = \text{dout} \cdot x$, $dx = \text{dout} \cdot w$,
#    $db = \text{dout}$; over many windows, add up.
# 2. $dw$ correlates the picture with dout; $dx$ convolves dout with the kernel, flip included.
# 3. Max pooling sends the gradient to the winner, average pooling shares it out, ReLU blocks what
#    it blocked.
# 4. Check with central differences, in float64, near $h = 10^{-5}$: error ∝ $h^2$ on one side, ∝
#    $1/h$ on the other.
# 5. Step by step against the gradient, nine zeros become the edge detector.
#
# **Now you:**
# [exercise 07](../exercises/07_backpropagation_through_convolution/07_backpropagation_through_convolution.ipynb).
# **Next:** [lesson 08, training from scratch](08_training_from_scratch.ipynb).
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
