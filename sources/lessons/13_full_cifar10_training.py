# %% [markdown]
# # 13 · Full CIFAR-10 training
#
# Lesson 10's network took ten epochs and ended at about 70 %. This lesson takes the same pictures,
# the same two processor cores and about the same time, and gets far beyond it. There is no secret
# in it: a dozen small ideas. You work each one out by hand, climb from there to here one idea at a
# time, and see what each was worth, with error bars.
#
# **After this lesson you can**
#
# - compare two trainings fairly: accuracy against *time*, on one machine, with several seeds;
# - work out whitening, a triangular schedule, flips in turns, a running average and test-time views
#   on a few numbers;
# - say what bfloat16 keeps of a number, and where it must not be used;
# - read an ablation: what paid, what wasn't seen, and what it can't tell;
# - start a recipe on one machine, on several, or in a batch queue.
#
# *Time:* 70 minutes. *Before this:* lessons 08 to 12.

# %%
from dataclasses import asdict
from itertools import pairwise

import numpy as np
import torch

from cnnedu.data import cifar10, edge_kernel, photo, smiley
from cnnedu.experiments.l13_recipes import figures as measured
from cnnedu.experiments.store import in_full_budget
from cnnedu.kernels import correlate2d
from cnnedu.models.accounting import ledger, totals
from cnnedu.models.pretrained import load_pretrained
from cnnedu.nn import SGD, Parameter
from cnnedu.plots import show_lines, show_maps
from cnnedu.plots.operations import show_operations
from cnnedu.plots.regularisation import show_ablation
from cnnedu.plots.time_to_accuracy import show_time_to_accuracy
from cnnedu.plots.whitening import show_whitening
from cnnedu.training.augmentation import alternating_flip, random_flip
from cnnedu.training.batches import without_easy
from cnnedu.training.evaluate import logits_of_views
from cnnedu.training.operations import operations
from cnnedu.training.optimisers import orthogonalise
from cnnedu.training.recipes import RECIPES, changed
from cnnedu.training.schedule import triangle
from cnnedu.widgets import Question, Quiz, Right, TrainingDashboard, Wrong

torch.set_num_threads(1)
show_time_to_accuracy(measured["fast"])

# %% [markdown]
# Here is where this lesson ends. Each line is one run, each dot an epoch: `classic` is lesson 10's
# network and its plain loop, `fast` is the recipe of this lesson. They ran in turns, on the same
# two cores, with five seeds each. (*JPEG copy* of CIFAR-10, as everywhere below;
# `cnnedu experiment l13 fast` measures it. `fast` keeps only 1,000 pictures aside for
# validation, so its dots are good to about a point.)
#
# ## What is compared
#
# "Mine has 88 %" says little; "88 % after two minutes on two cores" says something. So the axis is
# *time*, not epochs: an epoch of one network may cost six of another. And every run ends a little
# differently, so a figure comes as the mean of several seeds ± standard error (lesson 11).


# %%
def told(shares):
    """Return accuracies as text: mean ± standard error, in %."""
    if len(shares) == 1:
        return f"{100 * shares[0]:.1f} % (one seed)"
    error = np.std(shares, ddof=1) / len(shares) ** 0.5
    return f"{100 * np.mean(shares):.1f} ± {100 * error:.1f} %"


def time_to(accuracy, run):
    """Return the seconds after which a run was seen to reach a validation accuracy."""
    reached = (e["seconds"] for e in run["epochs"] if e["validation_accuracy"] >= accuracy)
    return next(reached, np.nan)


runs = {
    name: [run for run in measured[part] if run["recipe"] == name]
    for name, part in (("classic", "fast"), ("fast", "fast"), ("record", "record"))
}
print(f"{'':<9}{'to 70 %':>9}{'whole run':>11}{'memory':>10}   test accuracy (JPEG copy)")
for name, some in runs.items():
    ends = [run["epochs"][-1] for run in some]
    print(
        f"{name:<9}{np.median([time_to(0.7, run) for run in some]):>7.0f} s"
        f"{np.mean([end['seconds'] for end in ends]):>9.0f} s"
        f"{max(run['MiB'] for run in some):>6.0f} MiB   "
        f"{told([end['test_accuracy'] for end in ends])}"
    )

# %% [markdown]
# (`record` is the same with a larger network and more epochs, meant for an hour.) The test set was
# read *once* in each run, after the last epoch; whatever was chosen, was chosen by pictures kept
# aside from the training set.
#
# A recipe is a network and a page of values. Here are the values in which the two differ; by the
# end of this lesson each line will mean something to you:

# %%
plain, best = (asdict(RECIPES[name].settings) for name in ("classic", "fast"))
for name, value in best.items():
    if value != plain[name]:
        print(f"{name:<16}{plain[name]!s:>14}   →   {value}")

# %% [markdown]
# The ideas are of two kinds: some make each picture *cheaper*, others make the network learn *more*
# from it.
#
# ## Cheaper pictures

# %%
Quiz(
    Question(
        "For each picture `fast`'s network takes six times `classic`'s multiply-adds. "
        "How many epochs does it get in the time of ten of `classic`?",
        Wrong("Between one and two", "So it would be if time were multiply-adds (lesson 12)."),
        Right("Eight", "Small batches and 32 bits leave much of the processor idle."),
        Wrong("Ten: time is a matter of pictures", "Work does count. But not by the sixth."),
    )
)

# %%
work = {}
for name in ("classic", "fast"):
    build, settings = RECIPES[name]
    work[name] = totals(ledger(build(), (3, 32, 32)))
    shown = settings.epochs * round(50_000 * (1 - settings.held_out))
    rate = shown / np.mean([run["epochs"][-1]["seconds"] for run in runs[name]])
    adds = work[name]["multiply_adds"]
    print(
        f"{name:<8}{work[name]['parameters']:>8,} parameters, "
        f"{adds / 1e6:4.1f} million multiply-adds"
    )
    print(f"{'':<8}{rate:>8,.0f} pictures a second: {rate * adds / 1e9:.0f} billion multiply-adds")

# %% [markdown]
# (The count covers the forward pass; the backward pass takes about twice as much again.) The same
# two cores, and far more work each second. Why?
#
# **The batch.** With 32 pictures an epoch has 1,407 steps, each with its fixed costs, and matrices
# too small to fill a processor. With 500, it has 98. (Fewer steps, so each must go further: the
# learning rates are high.)
#
# **bfloat16.** A float32 has 24 binary digits, a bfloat16 only 8, with the same *range*. That is
# half the memory, and newer processors multiply it several times as fast. Between 1 and 2 it goes
# in steps of $2^{-7}$:
#
# $$ 1,\quad 1 + \tfrac{1}{128} = 1.0078,\quad 1 + \tfrac{2}{128} = 1.0156,\;\dots $$
#
# $1 + \frac{1}{256}$ lies half way between the first two. Halves are rounded to the even one: to 1.

# %%
Quiz(
    Question(
        "A weight of 1, in bfloat16, takes 256 steps of 1/256 each. Where does it end?",
        Wrong("At 2", "In float32. Think of the first step: 1 + 1/256 is rounded to …"),
        Wrong("A little below 2", "Rounding errors that cancel? These all go the same way."),
        Right("At 1: it never moves", "Each single step is rounded away."),
    )
)

# %%
for kind in (torch.float32, torch.bfloat16):
    weight = torch.tensor(1.0, dtype=kind)
    for _ in range(256):
        weight += 1 / 256
    print(
        f"{kind!s:<15}  1 + 1/256 = {torch.tensor(1 + 1 / 256, dtype=kind):<10}  "
        f"256 steps: {weight}"
    )

# %% [markdown]
# So the weights, and what is added to them, stay float32; the convolutions are computed in bfloat16
# (`torch.autocast`). Errors of up to 0.4 % in single numbers drown in sums of hundreds. (float16
# has three digits more, but ends at 65,504: gradients have to be scaled.)
#
# Now your machine: there and back through `fast`'s network. Where a processor has no arithmetic for
# bfloat16, or a slow one (it is tried when a run begins), the recipe stays with float32, and the
# columns are alike.

# %% tags=["nbval-ignore-output"]
import time

from cnnedu.training.precision import arithmetic, precision_for

network = RECIPES["fast"].build().to(memory_format=torch.channels_last)
network.whiten.requires_grad_(False)


def pictures_per_second(batch, precision):
    """Return the best of two trials, there and back."""
    x, taken = torch.randn(batch, 3, 32, 32).to(memory_format=torch.channels_last), []
    for _ in range(2):
        begin = time.perf_counter()
        with arithmetic(precision_for(precision, x.device), x.device):
            logits = network(x)
        logits.float().logsumexp(dim=1).mean().backward()
        taken.append(time.perf_counter() - begin)
    return batch / min(taken)


print("pictures a second, one core\nbatch    float32   bfloat16")
for batch in (2, 32, 200):
    print(
        f"{batch:>5}", *[f"{pictures_per_second(batch, p):10,.0f}" for p in ("float32", "bfloat16")]
    )

# %% [markdown]
# **Small pictures first.** A picture of 20×20 has $(20/32)^2 = 39\,\%$ of the pixels, and a
# convolution works at each. Filters don't mind the size, and the network ends with a global
# pooling: so what it learns from small pictures, it can use on large ones. `fast` takes 20×20 for
# its first two epochs.
#
# **Memory** is never short here: pictures stay bytes until a batch is needed (lesson 10). What the
# way back needs is the batch's maps.

# %%
for size in (20, 24, 32):
    adds = totals(ledger(network, (3, size, size)))["multiply_adds"]
    share = adds / work["fast"]["multiply_adds"]
    print(
        f"{size}×{size}: {(size / 32) ** 2:4.0%} of the pixels, {share:4.0%} of the multiply-adds"
    )
bytes_in_all = 60_000 * 3 * 32 * 32
print(f"60,000 pictures: {bytes_in_all / 1e6:.0f} MB, as float32 {4 * bytes_in_all / 1e6:.0f} MB")
print(f"maps of a batch of 500, float32: {500 * work['fast']['activation_bytes'] / 1e6:.0f} MB")

# %% [markdown]
# ## More from each picture
#
# ### Whitening: no direction is louder than another
#
# Neighbouring pixels are nearly alike, so a patch varies a lot *as a whole* and little in its
# *differences*. Gradient descent learns the loud direction fast and creeps along the quiet one:
# lesson 08's valley. The remedy needs no learning. Take four patches of two pixels:
#
# $$ (2, 1), \quad (1, 2), \quad (-2, -1), \quad (-1, -2)
# \qquad\qquad \text{cov} = \frac14 \sum_m p_m p_m^{\mathsf T}
# = \frac14 \begin{bmatrix} 10 & 8 \\ 8 & 10 \end{bmatrix}
# = \begin{bmatrix} 2.5 & 2 \\ 2 & 2.5 \end{bmatrix} $$
#
# Along $(1, 1)/\sqrt2$ the variance is $2.5 + 2 = 4.5$; along $(1, -1)/\sqrt2$ it is
# $2.5 - 2 = 0.5$. Divide each direction $e_k$ by its deviation:
#
# $$ \text{filter}_k = \frac{e_k}{\sqrt{\lambda_k}}:
# \qquad \frac{(1, 1)}{\sqrt2 \sqrt{4.5}} = \tfrac13 (1, 1),
# \qquad \frac{(1, -1)}{\sqrt2 \sqrt{0.5}} = (1, -1) $$
#
# The patch $(2, 1)$ becomes $\left(\frac{2 + 1}{3},\; 2 - 1\right) = (1, 1)$, and all four become
# $(\pm1, \pm1)$: the corners of a square. Variance 1 each, no correlation.


# %%
def whitening(patches):
    """Return the filters, one per row, the largest variance first: e_k / √λ_k."""
    variances, directions = np.linalg.eigh(patches.T @ patches / len(patches))
    filters = (directions / np.sqrt(variances)).T[::-1]
    return filters * np.sign(filters[:, :1])  # of e and −e, the one that begins above 0


patches = np.array([[2.0, 1], [1, 2], [-2, -1], [-1, -2]])
filters = whitening(patches)
print("filters:", *filters.round(3).tolist())
print("patches:", *(patches @ filters.T).round(3).tolist())

# %% [markdown]
# The same three lines on a photograph, the cat: each point is a pixel and its right neighbour, in
# grey levels from the mean.

# %%
grey = photo("cat").mean(axis=2)
pairs = np.stack([grey[:, :-1].ravel(), grey[:, 1:].ravel()], axis=1) - grey.mean()
filters = whitening(pairs)
for name, points in (("before", pairs), ("after", pairs @ filters.T)):
    alike = abs(np.corrcoef(points.T)[0, 1])
    print(f"{name:<7} deviations {points.std(axis=0).round(1)}, correlation {alike:.2f}")
show_whitening(pairs[::101], filters)

# %% [markdown]
# The second filter is again very nearly in proportion to $(1, -1)$: a pixel minus its neighbour.
# You know it. Lesson 01's edge detector takes right minus left, two pixels apart: two such
# differences, added up over three rows, with the other sign. On the smiley:

# %%
differences = correlate2d(smiley(), np.array([[1.0, -1.0]]))
edges = correlate2d(smiley(), edge_kernel())
added = correlate2d(differences, np.ones((3, 2)))
print("the edge detector's answers, with the other sign:", np.array_equal(edges, -added))

# %% [markdown]
# `fast` whitens patches of 2×2 pixels in three colours: 12 directions. It keeps the eight with the
# largest variance, takes each with both signs (the activation cuts one side off), and *freezes*
# them: no gradient is needed where the maps are largest. Here are the eight, from CIFAR-10, beside
# the edge detector without its middle column:

# %%
trained = load_pretrained("fast")
first = trained.network.whiten.weight[:8].detach().numpy()
edge = np.stack([edge_kernel()[:2, ::2]] * 3)  # alike in all colours
lengths = np.linalg.norm(first.reshape(8, -1), axis=1) * np.linalg.norm(edge)
alike = np.einsum("kcij,cij->k", first, edge) / lengths
shown = [128 + 90 * w.transpose(1, 2, 0) / np.abs(w).max() for w in (edge, *first)]
titles = ["lesson 01", *[f"{share:.2f}" for share in np.abs(alike)]]
show_maps([w.astype(np.uint8) for w in shown], titles, columns=9, size=1.1)

# %% [markdown]
# Light is positive, dark negative; above each, the size of its correlation with the edge detector.
# The first is brightness, the fourth yours, nearly to the pixel, the third its like for lying
# edges; the coloured ones compare colours. Nobody drew them and no network learnt them: they are in
# the statistics of photographs.
#
# ### Steps: Nesterov, and Muon
#
# **Momentum** (lesson 08) rolls on: $v \leftarrow m v + g$, $w \leftarrow w - \text{lr} \cdot v$.
# **Nesterov**'s version looks ahead to where the momentum is going to carry it:
# $w \leftarrow w - \text{lr}\,(g + m v)$. Take $L = \frac12 w^2$, so $g = w$, with $w = 1$ and lr =
# $m = \frac12$:
#
# | step | $g$ | $v$ | momentum: $w$ | | $g$ | $v$ | $g + m v$ | Nesterov: $w$ |
# | --- | --- | --- | --- | --- | --- | --- | --- | --- |
# | 1 | 1 | 1 | 0.5 | | 1 | 1 | 1.5 | 0.25 |
# | 2 | 0.5 | 1 | 0 | | 0.25 | 0.75 | 0.625 | −0.0625 |
# | 3 | 0 | 0.5 | **−0.25** | | −0.0625 | 0.3125 | 0.0938 | **−0.1094** |

# %%
for nesterov in (False, True):
    w, path = Parameter(np.array([1.0])), []
    optimiser = SGD([w], lr=0.5, momentum=0.5, nesterov=nesterov)
    for _ in range(3):
        w.grad = w.value.copy()
        optimiser.step()
        path.append(round(float(w.value[0]), 4))
    print("Nesterov" if nesterov else "momentum", path)

# %% [markdown]
# It brakes earlier and overshoots less.
#
# **Muon** does to the *step* what whitening does to the pictures. The gradient of a filter bank,
# written as a matrix (filters × weights), has loud and quiet directions, too. Take
#
# $$ G = \begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix}:
# \qquad G \begin{bmatrix} 1 \\ 1 \end{bmatrix} = 3 \begin{bmatrix} 1 \\ 1 \end{bmatrix},
# \qquad G \begin{bmatrix} 1 \\ -1 \end{bmatrix} = 1 \begin{bmatrix} 1 \\ -1 \end{bmatrix} $$
#
# The step goes three times as far along $(1, 1)$. Muon makes all *singular values* alike and keeps
# the directions: $G = U \Sigma V^{\mathsf T}$ becomes $U V^{\mathsf T}$, here the identity. To
# decompose at each step would be slow. Instead divide $G$ by its size $\|G\|$, and three times over
# apply
#
# $$ X \leftarrow a X + (b\, X X^{\mathsf T} + c\, (X X^{\mathsf T})^2)\, X,
# \qquad\text{which takes each singular value } s \text{ to } a s + b s^3 + c s^5 $$
#
# with $a = 3.4445$, $b = -4.775$, $c = 2.0315$. By hand:
# $\|G\| = \sqrt{4 + 1 + 1 + 4} = \sqrt{10}$, so $s$ starts at $3/\sqrt{10} = 0.949$ and
# $1/\sqrt{10} = 0.316$. For the second: $1.089 - 0.151 + 0.006 = 0.945$.

# %%
for steps in range(4):
    step = orthogonalise(torch.tensor([[2.0, 1], [1, 2]]), steps)
    a, b = step[0]
    print(f"after {steps}: along (1, 1) {a + b:.3f}, along (1, −1) {a - b:.3f}")

# %% [markdown]
# From 3 : 1 to 0.68 and 1.04: near enough for a step, and nothing but matrix products, which a
# processor does best.
#
# Only the convolutions' filters take Muon's steps. Batch norm's shifts and the last, dense layer
# take Nesterov's, each with a highest rate of its own (`shift_rate`, `dense_rate`) and with a
# momentum that they share (`rest_momentum`).
#
# ### The schedule: a triangle
#
# A high learning rate goes far, but jumps about; a low one settles. So go down to 0 in a straight
# line. If the start is too wild, go *up* in a straight line first: with this **warm-up** it is a
# **one-cycle** schedule. With `done`, the share of the steps behind us:
#
# $$ \frac{\text{rate}}{\text{highest}} =
# \begin{cases} \text{done} / \text{warm-up} & \text{while done} < \text{warm-up} \\
# (1 - \text{done}) / (1 - \text{warm-up}) & \text{after that} \end{cases} $$
#
# Ten steps, warm-up 0.2, highest rate 0.4: step 0 has done = 0, step 1 has 0.1, half way up: 0.2.
# Step 2 is at the top: 0.4. Step 6: $0.4 \cdot 0.4 / 0.8 = 0.2$.

# %%
print([round(0.4 * triangle(i / 10, warm_up=0.2), 3) for i in range(10)])
done = np.linspace(0, 1, 201)
shares = {"warm-up 0.2": 0.2, "none, as in fast": 0.0}
curves = {name: [triangle(d, share) for d in done] for name, share in shares.items()}
show_lines(100 * done, curves, "steps that are done (%)", "rate / highest rate")

# %% [markdown]
# ### A running average of the weights
#
# Falling rates calm the jumping; averaging does so as well:
# $\bar w \leftarrow a\,\bar w + (1 - a)\,w$ after each step, beginning with the first $w$. Let $w$
# jump: 4, 0, 4, 0. With $a = \frac12$ the average goes 4, 2, 3, 1.5, towards the middle. The price:
# it is *late*. If $w$ walks on by 1 a step, the average ends up $a / (1 - a)$ steps behind: 19 for
# `fast`'s $a = 0.95$. The average is tested and kept; the training never sees it.

# %%
for weights, keep in (([4, 0, 4, 0], 0.5), (range(200), 0.95)):
    average = weights[0]
    for w in weights[1:]:
        average = keep * average + (1 - keep) * w
    print(f"a = {keep}: at the end the weight is {w}, its average {average:.1f}")

# %% [markdown]
# ### Flips in turns
#
# Mirroring each picture with probability ½ doubles the pictures (lesson 11). But chance is
# wasteful: in $E$ epochs a picture is shown one way only with probability $2 \cdot (1/2)^E$, for
# two epochs that is ½. **In turns**: half of the pictures are mirrored in the even epochs, the
# other half in the odd ones.

# %%
Quiz(
    Question(
        "49,000 pictures, eight epochs, flips at random. "
        "How many pictures are only ever shown one way?",
        Wrong("Practically none", "2 · (1/2)⁸ is one in 128."),
        Right("About 380", "49,000 / 128. In turns: none at all."),
        Wrong("About 6,000, one in eight", "That would be 2 · (1/2)^E for E about 4."),
    )
)

# %%
pictures, numbers = torch.tensor([1, 2]).repeat(49_000, 1)[:, None, None], torch.arange(49_000)
drawn = torch.Generator().manual_seed(0)
ways = {
    "at random": lambda epoch: random_flip(pictures, drawn),
    "in turns": lambda epoch: alternating_flip(pictures, numbers, epoch),
}
print("times mirrored in 8 epochs", *[f"{n:>6}" for n in range(9)])
for name, flipped in ways.items():
    times = sum(flipped(epoch)[:, 0, 0, 0] == 2 for epoch in range(8))
    print(f"{name:<26}", *[f"{n:>6,}" for n in torch.bincount(times.long(), minlength=9).tolist()])

# %% [markdown]
# (The pictures here are two pixels, 1 and 2: one that begins with 2 is mirrored.) **Label
# smoothing** you know from lesson 11: with $\varepsilon = 0.1$ and ten classes the target is
# $0.9 + 0.01 = 0.91$ for the right class and 0.01 for each other one, so the best gap between two
# logits is $\ln 91$, not infinity:

# %%
target = np.where(np.arange(10) == 3, 0.9, 0) + 0.1 / 10
print("target for class 3:", target.round(2), f" best gap {np.log(target[3] / target[0]):.2f}")

# %% [markdown]
# ### Leaving out what is known
#
# Late in a long run most pictures are known well: they cost as much time as the others and teach
# little. So each epoch leaves some out. Easy is what had a low loss when it was last seen; of the
# easy ones, *half* are left out, every other one in the epoch's order, so that each soon comes
# again and its loss stays true. Six pictures with these losses, and a third (two) are to go:
#
# | picture | 0 | 1 | 2 | 3 | 4 | 5 |
# | --- | --- | --- | --- | --- | --- | --- |
# | loss | 0.1 | 2.0 | 0.2 | 3.0 | 0.4 | 1.1 |
#
# They come from the four lowest: 0, 2, 4 and 5. In the order 4, 1, 0, 5, 3, 2 these stand as 4, 0,
# 5, 2; every other one, 0 and 2, goes. In an epoch with another order it is other ones; 1 and 3 are
# seen each time.

# %%
losses = torch.tensor([0.1, 2.0, 0.2, 3.0, 0.4, 1.1])
for order in ([4, 1, 0, 5, 3, 2], [0, 1, 2, 3, 4, 5]):
    print(order, "→", without_easy(torch.tensor(order), losses, 1 / 3).tolist())

# %% [markdown]
# (`fast` leaves nothing out; what it would gain stands in the last table of this lesson. `record`,
# the recipe for an hour, leaves out a third.)
#
# ### Several views in the test
#
# Ask twice: show the picture, and its mirror image, and average the *logits*. If one says $(2, 0)$
# and the other $(0, 1)$, the mean is $(1, 0.5)$: the first class. A picture and its mirror image
# now get the same answer, because
# $f(x) + f(\text{mirror } x) = f(\text{mirror } x) + f(\text{mirror mirror } x)$. Six views are
# these two, and both also moved by a pixel up and left, and down and right; those in place count
# half, the moved ones the rest. A photograph and its mirror image, with the trained `fast`:

# %%
cat = photo("cat")[:288, 75:363].reshape(32, 9, 32, 9, 3).mean(axis=(1, 3)).astype(np.uint8)
both = trained.prepare(np.stack([cat, cat[:, ::-1]]).transpose(0, 3, 1, 2))
with torch.no_grad():
    for views in (1, 2):
        one, other = logits_of_views(trained.network, both, views)
        print(
            f"views: {views}; the mirrored cat's logits alike: "
            f"{torch.allclose(one, other, atol=1e-4)}"
        )

# %% [markdown]
# The *test* takes twice or six times as long, the training no longer. Whether that is fair depends
# on the question: whoever classifies a million pictures might rather have a larger network. So say
# how many views a figure had.
#
# ## The climb
#
# Now put it together, one ingredient at a time. The first row is lesson 10's network and its plain
# loop; the second is `fast`'s network with `fast`'s batches and epochs, but Nesterov's steps,
# float32 and nothing else; each row keeps all that came before it. Judged on 5,000 pictures kept
# aside from the training set, one seed. (`cnnedu experiment l13 climb` measures it, in 25 minutes.)


# %%
def shares_of(part):
    """Return {name: validation accuracies} of what was measured."""
    return {n: [row["validation_accuracy"] for row in rows] for n, rows in measured[part].items()}


def seconds_of(part):
    """Return {name: seconds, the median} of what was measured."""
    return {n: np.median([row["seconds"] for row in rows]) for n, rows in measured[part].items()}


def quiz(question, changes):
    """Ask which of `changes` {name: of an accuracy} is the largest, up or down."""
    largest = max(changes, key=lambda name: abs(changes[name]))
    options = [
        (Right if name == largest else Wrong)(name, f"{100 * change:+.1f} points.")
        for name, change in changes.items()
    ]
    return Quiz(Question(question, *options))


height = {name: np.mean(some) for name, some in shares_of("climb").items()}
gain = {now: height[now] - height[before] for before, now in pairwise(height)}
asked = (
    "fast's network and batches, plain",
    "+ flips in turns",
    "+ Muon",
    "+ six views: the recipe",
)
quiz("Which of these four lifts it most?", {name: gain[name] for name in asked})

# %%
print(f"{'':<36}validation    gain     time  (JPEG copy)")
for name, seconds in seconds_of("climb").items():
    gained = f"{100 * gain[name]:+8.1f}" if name in gain else " " * 8
    print(f"{name:<36}{100 * height[name]:>8.1f} %{gained}{seconds:>7.0f} s")

# %% [markdown]
# From 72 to 88 %, and not every rung leads up. The network and its batches bring most, then flips,
# the views and Muon; bfloat16 and small pictures bring *time*. With one seed each, a gain is good
# to about 0.3 points (the next section says how one knows): the small ones may be luck, up or down.
#
# And a gain depends on the order. Flips bring four points *here*, where nothing else yet keeps the
# network from learning by heart. What will it be when they are left out of the finished recipe?
# Make a guess.
#
# From `fast` to `record` it is a larger network, with a third convolution in each block and a way
# around it (lesson 12), more epochs that each leave out a third of the pictures, cut-out and larger
# shifts. One such run takes most of an hour, so these rungs weren't climbed one by one. How much
# does all that time buy?

# %%
seconds, errors = (
    {name: np.mean([run["epochs"][-1][key] for run in runs[name]]) for name in ("fast", "record")}
    for key in ("seconds", "test_accuracy")
)
errors = {name: 1 - accuracy for name, accuracy in errors.items()}
longer = seconds["record"] / seconds["fast"]
power = np.log(errors["fast"] / errors["record"]) / np.log(longer)
wrong = " → ".join(f"{100 * share:.1f} %" for share in errors.values())
print(f"{longer:.0f} times as long: {wrong} wrong (JPEG copy)")
print(f"if errors fall as a power of time: as 1 / time^{power:.2f}")
print(f"twice the time takes away {100 * (1 - 2**-power):.0f} % of the errors;", end=" ")
print(f"for half of them: {2 ** (1 / power):.0f} times the time")

# %% [markdown]
# Two points make a line, not a law. So look at others. K. Jordan, from whose network `fast`
# descends, published three, with 94.0, 95.0 and 96.0 % of the test pictures right, and counted
# work, not time: 0.36, 1.4 and 7.5 · 10¹⁵ operations. Work lets you compare a graphics card with
# two cores. Ours can be counted, too. A multiply-add is two operations, and the way back takes two
# ways forward, one for the gradient of the input and one for that of the weights. `fast` has 28
# million multiply-adds for a picture of 32×32 pixels, and 10 million for one of 20×20, as it sees
# them in the first quarter of its run:
#
# $$ 2 \cdot 3 \cdot 8 \text{ epochs} \cdot 49{,}000 \text{ pictures} \cdot
# \left(\tfrac14 \cdot 10 + \tfrac34 \cdot 28\right) \cdot 10^6 = 5.5 \cdot 10^{13} $$
#
# One thing is in the way. He had the original pictures; ours went through JPEG. What does that
# cost? His own program for the first of his networks, run on the copy, tells
# (`cnnedu experiment l13 published`).

# %%
theirs = [(0.36e15, 1 - 0.9401), (1.4e15, 1 - 0.9501), (7.5e15, 1 - 0.9605)]  # (operations, wrong)
copied = 1 - np.mean(measured["published"])
ours = {
    name: (
        operations(RECIPES[name]),
        1 - np.mean([run["epochs"][-1]["test_accuracy"] for run in some]),
    )
    for name, some in runs.items()
}
print(f"his network: {100 * theirs[0][1]:.1f} % wrong on the original pictures,", end=" ")
print(f"{100 * copied:.1f} % on the JPEG copy: {copied / theirs[0][1]:.2f} times as many")
fall = -np.polyfit(*np.log(theirs).T, 1)[0]
needed = theirs[0][0] * (copied / 0.07) ** (1 / fall)
print(f"his errors fall as 1 / operations^{fall:.2f}; for 7 % on the copy, that line asks for")
print(f"{needed:.1e} operations, {needed / ours['record'][0]:.1f} times those of record")
show_operations(theirs, copied, ours)

# %% [markdown]
# On paper whose both axes are logarithmic a power of the work is a straight line, and his three lie
# on one (the lower). JPEG gave the first of them half as many errors again: **never lay a figure
# measured on a copy beside a published one.** On the line raised by that lie `fast` and `record`.
# No wonder: most of what is in them is his.
#
# `classic` lies far above. With as much work, says the line, half of its errors would do: so much
# are a better network and this lesson's ingredients worth together. And each further point costs
# more than the last.
#
# ## What paid
#
# So turn it round. Take the *finished* recipe and leave *one* thing out, or put one in: thirteen
# ways, three seeds each, judged by the same 5,000 pictures. (`cnnedu experiment l13 ablation`
# measures it, in an hour and a half.)
#
# Three results say little about their own spread. But fourteen rows of three, the recipe's own
# among them, say a lot, if all spread alike: average their variances. With 4, 6, 8 in one row and
# 1, 2, 3 in another:
#
# $$ s^2 = \frac{4 + 1}{2} = 2.5,
# \qquad \text{error of a difference} = \sqrt{\frac{s^2}{3} + \frac{s^2}{3}} = 1.29,
# \qquad \frac{2 - 6}{1.29} = -3.1 \text{ errors} $$
#
# With thirteen comparisons, luck alone shows one of two errors in nearly half of all tables. So we
# say "seen" from three errors on.


# %%
def error_of_difference(rows):
    """Return the standard error of a difference of two rows' means, from all rows' spread."""
    rows = np.array(rows)
    return np.sqrt(2 * rows.var(axis=1, ddof=1).mean() / rows.shape[1])


print(f"by hand: {error_of_difference([[4, 6, 8], [1, 2, 3]]):.2f}")
kept, taken = shares_of("ablation"), seconds_of("ablation")
error = error_of_difference(list(kept.values()))
change = {name: np.mean(some) - np.mean(kept["the recipe"]) for name, some in kept.items()}
asked = ("Nesterov's SGD, not Muon", "no flips", "no shifts", "one view in the test")
quiz("Which of these four costs the most accuracy?", {name: change[name] for name in asked})

# %%
print(f"{'':<35}validation  change  errors         time  (JPEG copy)")
for name in kept:
    seen = "seen" if abs(change[name]) >= 3 * error else ""
    print(
        f"{name:<35}{100 * np.mean(kept[name]):>8.1f} %{100 * change[name]:>+8.1f}"
        f"{change[name] / error:>+8.1f}  {seen:<5}{taken[name] / taken['the recipe'] - 1:>+6.0%}"
    )
print(f"seen from {300 * error:.1f} points on")
show_ablation(kept, "validation accuracy, three seeds")

# %% [markdown]
# ### A claim to test
#
# > "Each trick in a good recipe makes it better."
#
# **What came out.** No. Three rows are *seen*. To ask each picture once instead of six times costs
# 1.3 points, Nesterov's steps in Muon's place 0.8; and cut-out, a well-known trick, *costs* 1.2
# here. Without flips it is 0.5 points, a hair below our mark. The others may go and stay as they
# like, as far as three seeds can tell. Such a row has several readings, and the table can't tell
# them apart:
#
# - The ingredient does nothing, or less than three seeds can show. "No change seen" is not "no
#   change".
# - Another ingredient does its work. On the climb flips brought four points; the finished recipe,
#   which has shifts, smoothing and views, misses half a point without them. *Leave one out* shows
#   what is missed, not what a thing does alone.
# - It pays in *time*. bfloat16 saves a third of it, small pictures a seventh: enough for another
#   epoch, and without a loss that is seen.
# - It would pay elsewhere. Cut-out fights learning by heart, and eight epochs are too few for that
#   (lesson 11: a remedy needs time). And the more epochs, the more pictures are known well enough
#   to be left out. `record`, with its 48, has both. One run without cut-out, with half of the
#   pictures left out and three quarters of the steps, got 99 % of the pictures of its last epoch
#   right, `record` 96 %, though with squares covered; of the test pictures it got 92.0 % right,
#   `record` 92.6 (JPEG copy, one seed each;
#   `cnnedu train --recipe record --set cutout=0 --set left_out=0.5 --set epochs=49`). A hint for
#   cut-out, not a measurement: by the power law above, the missing steps alone explain nearly half
#   of the gap.
#
# What an ablation says, it says of *this* recipe, at this length, on these pictures. ("One view" is
# the recipe's own networks, asked once: there each seed can be compared with itself, and the error
# is smaller than in the table.)
#
# ## More machines
#
# Of $P$ processes, each takes its part of the batch and computes the gradient of its own mean loss;
# then all average their gradients and take the same step. `DistributedDataParallel` does the
# averaging, in portions, while the way back still runs. Four pictures, with the gradients 1, 3, 5,
# 7 for one weight:
#
# $$ \text{one process: } \frac{1 + 3 + 5 + 7}{4} = 4
# \qquad\qquad \text{two: } \frac{1 + 3}{2} = 2, \;\; \frac{5 + 7}{2} = 6, \;\; \text{mean } 4 $$
#
# But in parts of 3 and 1 the means are 3 and 7, and their mean is **5**. So each process multiplies
# its loss by $P \cdot n / N$, its part of the batch's $N$ pictures being $n$:
# $3 \cdot \frac64 = 4.5$ and $7 \cdot \frac24 = 3.5$, mean 4.

# %%
gradients = np.array([1.0, 3, 5, 7])
for cut in (2, 3):
    parts = gradients[:cut], gradients[cut:]
    means = [part.mean() for part in parts]
    weighed = [part.mean() * 2 * len(part) / 4 for part in parts]
    print(f"{cut} and {4 - cut}: mean of means {np.mean(means)}, weighed {np.mean(weighed)}")
count = sum(p.numel() for p in network.parameters() if p.requires_grad)
print(f"to be averaged at each step: {count:,} numbers, {4 * count / 1e6:.1f} MB as float32")

# %% [markdown]
# The other trap is batch norm: its mean must be taken over *all* parts. With both in order, two
# processes end with the weights of one (a test of the course holds them to $10^{-5}$, in double
# precision). The batch stays 500 in all, so nothing has to be tuned again; but the parts get
# smaller, until the exchange takes longer than the work. Two processes on one machine:
#
# ```
# torchrun --standalone --nproc-per-node 2 $(which cnnedu) train --recipe fast
# ```
#
# On several machines the same command runs on each; all agree on one meeting point, and see one
# folder for the results. For the batch system Slurm, in a file `train.sh`, started with
# `sbatch train.sh`:
#
# ```
# # #!/bin/bash
# #SBATCH --job-name=cifar10
# #SBATCH --nodes=4
# #SBATCH --ntasks-per-node=1
# #SBATCH --cpus-per-task=16
# #SBATCH --time=01:00:00
# # with GPUs: also "#SBATCH --gpus-per-node=4", and --nproc-per-node 4 below
#
# export CNNEDU_DATA=$HOME/data             # where `cnnedu download` has put CIFAR-10, once
# export OMP_NUM_THREADS=8                  # 16 cores for 2 processes
# first=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
# srun --cpus-per-task 16 torchrun --nnodes "$SLURM_NNODES" --nproc-per-node 2 \
#     --rdzv-backend c10d --rdzv-endpoint "$first:29500" --rdzv-id "$SLURM_JOB_ID" \
#     "$(which cnnedu)" train --recipe record --out "$HOME/runs/record-$SLURM_JOB_ID"
# ```
#
# **On a GPU**: the same command, which finds it, and the same recipe. The pictures lie in the GPU's
# memory as bytes, the network is compiled, and processes talk by NCCL instead of gloo. How long it
# takes: *not measured*. (Jordan's network took 3.29 seconds to 94 % on an A100, says his paper, on
# the original pictures.)
#
# ## Your own run
#
# Any recipe, any value. In a terminal:
#
# ```
# cnnedu train --recipe fast --set epochs=4 --set flip=random --out runs/mine
# ```
#
# Here, the same function under the dashboard. Change `recipe` and `words`, and run the cell again.
# In the quick budget it learns 800 pictures of shapes; in the full one, with the data, CIFAR-10 by
# the whole recipe.

# %% tags=["nbval-ignore-output"]
import os
from tempfile import TemporaryDirectory

from cnnedu.data.shapes import CLASSES, make_shapes
from cnnedu.training.loop import train

recipe, words = "fast", []
if in_full_budget():
    data, classes = cifar10.load(), cifar10.CLASSES
    torch.set_num_threads(os.cpu_count())
else:
    known, new = make_shapes(800), make_shapes(200, first=800)
    data, classes = cifar10.CIFAR10(known.x, known.y, new.x, new.y), CLASSES
    words = ["epochs=4", "batch_size=50", "held_out=0.1", *words]
build, settings = RECIPES[recipe]
folder = TemporaryDirectory()
dashboard = TrainingDashboard(
    train, build, data, changed(settings, words), folder.name, classes=classes
)
shown = display(dashboard.start(), display_id=True)

# %%
history = dashboard.wait()
folder.cleanup()
print("test accuracy above 50 % (guessing gives 10):", history[-1]["test_accuracy"] > 0.5)

# %% tags=["nbval-ignore-output"]
shown.update(dashboard)  # so that the stored notebook shows the end
print(f"test accuracy, read once: {history[-1]['test_accuracy']:.1%}")

# %% [markdown]
# From 720 pictures (80 are kept aside), in four epochs. Things to try, with a prediction each:
# `recipe = "classic"`; `"whitened=False"`; `"flip=never"`;
# `"optimizer=nesterov", "learning_rate=0.73", "momentum=0.85"`. Each run is one seed: what would
# you have to see to believe it?
#
# ## Quiz

# %%
Quiz(
    Question(
        "Your recipe ends at 88.4 %, your colleague's at 88.1 %. What do you ask first?",
        Wrong("Which network it is", "First, whether there is a difference to explain."),
        Right("How many seeds, views, seconds", "Three tenths may be luck, or another minute."),
        Wrong("Nothing: yours is better", "By one run each, of unknown length?"),
    ),
    Question(
        "Whitened patches have …",
        Wrong("values from 0 to 1", "That is scaling. They may be negative, and beyond 1."),
        Wrong("mean 0, and no more", "That is normalising: it leaves neighbours correlated."),
        Right("variance 1 in every direction", "So no direction is learnt faster than another."),
    ),
    Question(
        "You train with four processes and leave batch_size=500 as it is. Each step uses …",
        Right("500 pictures, 125 in each process", "So the run is that of one process, sooner."),
        Wrong("2,000 pictures", "In our recipe batch_size counts all processes together."),
        Wrong("500 pictures, the same in each", "Then four processes would do one's work."),
    ),
    Question(
        "You leave one ingredient out, and no change is seen. What do you know of it?",
        Wrong("It is useless", "Something else in the recipe may do its work."),
        Right(
            "This recipe doesn't miss it by more than the error", "At this length, on this data."
        ),
        Wrong("It was measured too briefly", "Perhaps. The table can't say that, either."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Compare accuracy against time, on one machine, with seeds; the test set is read once.
# 2. Cheaper pictures: larger batches, bfloat16 for products only, small pictures first.
# 3. More from each: both sides of a picture, orthogonal steps and several views paid here; whitened
#    input and flips *in turns* not so that three seeds could show it.
# 4. An ablation says what this recipe misses, not what an ingredient does alone; below its error it
#    says nothing.
# 5. More processes share a batch and average gradients: weigh uneven parts, and share batch norm.
#
# **Now you:** [exercise 13](../exercises/13_full_cifar10_training/13_full_cifar10_training.ipynb).
# **Next:** [lesson 14, what the network sees](14_what_the_network_sees.ipynb).
#
# ## To read on
#
# - K. Jordan. "94% on CIFAR-10 in 3.29 seconds on a single GPU." arXiv:2404.00498, 2024. Whitening,
#   flips in turns, views.
# - Z. Qin et al. "InfoBatch: lossless training speed up by unbiased dynamic data pruning."
#   *ICLR*, 2024. Leaving out easy pictures.
# - J. Hestness et al. "Deep learning scaling is predictable, empirically." arXiv:1712.00409, 2017.
#   Error as a power of data and of work.
# - K. Jordan et al. "Muon: an optimizer for hidden layers in neural networks."
#   kellerjordan.github.io/posts/muon, 2024.
# - L. N. Smith, N. Topin. "Super-convergence: very fast training of neural networks using large
#   learning rates." arXiv:1708.07120, 2017. One cycle.
# - B. T. Polyak, A. B. Juditsky. "Acceleration of stochastic approximation by averaging." *SIAM
#   Journal on Control and Optimization* 30(4), 838–855, 1992.
# - D. Kalamkar et al. "A study of BFLOAT16 for deep learning training." arXiv:1905.12322, 2019.
# - P. Goyal et al. "Accurate, large minibatch SGD: training ImageNet in 1 hour."
#   arXiv:1706.02677, 2017. What goes wrong with many processes.
# - C. Coleman et al. "DAWNBench: an end-to-end deep learning benchmark and competition." *ML
#   Systems Workshop at NeurIPS*, 2017. Time to accuracy.
