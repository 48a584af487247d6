# %% [markdown]
# # 07b · A network of your own
#
# In lesson 07 you sent a gradient back through one operation at a time. Now you join the
# operations. You write an autograd: about a hundred lines of code that take notes while a
# number is computed, and then work out every gradient from the notes. At the end, a network made of
# your own lines learns to tell happy smileys from sad ones.
#
# **After this lesson you can**
#
# - draw the graph of a computation, and work its gradients out on paper, from the end to the start;
# - write an autograd, and say why it adds gradients up and in which order it works;
# - derive the backward passes of a dense layer and of batch norm;
# - chain convolution, ReLU, pooling, a dense layer and a loss, and check the whole network;
# - say what a backward pass costs.
#
# *Time:* 60 minutes. *Before this:* lessons 04, 05 and 07.

# %%
import numpy as np

from cnnedu import kernels, nn, plots
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.chalk import make_smileys
from cnnedu.data.digits import load_digits
from cnnedu.models.accounting import Conv, Dense, Flatten, Pool, ledger
from cnnedu.plots.lines import show_log_lines
from cnnedu.widgets import GraphStepper, Question, Quiz, Right, Wrong

GraphStepper(step=12).draw()

# %% [markdown]
# This is where the lesson ends. The smiley goes through a convolution, a ReLU, a max pooling and a
# dense layer, and a loss comes out (black names). Then the gradient of the loss goes all the way
# back (orange names, each with a d in front). You will compute each of these numbers with your own
# code.
#
# ## A graph, on paper
#
# Begin with four numbers. Let $a = 2$ and $b = 3$, and compute
#
# $$ s = a \cdot b = 6 \qquad t = s + a = 8 \qquad L = s \cdot t = 48 $$
#
# Draw an arrow from every number to those that are made from it. The drawing is called a **graph**,
# and its numbers are its **nodes**. The nodes that we chose ourselves, $a$ and $b$, are its
# **leaves**. We want to know how $L$ responds to them.
#
# Each operation needs to know only one thing, its **local rule**: given the gradient of $L$ with
# respect to its output, called dout, what are the gradients with respect to its inputs? A sum
# passes dout on to both of its inputs. A product passes on to each input dout times the other one.
# We start with $dL = 1$ and go back:
#
# | node | its gradient | rule | passes on |
# | --- | --- | --- | --- |
# | $L = s \cdot t$ | 1 | product | $1 \cdot 8 = 8$ to $s$, $1 \cdot 6 = 6$ to $t$ |
# | $t = s + a$ | 6 | sum | 6 to $s$, 6 to $a$ |
# | $s = a \cdot b$ | 8 + 6 = **14** | product | $14 \cdot 3 = 42$ to $a$, $14 \cdot 2 = 28$ to $b$ |
# | $a$ | 6 + 42 = **48** | leaf | |
# | $b$ | **28** | leaf | |
#
# You see two things. First, $s$ and $a$ are used twice, and their shares *add up*, as in lesson 07.
# Second, the *order* matters: $s$ has to wait until all its shares have arrived.

# %%
Quiz(
    Question(
        "A program in a hurry lets s pass its gradient on as soon as the first share, 8, is "
        "there, and never again. Which gradient does b get?",
        Wrong("28, since b is used only once", "b gets twice what s has, and s has only 8 so far."),
        Right("16, since s has only 8 to pass on", "2 · 8: the share that came through t is lost."),
        Wrong("12, since s only gets what t sends", "The first share came from L itself: it is 8."),
    )
)

# %% [markdown]
# ## A graph, in code
#
# A `Tensor` holds an array, its gradient, the tensors it was made from (its parents), and its rule:
# a function that takes dout and returns one gradient for each parent.


# %%
class Tensor:
    """An array, its gradient, and how it was made."""

    def __init__(self, data, parents=(), rule=None):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
        self.parents = parents
        self.rule = rule  # from dout to one gradient for each parent; None for a leaf

    def __add__(self, other):
        return Tensor(self.data + other.data, (self, other), lambda dout: (dout, dout))

    def __mul__(self, other):
        return Tensor(
            self.data * other.data,
            (self, other),
            lambda dout: (dout * other.data, dout * self.data),
        )

    def backward(self):
        """Set this number's gradient with respect to every tensor it was made from."""
        nodes = in_order(self)
        for node in nodes:
            if node.rule:  # leaves keep what they have, and add to it
                node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in reversed(nodes):
            if node.rule:
                for parent, share in zip(node.parents, node.rule(node.grad), strict=True):
                    parent.grad = parent.grad + share


def in_order(result):
    """Return all tensors that a result was made from, each after its parents."""
    found = []

    def visit(node):  # calls itself: it first goes to the parents, and notes the node after them
        if node not in found:
            for parent in node.parents:
                visit(parent)
            found.append(node)

    visit(result)
    return found


a, b = Tensor(2), Tensor(3)
s = a * b
t = s + a
L = s * t
L.backward()
print(f"L = {L.data}, ds = {s.grad}, da = {a.grad}, db = {b.grad}")

# %% [markdown]
# These are the numbers from paper. And the program in a hurry? It takes the nodes as they come:


# %%
def hurried_backward(result):
    result.grad, waiting, done = np.ones_like(result.data), [result], []
    while waiting:
        node = waiting.pop(0)
        if node.rule and node not in done:
            done.append(node)
            for parent, share in zip(node.parents, node.rule(node.grad), strict=True):
                parent.grad = parent.grad + share
                waiting.append(parent)


a, b = Tensor(2), Tensor(3)
s = a * b
hurried_backward(s * (s + a))
print(f"in a hurry: ds = {s.grad}, da = {a.grad}, db = {b.grad}")

# %% [markdown]
# In the end s has its 14, but it has passed on only 8. Nothing crashes; the numbers are just wrong.
# `in_order` puts each node after its parents, which is called a **topological order**. Read in
# reverse, it reaches a node only when everything made from that node has passed on its share.
#
# Nobody told the computer what $L$ is as a function of $a$ and $b$. It took notes while we
# computed, and found the gradients from its notes. Code that does this is called an **autograd**.
# PyTorch has one, too, and uses the same names: `Tensor`, `grad`, `backward()`. Lesson 09 builds
# the same graph there.
#
# The order saves work, too. Double a number twenty times, each time by adding it to itself:

# %%
x = y = Tensor(1)
for _ in range(20):
    y = y + y
y.backward()
print(x.grad)

# %% [markdown]
# There are a million ways through this graph from `x` to `y`. Their shares have been added up in 20
# steps, since each node passes on its gradient once, when it is complete.
#
# ## Operations on pictures
#
# From here on, a tensor holds a batch of pictures `(N, C, H, W)` or of vectors `(N, D)`. Each
# operation is a function: it computes its output, and writes down the parents and the rule. You
# know the rules from lesson 07. The convolution is the loop that you saw there, for all pictures,
# channels and filters at once. For max pooling we take the course's functions, since lesson 07
# wrote that loop out, too. Flattening only rearranges the numbers.


# %%
def conv2d(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x.data, w.data.shape[2:], axis=(2, 3))

    def rule(dout):
        dx, (OH, OW) = np.zeros_like(x.data), dout.shape[2:]
        for u, v in np.ndindex(w.data.shape[2:]):
            share = np.einsum("nfij,fc->ncij", dout, w.data[:, :, u, v])
            dx[:, :, u : u + OH, v : v + OW] += share
        dw = np.einsum("nfij,ncijuv->fcuv", dout, windows, optimize=True)
        return dx, dw, dout.sum(axis=(0, 2, 3))

    out = np.einsum("ncijuv,fcuv->nfij", windows, w.data, optimize=True)
    return Tensor(out + b.data[:, None, None], (x, w, b), rule)


def relu(x):
    return Tensor(np.maximum(x.data, 0), (x,), lambda dout: (dout * (x.data > 0),))


def max_pool2d(x, size=2):
    out = kernels.max_pool2d(x.data, size)
    return Tensor(out, (x,), lambda dout: (kernels.max_pool2d_backward(dout, x.data, size),))


def flatten(x):
    out = x.data.reshape(len(x.data), -1)
    return Tensor(out, (x,), lambda dout: (dout.reshape(x.data.shape),))


# %% [markdown]
# (`np.einsum` multiplies and adds up. Letters on both sides of the arrow stay; it sums over all
# others. With `optimize`, it uses a matrix product, as in lesson 06.) Lesson 07's gradient check
# wants two functions of arrays, one forward and one backward. `check` makes both out of an
# operation:


# %%
def check(operation, *arrays):
    return kernels.gradcheck(
        lambda *arrays: operation(*map(Tensor, arrays)).data,
        lambda dout, *arrays: operation(*map(Tensor, arrays)).rule(dout),
        *arrays,
    )


rng = np.random.default_rng(0)
pictures, filters = rng.normal(size=(2, 3, 6, 7)), rng.normal(size=(4, 3, 3, 2))
print("conv2d:    ", check(conv2d, pictures, filters, rng.normal(size=4)) < 1e-7)
for operation in [relu, max_pool2d, flatten]:
    print(f"{operation.__name__ + ':':<12}{check(operation, pictures) < 1e-7}")
dout = rng.normal(size=(2, 4, 4, 6))
mine = conv2d(Tensor(pictures), Tensor(filters), Tensor(np.zeros(4))).rule(dout)
theirs = kernels.conv2d_backward(dout, pictures, filters)
print("conv2d as in cnnedu:", all(map(np.allclose, mine, theirs)))

# %% [markdown]
# ## The dense layer, backward
#
# On paper: two pictures with two numbers each, and two outputs.
#
# $$ x = \begin{bmatrix} 1&2\\ 0&1 \end{bmatrix} \quad
# w = \begin{bmatrix} 3&4\\ 5&6 \end{bmatrix} \quad
# \text{out}_{n,k} = \sum_d x_{n,d}\, w_{k,d} + b_k \quad
# \text{dout} = \begin{bmatrix} 1&-1\\ 2&0 \end{bmatrix} $$
#
# Each product $x_{n,d} \cdot w_{k,d}$ obeys the rule of products: $x_{n,d}$ gets dout times the
# weight, and $w_{k,d}$ gets dout times the input. Add up what belongs to the same number:
#
# - Number 0 of picture 0 goes into both outputs: $dx_{0,0} = 1 \cdot 3 + (-1) \cdot 5 = -2$.
# - Weight $w_{0,1}$ is used for both pictures: $dw_{0,1} = 1 \cdot 2 + 2 \cdot 1 = 4$.
# - Bias $b_0$ is used for both pictures: $db_0 = 1 + 2 = 3$.
#
# $$ dx_{n,d} = \sum_k \text{dout}_{n,k}\, w_{k,d} \qquad
# dw_{k,d} = \sum_n \text{dout}_{n,k}\, x_{n,d} \qquad db_k = \sum_n \text{dout}_{n,k} $$
#
# The first two are matrix products, and their shapes tell you which:


# %%
def linear(x, w, b):
    def rule(dout):
        return dout @ w.data, dout.T @ x.data, dout.sum(axis=0)

    return Tensor(x.data @ w.data.T + b.data, (x, w, b), rule)


x, w, b = np.array([[1, 2], [0, 1]]), np.array([[3, 4], [5, 6]]), np.zeros(2)
dout = np.array([[1, -1], [2, 0]])
dx, dw, db = linear(Tensor(x), Tensor(w), Tensor(b)).rule(dout)
print("dx", dx.tolist(), " dw", dw.tolist(), " db", db.tolist())
theirs = kernels.linear_backward(dout, x, w)
print("as in cnnedu:", all(map(np.array_equal, (dx, dw, db), theirs)))
print("gradient check:", check(linear, x, w, b) < 1e-7)

# %% [markdown]
# ## Batch norm, backward
#
# A sum or a product looks at two numbers. **Batch norm** looks at a whole batch: it gives each
# channel mean 0 and variance 1, over all $M$ numbers that the channel has in the batch. Then it
# multiplies by a weight $\gamma$ and adds a bias $\beta$, both learnt. Lesson 11 shows what it is
# good for; here we want its rule.
#
# $$ \hat x_i = \frac{x_i - \mu}{\sigma} \qquad \text{out}_i = \gamma\, \hat x_i + \beta \qquad
# \mu = \frac1M \sum_i x_i \qquad \sigma^2 = \frac1M \sum_i (x_i - \mu)^2 $$
#
# On paper: one channel with four numbers, $x = (1, 1, 3, 3)$. So $\mu = 2$, $\sigma = 1$ and
# $\hat x = (-1, -1, 1, 1)$. Let $\gamma = 1$ and $\text{dout} = (4, 0, 0, 0)$: the loss looks at
# the first output only.

# %%
Quiz(
    Question(
        "Which inputs get a gradient?",
        Wrong(
            "Only the first: it alone has a dout",
            "The second input moves the mean and σ, and through them the first output.",
        ),
        Wrong(
            "All four, a quarter of dout each",
            "That would be the rule of a mean. The first input has a direct way as well.",
        ),
        Right(
            "More than the first, and they add up to 0",
            "Raise all four inputs by the same amount, and no output moves: so the sum is 0.",
        ),
    )
)

# %% [markdown]
# How does a small move of $x_i$ reach the outputs? There are three ways.
#
# 1. Directly: $\hat x_i$ rises by $1 / \sigma$ of the move.
# 2. Through the mean, which rises by $1 / M$ of the move. So *every* $\hat x_j$ falls by
#    $1 / (M \sigma)$.
# 3. Through $\sigma$. From its definition, $2 \sigma\, d\sigma = \tfrac2M (x_i - \mu)\, dx_i$, and
#    so $\sigma$ rises by $\hat x_i / M$ of the move. Every $\hat x_j$ falls by $\hat x_j / \sigma$
#    times that.
#
# Weigh each move with the gradient $d\hat x_j = \gamma\, \text{dout}_j$, and add up:
#
# $$ dx_i = \frac1\sigma \Bigl( d\hat x_i - \frac1M \sum_j d\hat x_j
# - \hat x_i \, \frac1M \sum_j d\hat x_j\, \hat x_j \Bigr) \qquad
# d\gamma = \sum_j \text{dout}_j\, \hat x_j \qquad d\beta = \sum_j \text{dout}_j $$
#
# With our numbers, the two means are $\tfrac14 \cdot 4 = 1$ and $\tfrac14 \cdot (-4) = -1$. So
# $dx = (4 - 1 - 1,\; 0 - 1 - 1,\; 0 - 1 + 1,\; 0 - 1 + 1) = (2, -2, 0, 0)$. In code, a small number
# eps protects against dividing by 0:


# %%
def batch_norm(x, weight, bias, eps=1e-5):
    def mean(values):
        return values.mean(axis=(0, 2, 3), keepdims=True)

    def per_channel(values):
        return values[:, None, None]

    sigma = np.sqrt(mean((x.data - mean(x.data)) ** 2) + eps)
    normalised = (x.data - mean(x.data)) / sigma

    def rule(dout):
        d = dout * per_channel(weight.data)
        dx = (d - mean(d) - normalised * mean(d * normalised)) / sigma
        return dx, (dout * normalised).sum(axis=(0, 2, 3)), dout.sum(axis=(0, 2, 3))

    out = normalised * per_channel(weight.data) + per_channel(bias.data)
    return Tensor(out, (x, weight, bias), rule)


x, dout = np.array([1.0, 1, 3, 3]), np.array([4.0, 0, 0, 0])
given = [array.reshape(4, 1, 1, 1) for array in (x, dout)]
dx, dweight, dbias = batch_norm(Tensor(given[0]), Tensor([1]), Tensor([0]), eps=0).rule(given[1])
print("dx", dx.ravel(), " dγ", dweight, " dβ", dbias)

maps, dout = rng.normal(size=(2, 4, 2, 3, 3))
weight, bias = rng.normal(size=(2, 2))
mine = batch_norm(Tensor(maps), Tensor(weight), Tensor(bias)).rule(dout)
zeros, ones = np.zeros(2), np.ones(2)  # the fixed averages, which training ignores
theirs = kernels.batch_norm_backward(dout, maps, zeros, ones, weight, training=True)
print("as in cnnedu:", all(map(np.allclose, mine, theirs)))
print("gradient check:", check(batch_norm, maps, weight, bias) < 1e-7)

# %% [markdown]
# This is how batch norm learns. When a trained network is *used*, it takes fixed averages for
# $\mu$ and $\sigma$; only the first way is left then.
#
# ## A loss
#
# The dense layer gives one score for each class. Softmax (lesson 04) turns scores into shares $p$,
# and the **cross-entropy** of a picture is $-\ln p_y$, where $y$ is its class. It is 0 if the right
# class got everything. For a batch we take the mean over its $N$ pictures, so the gradient with
# respect to the scores is $(p - t) / N$, where $t$ is 1 for the right class and 0 for the others
# (lesson 08 derives it; here we check it).


# %%
def cross_entropy(scores, y):
    rows = np.arange(len(y))
    p = np.exp(scores.data - scores.data.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    t = np.zeros_like(p)
    t[rows, y] = 1
    return Tensor(-np.log(p[rows, y]).mean(), (scores,), lambda dout: (dout * (p - t) / len(y),))


scores, classes = rng.normal(size=(5, 3)), [0, 2, 2, 1, 0]
print("gradient check:", check(lambda scores: cross_entropy(scores, classes), scores) < 1e-7)
same = cross_entropy(Tensor(scores), classes).data, kernels.cross_entropy(scores, classes)
print("as in cnnedu:", np.allclose(*same))

# %% [markdown]
# ## The whole chain, on the smiley
#
# Those are all the parts. The network below has the edge detector as its kernel, and two scores:
# 0 for sad, 1 for happy. Its weights are whole numbers, so that you can follow them.

# %%
W2 = [[1, 0, -1, 0, 2, -1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0, -1]]
x = Tensor(smiley()[None, None])
w1, b1 = Tensor(edge_kernel()[None, None]), Tensor([-1])
w2, b2 = Tensor(W2), Tensor([1, 0])

conv = conv2d(x, w1, b1)
activated = relu(conv)
pool = max_pool2d(activated)
flat = flatten(pool)
scores = linear(flat, w2, b2)
loss = cross_entropy(scores, [1])
loss.backward()
print("pool\n", pool.data[0, 0], "\nscores", scores.data, f"loss {loss.data:.4f}")

# %% [markdown]
# Both scores are 2, so $p = (\tfrac12, \tfrac12)$: the network has no idea. The loss is
# $\ln 2 = 0.6931$, and $p - t = (\tfrac12, -\tfrac12)$ is what goes back. Step through it, forward
# and backward. A click on a number shows how it comes about.
#
# 1. Before each step back, predict the grid that will be filled in.
# 2. Six numbers of dpool aren't 0, but only two numbers of dconv. Where do the others go?
# 3. Pixel (3, 5) gets 1.5. From which two windows?
# 4. Suppose that the right answer were *sad*. What will happen to every gradient? Set y to 0 and
#    look.
# 5. Paint over the two eyes. Which class is ahead now, and why are the gradients smaller?

# %%
stepper = GraphStepper(smiley(), edge_kernel(), -1, W2, [1, 0], y=1, step=6)
stepper

# %%
mine = {"x": x, "w1": w1, "b1": b1, "conv": conv, "relu": activated, "pool": pool}
mine |= {"flat": flat, "w2": w2, "b2": b2, "scores": scores, "loss": loss}
for kind, there in {"data": stepper.values, "grad": stepper.gradients}.items():
    same = [np.allclose(getattr(mine[name], kind).squeeze(), there[name]) for name in mine]
    print(f"{kind}: {sum(same)} of {len(same)} are the widget's")

# %% [markdown]
# The widget shows your numbers. Four of the six ended at the ReLU: in their windows the largest
# number was the ReLU's 0, and a ReLU passes nothing back where it gave 0. Pixel (3, 5) gets
# $\tfrac12 \cdot 1$ from the window at (2, 3) and $-1 \cdot (-1)$ from the one at (3, 5). Without
# eyes, happy is ahead, 1 to −1: it gets $p = 0.88$, so $p - t$ is only ±0.12. By hand, $dw_1$ is
# $\tfrac12$ times the window at row 2, column 3, minus 1 times the one at row 3, column 5:
#
# $$ dw_1 = \tfrac12 \begin{bmatrix} 0&0&1\\ 0&0&0\\ 0&0&1 \end{bmatrix} -
# \begin{bmatrix} 0&0&1\\ 1&0&1\\ 0&0&1 \end{bmatrix} =
# \begin{bmatrix} 0&0&-\tfrac12\\ -1&0&-1\\ 0&0&-\tfrac12 \end{bmatrix} $$
#
# Now one step: move every weight by a tenth of its gradient, downhill.

# %%
assert np.array_equal(w1.grad[0, 0], [[0, 0, -0.5], [-1, 0, -1], [0, 0, -0.5]])


def forward(x, w1, b1, w2, b2):
    return linear(flatten(max_pool2d(relu(conv2d(x, w1, b1)))), w2, b2)


stepped = [Tensor(leaf.data - 0.1 * leaf.grad) for leaf in (w1, b1, w2, b2)]
scores = forward(x, *stepped)
print(f"scores {scores.data}, loss {cross_entropy(scores, [1]).data:.4f}")

# %% [markdown]
# The score for happy is ahead, and the loss has fallen.
#
# ## It learns
#
# Now a network with eight filters, and with batch norm. Its pictures are chalk drawings of 12 × 12
# pixels: the smiley of lesson 01 or its sad twin, somewhere on the board, in light or strong
# chalk, with noise.

# %%
x_train, y_train = make_smileys(256, seed=0)
shown = [*np.flatnonzero(y_train == 1)[:4], *np.flatnonzero(y_train == 0)[:4]]
plots.show_maps(list(x_train[shown]), ["happy"] * 4 + ["sad"] * 4, columns=8, size=1.15)


# %%
def network(x, w1, b1, weight, bias, w2, b2):
    hidden = relu(batch_norm(conv2d(x, w1, b1), weight, bias))
    return linear(flatten(max_pool2d(hidden)), w2, b2)


def first_weights(rng, filters=8):
    w1 = rng.normal(size=(filters, 1, 3, 3)) * np.sqrt(2 / 9)
    w2 = rng.normal(size=(2, filters * 25)) * np.sqrt(2 / (filters * 25))
    zeros, ones = np.zeros(filters), np.ones(filters)
    return [Tensor(array) for array in (w1, zeros, ones, zeros, w2, np.zeros(2))]


def loss_of(x, y, *leaves):
    return cross_entropy(network(Tensor(x[:, None]), *leaves), y)


leaves = first_weights(rng)


def loss_backward(dout, *arrays):  # gradcheck wants functions of arrays here, too
    leaves = [Tensor(array) for array in arrays]
    loss_of(x_train[:8], y_train[:8], *leaves).backward()
    return tuple(dout * leaf.grad for leaf in leaves)


largest = kernels.gradcheck(
    lambda *arrays: loss_of(x_train[:8], y_train[:8], *map(Tensor, arrays)).data,
    loss_backward,
    *[leaf.data for leaf in leaves],
)
count = sum(leaf.data.size for leaf in leaves)
print(f"the whole network, {count} weights and biases, gradient check:", largest < 1e-7)

# %% [markdown]
# (The noise in the pictures keeps us away from kinks. On the clean smiley, with its many equal
# numbers, the check would be refused; try it.) The first weights are random; lesson 08 explains
# the factor. And the loop: one pass over all the pictures is an **epoch**. In each step the weights
# move by `rate`, the **learning rate**, times the gradient of the mean loss of 32 pictures.


# %%
def train(seed, epochs=30, rate=0.1):
    rng, losses = np.random.default_rng(seed), []
    leaves = first_weights(rng)
    for _ in range(epochs):
        order = rng.permutation(len(x_train))
        for batch in order.reshape(-1, 32):
            for leaf in leaves:
                leaf.grad = np.zeros_like(leaf.data)
            loss = loss_of(x_train[batch], y_train[batch], *leaves)
            loss.backward()
            for leaf in leaves:
                leaf.data = leaf.data - rate * leaf.grad
            losses.append(loss.data)
    return leaves, losses


x_new, y_new = make_smileys(1000, seed=100)
seeds = [10, 11, 12, 13, 14]
runs = [train(seed) for seed in seeds]


def right(leaves):
    answers = network(Tensor(x_new[:, None]), *leaves).data.argmax(axis=1)
    return (answers == y_new).mean()


untrained = [right(first_weights(np.random.default_rng(seed))) for seed in seeds]
for name, shares in {"before": untrained, "after": [right(leaves) for leaves, _ in runs]}.items():
    print(f"{name + ' training:':<17}", ", ".join(f"{share:.1%}" for share in shares))

# %%
epochs = np.arange(1, 31)
curves = {
    f"network {k}": np.reshape(losses, (30, -1)).mean(axis=1)
    for k, (_, losses) in enumerate(runs, 1)
}
show_log_lines(epochs, curves, "epoch (256 pictures)", "cross-entropy")

# %% [markdown]
# Five networks with different first weights were shown 256 pictures, thirty times each. On 1,000
# pictures that they had never seen, all of them are right more than nine times in ten; before
# training they guessed. (The rate of 0.1 was chosen with other first weights. Network 3 jumps up
# twice and recovers; lesson 08 looks at steps that go too far. When the networks are judged, batch
# norm takes the mean and the variance of the 1,000 pictures themselves.)
#
# Was it the convolution, or would any layer do? Here is a dense layer alone, on the same pictures,
# for as many steps, at four rates:

# %%
pixels, new_pixels = (Tensor(some.reshape(len(some), -1)) for some in (x_train, x_new))
for rate in (0.03, 0.1, 0.3, 1):
    w, b = Tensor(np.zeros((2, 144))), Tensor(np.zeros(2))
    for _ in range(240):
        w.grad, b.grad = np.zeros((2, 144)), np.zeros(2)
        cross_entropy(linear(pixels, w, b), y_train).backward()
        w.data, b.data = w.data - rate * w.grad, b.data - rate * b.grad
    learnt, new = (
        (linear(some, w, b).data.argmax(axis=1) == y).mean()
        for some, y in ((pixels, y_train), (new_pixels, y_new))
    )
    print(f"rate {rate:<4}: {learnt:.0%} of the 256 pictures right, {new:.0%} of the new ones")

# %% [markdown]
# It learns up to 84 % of its own pictures, but on new ones it hardly does better than a guess. The
# mouth may be anywhere, and a dense layer has to learn it at each place anew (lesson 05).
#
# ## A claim to test: the backward pass costs twice the forward pass
#
# > "The backward pass costs twice as much as the forward pass."
#
# Look at your rules. For each product $x \cdot w$ on the way forward, there is one product
# $\text{dout} \cdot x$ on the way back, for $dw$, and one product $\text{dout} \cdot w$, for $dx$.
# That makes two. But nobody needs the gradient with respect to the picture, so the first layer
# could leave out its $dx$. (Yours computes it; PyTorch leaves it out unless it is asked.) Count the
# multiplications of four networks, layer by layer.

# %%
Quiz(
    Question(
        "Which network comes closest to a factor of 2?",
        Wrong(
            "The one of the smiley, as it is so small",
            "Nearly all of its products are in the first layer, which needs only dw.",
        ),
        Wrong(
            "All the same, since the rule is the same",
            "Not quite: the first layer is different, and its share differs.",
        ),
        Right(
            "The deepest one, with thirteen convolutions",
            "There the first layer, which needs no dx, has the smallest share of the work.",
        ),
    )
)

# %%
VGG16 = []
for filters, convolutions in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
    VGG16 += [*[Conv(filters, 3, padding=1)] * convolutions, Pool(2)]
VGG16 += [Flatten(), Dense(4096), Dense(4096), Dense(1000)]
digits = [Conv(16, 3, padding=1), Pool(2), Conv(32, 3, padding=1), Pool(2), Flatten(), Dense(10)]
networks = {
    "the smiley's": ([Conv(1, 3), Pool(2), Flatten(), Dense(2)], (1, 8, 8)),
    "happy or sad": ([Conv(8, 3), Pool(2), Flatten(), Dense(2)], (1, 12, 12)),
    "lesson 08's": (digits, (1, 8, 8)),
    "VGG-16": (VGG16, (3, 224, 224)),
}
print(f"{'':<13}{'forward':>16}{'backward':>16}{'backward / forward':>20}")
for name, (layers, shape) in networks.items():
    products = [row.multiply_adds for row in ledger(layers, shape) if row.multiply_adds]
    forward_cost = sum(products)
    backward_cost = 2 * forward_cost - products[0]
    ratio = backward_cost / forward_cost
    print(f"{name:<13}{forward_cost:>16,}{backward_cost:>16,}{ratio:>20.2f}")

# %% [markdown]
# **What came out.** The claim holds nearly as soon as the first layer is a small part of the work;
# 2 is an upper bound. The factor is 2 minus the first layer's share. The two small networks do
# nearly all of their work there and come to 1.05; VGG-16 comes to 1.99. (These are multiplications,
# not seconds. Lesson 06 showed how far apart the two can be. And time isn't the only cost: your
# graph holds on to every tensor until the way back. Lesson 12 counts which of them PyTorch keeps.)
#
# The surprise is how *little* this is. One backward pass gives the gradient of every weight. With
# central differences, each of our network's 498 weights and biases would need two forward passes:
# 996 of them, in place of one forward and one backward. Without this, nobody could train a network
# with millions of weights.
#
# ## The same in `cnnedu.nn`
#
# From lesson 08 on, you use the layers of `cnnedu.nn`. They hold the same rules. Each layer has a
# `forward` and a `backward`, and a `Sequential` calls them one after the other, forward and in
# reverse. Their `backward` *replaces* a parameter's old gradient instead of adding to it, so a loop
# needn't set it to zero. That is enough for a chain, where each output is used once; a graph needs
# your autograd. Here is a network of those layers, on 32 real handwritten digits, against yours:

# %%
(x_digits, y_digits), _ = load_digits()
x_digits, y_digits = x_digits[:32].astype(float), y_digits[:32]
theirs = nn.Sequential(
    nn.Conv2d(1, 4, 3, rng=rng),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(36, 10, rng=rng),
)
for parameter in theirs.parameters():
    parameter.value = parameter.value.astype(float)  # cnnedu computes in float32; here, in float64
logits = theirs(x_digits)
theirs.backward(kernels.cross_entropy_backward(1.0, logits, y_digits))  # 1.0 is the loss's dout

leaves = [Tensor(parameter.value) for parameter in theirs.parameters()]
scores = network(Tensor(x_digits), *leaves)
cross_entropy(scores, y_digits).backward()
print("scores equal:   ", np.allclose(scores.data, logits))
same = [np.allclose(a.grad, b.grad) for a, b in zip(leaves, theirs.parameters(), strict=True)]
print(f"gradients equal: {sum(same)} of {len(same)}")

# %% [markdown]
# ## Quiz

# %%
Quiz(
    Question(
        "x goes into two operations. During backward(), what does x get?",
        Wrong("The larger of the two gradients", "Both ways count, whatever their size."),
        Wrong("The gradient that arrives last", "That is the bug of `=` where `+` is meant."),
        Right("The sum of the two gradients", "x acts on the loss along both ways."),
        Wrong("The mean of the two gradients", "Nothing divides by the number of ways."),
    ),
    Question(
        "You call backward() for a second batch without setting the leaves' gradients to zero. "
        "What do they hold?",
        Right("The sum over both batches", "Leaves keep what they have, and add to it."),
        Wrong("Those of the second batch", "Only the results in between start at zero again."),
        Wrong("Those of the first batch", "The second batch adds its own to them."),
    ),
    Question(
        "A dense layer has 100 inputs and 10 outputs, and gets a batch of 32. Its dw …",
        Wrong("has the shape (32, 10, 100), one for each picture", "They are added up."),
        Right("has the shape (10, 100), a sum over the 32 pictures", "doutᵀ · x does both."),
        Wrong("has the shape (32, 100), as its input has", "That is the shape of dx."),
    ),
    Question(
        "In batch norm, dout is the same number at every place of a channel, in all pictures. "
        "What is dx?",
        Wrong("dout / σ, the direct way", "The way through the mean takes exactly that away."),
        Right("0 for all of them", "The mean of dout is dout, and the x̂ add up to 0."),
        Wrong("dout, the same for all", "Raising all inputs together changes no output."),
    ),
    Question(
        "Why is each node visited only after everything that was made from it?",
        Wrong(
            "So that the loss falls with every node that is visited",
            "Nothing is changed on the way; the step comes afterwards.",
        ),
        Wrong(
            "So that the memory of its parents can be given back",
            "A library may do that, but the numbers would be right without it.",
        ),
        Right(
            "So that its gradient is complete when it is passed on",
            "A share that arrives later would be lost on the way to the leaves.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A graph remembers how each number was made; every operation brings its local rule.
# 2. Go back in topological order, start with 1, and add up the shares of each node.
# 3. Dense: $dx = \text{dout} \cdot w$, $dw = \text{dout}^{\mathsf T} \cdot x$. Batch norm: three
#    ways, and the gradients of a channel add up to 0.
# 4. Check each rule by itself, then the whole network.
# 5. One backward pass costs one to two forward passes, counted in multiplications, however many
#    weights there are.
#
# **Now you:**
# [exercise 07b](../exercises/07b_a_network_of_your_own/07b_a_network_of_your_own.ipynb).
# **Next:** [lesson 08, training from scratch](08_training_from_scratch.ipynb).
#
# ## To read on
#
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind. "Automatic differentiation in
#   machine learning: a survey." *Journal of Machine Learning Research* 18(153), 1–43, 2018.
# - A. Griewank, A. Walther. *Evaluating Derivatives*. 2nd edition, SIAM, 2008. Chapter 4 shows why
#   a gradient costs only a few evaluations, however many inputs there are.
# - S. Ioffe, C. Szegedy. "Batch normalization: accelerating deep network training by reducing
#   internal covariate shift." *ICML*, 2015. Section 3 has the backward pass.
# - A. Karpathy. *micrograd*, 2020, github.com/karpathy/micrograd. An autograd for single numbers in
#   about a hundred lines.
