# %% [markdown]
# # Exercise 11 · Regularisation
#
# **20 points, 50 minutes.** It goes with lesson 11, *Regularisation*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | five numbers on paper | 2 |
# | 2 | `dropout` | 3 |
# | 3 | `dropout_backward` | 2 |
# | 4 | `augment`: a whole batch at once | 4 |
# | 5 | `l2_loss` | 1 |
# | 6 | `l2_gradient` | 2 |
# | 7 | `early_stop` | 3 |
# | 8 | an ablation (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# numbers. The arrays that your functions get are NumPy arrays; pictures, layers and weights may
# hold floats or whole numbers. You may use NumPy. Answers may differ from the right ones by one
# part in 10⁹.

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
# ## 2 · `dropout` (3 points)
#
# Inverted dropout. The random numbers are given: $u_i$, each between 0 and 1, one for each number
# of $x$. In training
#
# $$ \text{out}_i = m_i\, x_i, \qquad m_i = \begin{cases} 0 & \text{if } u_i < p \\ \dfrac{1}{1 - p}
# & \text{otherwise} \end{cases} $$
#
# and in evaluation $\text{out} = x$. The probability $p$ is at least 0 and below 1.
#
# For example, `dropout([1, 2, 3, 4], 0.5, [0.6, 0.1, 0.4, 0.5], True)` is `[2, 0, 0, 8]`.


# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    """Switch numbers off in training, and keep the mean.

    x: array of any shape
    p: probability of a zero
    u: array of the shape of x, random numbers from 0 to 1
    training: True in training, False in evaluation
    returns: array of the shape of x
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    return x * (u >= p) / (1 - p)
    ### END SOLUTION


# %% grade_id="11-dropout-tests" points=3
e11.check("dropout", globals())
### BEGIN HIDDEN TESTS
e11.check("dropout", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `dropout_backward` (2 points)
#
# The backward pass through the same layer, with the same random numbers. In training
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
    p, training: as for dropout
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
# ## 4 · `augment`: a whole batch at once (4 points)
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


# %% grade_id="11-augment-tests" points=4
e11.check("augment", globals())
### BEGIN HIDDEN TESTS
e11.check("augment", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `l2_loss` (1 point)
#
# A network has two layers, with the weights `w1`, `w2` and the biases `b1`, `b2`. The penalty takes
# all weights and leaves the biases out:
#
# $$ L_2 = \frac{\lambda}{2} \Big( \sum w_1^2 + \sum w_2^2 \Big) $$
#
# For example, with `w1 = [[1, −2]]`, `b1 = [5]`, `w2 = [[3]]`, `b2 = [7]` and $\lambda = 0.1$ the
# loss is $0.05 \cdot (1 + 4 + 9) = 0.7$.


# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    """Return the L2 penalty of a network with two layers.

    w1, w2: arrays with two axes (dense layers) or four (convolutions), the weights
    b1, b2: arrays with one axis, the biases
    strength: λ
    returns: a number
    """
    ### BEGIN SOLUTION
    return strength / 2 * (np.sum(w1**2) + np.sum(w2**2))
    ### END SOLUTION


# %% grade_id="11-l2-loss-tests" points=1
e11.check("l2_loss", globals())
### BEGIN HIDDEN TESTS
e11.check("l2_loss", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · `l2_gradient` (2 points)
#
# Return the gradient of $L_2$ with respect to *one* of the four arrays. You can tell weights from
# biases: biases have one axis, weights two (dense) or four (convolution).
#
# For example, with the same arrays and $\lambda = 0.1$, the gradient with respect to `w1` is
# `[[0.1, −0.2]]`, that with respect to `b1` is `[0]`.


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


# %% grade_id="11-l2-gradient-tests" points=2
e11.check("l2_gradient", globals())
### BEGIN HIDDEN TESTS
e11.check("l2_gradient", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · `early_stop` (3 points)
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


# %% grade_id="11-early-stop-tests" points=3
e11.check("early_stop", globals())
### BEGIN HIDDEN TESTS
e11.check("early_stop", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 8 · An ablation (3 points, graded by hand)
#
# A network learnt 5,000 pictures for 20 epochs. Validation accuracies of three seeds, and mean ±
# standard error, in %:
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
# To Gus: the difference of 0.3 or 0.4 has a standard error of √(0.4² + 0.5²) = 0.64: no effect is
# seen, and one of a point either way isn't ruled out. Only one strength was tried, too. More seeds,
# or another p.
#
# To Hana: look at the training accuracy, 58.2 %: this network no longer over-fits, it *under*-fits
# (its validation accuracy is as high as its training accuracy). The remedies together are too
# strong for this network in 20 epochs. That they disturb one another isn't shown. Train longer,
# take weaker strengths or a larger network, and leave out one at a time.
#
# To Ivo: that is the best of three seeds, chosen by the validation pictures. Report the mean with
# its error, 65.9 ± 0.4, and, if a figure for the world outside is wanted, read the test set once.
# (What *is* shown: shifting helps here, by four points, seven times the error of the difference.)
#
# *Rubric.* 1 point each. Gus: the difference is within its error, with a number or by the seeds'
# overlap. Hana: under-fitting, seen in the training accuracy, and a next measurement that fits
# (longer, weaker, larger or one out); half a point without the training accuracy. Ivo: best seed is
# a choice; the mean with error instead.
# <!-- END SOLUTION -->
