# %% [markdown]
# # Exercise 08 · Training from scratch
#
# **18 points, 60 minutes.** It goes with lesson 08, *Training from scratch*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | a gradient and a step on paper | 2 |
# | 2 | `cross_entropy_gradient` | 3 |
# | 3 | `adam_step` | 4 |
# | 4 | `rate`: a schedule | 3 |
# | 5 | `train`: the loop | 4 |
# | 6 | four curves (graded by hand) | 2 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy. The arrays that your functions get may hold whole numbers or fractions.
# Answers may differ from the right ones by one part in 10⁹ (part 1: 10⁶).

# %%
import numpy as np

from cnnedu.checks.exercises import e08_training_from_scratch as e08

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
# ## 2 · `cross_entropy_gradient` (3 points)
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


# %% grade_id="08-cross-entropy-gradient-tests" points=3
e08.check("cross_entropy_gradient", globals())
### BEGIN HIDDEN TESTS
e08.check("cross_entropy_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `adam_step` (4 points)
#
# One step of Adam, step number $t = 1, 2, …$, with eps $= 10^{-8}$:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $$w \leftarrow w - \text{lr} \cdot \frac{\hat m}{\sqrt{\hat s} + \text{eps}}, \qquad
# \hat m = \frac{m}{1 - \beta_1^{\,t}}, \quad \hat s = \frac{s}{1 - \beta_2^{\,t}}$$
#
# Return the new `w`, `m` and `s`, and leave the old ones as they were.
#
# For example, the first step of the lesson: with `w = [1]`, `g = [4]`, `m = s = [0]`, `t = 1`,
# `lr = 0.1`, `beta1 = 0.5` and `beta2 = 0.75` you return `[0.9]`, `[2]` and `[4]`. Where the checks
# name a place, its first number says in which array it is: 0 for w, 1 for m, 2 for s.


# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, beta1, beta2):
    """Take one step of Adam.

    w: array of any shape, the weights
    g: array of the same shape, the gradient of the loss with respect to them
    m, s: arrays of the same shape, the running means of g and of g²
    t: the number of this step, 1 for the first
    lr, beta1, beta2: numbers
    returns: three arrays of that shape, the new w, m and s
    """
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + 1e-8), m, s
    ### END SOLUTION


# %% grade_id="08-adam-step-tests" points=4
e08.check("adam_step", globals())
### BEGIN HIDDEN TESTS
e08.check("adam_step", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `rate`: a schedule (3 points)
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


# %% grade_id="08-rate-tests" points=3
e08.check("rate", globals())
### BEGIN HIDDEN TESTS
e08.check("rate", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `train`: the loop (4 points)
#
# Now the loop that holds it together: epochs, batches, momentum, and a rate for every step. So that
# it runs in no time, the "network" is a single kernel, as a row of D weights. One example is a
# window of D pixels, and its answer should be $y$. The loss of a batch is half the mean squared
# error, and its gradient is given:


# %% grade_id="08-gradient"
def gradient(x, y, w):
    """Return the gradient of ½ · mean of (x · w − y)² with respect to w; x (B, D), y (B,)."""
    return x.T @ (x @ w - y) / len(x)


# %% [markdown]
# Epoch $e$ sees the examples in the order of row $e$ of `order`, `size` at a time; *the last batch
# of an epoch may be smaller*. Every batch makes one step, and the count of steps continues from
# epoch to epoch:
#
# $$v \leftarrow \text{momentum} \cdot v + g \qquad w \leftarrow w - \text{rates}_{\text{step}}
# \cdot v \qquad (v = 0 \text{ before the first step})$$
#
# For example, with `x = [[1], [1]]`, `y = [1, 3]`, `w = [0]`, `order = [[1, 0]]`, `size = 1`,
# `rates = [0.5, 0.5]` and momentum 0 the first step sees example 1 (gradient −3, so w becomes 1.5),
# the second sees example 0 (gradient 0.5): you return `[1.25]`.


# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    """Learn by stochastic gradient descent with momentum.

    x: array of shape (N, D), the examples
    y: array of shape (N,), the answers wanted
    w: array of shape (D,), the first weights; leave it as it is
    order: array of shape (epochs, N), whole numbers: the order of the examples in each epoch
    size: examples in a batch
    rates: array of shape (steps,), the learning rate of each step
    momentum: a number
    returns: array of shape (D,), the weights after the last step
    """
    ### BEGIN SOLUTION
    w = np.array(w, dtype=float)
    v = np.zeros(w.shape)
    step = 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v = momentum * v + gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
            step += 1
    return w
    ### END SOLUTION


# %% grade_id="08-train-tests" points=4
e08.check("train", globals())
### BEGIN HIDDEN TESTS
e08.check("train", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# The last of these trainings, `e08.FACE`, is lesson 07 again: the 36 windows of the smiley, the
# answers of the edge detector, and nine zeros to begin with. To see what your loop makes of them,
# run `train(*e08.FACE).reshape(3, 3).round(2)`.
#
# ## 6 · Four curves (2 points, graded by hand)
#
# Four students train the network of the lesson, each with one mistake. Here is the mean loss over
# the training digits, in nats, and for Dan also the loss over the held-out ones:
#
# | epoch | Ada | Ben | Cleo | Dan | Dan, held out |
# | --- | --- | --- | --- | --- | --- |
# | first | 2.47 | 2.86 | 2.304 | 2.59 | 2.55 |
# | at a quarter | 2.24 | 2.35 | 2.304 | 0.34 | 0.52 |
# | at the half | 2.08 | 2.33 | 2.303 | 0.05 | 0.35 |
# | last | 1.79 | 2.34 | 2.303 | 0.004 | 0.33 |
#
# Before the first step the loss was 2.95 for Ada and Ben, and 2.303 for Cleo. Ben's highest loss of
# a batch was 23.9, in his second step. What has each of them probably done, what in the figures
# says so, and what should each try?

# %% [markdown] grade_id="08-four-curves" points=2
# <!-- BEGIN SOLUTION -->
# Ada: the learning rate is too low (it was 0.003 with SGD). The loss falls, evenly and slowly, and
# is still falling at the end. A rate three or ten times as high. Ben: the rate is too high (3). The
# loss jumps up in the first steps and then stays near ln 10 = 2.30: the ReLUs are dead. A lower
# rate, and a fresh start. Cleo: all first weights are zero, or nearly. The loss *begins* at exactly
# ln 10 and stays: all scores are equal, and no gradient gets through. He's initialisation. (A rate
# of 0 would hold her at 2.303, too, but only with such weights.) Dan: he over-fits (he took only
# 100 digits). The training loss goes to zero, the held-out loss stays a hundred times as high. More
# digits, or the means of lesson 11; not more epochs.
#
# *Rubric.* Half a point for each student: the cause, the sign in the figures that gives it away,
# and a remedy that fits. Cleo needs the start at 2.303 as the sign; "rate too low" alone gets
# nothing for her, and "rate too high" nothing for Ben without the jump.
# <!-- END SOLUTION -->
