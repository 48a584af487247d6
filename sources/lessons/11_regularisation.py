# %% [markdown]
# # 11 · Regularisation
#
# Give a network enough epochs, and it learns its training pictures by heart. That is easy, and of
# no use: you want to know what it does with pictures that it has *not* seen. In this lesson you
# over-fit on purpose. You build each remedy yourself, from numbers that you can check by hand. Then
# we measure what each is worth, and test the usual explanation of one.
#
# **After this lesson you can**
#
# - make a network over-fit, and measure the gap;
# - write early stopping, dropout, batch norm, label smoothing and cut-out yourself;
# - say why L2 in the loss and weight decay are the same for SGD, and not for Adam;
# - test an explanation such as "batch norm helps because it is noise";
# - read an ablation: what is seen, what isn't, and what was never tried.
#
# *Time:* 60 minutes. *Before this:* lessons 08, 09 and 10.

# %%
import itertools
from collections import ChainMap

import numpy as np

from cnnedu import kernels
from cnnedu.data import cifar10, edge_kernel, smiley, ten_photos
from cnnedu.experiments import l11_batch_noise as batch_noise
from cnnedu.experiments import l11_photographs as photographs
from cnnedu.experiments import l11_regularisation as measured
from cnnedu.experiments.store import by_name, in_full_budget, results_of
from cnnedu.nn import SGD, Adam, AdamW, Parameter
from cnnedu.plots import show_maps
from cnnedu.plots.learning_curves import show_overfitting
from cnnedu.plots.regularisation import show_gains, show_samples, show_shrinking
from cnnedu.widgets import Question, Quiz, Right, TrainingDashboard, Wrong

figures = {
    "digits": by_name(results_of("l11_regularisation", "digits")),
    "photos": by_name(results_of("l11_photographs", "photos")),
}


# The lesson's figures were measured before; these two functions read them.
def results(part, quantity, name):
    """One number for each run of a remedy."""
    return np.array([run[quantity] for run in figures[part][name]])


def gains(part, quantity="held_out"):
    """What each remedy adds to the plain run of the same seed, in the order of the digits' rows."""
    rows = [name for name in figures["digits"] if name in figures[part]]
    plain = results(part, quantity, "nothing")
    return {name: results(part, quantity, name) - plain for name in rows if name != "nothing"}


show_gains({"digits": gains("digits"), "photographs": gains("photos")}, "gain in accuracy")

# %% [markdown]
# This figure is where the lesson ends. A network learns a few pictures, once without any remedy and
# once with each of these, starting from the same weights. How many points does the remedy add on
# new pictures? On the left the network learns 100 digits, on the right 300 small pieces of lesson
# 10's photographs, with fewer remedies. A full dot is a gain that is *seen*: more than three of its
# errors (lesson 10). By the end you can read this figure, and say what it doesn't show.
#
# ## Over-fit on purpose
#
# Here are a network of 13,706 parameters and the loop that trains it. There are one hundred digits
# to learn from, 200 others to stop by, and 1,497 to judge by. That is 137 parameters for each
# digit.


# %%
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.models.classic import equipped
from cnnedu.training import augmentation
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import teach

torch.set_num_threads(1)
figures = ChainMap({}, measured.figures, photographs.figures)  # all of them


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.dense1 = nn.Linear(128, 64)
        self.dense2 = nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.dense2(F.relu(self.dense1(x.flatten(1))))


def train(network, x, y, epochs, rate, change=None, loss_of=F.cross_entropy, decay=0.0):
    steps = epochs * -(-len(y) // 20)  # −(−a // b) is a / b, rounded up
    # Without a decay, AdamW is Adam. What its W means comes below.
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
    losses = []
    for _ in range(epochs):
        network.train()
        for batch in torch.randperm(len(y)).split(20):
            for group in optimiser.param_groups:
                group["lr"] = rate * (1 - len(losses) / steps)  # falls to 0
            shown = change(x[batch]) if change else x[batch]
            loss = loss_of(network(shown), y[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
    network.eval()
    return np.reshape(losses, (epochs, -1)).mean(axis=1)


few, stopping, held_out = measured.drawn_digits(seed=0)
print(f"{sum(p.numel() for p in Network().parameters()):,} parameters")

# %% [markdown]
# `change`, `loss_of` and `decay` wait for the remedies. **The learning rate falls** in a straight
# line from `rate` to 0. With a fixed rate, the last few batches still push the weights to and fro;
# here the last steps are tiny, and the weights come to rest.
#
# The course's engine, `teach`, does the same and can report to a dashboard. Let's make sure:

# %%
torch.manual_seed(0)
own = train(Network(), *few, epochs=20, rate=3e-3)
settings = {"batch_size": 20, "learning_rate": 3e-3}
_, history = teach(Network, few, epochs=20, seed=0, **settings)
assert np.allclose(own, history["loss"], atol=1e-5)
print("loss after epochs 1, 10, 20:", own[[0, 9, 19]].round(3))

# %% [markdown]
# Now give it 60 epochs, and watch the two curves part:

# %% tags=["nbval-ignore-output"]
dashboard = TrainingDashboard(teach, Network, few, held_out, epochs=60, **settings)
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
# All hundred are right, and more than one new digit in ten is wrong. The grey area is the
# **generalisation gap**. The training did nothing wrong: it was asked to lower the loss of these
# hundred digits, and that is almost 0. It was asked the wrong question.
#
# ### Predict, then look
#
# Now give the hundred digits **random labels**. There is nothing left to understand.

# %%
Quiz(
    Question(
        "What training accuracy does the same network reach on random labels?",
        Wrong("about 10 %: there is nothing to learn", "There is something to learn by heart."),
        Right("100 %, or nearly so", "With 137 parameters for each digit, it stores the answers."),
        Wrong("about 50 %: it learns the easier half", "None is easier. What would stop it there?"),
    )
)

# %%
labels = torch.randint(10, (100,), generator=torch.Generator().manual_seed(0))
_, nonsense = teach(Network, (few[0], labels), held_out, epochs=60, **settings)
print("training accuracy above 95 %:", nonsense["accuracy"][-1] > 0.95)
print("held-out accuracy below 25 %:", nonsense["held_out_accuracy"][-1] < 0.25)

# %% [markdown]
# So a training accuracy of 100 % proves nothing. **Regularisation** is whatever lowers the
# *held-out* error, if need be at the price of the training error.
#
# ## Stop in time
#
# **Early stopping** measures the loss on held-out pictures after each epoch and remembers the
# lowest. **Patience** 2 means: when two epochs in a row have brought nothing lower, stop, and go
# back to the weights of the best epoch.
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
    """The epoch after which to stop and the epoch to go back to, counted from 1."""
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
# The pictures that choose the epoch can't judge it any more (lesson 10). So early stopping needs
# three parts: one to learn from, one to stop by, one to judge by. Here is the second, for the
# network above. The engine has to stop where `stop` does:

# %%
_, watched = teach(Network, few, stopping, epochs=60, **settings)
_, stopped = teach(Network, few, stopping, epochs=60, patience=5, **settings)
last, best = stop(watched["held_out_loss"], 5)
assert len(stopped["loss"]) == last
show_overfitting(watched, best)

# %% tags=["nbval-ignore-output"]
print(f"patience 5: stop after epoch {last}, go back to epoch {best}")
for epoch in [best, 60]:
    loss, share = (watched[f"held_out_{name}"][epoch - 1] for name in ("loss", "accuracy"))
    print(f"after epoch {epoch:>2}: held-out loss {loss:.2f}, accuracy {share:.1%}")

# %% [markdown]
# The held-out loss stops falling while the training goes on, and the accuracy hardly moves. So
# early stopping saves time, and a little loss. The comparison below shows it in the loss, not in
# the accuracy. (It isn't quite fair: early stopping gets 200 more labelled digits, and it stops
# while the rate is still high.)
#
# ## Keep the weights small: L2
#
# Add to the loss half the sum of the squared weights, times a strength $\lambda$. This is the **L2
# penalty**:
#
# $$ L' = L + \frac{\lambda}{2} \sum_i w_i^2 \qquad\Rightarrow\qquad
# \frac{\partial L'}{\partial w_i} = \frac{\partial L}{\partial w_i} + \lambda w_i $$
#
# The sum runs over the weights. Biases are usually left out: they move a function but don't make it
# steeper. (PyTorch's `weight_decay` includes them unless you tell it not to, and so do `teach` and
# `train`.) One step of SGD, sorted by $w$, is:
#
# $$ w \leftarrow w - \text{lr}\,(g + \lambda w) = (1 - \text{lr}\,\lambda)\, w - \text{lr}\, g $$
#
# So each step first takes a fixed *share* off the weight. This is called **weight decay**. Take
# $w = 1$, lr = 0.1, $\lambda = 2$, and no gradient: three steps give 0.8, 0.64, 0.512. A weight
# that nothing pulls fades away. What if something does pull? Let $L = \tfrac12 (w - 3)^2$ pull it
# to 3. With $\lambda = \tfrac12$ the sum of both is lowest where $w - 3 + \tfrac12 w = 0$,
# at $w = 2$: a compromise.


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
# Adam's first step is $\text{lr} \cdot g / |g|$, so it is always lr long (lesson 08). Take $w = 1$,
# $g = 4$, lr = 0.1 and $\lambda = 0.5$.
#
# - No decay: $1 - 0.1 = 0.9$.
# - L2 *in the loss*: $g = 4 + 0.5 = 4.5$. The step is still 0.1 long, so $w = 0.9$. The penalty did
#   **nothing**.
# - Decay *outside* the loss: first $w \leftarrow (1 - 0.1 \cdot 0.5)\, w = 0.95$, then the step:
#   $w = 0.85$. This is **AdamW**.

# %%
for kind, strength in ((Adam, 0.0), (Adam, 0.5), (AdamW, 0.5)):
    w = descend(lambda w, step: 4.0, 1, 1, kind, lr=0.1, weight_decay=strength)[-1]
    print(f"{kind.__name__:<6} λ = {strength}: w = {w:.2f}")

# %% [markdown]
# Now take many steps and two weights whose gradients only jump to and fro: one by ±10, one by ±0.1.

# %%
Quiz(
    Question(
        "Adam, with L2 in the loss. Which of the two shrinks faster?",
        Wrong(
            "both shrink alike, because λw is the same for both",
            "λw is added to g, and then the sum is divided by its own size.",
        ),
        Wrong(
            "the one with gradients of ±10, which takes longer steps",
            "Adam divides by the gradient's size, so the steps are alike. λw, at most 0.1, drowns.",
        ),
        Right(
            "the one with gradients of ±0.1, which λw can still move",
            "λw is divided by the gradient's size: large gradients leave little of it.",
        ),
    )
)


# %%
def jumping(size):
    """Return a gradient that jumps to and fro."""
    return lambda w, step: size if step % 2 else -size


ways = {
    "L2, gradient ±10": (Adam, 10),
    "L2, gradient ±0.1": (Adam, 0.1),
    "AdamW, ±10": (AdamW, 10),
    "AdamW, ±0.1": (AdamW, 0.1),
}
paths = {
    name: descend(jumping(size), 1, 300, kind, lr=0.01, weight_decay=0.1)
    for name, (kind, size) in ways.items()
}
for name, path in paths.items():
    print(f"{name:<18} ends at {path[-1]:.2f}")
# AdamW's two paths are the same, so one is drawn.
show_shrinking({name: path for name, path in paths.items() if name != "AdamW, ±10"}, "weight")

# %% [markdown]
# **What came out.** With SGD the two are the same. With Adam, L2 in the loss takes less from a
# weight the larger its gradients are, and AdamW takes the same share from all. So a $\lambda$ from
# one paper means nothing in another until you know which of the two it is.
# (`torch.optim.Adam(weight_decay=…)` is L2 in the loss.)
#
# ## Add noise: dropout
#
# In training, **dropout** switches each number off with probability $p$, and divides those that are
# left by $1 - p$:
#
# $$ \text{out}_i = m_i\, x_i, \qquad m_i =
# \begin{cases} 0 & \text{with probability } p \\ \dfrac{1}{1 - p} & \text{otherwise} \end{cases}
# \qquad\Rightarrow\qquad
# \mathrm{E}[\text{out}_i] = p \cdot 0 + (1 - p) \cdot \frac{x_i}{1 - p} = x_i $$
#
# Take four numbers, $p = 0.5$, and the mask $(2, 0, 0, 2)$: $(1, 2, 3, 4)$ becomes $(2, 0, 0, 8)$.
# There are $2^4 = 16$ masks, all equally likely. The mean over *all* of them is exactly $x$:

# %%
four = np.array([1.0, 2.0, 3.0, 4.0])
masks = np.array(list(itertools.product([0.0, 2.0], repeat=4)))
print("one mask: ", four * [2, 0, 0, 2])
print("all masks:", (four * masks).mean(axis=0), "on average")


# %%
def dropout(x, p, training):
    if not training:
        return x
    kept = torch.empty_like(x).bernoulli_(1 - p)  # 1 with probability 1 − p, else 0
    return x * kept / (1 - p)


thousand = torch.linspace(-1, 1, 1000)
torch.manual_seed(0)
own = dropout(thousand, 0.8, training=True)
torch.manual_seed(0)
assert torch.allclose(own, F.dropout(thousand, 0.8))
print(f"{(own == 0).float().mean():.1%} are zero")

# %% [markdown]
# In **evaluation** dropout is switched off, and the next layer sees the mean that it is used to.
# (Because it scales in training, this is called *inverted* dropout.) On the way back, the gradient
# goes through the same mask: what was switched off learns nothing from this batch.
#
# The usual explanation is that no unit can rely on a particular other one. We don't test it here.
#
# ## Batch norm
#
# **Batch norm** was made to let networks learn faster. In training it takes the mean $\mu$ and the
# variance $\sigma^2$ of each channel over the **batch**, and in evaluation their **running** means:
#
# $$ \text{out} = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta,
# \qquad \text{running} \leftarrow 0.9 \cdot \text{running} + 0.1 \cdot \text{batch} $$
#
# Take a batch of four numbers, $(1, 1, 5, 5)$: $\mu = 3$, $\sigma^2 = 4$. With $\gamma = 1$ and
# $\beta = 0$ they become $(-1, -1, 1, 1)$. The running mean starts at 0 and moves to $0.1 \cdot 3 =
# 0.3$. The running variance starts at 1. Here the sum of the squared differences from $\mu$, 16, is
# divided by $N - 1$, which gives 16/3, so it becomes $0.9 + 0.1 \cdot 5.333 = 1.433$.


# %%
def batch_norm(x, gamma, beta, running, training, eps=1e-5):
    """x: (N, C, H, W); running: [mean, variance], each (C,); it is changed in training."""
    if training:
        axes = (0, 2, 3)
        mean, variance = x.mean(axes), x.var(axes, unbiased=False)
        # detach: the running means need no gradient
        running[0] = 0.9 * running[0] + 0.1 * mean.detach()
        running[1] = 0.9 * running[1] + 0.1 * x.detach().var(axes, unbiased=True)
    else:
        mean, variance = running
    shape = (1, -1, 1, 1)
    x = (x - mean.view(shape)) / (variance.view(shape) + eps).sqrt()
    return gamma.view(shape) * x + beta.view(shape)


def of_one_channel(numbers):
    return torch.tensor(numbers).view(-1, 1, 1, 1)


one, none = torch.ones(1), torch.zeros(1)
running, batch = [none, one], of_one_channel([1.0, 1.0, 5.0, 5.0])
print("training:  ", batch_norm(batch, one, none, running, True, eps=0).flatten().numpy())
print("running mean and variance:", *[f"{value.item():.3f}" for value in running])
print("evaluation:", batch_norm(batch, one, none, running, False).flatten().numpy().round(3))
other = batch_norm(of_one_channel([5.0, 5.0, 9.0, 9.0]), one, none, [none, one], True, eps=0)
print("the same 5 in the batch (5, 5, 9, 9):", other[0].item())

# %%
maps = torch.linspace(-1, 3, 5 * 2 * 4 * 4).sin().view(5, 2, 4, 4)
layer, running = nn.BatchNorm2d(2), [torch.zeros(2), torch.ones(2)]
for training in [True, False]:
    own = batch_norm(maps, torch.ones(2), torch.zeros(2), running, training)
    assert torch.allclose(own, layer.train(training)(maps), atol=1e-6)

# %% [markdown]
# After one batch, evaluation is far off: forget `network.eval()`, or evaluate too early, and the
# figures are nonsense. And the same 5 became +1 in one batch and −1 in another: what a picture
# gives depends on its company.
#
# ### A claim to test: batch norm regularises because it is noise
#
# > "The random company in a batch is noise. That is why batch norm regularises."
#
# The two can be taken apart. In each step we send all 100 digits through the network, and let only
# 20 of them, the batch, count in the loss. Then each channel can use the mean and variance of the
# batch, which is random, or those of all 100, which isn't. So there are four networks:
#
# | | without the batch's noise | with the batch's noise |
# | --- | --- | --- |
# | **as they are** | $x$ | $\dfrac{x - \mu_b}{\sigma_b}\, \sigma + \mu$ |
# | **normalised** | $\dfrac{x - \mu}{\sigma}$ | $\dfrac{x - \mu_b}{\sigma_b}$, batch norm |
#
# ($\mu_b, \sigma_b$ belong to the batch, $\mu, \sigma$ to all 100; a learnt scale and shift follow
# in all four. In evaluation the lower row uses those of all 100.) Each network has the rate that
# suits it, found with other seeds. The 100 digits are drawn afresh for each of the 12 runs.

# %%
Quiz(
    Question(
        "Which of the two accounts for what batch norm gains on the held-out digits?",
        Wrong(
            "the noise: with normalising alone most of the gain is gone",
            "Normalising with all 100 digits, without any noise, keeps the whole gain.",
        ),
        Right(
            "the normalising: with noise alone most of the gain is gone",
            "Where the noise is left out nothing is lost, and alone it adds nothing we can see.",
        ),
        Wrong(
            "both: each of the two alone gives about half of the gain",
            "One of the two alone keeps the whole gain. Look at the figures below.",
        ),
    )
)


# %%
def against(a, b, digits=1):
    """The mean difference of paired runs, its standard error, and whether it is seen.

    Runs of the same seed are pairs; *The ablation*, below, says more about them.
    """
    difference = np.subtract(a, b)
    mean, error = difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))
    seen = "(seen)" if abs(mean) > 3 * error else "(not seen)"
    return f"{mean:+.{digits}f} ± {error:.{digits}f} {seen}"


arms = batch_noise.figures["held_out"]
for name, runs in arms.items():
    print(f"{name:<18}{np.mean(runs):.1f} %")
print("normalising adds: ", against(arms["normalising alone"], arms["neither"]))
print("the noise adds:   ", against(arms["noise alone"], arms["neither"]))
print("… to normalising: ", against(arms["batch norm"], arms["normalising alone"]))
over_neither = {name: np.subtract(runs, arms["neither"]) for name, runs in arms.items()}
del over_neither["neither"]
show_gains({"over the network with neither": over_neither}, "gain in accuracy")

# %% [markdown]
# **What came out.** For these digits the claim is false. Normalising alone adds more than four
# points, without any noise. The noise alone adds nothing that we can see (less than about
# a point), and it adds nothing to normalising, either. Mind what was tested: batches of 20 from
# 100 digits, in a small network. Smaller batches are noisier, and Luo and others (below) argue that
# the noise does regularise in other settings. *Why* normalising helps with new digits isn't shown
# here, either.
#
# ### Dropout next to batch norm
#
# Put dropout *before* batch norm. Numbers with mean 0 and variance 1 go through dropout with
# $p = 0.5$: in training half of them are 0 and half are doubled, so the variance is
# $\tfrac12 \cdot 0 + \tfrac12 \cdot 2^2 = 2$. Batch norm learns to expect 2. In evaluation dropout
# is off, and 1 arrives.

# %%
numbers = np.random.default_rng(0).normal(size=(100_000, 1))
dropped = kernels.dropout(numbers, p=0.5, rng=np.random.default_rng(1))[0]
_, mean, var = kernels.batch_norm(dropped, np.zeros(1), np.ones(1), training=True, momentum=1.0)
evaluated = kernels.batch_norm(numbers, mean, var)[0]
print(f"running variance {var[0]:.1f}")
print(f"standard deviation in evaluation {evaluated.std():.2f}, not 1")

# %% [markdown]
# Everything comes out too small by a factor of $\sqrt2$. So put dropout *after* the last batch
# norm, before the dense layers.
#
# ## Ask for less certainty: label smoothing
#
# The target for class 0 of four is $(1, 0, 0, 0)$. Cross-entropy is satisfied only when its logit
# is infinitely far above the others. **Label smoothing** spreads a share $\varepsilon$ of the
# target evenly over all $K$ classes:
#
# $$ t_k = (1 - \varepsilon)\,[k = y] + \frac{\varepsilon}{K}, \qquad L = -\sum_k t_k \ln p_k $$
#
# With $\varepsilon = 0.2$, $t = (0.85, 0.05, 0.05, 0.05)$. An answer $p = (0.97, 0.01, 0.01, 0.01)$
# costs $-0.85 \ln 0.97 - 0.15 \ln 0.01 = 0.717$. The less certain $p = t$ costs $0.588$, and
# nothing costs less.


# %%
def smoothed(logits, y, share):
    classes = logits.shape[1]
    target = (1 - share) * F.one_hot(y, classes) + share / classes
    return -(target * logits.log_softmax(dim=1)).sum(dim=1).mean()


sure, modest = [0.97, 0.01, 0.01, 0.01], [0.85, 0.05, 0.05, 0.05]
right = torch.tensor([0])
for share in (0.0, 0.2):
    costs = [smoothed(torch.tensor([p]).log(), right, share) for p in (sure, modest)]
    print(f"ε = {share}: sure {costs[0]:.3f}, modest {costs[1]:.3f}")
logits = torch.linspace(-3, 3, 50).sin().view(5, 10)
for share in (0.0, 0.1, 0.5):
    theirs = F.cross_entropy(logits, torch.arange(5), label_smoothing=share)
    assert torch.allclose(smoothed(logits, torch.arange(5), share), theirs)
print(f"the best gap between two logits: ln(0.85 / 0.05) = {np.log(0.85 / 0.05):.2f}")

# %% [markdown]
# If the answer is surer than the target, it costs more. The logits stop growing at a gap of 2.83.
# Compare loss curves only if they were smoothed alike: with smoothing, a loss of 0 is out of reach.
#
# ## Show more than there is: augmentation
#
# The best remedy is more pictures. If you know a change that leaves the *label* alone, you get them
# for free. Draw a new change each time a picture is shown: this is **augmentation**. **Cut-out**
# covers a square:


# %%
def cutout(x, size, value=0.0):
    room = x.shape[2] - size + 1, x.shape[3] - size + 1
    tops, lefts = (torch.randint(places, (len(x), 1)) for places in room)
    x = x.clone()
    for picture, top, left in zip(x, tops, lefts, strict=True):
        picture[:, top : top + size, left : left + size] = value
    return x


torch.manual_seed(0)
own = cutout(few[0], 2)
torch.manual_seed(0)
assert torch.equal(own, augmentation.cutout(few[0], 2))

# %% [markdown]
# Here are more changes, on the smiley. The covered square has the mean grey.

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
show_maps([p[0, 0].numpy() for p in changed.values()], list(changed), columns=4, white=1, size=1.9)

# %%
print("the mirrored smiley is the smiley:", torch.equal(changed["mirrored"], picture))

# %% [markdown]
# The mirrored smiley is the smiley: this change adds nothing. Upside down it no longer smiles: this
# change alters the *label*. Whether a change is harmless depends on your pictures.
#
# And lesson 01's edge detector? It answers +2 where two more pixels are light on the right. In the
# mirror they are on the left, and it answers −2, which a ReLU turns into 0:
#
# $$ \text{mirror}(x) \star w = -\,\text{mirror}(x \star w) $$

# %%
edges, digit = kernels.correlate2d(smiley(), edge_kernel()), few[0][0, 0].numpy()
print("smiley, row 3:", edges[3], "  backwards:", edges[3, ::-1])
mirrored = kernels.correlate2d(digit[:, ::-1], edge_kernel())
print("a digit:", np.allclose(mirrored, -kernels.correlate2d(digit, edge_kernel())[:, ::-1]))

# %% [markdown]
# To answer both alike, a network needs the detector with both signs.
#
# ## All of it in your own network
#
# Two convolutions with batch norm, dropout before each dense layer, your loss, your cut-out and
# weight decay, in your own loop. `equipped` adds batch norm and dropout to a network of the course,
# at the same places. Does the engine get the same?


# %%
class Remedied(Network):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.norm1, self.norm2 = nn.BatchNorm2d(16), nn.BatchNorm2d(32)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.norm1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.norm2(self.conv2(x))), 2)
        x = F.relu(self.dense1(dropout(x.flatten(1), self.p, self.training)))
        return self.dense2(dropout(x, self.p, self.training))


def softly(logits, y):
    return smoothed(logits, y, 0.1)


torch.manual_seed(0)
own = train(Remedied(0.5), *few, 20, 3e-3, lambda x: cutout(x, 2), softly, decay=0.1)
remedies = {"decay": 0.1, "label_smoothing": 0.1, "augment": lambda x: cutout(x, 2)}
_, history = teach(
    lambda: equipped(measured.network(), dropout=0.5, batch_norm=True),
    few,
    epochs=20,
    **settings,
    **remedies,
)
# Rounding differs, and the difference grows from step to step: compare the first ten epochs.
assert np.allclose(own[:10], history["loss"][:10], atol=1e-5)
print("loss after epochs 1, 10, 20:", own[[0, 9, 19]].round(3))

# %% [markdown]
# ### Predict, then look
#
# The same with 60 epochs and the 1,497 held-out digits:

# %%
Quiz(
    Question(
        "After epoch 20, which accuracy is higher?",
        Wrong(
            "that of the training digits, because these are the digits it learns from",
            "Think of how they are *shown* in training, and by how much of a network.",
        ),
        Wrong(
            "neither: with this many remedies there is no over-fitting any more",
            "The two are measured on different things, so they needn't be equal even then.",
        ),
        Right(
            "that of the held-out digits, though it never learns from them",
            "They are shown as they are, to the whole network. In training they aren't.",
        ),
    )
)

# %%
remedied, together = teach(
    lambda: equipped(measured.network(), dropout=0.5, batch_norm=True),
    few,
    held_out,
    epochs=60,
    **settings,
    **remedies,
)
shown_20, held_out_20 = together["accuracy"][19], together["held_out_accuracy"][19]
print("held out is ahead after epoch 20:", held_out_20 > shown_20)

# %% tags=["nbval-ignore-output"]
show_overfitting(together, gap=False)

# %% tags=["nbval-ignore-output"]
as_they_are = evaluate(remedied, *few)[1]
print(f"at the end: as shown in training {together['accuracy'][-1]:.0%}, ", end="")
print(f"the same digits as they are {as_they_are:.0%}, ", end="")
print(f"held out {together['held_out_accuracy'][-1]:.0%}")

# %% [markdown]
# In training the digits come with a hole in them, to a network that has half of its dense inputs
# switched off. The held-out digits come whole, to the whole network. So the blue curve lies *below*
# the other, and nothing is wrong. To know the gap, show the training pictures as they are, in
# evaluation mode. (The losses can't be compared at all: one of them is smoothed.)
#
# ## The ablation
#
# An **ablation** changes *one* thing at a time, and everything else stays. These are some of the
# digits, and a piece of each photograph, reduced to 16 × 16 pixels. The network for the pieces has
# one more convolution. To tell the ten photographs apart, it learns from four regions of each; it
# is judged by others (lesson 10).

# %%
pictures = ten_photos.load().train
firsts = [np.flatnonzero(pictures.y == k)[0] for k in range(10)]
small = pictures.x[firsts].reshape(10, 3, 16, 2, 16, 2).mean(axis=(3, 5)) / 255
digits = [few[0][few[1] == k][0, 0] / 2 + 0.5 for k in range(10)]
show_samples({"digits": digits, "photos": small.transpose(0, 2, 3, 1)}, ten_photos.CLASSES)

# %% [markdown]
# What is a fair ablation here?
#
# - *Budget.* Each remedy gets 80 epochs with the digits and 20 with the photographs.
# - *Tuning.* Each row has the best of three learning rates, 0.001, 0.003 and 0.01, and most
#   remedies have the better of two strengths with the digits. Two other seeds chose them.
# - *Pairs.* A seed decides which pictures are learnt, and the first weights. So run $i$ with a
#   remedy and run $i$ without have that luck in common, and we look at the *difference* $d_i$. (The
#   order of the batches may differ.) The error of its mean is
#
# $$ \text{SE} = \frac{s}{\sqrt n}, \qquad s^2 = \frac{1}{n - 1} \sum_i (d_i - \bar d)^2 $$
#
# Take three seeds: 86, 87 and 91 % without, 88, 90 and 93 % with. Unpaired, the means are 88.0 and
# 90.3, each with an error of about 1.5, and the difference drowns. In pairs, $d = 2, 3, 2$: their
# mean is 2.3, with an error of 0.33.

# %%
without, with_it = [86, 87, 91], [88, 90, 93]
print("paired:", against(with_it, without))
two_errors = np.hypot(*(np.std(runs, ddof=1) / 3**0.5 for runs in (without, with_it)))
print(f"unpaired: the error would be {two_errors:.1f}")

# %%
tasks = {"digits": measured.DIGITS, "photos": photographs.PHOTOS}
for part, name in {"digits": "100 digits, 8 runs", "photos": "300 pieces, 6 runs"}.items():
    print(f"{name:<22}training  held out    gain in accuracy    change of the loss")
    for row in figures[part]:
        known, kept = (results(part, key, row).mean() for key in ("training", "held_out"))
        print(f"{row:<22}{known:>7.1f} %{kept:>8.1f} %", end="")
        if row != "nothing":
            print(f"    {against(gains(part)[row], 0):<22}", end="")
            print(against(gains(part, "loss")[row], 0, digits=2), end="")
        print()
    print("  together:", ", ".join(tasks[part].together))
    over = [results(part, "held_out", row) for row in ("several together", "batch norm")]
    print("  several together, over batch norm alone:", against(*over))

# %% [markdown]
# (± one standard error of the paired differences; the first figure of this lesson draws the gains.
# All losses are those of held-out pictures, without smoothing.) **What came out.**
#
# - *Seen.* Batch norm gains four points with the digits and more than ten with the photographs.
#   Label smoothing gains nearly five with the digits, cut-out two.
# - *Not seen.* With the digits, early stopping, L2 and weight decay change the accuracy by less
#   than we could see. That isn't "no effect": a loss of a point would fit, and so would a gain of
#   half a point.
# - *They don't carry over.* What label smoothing gains with the digits isn't seen with the
#   photographs, where only a weaker smoothing was tried.
# - *The gap is not the goal.* With the photographs dropout narrows the gap most of all single
#   remedies. Batch norm leaves a wider gap and gains more.
# - *Loss and accuracy are two things.* With the digits label smoothing raises the loss: the network
#   is right more often, and less sure of it.
# - *Remedies don't simply add up.* With the photographs several together gain no more than batch
#   norm alone, as far as we can see. With the digits they end far below it: each remedy came with
#   the strength that suits it alone, and together they are too much. The network doesn't even learn
#   all its training digits. The milder mixture further up did better, in its one run.
# - *What wasn't tried*: strengths tuned together, more epochs, and rates above 0.01. With the
#   photographs even the plain run chose 0.01; a larger rate might make every gain there smaller.
#   And all runs draw from the same 1,797 digits and ten photographs.
#
# In the full budget (`CNNEDU_BUDGET=full`), this cell does the same with 300 pictures of CIFAR-10:

# %%
if in_full_budget():
    task, data = photographs.CIFAR10, cifar10.load()
    suits = task.tune(data)
    figures["cifar10"] = by_name([task.compare(suits, seed, data) for seed in range(6)])
    display(show_gains({"CIFAR-10": gains("cifar10")}, "gain in accuracy"))
else:
    print("left out: this takes some minutes and needs CIFAR-10")

# %% [markdown]
#
# ## A claim to test: augmentation always helps
#
# > "Augmentation always helps."
#
# Turn each digit by 180° with probability ½. Or mirror it: a photograph's mirror image could be a
# photograph, a digit's is no digit.

# %%
Quiz(
    Question(
        "You train with half turns. Which digits suffer?",
        Wrong(
            "none: the network sees twice as many pictures, and more pictures always help",
            "More pictures of *what*? Look at what becomes of a 6.",
        ),
        Right(
            "6 and 9 above all, by several times as much as the others",
            "The same picture now comes with two labels.",
        ),
        Wrong(
            "all ten alike, because every digit is turned equally often",
            "All look odd. But for two of them the labels now contradict each other.",
        ),
    )
)

# %%
recall = {name: results("digits", "recall", name) for name in ("nothing", "half turns", "mirror")}
print("recall (%)  ", *[f"{k:>4}" for k in range(10)])
for name, shares in recall.items():  # (runs, classes)
    print(f"{name:<13}", *[f"{share:4.0f}" for share in shares.mean(axis=0)])
lost = recall["nothing"] - recall["half turns"]
six_and_nine, others = lost[:, [6, 9]].mean(axis=1), np.delete(lost, [6, 9], axis=1).mean(axis=1)
print("half turns cost 6 and 9:       ", against(six_and_nine, 0))
print("half turns cost the others:    ", against(others, 0))
print("the difference:                ", against(six_and_nine, others))

# %%
print("mirroring, digits:             ", against(gains("digits")["mirror"], 0))
print("mirroring, photographs:        ", against(gains("photos")["mirror"], 0))
print("shifting, digits, 80 epochs:   ", against(gains("digits")["shift"], 0))
print("shifting, digits, 20 epochs:   ", against(gains("brief")["shift"], 0))
known = [results("brief", "training", row).mean() for row in ("nothing", "shift")]
print("training digits after 20 epochs: {:.0f} % without, {:.0f} % with shifts".format(*known))

# %% [markdown]
# **What came out.** No. Half turns cost the digits several points, and 6 and 9 pay most. Mirroring
# costs the digits several points, too; with the photographs we see no loss. And shifting for 20
# epochs, with the best of the three rates for 20 epochs, is far worse than not shifting: there is
# more to learn, and even of its training digits it knows only nine in ten. After 80 epochs we see
# no loss any more. The rule that is left: augment with changes that (1) keep the label, (2) make
# pictures that could have come from the camera, and (3) can be learnt in the epochs you have.
#
# ## Quiz

# %%
Quiz(
    Question(
        "Dropout with p = 0.8 in training, inverted. By what is a kept number multiplied?",
        Wrong("0.2, the share that is kept", "Then the mean would be 0.04 of what it was."),
        Right("5, which is 1 / (1 − 0.8)", "A fifth is kept, so it must count five times."),
        Wrong("1.25, which is 1 / 0.8", "p is the probability of a *zero*, not of keeping."),
    ),
    Question(
        "Your training accuracy is 60 % and your held-out accuracy 59 %. What now?",
        Wrong(
            "more regularisation, until the last point of the gap is closed",
            "There is hardly a gap to close, and it would lower both.",
        ),
        Wrong(
            "nothing: a network that doesn't over-fit is as good as it can be",
            "Guessing has no gap, either. The gap isn't the goal.",
        ),
        Right(
            "less regularisation, a larger network or more epochs",
            "It under-fits: it doesn't even know its training pictures.",
        ),
    ),
    Question(
        "Remedy A: 71.2 ± 0.9 %. Nothing: 70.8 ± 0.8 %. (Three seeds each, unpaired, standard "
        "errors.) What do you write?",
        Right(
            "“no effect seen; one or two points can't be ruled out”",
            "The difference, 0.4, has an error of 1.2. It takes more seeds, or pairs.",
        ),
        Wrong(
            "“A helps by 0.4 points, which is half of its standard error”",
            "The error of the difference is 1.2 points: 0.4 could be chance, in either direction.",
        ),
        Wrong(
            "“A has no effect, since the two error bars overlap”",
            "Nor is that shown: two points in either direction would fit.",
        ),
    ),
    Question(
        "Early stopping chose the epoch. On which pictures do you report the accuracy?",
        Wrong(
            "on those it was chosen by, since no weight was learnt from them",
            "The best of many epochs on these pictures is partly luck.",
        ),
        Right(
            "on pictures that took part in neither, learning nor choosing",
            "Learn, stop, judge: three parts.",
        ),
        Wrong(
            "on all that weren't learnt from, because more pictures judge better",
            "The pictures that chose are among them.",
        ),
    ),
    Question(
        "You sort photographs of left and right hands. Which augmentation is harmful?",
        Wrong("shifting by two pixels", "Does that change which hand it is?"),
        Wrong("rotating by up to 10°", "A left hand, tilted, is a left hand."),
        Right("mirroring half of them", "It makes a left hand of a right one and keeps the label."),
    ),
    Question(
        "A paper finds that dropping a layer's noise leaves its gain unchanged. What follows?",
        Wrong(
            "noise never regularises, so dropout can't work either",
            "Another noise, in another place, is another experiment.",
        ),
        Wrong(
            "the layer gains nothing, because its explanation is false",
            "The gain was measured. Only the explanation of it has fallen.",
        ),
        Right(
            "in this setting, the noise isn't what the gain comes from",
            "That is what was tested, and no more.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A network can learn random labels by heart: only held-out pictures judge.
# 2. L2 takes a share of each weight per step; with Adam, only AdamW does.
# 3. Dropout keeps the mean by dividing by $1 - p$. Batch norm uses the batch's moments in training
#    and running ones in evaluation; with our digits its noise wasn't what helped.
# 4. Augmentation is knowledge: change what leaves the label alone, and give it epochs.
# 5. An ablation gives every row its own best settings, compares in pairs, and says what wasn't
#    tried.
#
# **Now you:** [exercise 11](../exercises/11_regularisation/11_regularisation.ipynb).
# **Next:** [lesson 11b, debugging training](11b_debugging_training.ipynb).
#
# ## To read on
#
# - C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals. "Understanding deep learning requires
#   rethinking generalization." *ICLR*, 2017. Random labels.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov. "Dropout: a simple way
#   to prevent neural networks from overfitting." *Journal of Machine Learning Research* 15, 2014.
# - S. Ioffe, C. Szegedy. "Batch normalization: accelerating deep network training by reducing
#   internal covariate shift." *ICML*, 2015.
# - P. Luo, X. Wang, W. Shao, Z. Peng. "Towards understanding regularization in batch
#   normalization." *ICLR*, 2019. The explanation that we tested.
# - X. Li, S. Chen, X. Hu, J. Yang. "Understanding the disharmony between dropout and batch
#   normalization by variance shift." *CVPR*, 2019.
# - I. Loshchilov, F. Hutter. "Decoupled weight decay regularization." *ICLR*, 2019.
# - C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna. "Rethinking the Inception architecture
#   for computer vision." *CVPR*, 2016. Label smoothing.
# - T. DeVries, G. W. Taylor. "Improved regularization of convolutional neural networks with
#   cutout." arXiv:1708.04552, 2017.
# - L. Prechelt. "Early stopping – but when?" In *Neural Networks: Tricks of the Trade*, Springer,
#   1998.
