# %% [markdown]
# # Exercise 08 · Training from scratch
#
# **20 points, 80 minutes.** It goes with lesson 08, *Training from scratch*. In the end a network
# of your own reads digits: you write its forward pass and its backward pass, the optimiser, the
# schedule and the loop.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | a gradient and a step on paper | 2 |
# | 2 | `cross_entropy_gradient` | 2 |
# | 3 | `adam_step` | 3 |
# | 4 | `rate`: a schedule | 2 |
# | 5 | `scores`: the forward pass | 1 |
# | 6 | `gradients`: the backward pass | 4 |
# | 7 | `train`: the loop | 3 |
# | 8 | `learn`: your network reads digits | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. Parts 1 to 7 are checked one by one, so a slip in one of them costs you no points in
# another. You may use NumPy and the four functions imported below. The arrays that your functions
# get may hold whole numbers or fractions. Answers may differ from the right ones by one part in 10⁹
# (part 1: 10⁶). The lines marked *for the checks* turn your functions into ones on arrays: leave
# them as they are.

# %%
import numpy as np

from cnnedu.checks.exercises import e08_training_from_scratch as e08
from cnnedu.checks.training_functions import loop_function, row_function
from cnnedu.data.digits import load_digits
from cnnedu.kernels.convolution import conv2d, conv2d_backward
from cnnedu.kernels.pooling import max_pool2d, max_pool2d_backward

# %% [markdown]
# ## 1 · A gradient and a step on paper (2 points)
#
# A network gives one picture the scores $(0, \ln 3, \ln 6)$. Class 0 is right.
#
# 1. What is the gradient of the cross-entropy with respect to the three scores?
# 2. Suppose the scores themselves were the weights. By how much does **Adam**'s *first* step change
#    each of them, with a learning rate of 0.1? (Ignore eps. You need neither $\beta_1$ nor
#    $\beta_2$.)
#
# Write the three numbers of the gradient and then the three changes, each with its sign, in one
# list.

# %% grade_id="08-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [-0.9, 0.3, 0.6, 0.1, -0.1, -0.1]
### END SOLUTION

# %% grade_id="08-by-hand-tests" points=2
e08.check("by_hand", globals())

# %% [markdown]
# ## 2 · `cross_entropy_gradient` (2 points)
#
# The loss is the *mean* cross-entropy of N pictures. Its gradient with respect to the scores is
#
# $$\text{dlogits}_{n,k} = \frac{1}{N}\left(p_{n,k} - t_{n,k}\right), \qquad
# p_{n,k} = \frac{e^{a_{n,k}}}{\sum_j e^{a_{n,j}}}$$
#
# where $a$ are the logits and $t_{n,k}$ is 1 for the right class, $k = y_n$, and 0 otherwise.
# Scores may be as large as 1000.
#
# For example, `cross_entropy_gradient([[0, 0], [0, 0]], [1, 0])` is
# `[[0.25, −0.25], [−0.25, 0.25]]`. (In the checks both arguments are NumPy arrays.)


# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    """Work out the gradient of the mean cross-entropy with respect to the scores.

    logits: array of shape (N, K)
    y: array of shape (N,), the right classes, whole numbers from 0 to K − 1
    returns: array of shape (N, K)
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
    ### END SOLUTION


# %% grade_id="08-cross-entropy-gradient-tests" points=2
e08.check("cross_entropy_gradient", globals())
### BEGIN HIDDEN TESTS
e08.check("cross_entropy_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `adam_step` (3 points)
#
# One step of Adam with **weight decay**, step number $t = 1, 2, …$, with eps $= 10^{-8}$:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $$w \leftarrow w - \text{lr} \cdot \left( \frac{\hat m}{\sqrt{\hat s} + \text{eps}} +
# \text{decay} \cdot w \right), \qquad
# \hat m = \frac{m}{1 - \beta_1^{\,t}}, \quad \hat s = \frac{s}{1 - \beta_2^{\,t}}$$
#
# The last term is new: it pulls every weight a little towards 0, in proportion to what the weight
# was before the step. (With a decay of 0 this is the Adam of the lesson. Lesson 11 says what the
# decay is good for.) The decay acts on the weight alone. If it were added to the gradient, it would
# go into m and s, and Adam would divide most of it away again. That is how it was done at first;
# the way here is called AdamW (I. Loshchilov, F. Hutter, "Decoupled weight decay regularization",
# ICLR, 2019).
#
# Return the new `w`, `m` and `s`, and leave the old ones as they were.
#
# For example, with `w = [1]`, `g = [4]`, `m = s = [0]`, `t = 1`, `lr = 0.1`, `beta1 = 0.5`,
# `beta2 = 0.75` and `decay = 0.5` you return `[0.85]`, `[2]` and `[4]`: 0.1 is the step of the
# lesson, and $0.1 \cdot 0.5 \cdot 1$ the decay. Where the checks name a place, its first number
# says in which array it is: 0 for w, 1 for m, 2 for s.


# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    """Take one step of Adam with weight decay.

    w: array of any shape, the weights
    g: array of the same shape, the gradient of the loss with respect to them
    m, s: arrays of the same shape, the running means of g and of g²
    t: the number of this step, 1 for the first
    lr, beta1, beta2, decay: numbers
    returns: three arrays of that shape, the new w, m and s
    """
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * (m_hat / (np.sqrt(s_hat) + 1e-8) + decay * w), m, s
    ### END SOLUTION


# %% grade_id="08-adam-step-tests" points=3
e08.check("adam_step", globals())
### BEGIN HIDDEN TESTS
e08.check("adam_step", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `rate`: a schedule (2 points)
#
# A climb in a straight line over `warm` steps, then half a cosine wave down to the end of the
# training:
#
# $$\text{rate}(t) = \begin{cases} \text{lr} \cdot \dfrac{t + 1}{\text{warm}} & \text{if } t <
# \text{warm} \\[2ex] \dfrac{\text{lr}}{2} \left(1 + \cos \dfrac{\pi\,(t -
# \text{warm})}{\text{steps} - \text{warm}}\right) & \text{otherwise} \end{cases}$$
#
# Steps are counted from 0, and `warm` may be 0: then there is no climb. For example, with
# `steps = 10`, `warm = 2` and `lr = 1` the rates of steps 0, 1, 2 and 6 are 0.5, 1, 1 and 0.5.


# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    """Return the learning rate of one step.

    step: the number of the step, from 0 to steps − 1
    steps: how many steps the training has
    warm: how many of them climb, fewer than `steps`
    lr: the highest rate
    returns: a number
    """
    ### BEGIN SOLUTION
    if step < warm:
        return lr * (step + 1) / warm
    return lr / 2 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
    ### END SOLUTION


# %% grade_id="08-rate-tests" points=2
e08.check("rate", globals())
### BEGIN HIDDEN TESTS
e08.check("rate", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `scores`: the forward pass (1 point)
#
# The network has one convolution and one dense layer. Its numbers are four arrays:
#
# | | shape | |
# | --- | --- | --- |
# | w | (F, C, 3, 3) | the filters |
# | b | (F,) | their biases |
# | v | (K, F · H/2 · W/2) | the weights of the dense layer, one row for each class |
# | c | (K,) | its biases |
#
# 1. Convolve with a border of one zero: `conv2d(x, w, b, padding=1)`.
# 2. Apply ReLU.
# 3. Pool: `max_pool2d(…, 2)`, windows of 2 × 2 and stride 2.
# 4. Flatten each picture: map after map, and each map row by row, as `reshape` does it.
# 5. The dense layer gives one score for each class: $\text{scores}_{n,k} = \sum_d f_{n,d}\,
#    v_{k,d} + c_k$.
#
# For example, a picture of 2 × 2 with 2 at the top left and 0 elsewhere, one filter of ones, `b =
# [1]`, `v = [[1], [−1]]` and `c = [0, 10]`: the filter answers 3 everywhere, the pooling leaves one
# 3, and the scores are `[[3, 7]]`.


# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    """Return the scores of pictures.

    x: array of shape (N, C, H, W); H and W are even
    w, b, v, c: the network's arrays
    returns: array of shape (N, K)
    """
    ### BEGIN SOLUTION
    maps = max_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0), 2)
    return maps.reshape(len(x), v.shape[1]) @ v.T + c
    ### END SOLUTION


# %% grade_id="08-scores-tests" points=1
e08.check("scores", globals())
### BEGIN HIDDEN TESTS
e08.check("scores", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · `gradients`: the backward pass (4 points)
#
# The same chain, from the scores to the filters. You get `dlogits`, the gradient of the loss with
# respect to the scores (it comes from part 2, so the 1/N of the mean is already in it). Go forward
# once more, keep what you will need, and then go back, one operation after the other.
#
# Two functions of lesson 07 are given:
#
# - `max_pool2d_backward(dout, x, 2)` returns the gradient with respect to the pooling's input `x`;
# - `conv2d_backward(dout, x, w, padding=1)` returns dx, dw and db. (The pictures themselves learn
#   nothing: you don't need dx.)
#
# ReLU passes the gradient on where its input was above 0. Where it was 0 or less, nothing passes.
#
# For example, for the network of part 5 with `dlogits = [[1, 0]]`: dv is `[[3], [0]]`, and dc is
# `[1, 0]`. The pooled 3 gets the gradient 1, and so does the first of the four equal places, row 0,
# column 0. So db is `[1]`, and dw is 2 in the middle, where the filter saw the picture's 2, and 0
# elsewhere.
#
# Where the checks name a place, its first number says in which array it is (0 for dw, 1 for db, 2
# for dv, 3 for dc), and the second one counts the numbers of this array row by row.


# %% grade_id="08-gradients"
def gradients(x, dlogits, w, b, v, c):
    """Work out the gradients of the loss with respect to the network's numbers.

    x: array of shape (N, C, H, W); H and W are even
    dlogits: array of shape (N, K), the gradient with respect to the scores
    w, b, v, c: the network's arrays
    returns: four arrays dw, db, dv, dc, each of the shape of its array
    """
    ### BEGIN SOLUTION
    a = conv2d(x, w, b, padding=1)
    r = np.maximum(a, 0)
    pooled = max_pool2d(r, 2)
    dv = dlogits.T @ pooled.reshape(len(x), v.shape[1])
    dc = dlogits.sum(axis=0)
    dpooled = (dlogits @ v).reshape(pooled.shape)
    da = max_pool2d_backward(dpooled, r, 2) * (a > 0)
    _, dw, db = conv2d_backward(da, x, w, padding=1)
    return dw, db, dv, dc
    ### END SOLUTION


gradient_rows = row_function(gradients)  # for the checks

# %% grade_id="08-gradients-tests" points=4
e08.check("gradient_rows", globals())
### BEGIN HIDDEN TESTS
e08.check("gradient_rows", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · `train`: the loop (3 points)
#
# A loop needn't know which network it trains, or with which optimiser. Yours gets both as
# functions:
#
# - `gradients(x, y, weights)` takes a batch and the list of the weights as they are now. It returns
#   a list of arrays, one gradient for each array of weights.
# - `step(w, g, m, s, t, lr)` takes *one* of these arrays, its gradient, its m and s, the number t
#   of the step and the rate, and returns the new w, m and s, as your `adam_step` does.
#
# The rules:
#
# - Epoch $e$ sees the examples in the order of row $e$ of `order`, `size` at a time. *The last
#   batch of an epoch may be smaller.*
# - Every batch makes one step. First ask for the gradients, once; then step with every array.
# - Each array has an m and an s of its own, which have its shape. They hold zeros before the first
#   step.
# - t is 1 in the first step, and the rate is `rates[0]`. Both go on counting from epoch to epoch.
#
# For example, with plain gradient descent as the step, $w - \text{lr} \cdot g$, and one weight that
# the examples pull to 1 and 3: `y = [1, 3]`, `weights = [[0]]`, `order = [[1, 0]]`, `size = 1`,
# `rates = [0.5, 0.5]`, and the gradient $w - y$. The first step sees example 1 (gradient −3, so the
# weight becomes 1.5), the second example 0 (gradient 0.5): you return `[[1.25]]`.


# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    """Learn in batches.

    x, y: arrays of length N, the examples and the answers wanted
    weights: list of arrays, the first weights; leave the list and the arrays as they are
    order: array of shape (epochs, N), whole numbers: the order of the examples in each epoch
    size: examples in a batch
    rates: array of shape (steps,), the learning rate of each step
    gradients, step: functions, see above
    returns: list of arrays, the weights after the last step
    """
    ### BEGIN SOLUTION
    weights = list(weights)
    m = [np.zeros(w.shape) for w in weights]
    s = [np.zeros(w.shape) for w in weights]
    t = 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            found = gradients(x[batch], y[batch], weights)
            t += 1
            for k, g in enumerate(found):
                weights[k], m[k], s[k] = step(weights[k], g, m[k], s[k], t, rates[t - 1])
    return weights
    ### END SOLUTION


after_training = loop_function(train)  # for the checks

# %% grade_id="08-train-tests" points=3
e08.check("after_training", globals())
### BEGIN HIDDEN TESTS
e08.check("after_training", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 8 · `learn`: your network reads digits (3 points)
#
# Now put it together. `learn` gets digits of 8 × 8 pixels and their classes, trains the network of
# parts 5 and 6 with your own code, and returns `[w, b, v, c]`. How many filters, which first
# weights, which rate, how many epochs, batches of which size: all that is up to you.
#
# - The network has at most **3,000 numbers** in all.
# - In the second test, the digits come **sorted by class**, first all zeros, then all ones, and so
#   on.
# - Draw whatever you draw from `np.random.default_rng(seed)`.
#
# Two tests wait for it:
#
# 1. *By heart.* It is shown the same 16 digits again and again, as many pictures as there are in
#    the full set. Afterwards it must get **all 16** right. That says nothing about reading. But
#    with a slip in the gradients or the loop, or with a useless rate, a network usually fails here.
#    Make it pass before you try anything else.
# 2. *Reading.* It learns from the 1,437 digits of `load_digits`, and then must get at least **97
#    %** of the 360 held out right. (With `seed` 0; you may not learn from the 360.) When you hand
#    in, it learns from 1,200 digits of another split, whose classes have other names, and is tried
#    on the 597 others. There 94 % will do, so that bad luck costs you no point.
#
# One training should take no more than five seconds: all three together get 30 when they are
# graded. The two functions below show you the same as the checks. If one of them disappoints you,
# change one thing at a time.


# %%
def by_heart(learn):
    """Return how many of 16 digits are right after `learn` has seen nothing else."""
    (x, y), _ = load_digits()
    few = np.arange(len(x)) % 16
    weights = learn(x[few], y[few], 0)
    return int(np.sum(scores(x[:16], *weights).argmax(axis=1) == y[:16]))


def reading(learn):
    """Return the share of the digits learnt from, and of those held out, that are right."""
    (x, y), (new_x, new_y) = load_digits()
    order = np.argsort(y, kind="stable")
    weights = learn(x[order], y[order], 0)
    return [
        float(np.mean(scores(pictures, *weights).argmax(axis=1) == labels))
        for pictures, labels in ((x, y), (new_x, new_y))
    ]


# %% grade_id="08-learn"
def learn(x, y, seed):
    """Train a network to read digits.

    x: array of shape (N, 1, 8, 8), from 0, the ground, to 1, the stroke; maybe sorted by class
    y: array of shape (N,), whole numbers from 0 to 9
    seed: a whole number
    returns: list of four arrays, [w, b, v, c], with K = 10 classes
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    F, epochs, size, lr = 16, 10, 32, 0.05
    weights = [
        rng.normal(size=(F, 1, 3, 3)) * np.sqrt(2 / 9),
        np.zeros(F),
        rng.normal(size=(10, 16 * F)) * np.sqrt(2 / (16 * F)),
        np.zeros(10),
    ]
    steps = epochs * -(-len(x) // size)
    order = [rng.permutation(len(x)) for _ in range(epochs)]
    rates = [rate(step, steps, steps // 10, lr) for step in range(steps)]

    def gradients_of_batch(x, y, weights):
        return gradients(x, cross_entropy_gradient(scores(x, *weights), y), *weights)

    def step(w, g, m, s, t, lr):
        return adam_step(w, g, m, s, t, lr, 0.9, 0.999, 0.01)

    return train(x, y, weights, order, size, rates, gradients_of_batch, step)
    ### END SOLUTION


# %% grade_id="08-learn-tests" points=3
e08.check("learn", globals())
### BEGIN HIDDEN TESTS
e08.check("learn", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Your own code reads digits, from the first weight to the last step. In lesson 09 the same network
# takes a dozen lines.
