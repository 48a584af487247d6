# %% [markdown]
# # Exercise 11 · Regularisation
#
# **20 points, 55 minutes.** It goes with lesson 11, *Regularisation*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | five numbers on paper | 2 |
# | 2 | a review of four drafts of dropout | 4 |
# | 3 | `dropout_backward` | 2 |
# | 4 | `augment`: a whole batch at once | 3 |
# | 5 | `l2_gradient` | 1 |
# | 6 | `early_stop` | 2 |
# | 7 | five networks: which remedy was it? | 3 |
# | 8 | an ablation (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` or `None` with your answer. Each part ends with a cell
# of checks: run it, and if your answer is wrong, it tells you why. When you hand in, more checks
# run on other numbers. The arrays that your functions get are NumPy arrays; pictures, layers and
# weights may hold floats or whole numbers. You may use NumPy. Answers may differ from the right
# ones by one part in 10⁹.

# %%
import numpy as np

from cnnedu.checks.exercises import e11_regularisation as e11

# %% [markdown]
# ## 1 · Five numbers on paper (2 points)
#
# 1. Inverted dropout with $p = 0.75$ in training. A number 1 is kept. What becomes of it?
# 2. A weight $w = 2$ with the gradient $g = 3$, a learning rate of 0.1, and L2 in the loss,
#    $\frac{\lambda}{2} w^2$ with $\lambda = 2$. Where is it after one step of SGD?
# 3. The same weight, gradient, rate and L2 in the loss: after the *first* step of Adam? (Ignore
#    eps.)
# 4. The same, but with weight decay *outside* the loss, $\lambda = 2$: after the first step of
#    AdamW?
# 5. Label smoothing with $\varepsilon = 0.5$ and five classes. What is the target of the right
#    class?
#
# Write a list of the five numbers.

# %% grade_id="11-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [4, 1.3, 1.9, 1.5, 0.6]
### END SOLUTION

# %% grade_id="11-by-hand-tests" points=2
e11.check("by_hand", globals())

# %% [markdown]
# ## 2 · A review of four drafts of dropout (4 points)
#
# The random numbers of inverted dropout can be given: $u_i$, each at least 0 and below 1, one for
# each number of $x$. In training
#
# $$ \text{out}_i = m_i\, x_i, \qquad m_i = \begin{cases} 0 & \text{if } u_i < p \\ \dfrac{1}{1 - p}
# & \text{otherwise} \end{cases} $$
#
# and in evaluation $\text{out} = x$. For example, with `x = [[1, 2, 3, 4]]`, $p = 0.5$ and
# `u = [[0.6, 0.1, 0.4, 0.5]]` the answer in training is `[[2, 0, 0, 8]]`.
#
# Here are four drafts, for batches `x` of shape (N, D). Each of them has one bug. One is the
# dropout that forgets to scale.


# %%
def draft_a(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u > p) / (1 - p) if training else np.ones(x.shape)
    return x * mask


def draft_b(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u >= p) if training else np.ones(x.shape)
    return x * mask


def draft_c(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u[0] >= p) if training else np.full(x.shape[1], 1 - p)
    return x * mask / (1 - p)


def draft_d(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u >= p) if training else np.ones(x.shape)
    return x * mask / (1 - p)


# %% [markdown]
# A wrong draft can be right on many inputs. Prove that you have found each bug by an example on
# which it shows **and no other does**: write `x, p, u, training` so that this draft is wrong there
# and the three others are right.
#
# Rules: `x` has two axes and holds at most 12 numbers, none larger than 1,000 in size. `u` has the
# shape of `x`, and its numbers are at least 0 and below 1. $0 \le p < 1$. `training` is True or
# False.

# %% grade_id="11-only-a"
only_a = None  # x, p, u, training
### BEGIN SOLUTION
only_a = np.ones((1, 2)), 0, np.array([[0, 0.5]]), True  # u = p = 0: nothing is scaled
### END SOLUTION

# %% grade_id="11-only-a-tests" points=1
e11.check("only_a", globals())

# %% grade_id="11-only-b"
only_b = None
### BEGIN SOLUTION
only_b = np.ones((1, 2)), 0.5, np.array([[0.2, 0.9]]), True  # one row, no u equal to p
### END SOLUTION

# %% grade_id="11-only-b-tests" points=1
e11.check("only_b", globals())

# %% grade_id="11-only-c"
only_c = None
### BEGIN SOLUTION
# Two rows with other masks. All that is kept is 0, so forgetting to scale doesn't show.
only_c = np.fliplr(np.eye(2)), 0.5, np.array([[0.9, 0.2], [0.2, 0.9]]), True
### END SOLUTION

# %% grade_id="11-only-c-tests" points=1
e11.check("only_c", globals())

# %% grade_id="11-only-d"
only_d = None
### BEGIN SOLUTION
only_d = np.ones((1, 2)), 0.5, np.array([[0.2, 0.9]]), False  # it scales in evaluation, too
### END SOLUTION

# %% grade_id="11-only-d-tests" points=1
e11.check("only_d", globals())

# %% [markdown]
# ## 3 · `dropout_backward` (2 points)
#
# The backward pass through dropout as part 2 defines it, with the same random numbers. `dout` may
# have any shape. In training
#
# $$ dx_i = \text{dout}_i \cdot \frac{\partial\, \text{out}_i}{\partial x_i} $$
#
# Work out the derivative yourself. (In evaluation, too.)
#
# For example, `dropout_backward([10, 10, 10, 10], 0.5, [0.6, 0.1, 0.4, 0.5], True)` is
# `[20, 0, 0, 20]`.


# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    """Return the gradient with respect to the input of dropout.

    dout: array of any shape, the gradient with respect to the output
    p: probability of a zero, at least 0 and below 1
    training: True in training, False in evaluation
    u: array of the shape of dout, the random numbers of the forward pass
    returns: array of the shape of dout
    """
    ### BEGIN SOLUTION
    if not training:
        return dout
    return np.where(u < p, 0, dout / (1 - p))
    ### END SOLUTION


# %% grade_id="11-dropout-backward-tests" points=2
e11.check("dropout_backward", globals())
### BEGIN HIDDEN TESTS
e11.check("dropout_backward", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `augment`: a whole batch at once (3 points)
#
# First mirror the pictures for which `mirrored` is True, left for right. Then shift *each* picture
# by its own amount: picture $n$ by `down[n]` rows and `right[n]` columns (negative: up, left). What
# is shifted out is lost; zeros come in. With the mirrored pictures $z$:
#
# $$ \text{out}_{n,c,i,j} = \begin{cases} z_{n,\,c,\;i - \text{down}_n,\;j - \text{right}_n} &
# \text{if that place exists} \\ 0 & \text{otherwise} \end{cases} $$
#
# For example, one picture `[[1, 2], [3, 4]]`, mirrored: `[[2, 1], [4, 3]]`. With `down = [1]` and
# `right = [1]` you return `[[0, 0], [0, 2]]`.
#
# Try it without a loop over the pictures: a batch is augmented at every step of a training. One
# way: to shift rows, multiply by a matrix of zeros and ones. For H = 3, this shifts a picture down
# by 1:
#
# $$ \begin{bmatrix} 0 & 0 & 0 \\ 1 & 0 & 0 \\ 0 & 1 & 0 \end{bmatrix} \begin{bmatrix} a & b \\ c &
# d \\ e & f \end{bmatrix} = \begin{bmatrix} 0 & 0 \\ a & b \\ c & d \end{bmatrix} $$
#
# Its entry $(i, k)$ is 1 where $k = i - \text{down}$. From the right, such a matrix shifts columns.
# NumPy's `@` multiplies whole stacks of matrices: shape (N, 1, H, H) with shape (N, C, H, W), for
# instance. (A loop gets the points, too.)


# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    """Mirror some pictures of a batch and shift each by its own amount.

    x: array of shape (N, C, H, W)
    mirrored: bool array of shape (N,)
    down: array of shape (N,), whole numbers from −H to H
    right: array of shape (N,), whole numbers from −W to W
    returns: array of shape (N, C, H, W)
    """
    ### BEGIN SOLUTION
    z = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    H, W = np.arange(x.shape[2]), np.arange(x.shape[3])
    rows = H[:, None] - down[:, None, None] == H
    columns = W[:, None] + right[:, None, None] == W
    return rows[:, None] @ z @ columns[:, None]
    ### END SOLUTION


# %% grade_id="11-augment-tests" points=3
e11.check("augment", globals())
### BEGIN HIDDEN TESTS
e11.check("augment", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `l2_gradient` (1 point)
#
# A penalty takes all weights $w_1, w_2, \dots$ of a network and leaves the biases out:
#
# $$ L_2 = \frac{\lambda}{2} \Big( \sum w_1^2 + \sum w_2^2 + \dots \Big) $$
#
# Return its gradient with respect to *one* array of weights or biases. You can tell weights from
# biases: biases have one axis, weights two (dense) or four (convolution).
#
# For example, with $\lambda = 0.1$ the gradient with respect to the weights `[[1, −2]]` is
# `[[0.1, −0.2]]`, and that with respect to the biases `[5]` is `[0]`.


# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    """Return the gradient of the L2 penalty with respect to one array of weights or biases.

    parameter: array with one axis (biases), two or four (weights)
    strength: λ
    returns: array of the shape of parameter
    """
    ### BEGIN SOLUTION
    if parameter.ndim == 1:
        return np.zeros(parameter.shape)
    return strength * parameter
    ### END SOLUTION


# %% grade_id="11-l2-gradient-tests" points=1
e11.check("l2_gradient", globals())
### BEGIN HIDDEN TESTS
e11.check("l2_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · `early_stop` (2 points)
#
# Early stopping with patience, with one thing more than in the lesson: an epoch counts
# as **progress** only if its loss is lower than that of the best epoch so far by *more than*
# `least`. Then it is the new best epoch. The first epoch is the best one to begin with. After
# `patience` epochs in a row without progress you stop. If that never happens, the last epoch of the
# list is the last one.
#
# For example, with the losses `[0.9, 0.6, 0.58, 0.57, 0.56, 0.3]`, patience 2 and least 0.05: epoch
# 2 is progress. 0.58 and 0.57 are not lower than 0.6 by more than 0.05. So you stop after epoch 4
# and go back to epoch 2, and you return `[4, 2]`. Epochs 5 and 6 are never seen.


# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    """Say where early stopping ends, and which epoch's weights it keeps.

    losses: array of shape (epochs,), the held-out loss after each epoch
    patience: epochs in a row without progress after which to stop, at least 1
    least: how much lower than the best one a loss must be to count, at least 0
    returns: array of two whole numbers, counted from 1: the last epoch, and the best one
    """
    ### BEGIN SOLUTION
    best = waited = 0
    for epoch in range(1, len(losses)):
        waited += 1
        if losses[epoch] < losses[best] - least:
            best, waited = epoch, 0
        if waited == patience:
            return np.array([epoch + 1, best + 1])
    return np.array([len(losses), best + 1])
    ### END SOLUTION


# %% grade_id="11-early-stop-tests" points=2
e11.check("early_stop", globals())
### BEGIN HIDDEN TESTS
e11.check("early_stop", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · Five networks: which remedy was it? (3 points)
#
# Five networks like the lesson's have learnt the same 100 digits from the same first weights, for
# up to 40 epochs, each with one remedy. A sixth had none. Then somebody lost the list. This is what
# is left:
#
# | | epochs | loss, last epoch | accuracy, last epoch | loss as they are | right, in training mode | length |
# | --- | --- | --- | --- | --- | --- | --- |
# | no remedy | 40 | 0.01 | 100 % | 0.01 | 100, then 100 | 10.2 |
# | A | 40 | 0.57 | 100 % | 0.14 | 100, then 100 | 9.4 |
# | B | 40 | 0.49 | 87 % | 0.33 | 97, then 97 | 9.6 |
# | C | 40 | 0.05 | 100 % | 0.05 | 100, then 100 | 8.8 |
# | D | 40 | 0.56 | 82 % | 0.23 | 88, then 86 | 9.4 |
# | E | 31 | 0.01 | 100 % | 0.02 | 100, then 100 | 10.1 |
#
# - *Loss, accuracy, last epoch*: what the training reported while it went through the digits.
# - *Loss as they are*: the usual cross-entropy of the same 100 digits, unchanged, in evaluation
#   mode.
# - *Right, in training mode*: how many of the 100 unchanged digits are right after
#   `network.train()`; asked once, and then once more.
# - *Length*: the root of the sum of all squared weights and biases.
#
# The remedies, by number: **1** early stopping · **2** weight decay · **3** dropout · **4** label
# smoothing · **5** shifting by a pixel. Write a list: the numbers of A, B, C, D and E.

# %% grade_id="11-remedies"
remedies = None
### BEGIN SOLUTION
# A: its loss stays high although all is right: that is a smoothed target. B and D report less than
# they know. D answers differently when asked twice, so the network itself is random; for B only the
# pictures were. C has the smallest weights. E didn't run to the end.
remedies = [4, 5, 2, 3, 1]
### END SOLUTION

# %% grade_id="11-remedies-tests" points=3
e11.check("remedies", globals())

# %% [markdown]
# ## 8 · An ablation (3 points, graded by hand)
#
# A network learnt 5,000 pictures for 20 epochs. Here are the accuracies in %: of the training
# pictures as they are, in evaluation mode; of the validation pictures, for three seeds; and the
# mean of these three ± its standard error. The same seed starts from the same weights.
#
# | | training | seed 0 | seed 1 | seed 2 | mean |
# | --- | --- | --- | --- | --- | --- |
# | nothing | 98.9 | 61.0 | 62.4 | 61.6 | 61.7 ± 0.4 |
# | dropout | 90.1 | 62.0 | 62.9 | 61.2 | 62.0 ± 0.5 |
# | shift | 84.3 | 66.0 | 65.2 | 66.5 | 65.9 ± 0.4 |
# | dropout, shift, cut-out and L2 | 58.2 | 57.1 | 58.5 | 57.9 | 57.8 ± 0.4 |
#
# Tell each of the three, in one to three sentences, what the table does and does not show, and what
# could be measured next.
#
# - Gus: "Dropout brings 0.3 points, so it belongs in the recipe."
# - Hana: "Four remedies together are worse than none. So they disturb one another; use only one."
# - Ivo: "Shifting gives 66.5 %. That is what we put in the report."

# %% [markdown] grade_id="11-ablation" points=3
# <!-- BEGIN SOLUTION -->
# To Gus: in pairs, seed by seed, the differences are +1.0, +0.5 and −0.4, so 0.4 ± 0.4: no effect
# is seen, and an effect of a point isn't ruled out. (Unpaired, the error is √(0.4² + 0.5²) =
# 0.64.) Only one strength was tried, too. More seeds, or another p.
#
# To Hana: look at the training accuracy, 58.2 %: this network no longer over-fits, it *under*-fits
# (its validation accuracy is as high as its training accuracy). The remedies together are too
# strong for this network in 20 epochs. That they disturb one another isn't shown. Train longer,
# take weaker strengths or a larger network, and leave out one at a time.
#
# To Ivo: that is the best of three seeds, chosen by the validation pictures. Report the mean with
# its error, 65.9 ± 0.4, and, if a figure for the world outside is wanted, read the test set once.
# (What *is* shown: shifting helps here. In pairs the gains are +5.0, +2.8 and +4.9, so 4.2 ± 0.7,
# six errors. Unpaired, the error is √(0.4² + 0.4²) = 0.57.)
#
# *Rubric.* 1 point each. Gus: the difference is within its error or close to it, with a number (in
# pairs or unpaired) or by the seeds' overlap. Hana: under-fitting, seen in the training accuracy,
# and a next measurement that fits (longer, weaker, larger or one out); half a point without the
# training accuracy. Ivo: best seed is a choice; the mean with error instead.
# <!-- END SOLUTION -->
