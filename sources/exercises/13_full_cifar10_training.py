# %% [markdown]
# # Exercise 13 · Full CIFAR-10 training
#
# **20 points, 50 minutes.** It goes with lesson 13, *Full CIFAR-10 training*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | six numbers by hand | 3 |
# | 2 | `one_cycle`: the schedule | 3 |
# | 3 | `flip_in_turns` | 3 |
# | 4 | `view_logits`: test-time views | 4 |
# | 5 | `in_errors`: an ablation in numbers | 4 |
# | 6 | three readings of an ablation (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy. The arrays that your functions get may hold whole numbers or fractions.
# Answers may differ from the right ones by one part in 10⁹; those by hand by 0.001.

# %%
import numpy as np

from cnnedu.checks.exercises import e13_full_cifar10_training as e13

# %% [markdown]
# ## 1 · Six numbers by hand (3 points)
#
# Four patches of two pixels: $(8, 6)$, $(0, 2)$, $(-2, 0)$, $(-6, -8)$.
#
# - a: the larger of the two variances along the directions of their covariance;
# - b: the patch $(8, 6)$ after whitening: its coordinate along the filter of that direction (the
#   filter whose entries are positive);
# - c: a weight is 4, then 0, then 4 after three steps. Its running average with $a = \frac12$,
#   beginning with the first 4: what is it after the third?
# - d: pictures are mirrored at random, with probability ½, for four epochs. What share of them is
#   shown both ways at least once?
# - e: what is 100 + 0.1 in bfloat16? (Between 64 and 128 its 8 binary digits count 64, 32, 16, 8,
#   4, 2, 1, ½.)
# - f: two processes have parts of 3 and 1 pictures; their mean gradients are 2 and 6. What is the
#   gradient of the mean loss of all four pictures?
#
# Write them in a list, `[a, b, c, d, e, f]`.

# %% grade_id="13-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [50, 1.4, 3, 0.875, 100, 3]
### END SOLUTION

# %% grade_id="13-by-hand-tests" points=3
e13.check("by_hand", globals())

# %% [markdown]
# ## 2 · `one_cycle` (3 points)
#
# The learning rate of each step of a run, up in a straight line, then down. Step
# $i = 0, 1, \dots, \text{steps} - 1$ has $\text{done} = i / \text{steps}$, and
#
# $$ \frac{\text{rate}}{\text{highest}} = \begin{cases} \text{done} / \text{warm-up} &
# \text{while done} < \text{warm-up} \\ (1 - \text{done}) / (1 - \text{warm-up}) & \text{after that}
# \end{cases} $$
#
# The warm-up may be 0: then the rate falls from the first step on. For example,
# `one_cycle(10, 0.2, 0.4)` is `[0, 0.2, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05]`.


# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    """Return the learning rate of every step.

    steps: whole number, at least 1
    warm_up: share of the steps in which the rate rises, from 0 to below 1
    highest: the highest rate
    returns: array of shape (steps,)
    """
    ### BEGIN SOLUTION
    rates = []
    for i in range(steps):
        done = i / steps
        if done < warm_up:
            rates.append(highest * done / warm_up)
        else:
            rates.append(highest * (1 - done) / (1 - warm_up))
    return np.array(rates)
    ### END SOLUTION


# %% grade_id="13-one-cycle-tests" points=3
e13.check("one_cycle", globals())
### BEGIN HIDDEN TESTS
e13.check("one_cycle", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `flip_in_turns` (3 points)
#
# In even epochs (0, 2, 4 …) mirror the pictures of which `first` is True, left for right; in odd
# epochs (1, 3, …) mirror the *others*. So each picture is mirrored every other epoch:
#
# $$ \text{out}_{n,c,i,j} = \begin{cases} x_{n,\,c,\,i,\,W - 1 - j} & \text{if it is picture }
# n\text{'s turn} \\ x_{n,c,i,j} & \text{otherwise} \end{cases} $$
#
# For example, two pictures of one row, `[[1, 2]]` and `[[3, 4]]`, and `first = [True, False]`: in
# epoch 0 they become `[[2, 1]]` and `[[3, 4]]`, in epoch 1 `[[1, 2]]` and `[[4, 3]]`, in epoch 2 as
# in epoch 0.


# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    """Mirror one half of the pictures in even epochs, the other half in odd ones.

    x: array of shape (N, C, H, W)
    first: bool array of shape (N,): those that are mirrored in even epochs
    epoch: whole number from 0
    returns: array of shape (N, C, H, W)
    """
    ### BEGIN SOLUTION
    mirrored = first if epoch % 2 == 0 else ~first
    return np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    ### END SOLUTION


# %% grade_id="13-flip-tests" points=3
e13.check("flip_in_turns", globals())
### BEGIN HIDDEN TESTS
e13.check("flip_in_turns", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `view_logits` (4 points)
#
# Show each picture six times, and average the **logits**:
#
# $$ \text{out} = \tfrac12\, s(x) + \tfrac14\, s(x_\nwarrow) + \tfrac14\, s(x_\searrow), \qquad
# s(x) = \tfrac12 \big( f(x) + f(\text{mirror } x) \big) $$
#
# - $f$ is the network: here `network(x, w)`, given below.
# - mirror: left for right.
# - $x_\nwarrow$ is $x$ shifted by one pixel up *and* one to the left, $x_\searrow$ by one down and
#   one to the right. What comes in at the border is the picture, mirrored at its border pixel, as
#   `np.pad(…, mode="reflect")` does it: the row $(1, 2, 3)$ padded by one is $(2, 1, 2, 3, 2)$, so
#   shifted to the left by one it is $(2, 3, 2)$, and to the right $(2, 1, 2)$.
# - First shift, then mirror.
#
# For example, take the picture `[[1, 2, 3], [4, 5, 6], [7, 8, 9]]` and a network with one class
# that looks at the middle pixel alone. In place it says 5, both ways round; shifted up and left 9,
# shifted down and right 1. So the mean is $\frac52 + \frac94 + \frac14 = 5$.


# %%
def network(x, w):
    """Run a dense layer and a ReLU: (N, C, H, W) and (K, C, H, W) → logits (N, K)."""
    return np.maximum(np.einsum("nchw,kchw->nk", x, w), 0)


# %% grade_id="13-views"
def view_logits(x, w):
    """Average the network's logits over six views of each picture.

    x: array of shape (N, C, H, W), pictures; H and W at least 2
    w: array of shape (K, C, H, W), the weights of `network`
    returns: array of shape (N, K)
    """
    ### BEGIN SOLUTION

    def both_sides(x):
        return (network(x, w) + network(x[..., ::-1], w)) / 2

    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")
    up_left = padded[..., 2:, 2:]
    down_right = padded[..., :-2, :-2]
    return both_sides(x) / 2 + both_sides(up_left) / 4 + both_sides(down_right) / 4
    ### END SOLUTION


# %% grade_id="13-views-tests" points=4
e13.check("view_logits", globals())
### BEGIN HIDDEN TESTS
e13.check("view_logits", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `in_errors` (4 points)
#
# An ablation as an array: one row for each variant, one column for each seed; row 0 is the whole
# recipe. Say of each *other* row by how many standard errors it differs from row 0. With $R$ rows,
# $S$ seeds, the row means $m_r$ and the row variances $v_r$ (sum of squared deviations, divided by
# $S - 1$):
#
# $$ s^2 = \frac1R \sum_{r=0}^{R-1} v_r, \qquad \text{out}_{r-1} = \frac{m_r - m_0}{\sqrt{2\, s^2 /
# S}}, \quad r = 1 \dots R - 1 $$
#
# Row 0 counts in $s^2$. For example, for the rows $(4, 6, 8)$ and $(1, 2, 3)$:
# $s^2 = (4 + 1)/2 = 2.5$, and the one difference is $(2 - 6) / \sqrt{5/3} = -3.1$ errors. A row
# whose results are all the same has $v_r = 0$ and counts, too. ($s^2$ itself is never 0.)


# %% grade_id="13-errors"
def in_errors(results):
    """Compare the rows of an ablation with its first row.

    results: array of shape (R, S), accuracies; R and S at least 2
    returns: array of shape (R − 1,), differences in standard errors; negative is worse than row 0
    """
    ### BEGIN SOLUTION
    means = results.mean(axis=1)
    variance = results.var(axis=1, ddof=1).mean()
    error = np.sqrt(2 * variance / results.shape[1])
    return (means[1:] - means[0]) / error
    ### END SOLUTION


# %% grade_id="13-errors-tests" points=4
e13.check("in_errors", globals())
### BEGIN HIDDEN TESTS
e13.check("in_errors", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Three readings of an ablation (3 points, graded by hand)
#
# A recipe of eight epochs, and what happened when one thing was changed. Means of three seeds, on
# the same 5,000 validation pictures; the rows' common spread is $s = 0.3$ points. (All times repeat
# to within a second.)
#
# | | validation accuracy | time |
# | --- | --- | --- |
# | the recipe | 88.0 % | 100 s |
# | no flips | 86.2 % | 99 s |
# | no label smoothing | 87.7 % | 100 s |
# | all pictures of 32×32 | 88.2 % | 112 s |
# | with cut-out | 87.4 % | 101 s |
#
# First work out the standard error of a difference. Then tell each of the three, in one to three
# sentences, what the table does and does not show, and what could be measured next.
#
# - Jan: "Label smoothing brings 0.3 points. So it belongs in every recipe."
# - Kim: "With all pictures of 32×32 it's 0.2 points better. So small pictures do harm: throw them
#   out."
# - Lea: "Cut-out costs 0.6 points. So cut-out is bad for CIFAR-10."

# %% [markdown] grade_id="13-readings" points=3
# <!-- BEGIN SOLUTION -->
# The error of a difference is $\sqrt{2 \cdot 0.3^2 / 3} = 0.24$ points.
#
# To Jan: 0.3 points are 1.2 errors: no effect is seen, though one of half a point isn't ruled out
# either. And it would hold for this recipe: another ingredient may do the same work. Next: more
# seeds (twelve would halve the error).
#
# To Kim: 0.2 points are 0.8 errors: no difference in accuracy is seen. But 12 seconds are, and that
# is what small pictures are for. Compare at equal time: give the recipe with small pictures the 12
# seconds, about one epoch more.
#
# To Lea: 0.6 points are 2.4 errors. With four comparisons that may still be luck: more seeds. If it
# is real, it says that this size of square doesn't pay *in eight epochs*; remedies against
# overfitting need time. Next: a longer run, a smaller square, with and without.
#
# *Rubric.* 1 point each, half a point off in all if the error (0.24) is missing or wrong. Jan:
# below two errors, so not seen (½), and "not seen" isn't "not there", or: in this recipe only (½).
# Kim: no difference in accuracy (½); time counts, compare at equal time (½). Lea: borderline with
# four comparisons, or more seeds (½); only for this length or strength (½).
# <!-- END SOLUTION -->
