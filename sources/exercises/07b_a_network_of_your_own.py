# %% [markdown]
# # Exercise 07b · A network of your own
#
# **16 points, 50 minutes.** It goes with lesson 07b, *A network of your own*. The lesson's autograd
# gets two operations that the lesson didn't have, and you find out what a gradient check overlooks.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | four gradients on paper | 2 |
# | 2 | `gradients_of`: the backward pass through any graph | 4 |
# | 3 | `layer_norm`: an operation for your autograd | 4 |
# | 4 | `gate`: another one, which uses its input twice | 3 |
# | 5 | three drafts that pass a gradient check, each with a bug | 3 |
#
# Fill in your answers where it says `None` or `raise NotImplementedError()`. Each part ends with a
# cell of checks: run it, and if your answer is wrong, it tells you why. When you hand in, more
# checks run on other inputs. You may use NumPy, and in parts 3 and 4 the lesson's `Tensor`. The
# arrays that your functions get may hold whole numbers or fractions. Answers may differ from the
# right ones by one part in 10⁹ (part 3: 10⁸). The lines marked *for the checks* turn your
# operations into functions on arrays: leave them as they are.

# %%
import numpy as np

from cnnedu import kernels
from cnnedu.checks.autograd import Tensor, operation_function
from cnnedu.checks.exercises import e07b_a_network_of_your_own as e07b

# %% [markdown]
# ## 1 · Four gradients on paper (2 points)
#
# $$ a = 3, \quad b = 4, \qquad u = a \cdot b, \qquad v = \text{ReLU}(u - 7), \qquad
# L = v \cdot u + a \cdot v $$
#
# Work out the gradients of $L$ with respect to $v$, $u$, $b$ and $a$, in this order. Three of the
# four are used twice.

# %% grade_id="07b-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [15, 20, 60, 85]
### END SOLUTION

# %% grade_id="07b-by-hand-tests" points=2
e07b.check("by_hand", globals())

# %% [markdown]
# ## 2 · `gradients_of` (4 points)
#
# The lesson's graph consists of tensors that know their parents. Here is the same as a table.
# Somebody has computed `count` numbers from each other. They are called 0, 1, 2 …, in any order.
# Row $i$ of `uses`, $(k, p)$, says that number $k$ was made from number $p$. The derivative of this
# one step, $\partial k / \partial p$, is `slopes[i]`. Find the gradient of one of the numbers, the
# `result`, with respect to every number.
#
# - The gradient of the result with respect to itself is 1. Numbers that it wasn't made from have
#   the gradient 0.
# - The rows come in any order, and the names say nothing about the order of making. No number was
#   made from itself, not even by a detour.
# - A number may have been made from another one twice: $k = p \cdot p$ gives two rows $(k, p)$,
#   each with the slope $p$. Both count.
# - Some numbers may have been made on the way, or from the result, without leading to it. They
#   don't change any gradient.
#
# For example, $x = 3$ is number 0, $y = 3x$ is number 1, and $z = 2y + x^2$ is number 2. With `uses
# = [[1, 0], [2, 1], [2, 0]]`, `slopes = [3, 2, 6]`, `count = 3` and `result = 2`, you return `[12,
# 2, 1]`: the result depends on $x$ directly (6) and through $y$ ($2 \cdot 3$).


# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    """Work out the gradient of one number with respect to all.

    uses: array of shape (E, 2), whole numbers: what was made, and from what; E may be 0
    slopes: array of shape (E,), the derivative of each of these steps
    count: how many numbers there are, at most 30
    result: the one whose gradient is asked for
    returns: array of shape (count,)
    """
    ### BEGIN SOLUTION
    order = []  # every number after those that it was made from

    def visit(node):
        if node not in order:
            for made, maker in uses:
                if made == node:
                    visit(maker)
            order.append(node)

    visit(result)
    gradients = np.zeros(count)
    gradients[result] = 1
    for node in reversed(order):
        for (made, maker), slope in zip(uses, slopes, strict=True):
            if made == node:
                gradients[maker] += slope * gradients[node]
    return gradients
    ### END SOLUTION


# %% grade_id="07b-gradients-of-tests" points=4
e07b.check("gradients_of", globals())
### BEGIN HIDDEN TESTS
e07b.check("gradients_of", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `layer_norm` (4 points)
#
# Now an operation for the lesson's autograd. As there, it takes tensors, and returns
# `Tensor(out, parents, rule)`, where `rule(dout)` returns one gradient for each parent. For
# example, here is ReLU. The cell also holds the lesson's `check`, with which you can compare your
# rules with finite differences.


# %%
def relu(x):
    return Tensor(np.maximum(x.data, 0), (x,), lambda dout: (dout * (x.data > 0),))


def check(operation, *arrays):
    """Return the largest error of an operation's rule against finite differences."""
    return kernels.gradcheck(
        lambda *a: operation(*map(Tensor, a)).data,
        lambda dout, *a: operation(*map(Tensor, a)).rule(dout),
        *arrays,
    )


print("the rule of ReLU passes:", check(relu, np.array([[2.0, -1.0], [0.5, -3.0]])) < 1e-7)

# %% [markdown]
# **Layer normalisation**, which networks for language use, normalises each *row*: the D numbers of
# one picture. Batch normalisation of such rows would normalise each column.
#
# $$ \hat x_{n,d} = \frac{x_{n,d} - \mu_n}{\sqrt{\sigma^2_n + 10^{-5}}}, \qquad
# \text{out}_{n,d} = \text{weight}_d \, \hat x_{n,d} + \text{bias}_d $$
#
# Here $\mu_n$ is the mean of row $n$, and $\sigma^2_n$ the mean of its squared distances from
# $\mu_n$ (divide by D). Derive the three gradients. You have done most of the work for batch
# normalisation, but beware: here each number of a group has a weight of its own.
#
# For example, with `x = [[1, 1, 3, 3]]`, weights of 1 and biases of 0, the output is `[[−1, −1, 1,
# 1]]`, and for `dout = [[4, 0, 0, 0]]` dx is `[[2, −2, 0, 0]]` (up to the effect of the $10^{-5}$).
#
# The checks write the output, dx, dweight and dbias one after the other in one row. Where they name
# a place, they count along this row.


# %% grade_id="07b-layer-norm"
def layer_norm(x, weight, bias):
    """Normalise each row, then scale and shift each column.

    x: tensor with data of shape (N, D)
    weight, bias: tensors with data of shape (D,)
    returns: tensor with data of shape (N, D)
    """
    ### BEGIN SOLUTION
    mean = x.data.mean(axis=1, keepdims=True)
    spread = np.sqrt(x.data.var(axis=1, keepdims=True) + 1e-5)
    normal = (x.data - mean) / spread

    def rule(dout):
        g = dout * weight.data
        through_mean = g.mean(axis=1, keepdims=True)
        through_spread = normal * (g * normal).mean(axis=1, keepdims=True)
        dx = (g - through_mean - through_spread) / spread
        return dx, (dout * normal).sum(axis=0), dout.sum(axis=0)

    return Tensor(weight.data * normal + bias.data, (x, weight, bias), rule)
    ### END SOLUTION


layer_norm_numbers = operation_function(layer_norm)  # for the checks

# %% grade_id="07b-layer-norm-tests" points=4
e07b.check("layer_norm_numbers", globals())
### BEGIN HIDDEN TESTS
e07b.check("layer_norm_numbers", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `gate` (3 points)
#
# Lesson 12 shows a block that turns whole maps up or down. Here is its simplest form: each map is
# multiplied by its own mean.
#
# $$ \text{out}_{n,c,i,j} = x_{n,c,i,j} \cdot m_{n,c}, \qquad
# m_{n,c} = \frac{1}{H \cdot W} \sum_{i,j} x_{n,c,i,j} $$
#
# So x is used twice, and a pixel acts on its whole map. You may write one rule for all of it, or
# build `gate` from smaller operations: the autograd adds up what comes back.
#
# For example, with `x = [[[[1, 2], [3, 2]]]]` the mean is 2, and the output is `[[[[2, 4], [6,
# 4]]]]`. For `dout = [[[[4, 0], [0, 0]]]]`, dx is `[[[[9, 1], [1, 1]]]]`: 8 for the first pixel
# itself, and for each of the four $4 \cdot 1 / 4 = 1$ through the mean.
#
# The checks write the output and then dx in one row, and count along it.


# %% grade_id="07b-gate"
def gate(x):
    """Multiply each map by its own mean.

    x: tensor with data of shape (N, C, H, W)
    returns: tensor with data of the same shape
    """
    ### BEGIN SOLUTION
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout * m + (dout * x.data).mean(axis=(2, 3), keepdims=True),)

    return Tensor(x.data * m, (x,), rule)
    ### END SOLUTION


gate_numbers = operation_function(gate)  # for the checks

# %% grade_id="07b-gate-tests" points=3
e07b.check("gate_numbers", globals())
### BEGIN HIDDEN TESTS
e07b.check("gate_numbers", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Three drafts that pass (3 points)
#
# A dense layer with a ReLU in one operation: $\text{out} = \text{ReLU}(x w^{\mathsf T} + b)$. Three
# people wrote its backward pass and ran a gradient check, each with the same example: one picture.
# All three passed, and each draft has a bug all the same.


# %%
def forward(x, w, b):
    return np.maximum(x @ w.T + b, 0)


def draft_a(dout, x, w, b):
    gated = dout * (x @ w.T + b > 0)
    return gated @ w, gated.T @ x, gated.mean(axis=0)


def draft_b(dout, x, w, b):
    gated = dout * (x @ w.T > 0)
    return gated @ w, gated.T @ x, gated.sum(axis=0)


def draft_c(dout, x, w, b):
    gated = dout * (x @ w.T + b > 0)
    return dout @ w, gated.T @ x, gated.sum(axis=0)


x, w, b = np.array([[1.0, 2.0]]), np.array([[1.0, 1.0], [3.0, -1.0]]), np.array([0.5, 0.25])
for draft in (draft_a, draft_b, draft_c):
    print(f"{draft.__name__} passes: {kernels.gradcheck(forward, draft, x, w, b) < 1e-6}")

# %% [markdown]
# A good test shows one bug and no other. For each draft, find an example `(dout, x, w, b)` on which
# **this draft alone** is wrong, while the other two are right.
#
# - `dout` has shape $(N, K)$, `x` has shape $(N, D)$, `w` has shape $(K, D)$ and `b` has shape
#   $(K,)$.
# - Each of the four holds at most 100 numbers, from −100 to 100.
# - ReLU passes nothing where its input is exactly 0.
# - A draft is wrong if one of its numbers is off by more than 10⁻⁶.
#
# An example may be tiny. This one has one picture with one number, and all three drafts are right.
# On the example that you are looking for, two of them agree, and the third has other numbers.


# %%
def try_out(example):
    arrays = [np.array(part, float) for part in example]
    for draft in (draft_a, draft_b, draft_c):
        print(f"{draft.__name__}: ", *(part.tolist() for part in draft(*arrays)))


try_out(([[1]], [[2]], [[3]], [0]))

# %% grade_id="07b-only-a"
only_a = None
### BEGIN SOLUTION
only_a = ([[1], [1]], [[1], [1]], [[1]], [1])  # two pictures, and ReLU is open
### END SOLUTION

# %% grade_id="07b-only-a-tests" points=1
e07b.check("only_a", globals())

# %% grade_id="07b-only-b"
only_b = None
### BEGIN SOLUTION
only_b = ([[1]], [[-1]], [[1]], [2])  # one picture, and it is the bias that opens ReLU
### END SOLUTION

# %% grade_id="07b-only-b-tests" points=1
e07b.check("only_b", globals())

# %% grade_id="07b-only-c"
only_c = None
### BEGIN SOLUTION
only_c = ([[1]], [[-1]], [[1]], [0])  # one picture, and ReLU is shut with the bias and without
### END SOLUTION

# %% grade_id="07b-only-c-tests" points=1
e07b.check("only_c", globals())

# %% [markdown]
# One picture, in which every ReLU is open, hides all three bugs. A gradient check is as good as its
# example: several pictures, some units on and some off, and biases that matter. In exercise 08 you
# train a network with gradients of your own.
