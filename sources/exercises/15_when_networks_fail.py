# %% [markdown]
# # Exercise 15 · When networks fail
#
# **20 points, 60 minutes.** It goes with lesson 15, *When networks fail*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | four numbers on paper | 3 |
# | 2 | `fgsm` | 2 |
# | 3 | `pgd_step` | 2 |
# | 4 | `calibration_error` | 3 |
# | 5 | `temperature` | 2 |
# | 6 | `fair_choice`, without the test set | 2 |
# | 7 | `shortcut`: right for a wrong reason | 3 |
# | 8 | three sentences from reports (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. The arguments are NumPy arrays, of floats or of whole numbers. You may use NumPy. Answers
# may differ from the right ones by one part in 10⁹ (part 1: by 0.001).

# %%
import matplotlib.pyplot as plt
import numpy as np

from cnnedu.checks.exercises import e15_when_networks_fail as e15
from cnnedu.checks.suspect_weights import suspect
from cnnedu.checks.suspects import shortcut_function
from cnnedu.data.cued_pictures import PLACES, make_agreeing, place_masks

# %% [markdown]
# ## 1 · Four numbers on paper (3 points)
#
# - a, b: A linear classifier of three pixels says *cat* where its score $w \cdot x + b$ is above 0,
#   with $w = (2, -1, 0.5)$ and $b = 0.4$. A picture of a cat is $x = (0.4,\, 0.95,\, 0.2)$. What is
#   its score? And what is it after FGSM has pushed with $\varepsilon = 0.1$, against *cat*? Pixels
#   stay between 0 and 1.
# - c: Five answers have the confidences 0.9, 0.9, 0.8, 0.6 and 0.4. The first, the second and the
#   last are right. What is the expected calibration error with two bins, up to 0.5 and above?
# - d: All answers of a network with two classes have the logits $(2, 0)$, and 4 of 5 are right. At
#   which temperature is it calibrated?
#
# Write them in a list, `[a, b, c, d]`, to three decimals.

# %% grade_id="15-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [0.35, 0.05, 0.36, 1.443]
### END SOLUTION

# %% grade_id="15-by-hand-tests" points=3
e15.check("by_hand", globals())

# %% [markdown]
# ## 2 · `fgsm` (2 points)
#
# Somebody has already computed the gradient of the loss with respect to the picture. Push the
# picture:
#
# $$ \text{out} = \text{clip}\big(x + \varepsilon \cdot \text{sign}(g),\; 0,\; 1\big), \qquad
# \text{sign}(0) = 0 $$
#
# For example, `fgsm` of `[0.5, 0.95, 0.2]` with the gradient `[-3, 0.01, 0]` and `epsilon=0.1` is
# `[0.4, 1, 0.2]`.


# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    """Push pictures in the direction in which the loss rises.

    x: array of any shape, numbers from 0 to 1
    gradient: of the loss with respect to x, same shape
    epsilon: how far each number is pushed, at least 0
    returns: array of the same shape, numbers from 0 to 1
    """
    ### BEGIN SOLUTION
    return np.clip(x + epsilon * np.sign(gradient), 0, 1)
    ### END SOLUTION


# %% grade_id="15-fgsm-tests" points=2
e15.check("fgsm", globals())
### BEGIN HIDDEN TESTS
e15.check("fgsm", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `pgd_step` (2 points)
#
# PGD takes many small steps. After each it returns to within $\varepsilon$ of where it *started*,
# number by number, and to the range of a pixel:
#
# $$ \text{out} = \text{clip}\Big(\text{clip}\big(x + \alpha \cdot \text{sign}(g),\; \text{start} -
# \varepsilon,\; \text{start} + \varepsilon\big),\; 0,\; 1\Big) $$
#
# For example, one pixel started at 0.5 and is now at 0.57. With a positive gradient,
# $\alpha = 0.05$ and $\varepsilon = 0.1$, it would go to 0.62, and ends at 0.6.


# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    """Take one step of projected gradient descent on the pictures.

    x: array of any shape, numbers from 0 to 1: where the last step ended
    start: the untouched pictures, same shape
    gradient: of the loss with respect to x, same shape
    step: α, how far each number moves in one step
    epsilon: how far it may end from start
    returns: array of the same shape, numbers from 0 to 1
    """
    ### BEGIN SOLUTION
    moved = x + step * np.sign(gradient)
    near = np.clip(moved, start - epsilon, start + epsilon)
    return np.clip(near, 0, 1)
    ### END SOLUTION


# %% grade_id="15-pgd-tests" points=2
e15.check("pgd_step", globals())
### BEGIN HIDDEN TESTS
e15.check("pgd_step", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `calibration_error` (3 points)
#
# The confidence of an answer is its largest probability. Bin $b = 0 \dots B - 1$ holds the answers
# with $b/B < \text{confidence} \le (b+1)/B$. An empty bin counts for nothing.
#
# $$ \text{ECE} = \sum_b \frac{\text{count}_b}{N} \, \big| \text{accuracy}_b - \text{confidence}_b
# \big| $$
#
# where $\text{accuracy}_b$ is the share of right answers in the bin and $\text{confidence}_b$ the
# mean of all confidences in it. For example, two answers, `[[0.9, 0.1], [0.7, 0.3]]`, of which the
# first is right, `y = [0, 1]`, lie in one bin of two: $|0.5 - 0.8| = 0.3$. With ten bins they lie
# in different ones, $\tfrac12 \cdot 0.1 + \tfrac12 \cdot 0.7 = 0.4$.


# %% grade_id="15-calibration"
def calibration_error(p, y, bins):
    """Return the expected calibration error.

    p: array of shape (N, K), probabilities, each row adds up to 1
    y: array of shape (N,), the right classes, whole numbers from 0 to K − 1
    bins: number of bins B
    returns: a number from 0 to 1
    """
    ### BEGIN SOLUTION
    confidence = p.max(axis=1)
    right = p.argmax(axis=1) == y
    place = np.ceil(confidence * bins) - 1
    error = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            gap = right[inside].mean() - confidence[inside].mean()
            error += inside.mean() * abs(gap)
    return error
    ### END SOLUTION


# %% grade_id="15-calibration-tests" points=3
e15.check("calibration_error", globals())
### BEGIN HIDDEN TESTS
e15.check("calibration_error", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `temperature` (2 points)
#
# Try every candidate $T$, and choose the one with the smallest cross-entropy on held-out pictures:
#
# $$ \text{loss}(T) = -\frac1N \sum_n \log
# \text{softmax}\left(\frac{\text{logits}_n}{T}\right)_{y_n} $$
#
# Give the candidate and its loss; if several are equally good, the first. Logits may be as large as
# 1,000: subtract the largest of each row before you exponentiate. Probabilities may be too small
# for a float, so compute their logarithms without them: $\log \text{softmax}(z)_k = z_k - \log
# \sum_j e^{z_j}$. For example, four times the logits `[4, 0]` with `y = [0, 0, 0, 1]` and the
# candidates `[1, 2, 4, 8]`: at $T = 4$ each row becomes $(1, 0)$, the loss is $0.5633$, the
# smallest, and you return `[4, 0.5633]`.


# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    """Choose a temperature by the cross-entropy.

    logits: array of shape (N, K)
    y: array of shape (N,), the right classes, whole numbers from 0 to K − 1
    candidates: array of temperatures, all above 0
    returns: array of two numbers: the best candidate, and its cross-entropy
    """
    ### BEGIN SOLUTION
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        losses.append(-log_p[np.arange(len(y)), y].mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
    ### END SOLUTION


# %% grade_id="15-temperature-tests" points=2
e15.check("temperature", globals())
### BEGIN HIDDEN TESTS
e15.check("temperature", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · `fair_choice`, without the test set (2 points)
#
# Part 5 chose a temperature and gave its loss on the *same* pictures. That figure flatters: it is
# the smallest of several. A colleague has saved the cross-entropy of every picture at every
# candidate, and says which pictures were kept aside for the choice; all others are the test set.
# Choose as one may, and report what one may: the place of the candidate with the smallest mean
# loss over the pictures kept aside (the first, if several are equally good), and *its* mean loss
# over the test set.
#
# For example, take three candidates and four pictures, the first two of them kept aside:
#
# | | kept | kept | test | test |
# | --- | --- | --- | --- | --- |
# | candidate 0 | 2 | 1 | 3 | 5 |
# | candidate 1 | 1 | 1 | 4 | 6 |
# | candidate 2 | 3 | 3 | 1 | 1 |
#
# Candidate 1 is best on the pictures kept aside (1, against 1.5 and 3). On the test set it has 5,
# so you return `[1, 5]`. Candidate 2 would have done far better there, but you aren't allowed to
# know that.


# %% grade_id="15-fair"
def fair_choice(losses, kept):
    """Choose a candidate by the pictures kept aside, and judge it by the others.

    losses: array of shape (T, N), the loss of each picture at each of T candidates
    kept: bool array of shape (N,), True for the pictures kept aside; some are, and some aren't
    returns: array of two numbers: the place of the candidate, from 0, and its loss on the test set
    """
    ### BEGIN SOLUTION
    best = np.argmin(losses[:, kept].mean(axis=1))
    return np.array([best, losses[best, ~kept].mean()])
    ### END SOLUTION


# %% grade_id="15-fair-tests" points=2
e15.check("fair_choice", globals())
### BEGIN HIDDEN TESTS
e15.check("fair_choice", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · `shortcut`: right for a wrong reason (3 points)
#
# A colleague has trained four small networks, `A` to `D`, to tell an upright bar from a flat one.
# Each is right about nine times out of ten, so all four seem to know what a bar is. But in these
# pictures three more places go with the class, as often as the bar does: the stamp at the lower
# right, the sky on top, and the left edge.

# %%
x, y = make_agreeing(200, share=0.9, rng=np.random.default_rng(3))
regions = place_masks()
print("regions:", ", ".join(f"{number} {place}" for number, place in enumerate(PLACES)))
for name in "ABCD":
    print(f"network {name}: {np.mean(suspect(name)(x) == y):.0%} right")
plt.imshow(np.concatenate(x[:8], axis=2).transpose(1, 2, 0))
plt.title(f"classes {y[:8].tolist()}")
plt.axis("off")
plt.show()

# %% [markdown]
# These pictures can't show which place a network reads. Pictures that you *change* can. Covering a
# place doesn't settle it: a black patch is new to the network, too. Give the place the pixels that
# it has in a picture of the other class, leave everything else, and see whether the answer changes:
#
# - every picture has a partner: the first picture of class 0 and the first of class 1 are partners,
#   the second of each are, and so on; there are equally many of both;
# - for each region, copy the partner's pixels inside the region into each picture; start from the
#   untouched pictures every time;
# - the region's share is the share of all answers that are no longer what they were before. (Not
#   the share of wrong ones: an answer may have been wrong before.)
#
# Return the number, from 0, of the region with the largest share, and that share. If several are
# equal, the first. For example, take two pictures of two pixels, (0.2, 0.9) of class 0 and (0.8,
# 0.1) of class 1, and a network that says 1 if the *second* pixel is below 0.5. The regions are the
# first pixel and the second one. Exchange the first pixels, and both answers stay; exchange the
# second, and both change: `[1, 1]`.


# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    """Find the region whose pixels decide a network's answers.

    predict: function that takes pictures (N, C, H, W) and returns answers (N,), each 0 or 1
    x: float array (N, C, H, W)
    y: whole numbers (N,), the right classes: half of them 0, half of them 1, in any order
    regions: bool array (R, H, W), True inside
    returns: array of two numbers: the number of the region, and its share
    """
    ### BEGIN SOLUTION
    order, partner = np.argsort(y, kind="stable"), np.empty_like(y)
    partner[order] = np.roll(order, len(order) // 2)
    before = predict(x)
    shares = [np.mean(predict(np.where(r, x[partner], x)) != before) for r in regions]
    best = np.argmax(shares)
    return np.array([best, shares[best]])
    ### END SOLUTION


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks


# %% grade_id="15-shortcut-tests" points=3
e15.check("shortcut_as_numbers", globals())
### BEGIN HIDDEN TESTS
e15.check("shortcut_as_numbers", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Now tell your colleague what each network reads:
#
# ```python
# for name in "ABCD":
#     place, share = shortcut(suspect(name), x, y, regions)
#     print(f"network {name} reads the {PLACES[int(place)]}: {share:.0%} of its answers change")
# ```
#
# (The networks were trained by `cnnedu experiment l15_suspects`. That module holds the answer; look
# into it afterwards.)

# %% [markdown]
# ## 8 · Three sentences from reports (3 points, graded by hand)
#
# Each sentence claims more than was shown. Tell each author, in two or three sentences, what is
# wrong with it, and which *experiment* would show more.
#
# - Gil: "We trained with rotations of up to 30° each way. The network is now invariant to
#   rotation."
# - Hana: "The calibration error on our test pictures is 1 %, after temperature scaling. So when the
#   app says 95 %, you can rely on it, whatever you photograph."
# - Ivo: "Our network tells ill lungs from healthy ones with 99 %, on test pictures it had never
#   seen. It has learnt what the illness looks like." (Most pictures of ill lungs come from one
#   hospital, whose machine prints a small letter into the corner.)

# %% [markdown] grade_id="15-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Gil: at ±30° it still gets most pictures right; beyond that the accuracy falls, and scale,
# shift or noise were not practised at all. Measure accuracy against the angle, from −180° to 180°,
# and show the curve with its error bars; say what share is right at 30°, and at 60°.
#
# To Hana: calibration is a statement about a *distribution* of pictures, here that of the test set.
# On other pictures (noise, another camera, things of no class) the softmax still adds up to 1 and
# may still say 95 %. Measure confidence on pictures of no class, and the calibration error on
# distorted ones or on those of real users.
#
# To Ivo: the test pictures came from the same hospitals, so the letter goes with the illness there,
# too: the accuracy can't tell whether the network reads lungs or letters. Exchange the
# corners of ill and healthy pictures, and measure again; look with Grad-CAM whether the corner
# is hot; test on a third hospital.
#
# *Rubric.* 1 point each. Gil: only the range that was practised (½), a curve of accuracy against
# the angle or another such measurement (½). Hana: calibrated only for pictures like those of the
# test (½), a measurement on others (½). Ivo: a shortcut, and why the test set doesn't notice (½),
# an experiment that separates mark and lung (½); Grad-CAM alone is enough for the ½ only if the
# answer says what would be compared.
# <!-- END SOLUTION -->
