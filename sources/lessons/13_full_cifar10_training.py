# %% [markdown]
# # 13 · Full CIFAR-10 training
#
# Lesson 10's network took ten epochs and ended at about 70 %. This lesson takes the same pictures
# and (on a processor quick in bfloat16) about the same time, and ends at 88 %. There is no secret,
# only a dozen small ideas. You build the network and its loop, work each idea out by hand, and then
# climb from there to here.
#
# **After this lesson you can**
#
# - compare two trainings fairly: accuracy against *time*, on one machine, with several seeds;
# - write a fast network and its loop: whitened input, Muon's steps, a falling rate, flips in turns,
#   averaged weights;
# - say what bfloat16 keeps of a number, and where it must not be used;
# - read a climb and an ablation: what paid, what wasn't seen, and what neither can tell;
# - estimate from a power law what the next point costs, and how far to trust that.
#
# *Time:* 60 minutes. *Before this:* lessons 08 to 12.

# %%
from copy import deepcopy
from itertools import pairwise

import numpy as np

from cnnedu.data import cifar10, photo
from cnnedu.data.shapes import CLASSES, make_shapes
from cnnedu.experiments import l13_climb
from cnnedu.experiments.l13_recipes import figures as measured
from cnnedu.experiments.store import in_full_budget
from cnnedu.models.accounting import ledger, totals
from cnnedu.nn import SGD, Parameter
from cnnedu.plots import show_lines, show_maps
from cnnedu.plots.operations import show_operations
from cnnedu.plots.regularisation import show_ablation
from cnnedu.plots.time_to_accuracy import show_time_to_accuracy
from cnnedu.plots.volumes import show_blocks
from cnnedu.plots.whitening import show_whitening
from cnnedu.training.operations import operations
from cnnedu.widgets import Question, Quiz, RecipeRace, Right, TrainingDashboard, Wrong

show_time_to_accuracy(measured["fast"])

# %% [markdown]
# This is where the lesson ends. Each line is one run, each mark an epoch: `classic` is lesson 10's
# network with its plain loop, `fast` is the recipe of this lesson. They took turns on the same two
# cores, with five seeds each. (All accuracies here are for the *JPEG copy* of CIFAR-10. `cnnedu
# experiment l13_recipes fast` measures these. Only 1,000 pictures validate `fast`, so its marks are
# good to a point.)
#
# ## What is compared
#
# "Mine has 88 %" says little; "88 % after two minutes on two cores" says something. So the axis is
# *time*, not epochs. And since every run ends a little differently, a figure is the mean of several
# seeds ± its standard error.


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
print(f"{'':<9}{'to 70 %':>9}{'whole run':>11}{'on a GPU':>14}   test accuracy (JPEG copy)")
for name, some in runs.items():
    ends = [run["epochs"][-1] for run in some]
    print(
        f"{name:<9}{np.median([time_to(0.7, run) for run in some]):>7.0f} s"
        f"{np.mean([end['seconds'] for end in ends]):>9.0f} s{'not measured':>14}   "
        f"{told([end['test_accuracy'] for end in ends])}"
    )

# %% [markdown]
# (`record` is a larger network, meant for an hour. Lesson 00's `fast`, with 86.7 %, is an older
# run: seven epochs, one view.) Each run read the test set *once*, after its last epoch. All choices
# were made with training pictures kept aside.
#
# ## The network
#
# `fast` descends from networks of D. Page (2019) and K. Jordan (2024). After filters of 2 × 2,
# three blocks halve the size, and a global max pooling feeds ten scores. The first filters of a
# convolution start as the **identity** (`dirac_`): a picture passes through them unchanged. Batch
# norm learns a shift, but no scale; its running mean takes 0.4 of each batch. The dense weights
# start with deviation 1, and the scores are divided by 192, so that they start small.


# %%
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.models.normalise import normalise
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.whitened import fast
from cnnedu.training import augmentation, evaluate, optimisers, schedule
from cnnedu.training.recipes import RECIPES, changed

torch.set_num_threads(1)


def conv(channels, filters):
    layer = nn.Conv2d(channels, filters, 3, padding=1, bias=False)
    nn.init.dirac_(layer.weight[:channels])
    return layer


def norm(filters):
    layer = nn.BatchNorm2d(filters, momentum=0.4)
    layer.weight.requires_grad_(False)
    return layer


def block(channels, filters):
    first = conv(channels, filters), nn.MaxPool2d(2), norm(filters), nn.GELU()
    return nn.Sequential(*first, conv(filters, filters), norm(filters), nn.GELU())


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.whiten = nn.Conv2d(3, 16, 2, bias=False)
        self.blocks = nn.Sequential(block(16, 32), block(32, 96), block(96, 192))
        self.dense = nn.Linear(192, 10, bias=False)
        with torch.no_grad():
            self.dense.weight /= self.dense.weight.std()

    def forward(self, x):
        maps = self.blocks(F.gelu(self.whiten(x)))
        return self.dense(F.adaptive_max_pool2d(maps, 1).flatten(1)) * (1 / 192)


def from_seed(build):
    torch.manual_seed(0)
    return build()


own, course = from_seed(Network), from_seed(fast)
for a, b in zip(own.state_dict().values(), course.state_dict().values(), strict=True):
    assert torch.equal(a, b)
x = torch.randn(8, 3, 32, 32)
assert torch.equal(own(x), course(x))
print(f"{sum(p.numel() for p in own.parameters()):,} parameters")
show_blocks(
    [(3, 32, 32), (16, 31, 31), (32, 15, 15), (96, 7, 7), (192, 3, 3), (192,), (10,)],
    [
        "16 whitening\nfilters 2 × 2",
        *[f"block:\n{n} filters" for n in (32, 96, 192)],
        "global\nmax",
        "dense",
    ],
)

# %% [markdown]
# Some ideas make each picture *cheaper*; others make the network learn *more* from it.
#
# ## Cheaper pictures

# %%
Quiz(
    Question(
        "For a picture of 32 × 32, `fast`'s network takes six times `classic`'s multiply-adds. "
        "How many epochs does it get in the time of ten of `classic`?",
        Wrong(
            "Between one and two",
            "That would be right if time went with multiply-adds. Lesson 12 shows: it doesn't.",
        ),
        Right(
            "Eight",
            "On two cores, it does far more work each second than `classic`. Below, we ask why.",
        ),
        Wrong("Ten: only the number of pictures counts", "Work counts too, but not in proportion."),
    )
)

# %%
for name in ("classic", "fast"):
    settings = RECIPES[name].settings
    shown = settings.epochs * round(50_000 * (1 - settings.held_out))
    work = operations(RECIPES[name]) / (2 * 3 * shown)  # as at the end of the lesson
    rate = shown / np.mean([run["epochs"][-1]["seconds"] for run in runs[name]])
    print(f"{name:<8}{work / 1e6:5.1f} million multiply-adds a picture on average, ", end="")
    print(f"{rate:,.0f} pictures and {rate * work / 1e9:.0f} billion multiply-adds a second")

# %% [markdown]
# (Only the forward pass is counted.) The same two cores do far more work each second. The layers'
# shapes differ, the number format, and the batch: an epoch of `classic` has 1,407 steps of 32
# pictures, one of `fast` 98 of 500. Which of these matters, two figures don't say. Large batches
# alone needn't be much faster: see the table below. With fewer steps, each must go further, so the
# learning rates are high.
#
# **Mixed precision.** A float32 has 24 binary digits, a bfloat16 only 8, with the same *range*. It
# takes half the memory, and some processors multiply it several times as fast. Between 1 and 2 it
# goes in steps of $2^{-7}$:
#
# $$ 1,\quad 1 + \tfrac{1}{128} = 1.0078,\quad 1 + \tfrac{2}{128} = 1.0156,\;\dots $$
#
# $1 + \frac{1}{256}$ lies half way between the first two. A tie goes to the neighbour whose last
# binary digit is 0: here 1.

# %%
Quiz(
    Question(
        "A weight of 1, in bfloat16, takes 256 steps of 1/256 each. Where does it end?",
        Wrong("At 2", "In float32. Think of the first step: 1 + 1/256 is rounded to …"),
        Wrong(
            "A little below 2, after rounding",
            "Rounding errors that cancel? These all go the same way.",
        ),
        Right("At 1: it never moves", "Each single step is rounded away."),
    )
)

# %%
for kind in (torch.float32, torch.bfloat16):
    weight = torch.tensor(1.0, dtype=kind)
    for _ in range(256):
        weight += 1 / 256
    print(f"{kind!s:<15}  256 steps: {weight}")

# %% [markdown]
# So the weights, and what is added to them, stay float32. Only convolutions and matrix products are
# computed in bfloat16 (`torch.autocast`), where errors of up to 0.4 % in single numbers drown in
# sums of hundreds. That saves time on some processors and none on others, so `fast` tries it when a
# run begins. Here is your processor, forward and backward through both networks. (The run above was
# on one that is quick in it, with two cores and small pictures.)

# %% tags=["nbval-ignore-output"]
import time

from cnnedu.training.precision import arithmetic, precision_for


def there_and_back(network, x, precision):
    """Return the seconds that a network takes for a batch, forward and backward."""
    begin = time.perf_counter()
    with arithmetic(precision_for(precision, x.device), x.device):
        logits = network(x)
    logits.float().logsumexp(dim=1).mean().backward()
    return time.perf_counter() - begin


print("pictures a second, one core\n         batch    float32   bfloat16")
for name in ("classic", "fast"):
    network = RECIPES[name].build().to(memory_format=torch.channels_last)
    if name == "fast":
        network.whiten.requires_grad_(False)
    for batch in (32, 256):
        x = torch.randn(batch, 3, 32, 32).to(memory_format=torch.channels_last)
        taken = {"float32": [], "bfloat16": []}
        for precision in list(taken) * 3:  # in turns; the first call of each only warms up
            taken[precision].append(there_and_back(network, x, precision))
        rates = [f"{batch / min(seconds[1:]):10,.0f}" for seconds in taken.values()]
        print(f"{name:<8}{batch:>6}", *rates)
if precision_for("bfloat16", x.device) == "float32":
    print("bfloat16 is slow here: both columns are float32")

# %% [markdown]
# **Small pictures first**, or *progressive resizing*. A picture of 20 × 20 has $(20/32)^2 = 39\,\%$
# of the pixels, and a convolution works at each. Filters don't mind the size, and the network ends
# with a global pooling, so it can use on large pictures what it learnt from small ones. `fast`
# takes 20 × 20 for its first two epochs.

# %%
for size in (20, 24, 32):
    whole, part = (ledger(network, (3, pixels, pixels)) for pixels in (32, size))
    share = totals(part)["multiply_adds"] / totals(whole)["multiply_adds"]
    print(f"{size} × {size}: {(size / 32) ** 2:4.0%} of the pixels, {share:4.0%} of the work")

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
# \qquad\qquad \text{cov} = \frac14 \sum_k p_k p_k^{\mathsf T}
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
# $(\pm1, \pm1)$, the corners of a square: variance 1 each, no correlation. This is **whitening**.


# %%
def whitening(patches, floor=0.0):
    """Return the filters, one per row, the largest variance first: e_k / √(λ_k + floor)."""
    # A symmetric matrix only stretches along some perpendicular directions; `eigh` finds them.
    variances, directions = torch.linalg.eigh(patches.T @ patches / len(patches))
    return (directions / (variances + floor).sqrt()).T.flip(0)


def upright(filters):
    return filters * filters[:, :1].sign()  # of e and −e, the one that begins above 0


patches = torch.tensor([[2.0, 1], [1, 2], [-2, -1], [-1, -2]])
filters = upright(whitening(patches))
print("filters:", *np.round(filters.tolist(), 3).tolist())
print("patches:", *np.round((patches @ filters.T).tolist(), 3).tolist())

# %% [markdown]
# The same on a photograph, the cat: each point is a pixel and its right neighbour, in grey levels
# from the mean.

# %%
grey = torch.from_numpy(photo("cat").mean(axis=2))
pairs = torch.stack([grey[:, :-1].ravel(), grey[:, 1:].ravel()], dim=1) - grey.mean()
filters = upright(whitening(pairs))
for name, points in (("before", pairs), ("after", pairs @ filters.T)):
    alike = abs(np.corrcoef(points.numpy().T)[0, 1])
    print(f"{name:<7} deviations {points.numpy().std(axis=0).round(1)}, correlation {alike:.2f}")
show_whitening(pairs[::101], filters)

# %% [markdown]
# `fast` whitens patches of 2 × 2 pixels in three colours: 12 directions. It keeps the eight with
# the largest variance, takes each with both signs (the activation cuts one side off), and *freezes*
# them. Here are the eight, from CIFAR-10, in the colours that each likes best:

# %%
trained = load_pretrained("fast")
eight = trained.network.whiten.weight[:8].detach().numpy()
shown = [128 + 90 * w.transpose(1, 2, 0) / np.abs(w).max() for w in eight]
titles = ["1 all", "2 colour", "3 rows", "4 columns", "5 colour", "6 checks", "7 rows", "8 columns"]
show_maps([w.astype(np.uint8) for w in shown], titles, columns=8, size=1.2)

# %% [markdown]
# Light is positive, dark negative. The fourth is lesson 01's edge detector without its middle
# column. But with four pixels, any pictures that look much the same in a mirror give these
# patterns, blurred noise too. Photographs decide the order and the colours.
#
# ### Steps that go further
#
# **Momentum** (lesson 08) keeps rolling: $m \leftarrow \beta m + g$ and
# $w \leftarrow w - \text{lr} \cdot m$. **Nesterov**'s version looks ahead to where the momentum is
# going to carry it: $w \leftarrow w - \text{lr}\,(g + \beta m)$. Take $L = \frac12 w^2$, so
# $g = w$, with $w = 1$ and lr = $\beta = \frac12$:
#
# | step | $g$ | $m$ | momentum: $w$ | | $g$ | $m$ | $g + \beta m$ | Nesterov: $w$ |
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
# On this slope it brakes earlier and overshoots less.
#
# **Muon** does to the *step* what whitening does to the pictures. The gradient of a filter bank,
# written as a matrix (filters × weights), has loud and quiet directions, too. Take
#
# $$ G = \begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix}:
# \qquad G \begin{bmatrix} 1 \\ 1 \end{bmatrix} = 3 \begin{bmatrix} 1 \\ 1 \end{bmatrix},
# \qquad G \begin{bmatrix} 1 \\ -1 \end{bmatrix} = 1 \begin{bmatrix} 1 \\ -1 \end{bmatrix} $$
#
# The step goes three times as far along $(1, 1)$. Every matrix turns, stretches along perpendicular
# directions, and turns again: $G = U \Sigma V^{\mathsf T}$. The stretches, here 3 and 1, are its
# **singular values**. Muon makes them all alike and keeps the directions: $G$ becomes
# $U V^{\mathsf T}$, here the identity. An exact decomposition at each step would be slow. Instead
# divide $G$ by its size $\|G\|$, and apply three times (**Newton–Schulz**)
#
# $$ X \leftarrow a X + (b\, X X^{\mathsf T} + c\, (X X^{\mathsf T})^2)\, X,
# \qquad\text{which takes each singular value } s \text{ to } a s + b s^3 + c s^5 $$
#
# with $a = 3.4445$, $b = -4.775$, $c = 2.0315$. By hand:
# $\|G\| = \sqrt{4 + 1 + 1 + 4} = \sqrt{10}$, so $s$ starts at $3/\sqrt{10} = 0.949$ and
# $1/\sqrt{10} = 0.316$. For the second: $1.089 - 0.151 + 0.006 = 0.945$. (Jordan chose $a$, $b$ and
# $c$ so that small values rise fast and end between about 0.7 and 1.2.)


# %%
def orthogonalise(G, steps=3):
    X = G / (G.norm() + 1e-7)
    X = X.T if len(X) > X.shape[1] else X  # the smaller product
    for _ in range(steps):
        square = X @ X.T
        X = 3.4445 * X + (-4.775 * square + 2.0315 * square @ square) @ X
    return X.T if len(X) != len(G) else X


for steps in range(4):
    a, b = orthogonalise(torch.tensor([[2.0, 1], [1, 2]]), steps)[0]
    print(f"after {steps}: along (1, 1) {a + b:.3f}, along (1, −1) {a - b:.3f}")
for shape in (5, 3), (3, 5), (4, 4):
    G = torch.randn(shape)
    assert torch.equal(orthogonalise(G), optimisers.orthogonalise(G))

# %% [markdown]
# They began at 3 : 1 and end at 0.68 and 1.04. That is close enough for a step, and it takes only
# matrix products.
#
# Muon moves the convolutions' filters only. Nesterov's steps move the rest: batch norm's shifts
# with a highest rate of 12.5 (`shift_rate`), the dense layer with 150 (`dense_rate`). These are so
# high because scores divided by 192 make all gradients small. Muon doesn't mind, since it divides
# by a gradient's size. Both rates were found by trying.
#
# ### The schedule: a triangle
#
# A high learning rate goes far, but jumps about; a low one settles. So let it fall to 0 in a
# straight line, or first *rise* in one: with this **warm-up** it is a **one-cycle** schedule. With
# `done`, the share of the steps behind us:
#
# $$ \frac{\text{rate}}{\text{highest}} =
# \begin{cases} \text{done} / \text{warm-up} & \text{while done} < \text{warm-up} \\
# (1 - \text{done}) / (1 - \text{warm-up}) & \text{after that} \end{cases} $$
#
# Ten steps, warm-up 0.2, highest rate 0.4: step 0 has done = 0, step 1 has 0.1, half way up: 0.2.
# Step 2 is at the top: 0.4. Step 6: $0.4 \cdot 0.4 / 0.8 = 0.2$.


# %%
def triangle(done, warm_up=0.0):
    return done / warm_up if done < warm_up else (1 - done) / (1 - warm_up)


print([round(0.4 * triangle(i / 10, warm_up=0.2), 3) for i in range(10)])
done = np.linspace(0, 1, 201)
shares = {"warm-up 0.2": 0.2, "none, as in fast": 0.0}
curves = {name: [triangle(d, share) for d in done] for name, share in shares.items()}
assert curves["warm-up 0.2"] == [schedule.triangle(d, 0.2) for d in done]
show_lines(100 * done, curves, "steps that are done (%)", "rate / highest rate")

# %% [markdown]
# ### A running average of the weights
#
# A falling rate calms the jumps. So does averaging. The **exponential moving average** (EMA) is
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
# other half in the odd ones. A *hash*, a fixed scrambling of a picture's number, decides which
# half.

# %%
Quiz(
    Question(
        "49,000 pictures, eight epochs, flips at random. "
        "How many pictures are only ever shown one way?",
        Wrong("Practically none", "2 · (1/2)⁸ is one in 128."),
        Right("About 380", "49,000 / 128. In turns: none at all."),
        Wrong("About 6,000, one in eight", "That would be right for four epochs."),
    )
)


# %%
def flip_in_turns(x, numbers, epoch):
    coin = (numbers + 1) * 2_654_435_761 % 2**32 // 2**16  # always the same for a number
    mirrored = (coin + epoch) % 2 == 1
    return torch.where(mirrored[:, None, None, None], x.flip(3), x)


# Each picture is two pixels, 1 and 2: one that begins with 2 is mirrored.
pictures, numbers = torch.tensor([1, 2]).repeat(49_000, 1)[:, None, None], torch.arange(49_000)
torch.manual_seed(0)
ways = {
    "at random": lambda epoch: augmentation.random_flip(pictures),
    "in turns": lambda epoch: flip_in_turns(pictures, numbers, epoch),
}
print("times mirrored in 8 epochs", *[f"{n:>6}" for n in range(9)])
for name, flipped in ways.items():
    times = sum(flipped(epoch)[:, 0, 0, 0] == 2 for epoch in range(8))
    print(f"{name:<26}", *[f"{n:>6,}" for n in torch.bincount(times.long(), minlength=9).tolist()])
for epoch in range(2):
    theirs = augmentation.alternating_flip(pictures, numbers, epoch)
    assert torch.equal(flip_in_turns(pictures, numbers, epoch), theirs)

# %% [markdown]
# You know **shifts** and **label smoothing** from lesson 11. With $\varepsilon = 0.1$ and ten
# classes the target is $0.9 + 0.01 = 0.91$ for the right class and 0.01 for each other one, so the
# best gap between two logits is $\ln 91 = 4.5$, not infinity.
#
# ### Several views in the test
#
# Ask twice: show the picture, and its mirror image, and average the *logits*. If one says $(2, 0)$
# and the other $(0, 1)$, the mean is $(1, 0.5)$: the first class. This is **test-time
# augmentation**. A picture and its mirror image now get the same answer, because
# $f(x) + f(\text{mirror } x) = f(\text{mirror } x) + f(\text{mirror mirror } x)$. Six views are
# these two, in place and moved by a pixel both ways along a diagonal; those in place count half. A
# photograph and its mirror image, with the trained `fast`:


# %%
def both_sides(network, x):
    return (network(x) + network(x.flip(3))) / 2


cat = photo("cat")[:288, 75:363].reshape(32, 9, 32, 9, 3).mean(axis=(1, 3)).astype(np.uint8)
both = trained.prepare(np.stack([cat, cat[:, ::-1]]).transpose(0, 3, 1, 2))
with torch.inference_mode():
    for name, logits in (
        ("one view", trained.network(both)),
        ("two views", both_sides(trained.network, both)),
    ):
        print(f"{name}: the mirrored cat's logits alike: {torch.allclose(*logits, atol=1e-4)}")
    assert torch.equal(logits, evaluate.logits_of_views(trained.network, both, views=2))

# %% [markdown]
# The *test* takes twice or six times as long. A larger network may be the better buy. So say how
# many views a figure had.
#
# ## The loop
#
# Now all the pieces come together in lesson 09's loop. Muon's step also brings each filter bank
# back to one size, which batch norm cancels anyway. SGD multiplies its weight decay by the rate:
# dividing by the highest rate gives shifts and dense layer the same decay.


# %%
def muon_step(w, m, rate, beta=0.6):
    m.mul_(beta).add_(w.grad)
    ahead = w.grad.add(m, alpha=beta).flatten(1)  # Nesterov's look ahead
    w.mul_(len(w) ** 0.5 / w.norm())  # back to its first size
    w.sub_(rate * orthogonalise(ahead).view_as(w))


def start(x):
    """Return the network, its first filters whitened by the pictures x, and frozen."""
    network = Network().to(memory_format=torch.channels_last)  # same numbers, less copying
    patches = F.unfold(normalise(x, cifar10.MEAN, cifar10.STD), 2).transpose(1, 2).flatten(0, 1)
    directions = whitening(patches, floor=5e-4)[:8].reshape(8, 3, 2, 2)
    with torch.no_grad():
        network.whiten.weight.copy_(torch.cat([directions, -directions]))
    network.whiten.requires_grad_(False)
    return network


def shift(x, most=2):
    """Move each picture by up to `most` pixels each way; its mirror image fills the gap."""
    places = (torch.arange(32) + torch.randint(-most, most + 1, (2, len(x), 1))).abs()
    rows, columns = torch.where(places < 32, places, 62 - places)
    x = x.gather(2, rows[:, None, :, None].expand(x.shape))
    return x.gather(3, columns[:, None, None, :].expand(x.shape))


def augment(x, numbers, epoch, done):
    """Return a batch as the network sees it."""
    batch = shift(flip_in_turns(x[numbers], numbers, epoch))
    batch = normalise(batch, cifar10.MEAN, cifar10.STD)
    if done < 1 / 4:
        batch = F.interpolate(batch, size=(20, 20), mode="bilinear", antialias=True)
    return batch.contiguous(memory_format=torch.channels_last)


# %%
def learn(x, y, epochs, batch_size, seed):
    torch.manual_seed(seed)
    network = start(x)
    learnt = [p for p in network.parameters() if p.requires_grad]
    filters, shifts, dense = ([p for p in learnt if p.ndim == n] for n in (4, 1, 2))
    momenta = [torch.zeros_like(w) for w in filters]
    highest = 12.5, 150.0  # of the shifts and of the dense layer
    groups = [{"params": p, "lr": 0.0} for p in (shifts, dense)]
    rest = torch.optim.SGD(groups, momentum=0.85, nesterov=True)
    average = deepcopy(network)
    for epoch in range(1, epochs + 1):
        batches = torch.randperm(len(y)).split(batch_size)
        for i, numbers in enumerate(batches):
            done = (epoch - 1 + i / len(batches)) / epochs
            scores = network(augment(x, numbers, epoch, done))
            loss = F.cross_entropy(scores, y[numbers], label_smoothing=0.1)
            network.zero_grad()
            loss.backward()
            for group, rate in zip(rest.param_groups, highest, strict=True):
                group |= {"lr": rate * triangle(done), "weight_decay": 1e-3 / rate}
            rest.step()
            with torch.no_grad():
                for w, m in zip(filters, momenta, strict=True):
                    muon_step(w, m, 0.1 * triangle(done))
                for mean, now in zip(floats(average), floats(network), strict=True):
                    mean.lerp_(now, 0.05 if done else 1)  # it begins with the first weights
    return average


def floats(network):
    """Return its weights and the statistics of its norms."""
    return [value for value in network.state_dict().values() if value.is_floating_point()]


# %% [markdown]
# Train it on 180 pictures of shapes, and let the course's engine do the same:

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

from safetensors.torch import load_file

from cnnedu.training.loop import train

known = make_shapes(200)
x, y = torch.from_numpy(known.x[:180]), torch.from_numpy(known.y[:180])
own = learn(x, y, epochs=2, batch_size=30, seed=0)

data = cifar10.CIFAR10(known.x, known.y, known.x[:20], known.y[:20])
words = ["epochs=2", "batch_size=30", "held_out=0.1", "precision=float32"]
course = fast()
with TemporaryDirectory() as folder:
    settings = changed(RECIPES["fast"].settings, words)
    train(fast, data, settings, folder, progress=lambda *_: None)
    course.load_state_dict(load_file(Path(folder, "model.safetensors")))
pairs = zip(floats(own), floats(course), strict=True)
print("the same weights, to the last digit:", all(torch.equal(a, b) for a, b in pairs))

# %% [markdown]
# From here on the engine takes over.
#
# ## The race
#
# Now climb from `classic` to `fast`, one rung at a time. Each rung keeps what came before it, and
# 5,000 pictures kept aside judge it. How the rungs were measured is printed below.
#
# How sure is a difference? Compare seed by seed, as in lesson 11. With 4, 6, 8 before a change and
# 5, 9, 10 after it, the differences are 1, 3, 2: mean 2, variance 1. Three differences say little
# about their own spread, so average the variances of all changes. Were the average 1.5, each error
# would be $\sqrt{1.5 / 3} = 0.71$. "Seen" means three errors or more.


# %%
def quiz(question, changes):
    """Ask which of `changes` {name: points} is the largest, up or down."""
    largest = max(changes, key=lambda name: abs(changes[name]))
    options = [
        (Right if name == largest else Wrong)(name, f"{change:+.1f} points.")
        for name, change in changes.items()
    ]
    return Quiz(Question(question, *options))


climb, how = l13_climb.climbed()
heights = {name: np.array(rung["validation_accuracy"]) for name, rung in climb.items()}
differences = {now: 100 * (heights[now] - heights[below]) for below, now in pairwise(heights)}
gain = {name: some.mean() for name, some in differences.items()}
asked = "+ flips in turns", "+ label smoothing", "+ Muon", l13_climb.SIX_VIEWS
print(how)
quiz("Which of these four rungs adds the most accuracy?", {name: gain[name] for name in asked})

# %% [markdown]
# Pull the slider to the left and climb it yourself. Then, at the top, switch off one ingredient,
# then two.

# %%
RecipeRace(**l13_climb.race())

# %% [markdown]
# The way to `fast`'s plain network is the largest part of the climb, but it isn't one thing:
# batches, padding, batch norm, depth, width, activation, head, steps and epochs all change. Rung by
# rung, as far as measured:

# %%
seeds = len(next(iter(differences.values())))
if seeds > 1:
    error = np.sqrt(np.mean([some.var(ddof=1) for some in differences.values()]) / seeds)
    note = f"the error of each gain: {error:.2f} points"
else:  # one seed shows no spread: take that of the runs in the next section
    rows = [[row["validation_accuracy"] for row in rows] for rows in measured["ablation"].values()]
    error = 100 * np.sqrt(2 * np.var(rows, axis=1, ddof=1).mean())
    note = f"""With one seed, a gain has no error of its own. For a rough idea, the table borrows
the spread of the next section's runs, {error:.2f} points. That may be too small for the lower
rungs, so nothing is called seen."""
rungs = list(gain)
network_part = rungs[: rungs.index("+ flips in turns")]
print(f"{'':<36}  gain  errors    time")
for name in rungs:
    seen = "seen" if seeds > 1 and abs(gain[name]) >= 3 * error else ""
    print(f"{name:<36}{gain[name]:+6.1f}{gain[name] / error:+8.1f}", end="")
    print(f"{np.mean(climb[name]['seconds']):>6.0f} s  {seen}")
print(note)
for what, some in (("network and steps", network_part), ("the rest", rungs[len(network_part) :])):
    largest = [name for name in sorted(some, key=gain.get, reverse=True) if gain[name] > 0][:3]
    print(f"{what}: {sum(map(gain.get, some)):+.1f} points, most of them from:")
    print(*[f"    {name}" for name in largest], sep="\n")

# %% [markdown]
# A gain depends on its place: in another order, each would stand on other rungs.
#
# ## What paid
#
# Now take the *finished* recipe and leave *one* thing out, or put one in: thirteen ways, three
# seeds each, judged by the same 5,000 pictures. Each keeps the recipe's rates; Nesterov's steps
# have their own. (One leaves out the easiest third of the pictures and takes twelve epochs: as many
# steps. `cnnedu experiment l13_recipes ablation` measures it, in bfloat16.)
#
# This time we compare rows' means, with the spread of all fourteen rows. (Pairing by seed, as in
# the widget, gives a slightly larger error and the same verdicts.) With 4, 6, 8 in one and 1, 2, 3
# in another:
#
# $$ s^2 = \frac{4 + 1}{2} = 2.5,
# \qquad \text{error of a difference} = \sqrt{\frac{s^2}{3} + \frac{s^2}{3}} = 1.29,
# \qquad \frac{2 - 6}{1.29} = -3.1 \text{ errors} $$
#
# With thirteen comparisons, luck alone shows a difference of two errors in a third of all tables,
# and one of three errors in one table of twenty.


# %%
def error_of_difference(rows):
    """Return the standard error of a difference of two rows' means, from all rows' spread."""
    rows = np.array(rows)
    return np.sqrt(2 * rows.var(axis=1, ddof=1).mean() / rows.shape[1])


print(f"by hand: {error_of_difference([[4, 6, 8], [1, 2, 3]]):.2f}")
ablation = measured["ablation"]
kept = {name: [row["validation_accuracy"] for row in rows] for name, rows in ablation.items()}
taken = {name: np.median([row["seconds"] for row in rows]) for name, rows in ablation.items()}
error = error_of_difference(list(kept.values()))
change = {name: np.mean(some) - np.mean(kept["the recipe"]) for name, some in kept.items()}
asked = ("Nesterov's SGD, not Muon", "no flips", "no shifts", "one view in the test")
quiz("Which of these four costs the most accuracy?", {name: 100 * change[name] for name in asked})

# %%
print(f"{'':<35}validation  change  errors         time  (JPEG copy)")
for name in kept:
    seen = "seen" if abs(change[name]) >= 3 * error else ""
    print(
        f"{name:<35}{100 * np.mean(kept[name]):>8.1f} %{100 * change[name]:>+8.1f}"
        f"{change[name] / error:>+8.1f}  {seen:<5}{taken[name] / taken['the recipe'] - 1:>+6.0%}"
    )
print(f"seen from {300 * error:.1f} points on")
show_ablation(kept, "validation accuracy, three seeds", seen=300 * error)

# %% [markdown]
# ### A claim to test
#
# > "Each trick in a good recipe makes it better."
#
# **What came out.** No. Three rows are *seen*. Showing each picture once instead of six times costs
# 1.3 points, and Nesterov's steps in Muon's place cost 0.8. Cut-out, a well-known trick, *costs*
# 1.2 here. The others may go or stay, as far as three seeds can tell. There are several readings:
#
# - The ingredient does nothing, or less than three seeds can show. "No change seen" is not "no
#   change".
# - Another ingredient does its work. On the climb, of the upper rungs, flips bring the most. In the
#   finished recipe, which has shifts, smoothing and views, leaving them out costs half a point,
#   which isn't seen.
# - It pays in *time*. Small pictures save an eighth of it and bfloat16 three tenths, on the
#   processor that measured this.
# - It would pay elsewhere, say in a longer training.
#
# ## What the next point costs
#
# `record` has a larger network with skips (lesson 12), six times the epochs, cut-out, and leaves
# out easy pictures. It takes most of an hour and gets 92.6 %, with one seed. What would 93 % take?
#
# Jordan's repository lists five programs with 94 to 96 % and counts their work. Count ours: a
# multiply-add is two operations, and the backward pass takes as much as two forward passes. `fast`
# takes 28 million multiply-adds for a picture of 32 × 32, and 10 million for the small ones in the
# first quarter of its run:
#
# $$ 2 \cdot 3 \cdot 8 \text{ epochs} \cdot 49{,}000 \text{ pictures} \cdot
# \left(\tfrac14 \cdot 10 + \tfrac34 \cdot 28\right) \cdot 10^6 = 5.5 \cdot 10^{13} $$
#
# He had the original pictures; ours went through JPEG. We ran one of his programs twice on the copy
# to see what that costs (`cnnedu experiment l13_recipes published`).

# %%
theirs = [  # (operations, share wrong) of the original test pictures
    (0.36e15, 1 - 0.9401),  # 3.09 s on an A100, compiled
    (0.29e15, 1 - 0.9401),  # with Muon, 2.59 s
    (1.4e15, 1 - 0.9501),
    (4.9e15, 1 - 0.9603),
    (3.1e15, 1 - 0.9600),  # pictures chosen by a small network, 27.3 s
]
copied = 1 - np.mean(measured["published"])
jpeg = copied / theirs[0][1]
ours = {
    name: (
        operations(RECIPES[name]),
        1 - np.mean([run["epochs"][-1]["test_accuracy"] for run in some]),
    )
    for name, some in runs.items()
}
print(f"his program: {100 * theirs[0][1]:.1f} % wrong on the original pictures,", end=" ")
print(f"{100 * copied:.1f} % on the JPEG copy, {jpeg:.2f} times as many")
amount, wrong = np.log(theirs).T
(slope, height), spread = np.polyfit(amount, wrong, 1, cov=True)
print(f"errors fall as 1 / operations^{-slope:.2f}, ± {spread[0, 0] ** 0.5:.2f}")
best = np.log(theirs)[[1, 4]]
alone = (best[0] - best[1])[1] / (best[1] - best[0])[0]
print(f"through the two records alone, for 94 and for 96 %: {alone:.2f}")
needed = (np.log(0.07 / jpeg) - height) / slope
scatter = np.sqrt(np.sum((wrong - slope * amount - height) ** 2) / (len(theirs) - 2))
at = np.array([needed, 1])
unsure = np.sqrt(at @ spread @ at + scatter**2) / -slope  # of the line, and of one more point
low, high = np.exp([needed - unsure, needed + unsure])
print(f"7 % on the copy asks for {np.exp(needed):.1e} operations,", end=" ")
print(f"with one error at the least {low:.1e} to {high:.1e}; record takes {ours['record'][0]:.1e}")
show_operations(theirs, copied, ours)

# %% [markdown]
# With both axes logarithmic, a power of the work is a straight line. On the copy his program makes
# half as many errors again: **never lay a figure measured on a copy beside a published one.** The
# dashed line assumes that every network suffers by that factor; we know it of one, from two runs.
# `record` and `fast` lie near it, `fast` far to the left, where no published program lies. So 93 %
# may take a little less work than `record` spends, or half as much again: five points can't say it
# more exactly. `classic`, still further left, makes nearly twice the line's errors.
#
# **Other machines.** `cnnedu train` finds a GPU by itself; how long it takes there is *not
# measured* (`python benchmarks/gpu.py` measures it). See [more machines](../docs/more_machines.md).
#
# ## Your own run
#
# In a terminal: `cnnedu train --recipe fast --set epochs=4 --set flip=random --out runs/mine`. Here
# is the same function under the dashboard. Change `recipe` and `words`, and run the cell again. In
# the quick budget it trains on 800 pictures of shapes; in the full one, with the data, CIFAR-10.

# %% tags=["nbval-ignore-output"]
import os

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
# Things to try, with a prediction each: `recipe = "classic"`; `"whitened=False"`; `"flip=never"`;
# `"optimizer=nesterov", "learning_rate=0.73", "momentum=0.85"`. Each run is one seed.
#
# ## Quiz

# %%
Quiz(
    Question(
        "Your recipe ends at 88.4 %, your colleague's at 88.1 %. What do you ask first?",
        Wrong(
            "Which of the two networks is larger",
            "First, whether there is a difference to explain.",
        ),
        Right(
            "How many seeds, views and seconds each",
            "Three tenths may be luck, more views, or another minute.",
        ),
        Wrong(
            "Nothing: yours is better, if not by much",
            "By one run each, of unknown length?",
        ),
    ),
    Question(
        "Whitened patches have …",
        Wrong(
            "values from 0 to 1 in every direction",
            "That is scaling. They may be negative, and beyond 1.",
        ),
        Wrong(
            "mean 0 in every direction, but no more",
            "That is normalising: it leaves neighbours correlated.",
        ),
        Right(
            "variance 1 in every direction",
            "So no direction is learnt faster than another.",
        ),
    ),
    Question(
        "You leave one ingredient out, and no change is seen. What do you know of it?",
        Wrong(
            "It is useless, in this recipe and in others",
            "Something else in the recipe may do its work.",
        ),
        Right("Its effect here is within the error", "At this length, on this data."),
        Wrong("It was measured too briefly", "Perhaps. The table can't say that, either."),
    ),
    Question(
        "Why does the average of the weights lag behind them?",
        Right(
            "It keeps 95 % of what it was at each step",
            "So it spans about the last twenty steps, and their middle is past.",
        ),
        Wrong(
            "It is updated once an epoch, after validation",
            "It is updated at each step.",
        ),
        Wrong(
            "Its learning rate is a twentieth of theirs",
            "It has no learning rate: no gradient reaches it.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Compare accuracy against time, on one machine, with seeds; the test set is read once.
# 2. Cheaper pictures: bfloat16 for products only (where the processor is quick in it), and small
#    pictures first.
# 3. More from each: in the finished recipe, Muon's steps and several views brought a gain that
#    three seeds could show; whitened input and flips in turns (against random ones) didn't.
# 4. A climb says what a rung adds to those below it, an ablation what the whole misses without it.
#    Below its error, neither says anything.
# 5. Errors fall as a small power of the work: each further point costs more than the last.
#
# **Now you:** [exercise 13](../exercises/13_full_cifar10_training/13_full_cifar10_training.ipynb).
# **Next:** [lesson 14, what the network sees](14_what_the_network_sees.ipynb).
#
# ## To read on
#
# - D. Page. "How to train your ResNet." myrtle.ai/learn/how-to-train-your-resnet, 2019. Whitened
#   patches, norms without scales, averaged weights, views.
# - T. Balsam. "hlb-CIFAR10." github.com/tysam-code/hlb-CIFAR10, 2023. Page's recipe, refined: 6.3
#   seconds on an A100.
# - K. Jordan. "94% on CIFAR-10 in 3.29 seconds on a single GPU." arXiv:2404.00498, 2024. Flips in
#   turns. Newer figures: github.com/KellerJordan/cifar10-airbench.
# - K. Jordan et al. "Muon: an optimizer for hidden layers in neural networks."
#   kellerjordan.github.io/posts/muon, 2024.
# - J. Hestness et al. "Deep learning scaling is predictable, empirically." arXiv:1712.00409, 2017.
#   Error as a power of data. J. Kaplan et al. "Scaling laws for neural language models."
#   arXiv:2001.08361, 2020. Loss as a power of the computing spent.
# - L. N. Smith, N. Topin. "Super-convergence: very fast training of neural networks using large
#   learning rates." arXiv:1708.07120, 2017. One cycle.
# - B. T. Polyak, A. B. Juditsky. "Acceleration of stochastic approximation by averaging." *SIAM
#   Journal on Control and Optimization* 30(4), 838–855, 1992. There all steps have equal weights.
# - T. He et al. "Bag of tricks for image classification with convolutional neural networks."
#   *CVPR*, 2019. An ablation of such a recipe, on ImageNet.
# - I. Sutskever et al. "On the importance of initialization and momentum in deep learning." *ICML*,
#   2013. Nesterov's step in the form used here.
# - P. Micikevicius et al. "Mixed precision training." *ICLR*, 2018.
# - D. Kalamkar et al. "A study of BFLOAT16 for deep learning training." arXiv:1905.12322, 2019.
# - C. Coleman et al. "DAWNBench: an end-to-end deep learning benchmark and competition." *ML
#   Systems Workshop at NeurIPS*, 2017. Time to accuracy.
