# %% [markdown]
# # 11 · Regularisation
#
# Give a network enough epochs and it learns its training pictures by heart. That is easy, and of no
# use. What you want is what it does with pictures that it has *not* seen. This lesson over-fits on
# purpose, takes the remedies apart with numbers small enough to check by hand, and then measures
# what each is worth, with error bars.
#
# **After this lesson you can**
#
# - make a network over-fit, and measure the gap;
# - work out by hand what L2, dropout, label smoothing and batch norm do to a few numbers;
# - say why L2 in the loss and weight decay are the same for SGD, and not for Adam;
# - write early stopping with patience, and change a picture without changing its label;
# - read an ablation: what is a difference, what is noise, and what was never tried.
#
# *Time:* 60 minutes. *Before this:* lessons 08, 09 and 10.

# %%
import itertools

import numpy as np
import torch
from torch import nn

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.digits import load_digits
from cnnedu.experiments.l11_regularisation import figures
from cnnedu.kernels import correlate2d
from cnnedu.models.classic import equipped
from cnnedu.nn import SGD, Adam, AdamW, Parameter
from cnnedu.plots import show_maps
from cnnedu.plots.learning_curves import show_overfitting
from cnnedu.plots.regularisation import show_ablation, show_shrinking
from cnnedu.training import augmentation
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import teach
from cnnedu.widgets import Question, Quiz, Right, TrainingDashboard, Wrong

torch.set_num_threads(1)
found = figures["ablation"]
on_photos = {name: [run["validation"] for run in runs] for name, runs in found["runs"].items()}
show_ablation(on_photos, "validation accuracy, three seeds")

# %% [markdown]
# Here is where this lesson ends: lesson 10's network, taught only 1,000 pictures of CIFAR-10, once
# for each remedy and three times over. The grey stripe is the network without any. By the end you
# will be able to say which of these rows tell you something. (*JPEG copy* of CIFAR-10; the command
# is `cnnedu experiment l11`. In the full budget, with the data, this notebook measures it again, in
# some twenty minutes.)
#
# ## Over-fit on purpose
#
# One hundred of lesson 08's digits to learn from, 360 held out, and a network of 13,706 numbers.
# That is 137 numbers for each picture. Watch the two curves part:


# %%
def build():
    """Two convolutions and two dense layers for pictures of 8×8."""
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)),
    )


(x, y), held_out = (tuple(map(torch.from_numpy, part)) for part in load_digits())
few, held_out = (2 * x[:100] - 1, y[:100]), (2 * held_out[0] - 1, held_out[1])
settings = {"epochs": 60, "batch_size": 20, "learning_rate": 3e-3}
print(f"{sum(p.numel() for p in build().parameters()):,} parameters")

# %% tags=["nbval-ignore-output"]
dashboard = TrainingDashboard(teach, build, few, held_out, **settings)
shown = display(dashboard.start(), display_id=True)

# %%
network, history = dashboard.wait()
print("training accuracy above 99 %:", history["accuracy"][-1] > 0.99)
print("held-out accuracy below 93 %:", history["held_out_accuracy"][-1] < 0.93)

# %% tags=["nbval-ignore-output"]
shown.update(dashboard)  # so that the stored notebook shows the end
gap = history["accuracy"][-1] - history["held_out_accuracy"][-1]
print(f"held out {history['held_out_accuracy'][-1]:.1%}: a gap of {100 * gap:.0f} points")
show_overfitting(history)

# %% [markdown]
# All hundred right, and about one new digit in nine wrong. The grey area is the **generalisation
# gap**. It is not a fault of the training: the loss it was asked to lower is as good as 0. It was
# asked the wrong question.
#
# ### Predict, then look
#
# Now give the hundred digits **random labels**. There is nothing to understand any more.

# %%
Quiz(
    Question(
        "What training accuracy does the same network reach on random labels?",
        Wrong("About 10 %: there is nothing to learn", "There is something to learn by heart."),
        Wrong("About 50 %", "What would stop it half way?"),
        Right("100 %", "With 137 numbers for each picture, it can simply store the answers."),
    )
)

# %%
labels = torch.randint(10, (100,), generator=torch.Generator().manual_seed(0))
_, nonsense = teach(build, (few[0], labels), held_out, **settings)
print("training accuracy above 95 %:", nonsense["accuracy"][-1] > 0.95)
print("held-out accuracy below 25 %:", nonsense["held_out_accuracy"][-1] < 0.25)

# %% [markdown]
# So a training accuracy of 100 % proves nothing at all. (Zhang and his colleagues did the same with
# ImageNet.) **Regularisation** is whatever lowers the *held-out* error, if need be at the price of
# the training error. Five ideas follow: stop in time, keep weights small, add noise, ask for less
# certainty, and show more than there is.
#
# ## Stop in time
#
# Measure the held-out loss after each epoch, and remember the lowest. **Patience** 2 means: when
# two epochs in a row have brought nothing lower, stop, and go back to the weights of the best one.
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
# | --- | --- | --- | --- | --- | --- | --- | --- | --- |
# | held-out loss | 0.90 | 0.70 | **0.60** | 0.62 | **0.58** | 0.61 | 0.65 | 0.70 |
# | epochs without a new lowest | 0 | 0 | 0 | 1 | 0 | 1 | 2: stop | |
#
# It stops after epoch 7 and keeps epoch 5. With patience 1 it would have stopped after epoch 4 and
# kept epoch 3.


# %%
def stop(losses, patience):
    """Return (epoch after which to stop, epoch to go back to), counted from 1."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best == patience:
            break
    return epoch + 1, best + 1


losses = [0.90, 0.70, 0.60, 0.62, 0.58, 0.61, 0.65, 0.70]
print("patience 2:", stop(losses, 2), "  patience 1:", stop(losses, 1))

# %% [markdown]
# The pictures that choose the epoch can't judge it any more (lesson 10). So early stopping takes
# three parts: to learn from, to stop by, to judge by. Here are the photographs' curves, without any
# remedy:

# %%
plain = found["curves"]["nothing"]
stopped, best = stop(plain["held_out_loss"], 3)
print(f"patience 3: stop after epoch {stopped}, go back to epoch {best}")
for epoch in (best, len(plain["loss"])):
    print(
        f"after epoch {epoch:>2}: held-out loss {plain['held_out_loss'][epoch - 1]:.2f}, "
        f"accuracy {plain['held_out_accuracy'][epoch - 1]:.1%}"
    )
show_overfitting(plain, best)

# %% [markdown]
# The loss turns at epoch 12, when barely 60 % of the training pictures are right, and then nearly
# doubles; the accuracy hardly moves. So what early stopping saves here is the loss and 25 of 40
# epochs. (Shown are the judging pictures. In the ablation, others choose.)
#
# ## Keep the weights small: L2
#
# Add to the loss half the sum of the squared weights, times a strength $\lambda$:
#
# $$ L' = L + \frac{\lambda}{2} \sum_i w_i^2 \qquad\Rightarrow\qquad
# \frac{\partial L'}{\partial w_i} = \frac{\partial L}{\partial w_i} + \lambda w_i $$
#
# The sum runs over all weights; biases are left out, for they shift a function but don't make it
# steep (PyTorch's `weight_decay` takes them, too, unless told otherwise). One step of SGD, sorted
# by $w$:
#
# $$ w \leftarrow w - \text{lr}\,(g + \lambda w) = (1 - \text{lr}\,\lambda)\, w - \text{lr}\, g $$
#
# So each step first takes a fixed *share* off the weight: **weight decay**. Take $w = 1$, lr = 0.1,
# $\lambda = 2$, and no gradient: three steps make 0.8, 0.64, 0.512. A weight that nothing pulls
# fades away. And if something pulls? Let $L = \tfrac12 (w - 3)^2$ alone want $w = 3$. With
# $\lambda = \tfrac12$ the sum of both is lowest where $w - 3 + \tfrac12 w = 0$, at $w = 2$: a
# compromise.


# %%
def descend(gradient, w, steps, kind=SGD, **settings):
    """Follow one weight for some steps of an optimiser; return its values."""
    weight = Parameter(np.array([float(w)]))
    optimiser, path = kind([weight], **settings), [float(w)]
    for step in range(steps):
        weight.grad = np.array([gradient(weight.value[0], step)])
        optimiser.step()
        path.append(float(weight.value[0]))
    return np.array(path)


print("no gradient:", descend(lambda w, step: 0.0, 1, 3, lr=0.1, weight_decay=2.0).round(3))
pulled = descend(lambda w, step: w - 3, 0, 25, lr=0.4, weight_decay=0.5)
print("pulled to 3:", pulled[[0, 1, 2, 3, 25]].round(3))

# %% [markdown]
# ### With Adam, L2 and weight decay part company
#
# Adam's first step is $\text{lr} \cdot g / |g|$: always lr long (lesson 08). Take $w = 1$, $g = 4$,
# lr = 0.1 and $\lambda = 0.5$.
#
# - No decay: $1 - 0.1 = 0.9$.
# - L2 *in the loss*: $g = 4 + 0.5 = 4.5$. The step is still 0.1 long: $w = 0.9$. The penalty did
#   **nothing**.
# - Decay *outside*: first $w \leftarrow (1 - 0.1 \cdot 0.5)\, w = 0.95$, then the step: $w = 0.85$.
#   This is **AdamW**.

# %%
for kind, strength in ((Adam, 0.0), (Adam, 0.5), (AdamW, 0.5)):
    w = descend(lambda w, step: 4.0, 1, 1, kind, lr=0.1, weight_decay=strength)[-1]
    print(f"{kind.__name__:<6} λ = {strength}: w = {w:.2f}")

# %% [markdown]
# Now many steps, and two weights whose gradients only jump to and fro: one by ±10, one by ±0.1.
# Neither is pulled anywhere.

# %%
Quiz(
    Question(
        "Adam, with L2 in the loss. Which of the two shrinks faster?",
        Wrong(
            "Both alike: λw is the same", "λw is added to g, and then all is divided by g's size."
        ),
        Right(
            "The one with gradients of ±0.1",
            "λw is divided by the gradient's size: what learns loudly is hardly shrunk.",
        ),
        Wrong("The one with gradients of ±10", "There λw, at most 0.1, drowns."),
    )
)


# %%
def jumping(size):
    """Return a gradient that jumps to and fro."""
    return lambda w, step: size if step % 2 else -size


ways = {
    "L2, gradient ±10": (Adam, 10),
    "L2, gradient ±0.1": (Adam, 0.1),
    "AdamW, ±0.1": (AdamW, 0.1),
}
paths = {
    name: descend(jumping(size), 1, 300, kind, lr=0.01, weight_decay=0.1)
    for name, (kind, size) in ways.items()
}
for name, path in paths.items():
    print(f"{name:<18} ends at {path[-1]:.2f}")
show_shrinking(paths, "weight")

# %% [markdown]
# **What came out.** With SGD the two are one and the same. With Adam, L2 in the loss takes from a
# weight the less, the larger its gradients are; AdamW takes the same share from all (try ±10: the
# same 0.75). So a $\lambda$ from one paper means nothing in another until you know which of the two
# it is. (`torch.optim.Adam(weight_decay=…)` is L2 in the loss.)
#
# ## Add noise: dropout
#
# In training, switch each number off with probability $p$, and divide those left by $1 - p$:
#
# $$ \text{out}_i = m_i\, x_i, \qquad m_i =
# \begin{cases} 0 & \text{with probability } p \\ \dfrac{1}{1 - p} & \text{otherwise} \end{cases}
# \qquad\Rightarrow\qquad
# \mathrm{E}[\text{out}_i] = p \cdot 0 + (1 - p) \cdot \frac{x_i}{1 - p} = x_i $$
#
# Four numbers, $p = 0.5$, and the mask $(2, 0, 0, 2)$: $(1, 2, 3, 4)$ becomes $(2, 0, 0, 8)$. There
# are $2^4 = 16$ masks, all equally likely. The mean over *all* of them:

# %%
four = np.array([1.0, 2.0, 3.0, 4.0])
masks = np.array(list(itertools.product([0.0, 2.0], repeat=4)))
print("one mask: ", four * [2, 0, 0, 2])
print("all masks:", (four * masks).mean(axis=0), "on average")

# %% [markdown]
# Exactly $x$. That is why nothing needs to be done in **evaluation**: there dropout is switched
# off, and what comes next sees the mean it is used to. (Scaling in training is called *inverted*
# dropout. Without it, all numbers would be twice as large in evaluation.) On the way back the
# gradient goes through the same mask: $dx = \text{dout} \cdot m$. What was switched off learns
# nothing from this batch.

# %%
out, mask = kernels.dropout(four, p=0.5, training=True, rng=np.random.default_rng(3))
print("training:  ", out, " mask", mask)
print("evaluation:", kernels.dropout(four, p=0.5, training=False)[0])
print("gradient:  ", kernels.dropout_backward(np.ones(4), mask))

# %% [markdown]
# Why does it help? No unit can rely on a particular other one being there. Or: every batch trains
# another thinned network, and the evaluation averages them all, roughly.
#
# ## Batch norm, a remedy by accident
#
# Batch norm was made to let networks learn faster. For each channel, with the mean $\mu$ and the
# variance $\sigma^2$ of the **batch** in training, and of **running** means in evaluation:
#
# $$ \text{out} = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta,
# \qquad \text{running} \leftarrow 0.9 \cdot \text{running} + 0.1 \cdot \text{batch} $$
#
# A batch of four numbers, $(1, 1, 5, 5)$: $\mu = 3$, $\sigma^2 = 4$. With $\gamma = 1$ and
# $\beta = 0$ that makes $(-1, -1, 1, 1)$. The running mean starts at 0 and goes to
# $0.1 \cdot 3 = 0.3$; the running variance starts at 1, and takes the batch's divided by $N - 1$,
# 16/3, to be fair: $0.9 + 0.1 \cdot 5.333 = 1.433$.

# %%
batch = np.array([[1.0], [1.0], [5.0], [5.0]])
out, mean, var = kernels.batch_norm(batch, np.zeros(1), np.ones(1), training=True, eps=0.0)
print("training:  ", out.ravel(), " running mean", mean.round(3), " variance", var.round(3))
print("evaluation:", kernels.batch_norm(batch, mean, var, eps=0.0)[0].ravel().round(3))
other = kernels.batch_norm(batch + 4, mean, var, training=True, eps=0.0)[0]
print("the same 5 in the batch (5, 5, 9, 9):", other[0])

# %% [markdown]
# Two things to see. After one batch the evaluation is far off: forget `network.eval()`, or evaluate
# too early, and the figures are nonsense. And the same 5 became +1 in one batch and −1 in another:
# what a picture gives depends on its company. That is noise, and noise regularises. It falls with
# larger batches.
#
# ### Dropout next to batch norm
#
# Put dropout *before* batch norm. Numbers with mean 0 and variance 1 go through dropout with
# $p = 0.5$: in training half are 0 and half are doubled, and the variance is
# $\tfrac12 \cdot 0 + \tfrac12 \cdot 2^2 = 2$. Batch norm learns to expect 2. In evaluation dropout
# is off, and 1 comes.

# %%
numbers = np.random.default_rng(0).normal(size=(100_000, 1))
dropped = kernels.dropout(numbers, p=0.5, rng=np.random.default_rng(1))[0]
_, mean, var = kernels.batch_norm(dropped, np.zeros(1), np.ones(1), training=True, momentum=1.0)
evaluated = kernels.batch_norm(numbers, mean, var)[0]
print(
    f"running variance {var[0]:.1f}; standard deviation in evaluation {evaluated.std():.2f}, not 1"
)

# %% [markdown]
# Everything comes out too small by $\sqrt2$, just when it counts. So: dropout *after* the last
# batch norm, before the dense layers. Our `equipped(network, dropout, batch_norm)` does just that.
#
# ## Ask for less certainty: label smoothing
#
# The target for class 0 of four is $(1, 0, 0, 0)$, and cross-entropy is content only when its logit
# is infinitely far above. **Label smoothing** shares $\varepsilon$ out among all $K$ classes:
#
# $$ t_k = (1 - \varepsilon)\,[k = y] + \frac{\varepsilon}{K}, \qquad L = -\sum_k t_k \ln p_k $$
#
# With $\varepsilon = 0.2$: $t = (0.85, 0.05, 0.05, 0.05)$. An answer $p = (0.97, 0.01, 0.01, 0.01)$
# costs $-0.85 \ln 0.97 - 0.15 \ln 0.01 = 0.717$. The less certain $p = t$ costs $0.588$, and
# nothing costs less.

# %%
sure, modest = [0.97, 0.01, 0.01, 0.01], [0.85, 0.05, 0.05, 0.05]
for smoothing in (0.0, 0.2):
    losses = kernels.cross_entropy(
        np.log([sure, modest]), np.array([0, 0]), reduction="none", label_smoothing=smoothing
    )
    print(f"ε = {smoothing}: sure {losses[0]:.3f}, modest {losses[1]:.3f}")
print(f"the best gap between two logits: ln(0.85 / 0.05) = {np.log(0.85 / 0.05):.2f}")

# %% [markdown]
# Being surer than the target now costs something: the logits stop growing at a gap of 2.83. Compare
# loss curves only if they were smoothed alike: with smoothing, 0 is out of reach.
#
# ## Show more than there is: augmentation
#
# The best remedy is more pictures. If you know a change that leaves the *label* alone, you have
# them for free. Draw a new change each time a picture is shown. Here is the smiley; the cut-out
# square is filled with the mean grey:

# %%
picture = (
    torch.from_numpy(smiley()).float()[None, None].repeat_interleave(4, 2).repeat_interleave(4, 3)
)
drawn = torch.Generator().manual_seed(6)
changed = {
    "the smiley": picture,
    "mirrored": augmentation.flip(picture, torch.tensor([True])),
    "shifted, border mirrored": augmentation.random_shift(picture, 8, drawn),
    "cropped (no border)": picture[:, :, 4:28, 2:26],
    "rotated": augmentation.random_rotation(picture, 30, drawn),
    "cut-out": augmentation.cutout(picture, 12, picture.mean(), drawn),
    "upside down": picture.flip(2),
}
show_maps(
    [1 - p[0, 0].numpy() for p in changed.values()], list(changed), columns=4, white=1, size=1.9
)

# %%
print("the mirrored smiley is the smiley:", torch.equal(changed["mirrored"], picture))

# %% [markdown]
# Look at them with care. Mirroring the smiley gives the smiley: a change that adds nothing. Upside
# down it no longer smiles: a change of the *label*. Which change is harmless is not a property of
# the change; it is knowledge about your pictures.
#
# And lesson 01's edge detector? It answers +2 where there are two more inked pixels on the right.
# In the mirror they are on the left, and it says −2:
#
# $$ \text{mirror}(x) \star w = -\,\text{mirror}(x \star w) $$
#
# The smiley is its own mirror image. So its answers, read backwards, must be their own negatives.
# And for any other picture, say a digit:

# %%
edges, digit = correlate2d(smiley(), edge_kernel()), x[0, 0].numpy()
print("smiley, row 3:", edges[3], "  backwards:", edges[3, ::-1])
mirrored = correlate2d(digit[:, ::-1], edge_kernel())
print("a digit:", np.allclose(mirrored, -correlate2d(digit, edge_kernel())[:, ::-1]))

# %% [markdown]
# So a network that learns from mirrored pictures needs both signs of the detector. It pays for the
# wider knowledge with filters, and with epochs, as you are about to see.
#
# ## A small ablation, live
#
# Change *one* thing at a time, keep the rest, repeat with other seeds. A seed decides the first
# weights, the order and all noise. With $n$ results, their mean $m$ has the standard error
#
# $$ \text{SE} = \frac{s}{\sqrt n}, \qquad s^2 = \frac{1}{n - 1} \sum_i (a_i - m)^2 $$
#
# For 86, 87 and 91 %: $m = 88$, $s^2 = (4 + 1 + 9)/2 = 7$, SE $= \sqrt{7/3} = 1.5$ points.

# %%
Quiz(
    Question(
        "A hundred digits again. Which helps the held-out accuracy most?",
        Wrong("Dropout, p = 0.5", "The favourite of the textbooks, for much larger dense layers."),
        Right("Batch norm", "By five points or so, though it was not made for it."),
        Wrong("Shifting by a pixel", "It helps, too, if there is time. See below."),
    )
)


# %% tags=["nbval-ignore-output"]
def three(layers=None, **ways):
    """Return networks taught with three seeds."""
    ways = settings | ways
    return [
        teach(lambda: equipped(build(), **layers or {}), few, seed=seed, **ways)[0]
        for seed in range(3)
    ]


def shift(pictures):
    return augmentation.random_shift(pictures, 1)


networks = {
    "nothing": three(),
    "dropout": three({"dropout": 0.5}),
    "batch norm": three({"batch_norm": True}),
    "label smoothing": three(label_smoothing=0.1),
    "shift by a pixel": three(augment=shift),
    "shift, 20 epochs": three(augment=shift, epochs=20),
    "nothing, 20 epochs": three(epochs=20),
}
on_digits = {name: [evaluate(n, *held_out)[1] for n in some] for name, some in networks.items()}
for name, accuracies in on_digits.items():
    error = np.std(accuracies, ddof=1) / 3**0.5
    print(f"{name:<18} {100 * np.mean(accuracies):.1f} ± {100 * error:.1f} %")
show_ablation(on_digits, "held-out accuracy, three seeds")

# %%
means = {name: np.mean(accuracies) for name, accuracies in on_digits.items()}
print("batch norm helps by two points or more:", means["batch norm"] > means["nothing"] + 0.02)
print(
    "shifting for 20 epochs only is worse than for 60:",
    means["shift, 20 epochs"] < means["shift by a pixel"],
)

# %% [markdown]
# **What came out.** Batch norm gains about six points, smoothing and shifting about four; dropout's
# bar overlaps the grey stripe: no effect *seen*. And shifting, given a third of the epochs, is a
# disaster: every picture is a new one, and learning takes longer. A remedy is judged only when it
# had the time it needs.
#
# The bars hold the luck of the *seed* alone. The luck of the 360 digits (±1.8 points, lesson 10)
# comes on top, but all rows share it.
#
# ## The ablation on photographs
#
# Lesson 10's classic network, 1,000 pictures of CIFAR-10 (a fiftieth), 40 epochs of Adam, three
# seeds; judged on 5,000 others, never on the test set (early stopping chose by 1,000 more). Each
# remedy has *one* strength, a usual one, and none was tuned.

# %%
print(f"{'':<17}{'training':>10}{'validation':>12}   loss   (JPEG copy)")
for name, runs in found["runs"].items():
    known, kept, loss = (
        np.array([run[k] for run in runs]) for k in ("training", "validation", "loss")
    )
    error = kept.std(ddof=1) / len(kept) ** 0.5
    print(
        f"{name:<17}{known.mean():>9.1%} {kept.mean():>9.1%} ± {100 * error:.1f}{loss.mean():>7.2f}"
    )

# %% [markdown]
# (± one standard error. The first figure of this lesson draws the table.) **What came out.**
#
# - *Seen.* Batch norm gains 8 points, shifting 6½, dropout 5, mirroring 4, cut-out 3: about three
#   standard errors of the difference, $\sqrt{\text{SE}_1^2 + \text{SE}_2^2}$, or more. (Three seeds
#   make rough bars: at two I would say nothing.)
# - *Not seen* in the accuracy: early stopping, L2, smoothing, rotating, turning upside down. But
#   look at the loss: stopping and smoothing save a third or more of it. And L2 hardly lowered the
#   *training* accuracy: at this strength it did next to nothing. Other strengths weren't tried. "L2
#   doesn't help" is not in this table.
# - *The gap is not the goal.* Batch norm has the widest gap of all, 52 points, and the best
#   accuracy of all single remedies.
# - *Remedies don't add up.* Five of them alone gained 3 to 8 points; together they gain 8, as batch
#   norm does by itself. Their loss is by far the lowest, though. And at 60.5 % this network doesn't
#   even know its training pictures: with so much noise it would take more epochs. That wasn't
#   tried.
# - *Nor do they carry over.* Smoothing gained four points on the digits and nothing here; dropout
#   the other way round.
#
# ### Predict, then look
#
# Everything together, seed 0. Its curves come below. Half way, after epoch 20:

# %%
Quiz(
    Question(
        "Which accuracy is higher?",
        Wrong("Training: it always is", "Think of what is *shown* in training."),
        Right(
            "Held out",
            "It is measured on pictures as they are, by the whole network. Training isn't.",
        ),
        Wrong("Both are equal: no over-fitting", "They are measured on different things."),
    )
)

# %%
together = found["curves"]["all together"]
last = found["runs"]["all together"][0]
for epoch in (20, 40):
    print(
        f"epoch {epoch}: as shown in training {together['accuracy'][epoch - 1]:.1%}, "
        f"held out {together['held_out_accuracy'][epoch - 1]:.1%}"
    )
print(f"the training pictures as they are, at the end: {last['training']:.1%}")
show_overfitting(together)

# %% [markdown]
# In training the pictures come mirrored, moved, turned and covered, to a network half of whose
# dense inputs are switched off. The held-out pictures come as they are, to the whole network. So
# the blue curve lies *below* the other for most of the run, and nothing is wrong: the two measure
# different things. To know the gap, show the training pictures as they are, in evaluation mode:
# 60.6 − 47.9, 13 points, where there were 58. (The losses can't be compared at all: one is
# smoothed.)
#
# ## A claim to test
#
# > "Augmentation always helps."
#
# Turn each digit by 180° with probability 1/2. Most digits just look odd; but a 6 becomes a 9. And
# mirror it: a photograph's mirror image could be a photograph, a digit's is no digit.

# %%
Quiz(
    Question(
        "Half turns: which digits suffer?",
        Wrong("None: more pictures are more pictures", "More of *what*? Look at a 6."),
        Wrong("All alike", "All get harder. But two get contradictory."),
        Right("Most of all 6 and 9", "The same picture now comes with two labels."),
    )
)


# %% tags=["nbval-ignore-output"]
def half_turn(pictures):
    some = torch.rand(len(pictures), 1, 1, 1) < 0.5
    return torch.where(some, pictures.flip(2, 3), pictures)


networks["half turns"] = three(augment=half_turn)
networks["mirror"] = three(augment=augmentation.random_flip)
recall = {}
for name in ("nothing", "half turns", "mirror"):
    said = torch.stack([network(held_out[0]).argmax(dim=1) for network in networks[name]])
    right = (said == held_out[1]).float().mean(dim=0).numpy()
    recall[name] = np.array([right[held_out[1] == k].mean() for k in range(10)])
print("recall (%)  ", *[f"{k:>4}" for k in range(10)], "  mean")
for name, shares in recall.items():
    print(
        f"{name:<12}", *[f"{100 * share:4.0f}" for share in shares], f"{100 * shares.mean():6.1f}"
    )

# %%
lost = recall["nothing"] - recall["half turns"]
print(
    "6 and 9 lose more than the others on average:",
    lost[[6, 9]].mean() > np.delete(lost, [6, 9]).mean(),
)
print("half turns are worse than nothing:", recall["half turns"].mean() < recall["nothing"].mean())

# %% [markdown]
# **What came out.** No. Half turns cost four points or so, and 9 and 6 pay most; mirroring costs
# two or three. On photographs, mirroring *gained* four points, and turning upside down gained
# nothing: photographs are taken upright. The rule that is left: augment with changes that (1) keep
# the label, (2) make pictures that could have come from the camera, and (3) can be learnt in the
# epochs you have.
#
# How strong, how often? Validation decides, and then it has been used (lesson 10).
#
# ## Quiz

# %%
Quiz(
    Question(
        "Dropout with p = 0.8 in training, inverted. What does a kept number get multiplied by?",
        Wrong("0.2", "Then the mean would be 0.04 of what it was."),
        Right("5", "1 / (1 − 0.8): a fifth is kept, so it must count five times."),
        Wrong("1.25", "That is 1 / 0.8. p is the probability of a *zero*."),
    ),
    Question(
        "Your training accuracy is 60 %, the held-out accuracy 59 %. What now?",
        Wrong("More regularisation", "There is no gap to close; it would lower both."),
        Right("Less regularisation, a larger network or more epochs", "It under-fits."),
        Wrong("Nothing: no over-fitting means it is good", "Guessing has no gap, either."),
    ),
    Question(
        "Remedy A: 71.2 ± 0.9 %. Nothing: 70.8 ± 0.8 %. "
        "(Three seeds, standard errors.) You write …",
        Wrong("“A helps by 0.4 points”", "The difference alone has an error of 1.2 points."),
        Wrong("“A has no effect”", "Nor is that shown: two points either way would fit."),
        Right("“no effect seen; one of two points can't be ruled out”", "It takes more seeds."),
    ),
    Question(
        "Early stopping chose the epoch. On which pictures do you report the accuracy?",
        Wrong("Those it was chosen by", "The best of many epochs there is partly luck."),
        Right("Pictures that took no part", "Learn, stop, judge: three parts."),
        Wrong("All that were not learnt from", "The choosing ones are among them."),
    ),
    Question(
        "You sort photographs of left and right hands. Which augmentation is harmful?",
        Right("Mirroring", "It makes a left hand of a right one, and keeps the label."),
        Wrong("Shifting by two pixels", "Does that change which hand it is?"),
        Wrong("Rotating by 10°", "A left hand, tilted, is a left hand."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A network can learn random labels by heart: only held-out pictures judge.
# 2. L2 takes a share of each weight per step; with Adam, only AdamW does.
# 3. Dropout keeps the mean by dividing by $1 - p$; batch norm is noise from the batch; both change
#    between training and evaluation.
# 4. Augmentation is knowledge: change what leaves the label alone, and give it epochs.
# 5. An ablation changes one thing, shows every seed, and says what wasn't tried.
#
# **Now you:** [exercise 11](../exercises/11_regularisation/11_regularisation.ipynb).
# **Next:** [lesson 12, architectures](12_architectures.ipynb).
#
# ## To read on
#
# - C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals. "Understanding deep learning requires
#   rethinking generalization." *ICLR*, 2017. Random labels.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov. "Dropout: a simple way
#   to prevent neural networks from overfitting." *Journal of Machine Learning Research* 15, 2014.
# - S. Ioffe, C. Szegedy. "Batch normalization: accelerating deep network training by reducing
#   internal covariate shift." *ICML*, 2015.
# - X. Li, S. Chen, X. Hu, J. Yang. "Understanding the disharmony between dropout and batch
#   normalization by variance shift." *CVPR*, 2019.
# - I. Loshchilov, F. Hutter. "Decoupled weight decay regularization." *ICLR*, 2019.
# - C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna. "Rethinking the Inception architecture
#   for computer vision." *CVPR*, 2016. Label smoothing.
# - T. DeVries, G. W. Taylor. "Improved regularization of convolutional neural networks with
#   cutout." arXiv:1708.04552, 2017.
# - L. Prechelt. "Early stopping – but when?" In *Neural Networks: Tricks of the Trade*,
#   Springer, 1998.
