# %% [markdown]
# # 08 · Training from scratch
#
# In lesson 07b you built a network that knows its gradients. Now you train one. You write the loop,
# four optimisers and a schedule; in a few seconds a network of plain NumPy learns to read real
# handwritten digits. Then you draw digits for it, and find out what it learnt, what chance gave it,
# and what it doesn't know.
#
# **After this lesson you can**
#
# - work out softmax, cross-entropy and their gradient for three scores on paper;
# - write a training loop, and SGD, momentum, RMSProp, Adam and a schedule for it;
# - compare optimisers fairly: each at its own rate, over several seeds;
# - choose first weights that keep signals from dying out or exploding;
# - tell what a network has learnt from what it was given by chance.
#
# *Time:* 60 minutes. *Before this:* lessons 01, 04, 07 and 07b.

# %%
import os

os.environ["OMP_NUM_THREADS"] = "1"  # such small matrices are faster on one core

import numpy as np
from IPython.display import display

from cnnedu import kernels, nn, plots
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.digits import load_digits

data, held_out = load_digits()
plots.show_maps(data[0][7:15, 0], [f"a {k}" for k in data[1][7:15]], columns=8, size=1.15)

# %%
from cnnedu.experiments import l08_features as features
from cnnedu.experiments import l08_rates as rates
from cnnedu.models.digit_network import digit_network
from cnnedu.plots.dense_layers import show_accuracies
from cnnedu.plots.filters import show_filters
from cnnedu.plots.lines import show_log_lines
from cnnedu.plots.optimisation import show_paths, show_rates, show_scores
from cnnedu.widgets import DigitPad, DrawCurve, Question, Quiz, Right, TrainingDashboard, Wrong

rng = np.random.default_rng(0)
end = digit_network(rng)
how = {"epochs": 10, "batch_size": 32, "schedule": nn.one_cycle(0.01, 450), "rng": rng}
nn.fit(end, data, nn.Adam(end.parameters()), **how, progress=lambda *_: None)
the_end = end.layers[0].w.value[:, 0]
show_filters(edge_kernel(), the_end, range(16), name="by hand, lesson 01")

# %% [markdown]
# This is where the lesson ends. The cell has just trained the network that you will train below,
# with the course's own loop. On the left is the edge detector that we drew by hand. On the right
# are the network's sixteen first filters; nobody told it anything but which digit is which. Did it
# find our detector? You will measure that, and compare with chance.
#
# ## How wrong is an answer?
#
# A classifier gives one score per class. Softmax (lesson 04) turns the scores into probabilities,
# and the cross-entropy is the loss: minus the logarithm of the probability that the right class
# got.
#
# $$ p_k = \frac{e^{a_k}}{\sum_j e^{a_j}} \qquad L = -\ln p_y $$
#
# On paper: three classes, the scores $0$, $\ln 2$ and $\ln 5$, and class 1 is right. The powers
# come out whole:
#
# | class | score $a$ | $e^a$ | $p$ | wanted $t$ | $p - t$ |
# | --- | --- | --- | --- | --- | --- |
# | 0 | 0 | 1 | 1/8 | 0 | +0.125 |
# | **1** | 0.693 | 2 | 2/8 | 1 | −0.75 |
# | 2 | 1.609 | 5 | 5/8 | 0 | +0.625 |
#
# The powers add up to 8, and the loss is $-\ln \tfrac14 = \ln 4 = 1.386$. Its unit is the **nat**.
# The last column is the gradient of the loss with respect to the scores:
#
# $$ \frac{\partial L}{\partial a_k} =
# \frac{\partial}{\partial a_k} \Bigl( \ln \sum_j e^{a_j} - a_y \Bigr) = p_k - t_k $$
#
# One step against the gradient lifts the right score and lowers the others, each by as much as it
# is wrong. For a batch, the loss is the *mean* over its pictures, so the gradient is $(p - t) / N$.
# The same numbers from the code:

# %%
logits, y = np.log([[1.0, 2.0, 5.0]]), np.array([1])
powers = np.exp(logits)
p = powers / powers.sum(axis=1, keepdims=True)
loss = -np.log(p[range(len(y)), y]).mean()
dlogits = (p - np.eye(3)[y]) / len(y)
print("p    ", p[0])
print("loss ", loss.round(3))
print("p − t", dlogits[0])

assert np.allclose(p, kernels.softmax(logits))
assert np.allclose(loss, kernels.cross_entropy(logits, y))
assert np.allclose(dlogits, kernels.cross_entropy_backward(1.0, logits, y))
show_scores(logits[0], p[0], dlogits[0], y=1)

# %%
Quiz(
    Question(
        "A network knows nothing: it gives all ten digits the same score. What is its loss?",
        Wrong("0", "It would be 0 if the right digit had got all of the probability."),
        Wrong("0.9", "That is the share of wrong answers. The loss is −ln p."),
        Right(
            "2.30",
            "−ln(1/10) = ln 10. Remember it: a training that stays at 2.30 has learnt nothing.",
        ),
        Wrong("10", "That is one over the probability. The logarithm is missing."),
    )
)

# %%
print(kernels.cross_entropy(np.zeros((1, 10)), [3]).round(4))

# %% [markdown]
# ## One step: the learning rate
#
# Gradient descent subtracts from each weight its gradient times a learning rate. How large may the
# rate be? Take a single weight and the loss $L = 2 w^2$. Its gradient is $4w$, so a step multiplies
# the weight always by the same factor:
#
# $$ w \leftarrow w - \text{lr} \cdot 4w = (1 - 4\,\text{lr})\, w $$
#
# | lr | factor | from $w = 1$ |
# | --- | --- | --- |
# | 0.01 | 0.96 | creeps |
# | 0.25 | 0 | arrives in one step |
# | 0.45 | −0.8 | jumps across, and still arrives |
# | 0.6 | −1.4 | jumps further out each time |

# %%
for lr in [0.01, 0.25, 0.45, 0.6]:
    w, way = 1.0, []
    for _ in range(5):
        w -= lr * 4 * w
        way.append(round(w, 3) + 0)
    print(lr, way)

# %% [markdown]
# The limit is a factor of −1: a rate of 2 divided by the **curvature** (here 4). A network has
# thousands of directions, each with a curvature of its own, and *the most curved one* sets the
# limit for all.
#
# ## The loop
#
# Now real data: 1,437 digits to learn from and 360 that are **held out**: the network never learns
# from them, and they judge it. Each has 8 × 8 pixels, as the smiley has.

# %%
x, y = data
plots.show_maps(
    [*x[:7, 0], smiley()], [*(f"a {k}" for k in y[:7]), "no digit"], columns=8, size=1.15
)

# %% [markdown]
# The network has two convolutions with ReLU and max pooling, and one dense layer. Its layers come
# from `cnnedu.nn`; in lesson 07b you saw that they give the numbers that yours give. (Their
# `backward` *replaces* the last gradients, so nothing has to be set to zero.)


# %%
def build(rng):
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 10, rng=rng),
    )


ours, course = (make(np.random.default_rng(0)).parameters() for make in (build, digit_network))
for one, other in zip(ours, course, strict=True):
    assert np.array_equal(one.value, other.value)
sizes = [parameter.value.size for parameter in ours]  # from here on, digit_network is our build
print(" + ".join(map(str, sizes)), "=", sum(sizes), "numbers to learn")

# %% [markdown]
# By hand: $16 \cdot 9 + 16$, then $32 \cdot 16 \cdot 9 + 32$, then $10 \cdot 128 + 10$.
#
# An **optimiser** is a rule for one step. The simplest is **SGD**: the rate times the gradient. The
# S stands for *stochastic*: each gradient comes from a batch of digits and not from all of them.
# What optimisers have in common goes into a class of its own, with two arrays of memory for each
# parameter (SGD needs neither). Its `settings`, such as $\beta$, become attributes.


# %%
class Optimiser:
    def __init__(self, parameters, lr, **settings):
        self.parameters, self.lr, self.steps = parameters, lr, 0
        self.memory = [np.zeros((2, *p.value.shape), p.value.dtype) for p in parameters]
        vars(self).update(settings)

    def step(self):
        self.steps += 1
        for parameter, memory in zip(self.parameters, self.memory, strict=True):
            parameter.value -= self.lr * self.direction(parameter.grad, *memory)


class SGD(Optimiser):
    def direction(self, g, m, s):
        return g


def train(network, data, optimiser, epochs, rng, schedule=None):
    """Train on batches of 32 digits; return the loss of each batch."""
    x, y = data
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(y))  # shuffle
        for start in range(0, len(y), 32):
            batch = order[start : start + 32]
            logits = network(x[batch])  # forward
            losses.append(kernels.cross_entropy(logits, y[batch]))
            wanted = np.eye(10, dtype=logits.dtype)[y[batch]]  # in each row, a 1 at the class
            dlogits = (kernels.softmax(logits) - wanted) / len(batch)
            network.backward(dlogits)  # every parameter gets its gradient
            if schedule:
                optimiser.lr = schedule(len(losses) - 1)
            optimiser.step()
    return losses


# %% [markdown]
# An epoch has 45 batches here, and so 45 steps.
#
# Before you trust a loop, let it **learn one batch by heart**. A network that can't do this is
# broken, and you know it within a second.

# %%
rng = np.random.default_rng(0)
network = digit_network(rng)
losses = train(network, (x[:32], y[:32]), SGD(network.parameters(), 0.1), 100, rng)
right = (network(x[:32]).argmax(axis=1) == y[:32]).sum()
print(f"loss {losses[0]:.2f} at first, {losses[-1]:.2f} after 100 steps; {right} of 32 right")

# %% [markdown]
# Now all the digits, at three rates, for three epochs:

# %%
runs = {}
for name, lr in {"too low: 0.01": 0.01, "right: 0.1": 0.1, "too high: 3": 3}.items():
    rng = np.random.default_rng(0)
    network = digit_network(rng)
    with np.errstate(all="ignore"):
        losses = train(network, data, SGD(network.parameters(), lr), 3, rng)
    runs[name] = network, losses
curves = {name: losses for name, (_, losses) in runs.items()}

# %% tags=["nbval-ignore-output"]
show_log_lines(range(135), curves, "batch", "cross-entropy (nats)", "Three learning rates")

# %% [markdown]
# **Too low:** still on its way down when the time is up. **Right:** steep, then flatter, rough from
# batch to batch. **Too high:** it jumps up in the first steps, then stays near $\ln 10 = 2.30$. It
# doesn't recover, and you can see why: the jump has switched off ReLUs for good. A ReLU that is 0
# for every digit passes no gradient back.


# %%
def alive(network):
    """Return how many of the 32 second filters answer to any digit at all."""
    signal = x
    for layer in network.layers[:5]:  # up to the second ReLU
        signal = layer(signal)
    return int((signal > 0).any(axis=(0, 2, 3)).sum())


for name, (network, losses) in runs.items():
    learns = np.mean(losses[-45:]) < 1
    print(f"{name:14} last epoch below 1 nat: {learns!s:6} all dead: {not alive(network)}")

# %% [markdown]
# ## Four ways to step
#
# Optimisers differ in what they **remember**. $g$ is the gradient:
#
# | | memory | step |
# | --- | --- | --- |
# | **SGD** | – | $w \leftarrow w - \text{lr} \cdot g$ |
# | **momentum** | $m \leftarrow \beta m + g$ | $w \leftarrow w - \text{lr} \cdot m$ |
# | **RMSProp** | $s \leftarrow \alpha s + (1 - \alpha) g^2$ | $w \leftarrow w - \text{lr} \cdot g / \sqrt{s}$ |
# | **Adam** | $m \leftarrow \beta_1 m + (1 - \beta_1) g$ and $s \leftarrow \beta_2 s + (1 - \beta_2) g^2$ | $w \leftarrow w - \text{lr} \cdot \hat m / \sqrt{\hat s}$ |
#
# Momentum remembers a direction, RMSProp a size, Adam both. Adam's hats correct for the start: $m$
# and $s$ begin at 0 and are too small at first, so $\hat m = m / (1 - \beta_1^t)$ and
# $\hat s = s / (1 - \beta_2^t)$ at step $t = 1, 2, …$ A tiny number beside the root prevents
# a division by 0.
#
# On paper: $w = 1$, lr = 0.1, and the gradient is 4 in the first step, 2 in the second. Momentum
# has $\beta = 0.5$, RMSProp $\alpha = 0.75$, Adam $\beta_1 = 0.5$ and $\beta_2 = 0.75$.
#
# | | step 1, $g = 4$ | step 2, $g = 2$ |
# | --- | --- | --- |
# | SGD | $1 - 0.1 \cdot 4 = 0.6$ | $0.6 - 0.1 \cdot 2 = 0.4$ |
# | momentum | $m = 4$: $\;0.6$ | $m = 0.5 \cdot 4 + 2 = 4$: $\;0.2$ |
# | RMSProp | $s = 0.25 \cdot 16 = 4$: $\;1 - 0.1 \cdot 4 / 2 = 0.8$ | $s = 3 + 1 = 4$: $\;0.8 - 0.1 \cdot 2 / 2 = 0.7$ |
# | Adam | $m = 2,\ \hat m = 4;\ s = 4,\ \hat s = 16$: $\;1 - 0.1 \cdot 4 / 4 = 0.9$ | $m = 2,\ \hat m = 2.667;\ s = 4,\ \hat s = 9.143$: $\;0.812$ |


# %%
class Momentum(Optimiser):
    beta = 0.9

    def direction(self, g, m, s):
        m[:] = self.beta * m + g
        return m


class RMSProp(Optimiser):
    alpha = 0.99

    def direction(self, g, m, s):
        s[:] = self.alpha * s + (1 - self.alpha) * g**2
        return g / (np.sqrt(s) + 1e-8)


class Adam(Optimiser):
    beta1, beta2 = 0.9, 0.999

    def direction(self, g, m, s):
        m[:] = self.beta1 * m + (1 - self.beta1) * g
        s[:] = self.beta2 * s + (1 - self.beta2) * g**2
        m_hat, s_hat = m / (1 - self.beta1**self.steps), s / (1 - self.beta2**self.steps)
        return m_hat / (np.sqrt(s_hat) + 1e-8)


def walk(optimiser, gradient, steps):
    """Return the weights before and after each step."""
    (w,) = optimiser.parameters
    way = [w.value.copy()]
    for step in range(steps):
        w.grad = gradient(w.value, step)
        optimiser.step()
        way.append(w.value.copy())
    return np.array(way)


by_hand = {
    "SGD": lambda w: SGD(w, 0.1),
    "momentum": lambda w: Momentum(w, 0.1, beta=0.5),
    "RMSProp": lambda w: RMSProp(w, 0.1, alpha=0.75),
    "Adam": lambda w: Adam(w, 0.1, beta1=0.5, beta2=0.75),
}
for name, make in by_hand.items():
    way = walk(make([nn.Parameter(np.ones(1))]), lambda w, step: np.array([[4.0], [2.0]][step]), 2)
    print(f"{name:9}", way[1:, 0].round(3))

# %%
Quiz(
    Question(
        "The gradient in Adam's first step is 0.004 in place of 4. What is w after it?",
        Wrong("0.9999", "You divided the step by 1000, too. But √ŝ is a thousand times smaller."),
        Right(
            "0.9, as before",
            "m̂ is g and √ŝ is |g|: the first step is lr, whatever the size of the gradient.",
        ),
        Wrong("1, it doesn't move", "Any gradient but 0 moves it. Put 0.004 into the table."),
    )
)

# %%
for g in [4, 0.004]:
    way = walk(by_hand["Adam"]([nn.Parameter(np.ones(1))]), lambda w, step, g=g: np.array([g]), 1)
    print(g, way[1].round(4))

# %% [markdown]
# `cnnedu.nn` has the same four, and `nn.fit` is the same loop; it also reports its progress and
# judges the held-out digits after each epoch. Train with yours and with the course's, from the same
# first weights and on the same batches:

# %%
pairs = {
    "SGD": (SGD, nn.SGD, 0.1),
    "momentum": (Momentum, lambda p, lr: nn.SGD(p, lr, momentum=0.9), 0.02),
    "RMSProp": (RMSProp, nn.RMSProp, 0.003),
    "Adam": (Adam, nn.Adam, 0.01),
}
for name, (mine, course, lr) in pairs.items():
    rng, again = np.random.default_rng(0), np.random.default_rng(0)  # the same draws for both
    one, other = digit_network(rng), digit_network(again)
    train(one, data, mine(one.parameters(), lr), 1, rng)
    optimiser = course(other.parameters(), lr)
    nn.fit(other, data, optimiser, 1, batch_size=32, rng=again, progress=lambda *_: None)
    for a, b in zip(one.parameters(), other.parameters(), strict=True):
        assert np.allclose(a.value, b.value, atol=1e-4), name
print("after 45 steps: the same 6,090 numbers, four times")

# %% [markdown]
# What is the memory good for? Look at a valley: $L = \tfrac12 (w_1^2 + 25\, w_2^2)$, 25 times as
# curved across as along. All four start at $(-4, 1)$ and make 30 steps. Each has the rate, out of
# 31 from 0.001 to 1, that brings its loss lowest. ($\beta = \alpha = 0.9$; Adam's settings are the
# usual ones.)

# %%
turn = np.sqrt(0.5) * np.array([[1, -1], [1, 1]])
valley = np.diag([1.0, 25.0])
walkers = {
    "SGD": SGD,
    "momentum": Momentum,
    "RMSProp": lambda w, lr: RMSProp(w, lr, alpha=0.9),
    "Adam": Adam,
}


def lowest(make, curvature, start):
    """Return the loss after 30 steps, the rate and the path, at the best of 31 rates."""
    found = []
    for lr in np.geomspace(0.001, 1, 31):
        w = nn.Parameter(np.array(start))
        with np.errstate(all="ignore"):
            way = walk(make([w], lr), lambda w, step: curvature @ w, 30)
            found.append((way[-1] @ curvature @ way[-1] / 2, lr, way))
    return min(found, key=lambda run: run[0])


paths = {}
for name, make in walkers.items():
    loss, lr, way = lowest(make, valley, [-4.0, 1.0])
    paths[f"{name}, rate {lr:.2g}: loss {loss:.1g}"] = way
show_paths((1, 25), paths, (-4.5, 2.5, -1.2, 1.2))

# %% [markdown]
# - **SGD** jumps to and fro across the valley and creeps along it. Above a rate of $2 / 25 = 0.08$
#   it would fly out.
# - **Momentum** rolls like a ball: steps to and fro cancel, and steps along the valley add up. It
#   overshoots.
# - **RMSProp** divides the curvature out: both weights move off equally fast.
# - **Adam** divides too, and rolls.
#
# RMSProp wins by far. (How far is luck: its first step sets the steep weight to exactly 0.) But
# this valley lies along the axes: each weight has a curvature of its own, which is the very thing
# that RMSProp divides by. So here is a control.

# %%
Quiz(
    Question(
        "We turn the valley and the start by 45°, and each optimiser again gets its best rate. Who "
        "is worse off?",
        Wrong(
            "SGD and momentum: now both weights are steep",
            "Their steps add up gradients, and a sum turns along with the valley.",
        ),
        Right(
            "RMSProp, by far: now both weights are alike",
            "It scales weight by weight, and now no weight is steeper than the other. "
            "Adam does so, too, but little depended on it here.",
        ),
        Wrong(
            "All four: the way to the bottom is crooked now",
            "Turn your head by 45°, and the valley is the old one.",
        ),
        Wrong(
            "None of them: it is the same valley as before",
            "To a ball it is. But some of the four look at each weight by itself.",
        ),
    )
)

# %%
print("loss after 30 steps    along the axes    turned by 45°")
for name, make in walkers.items():
    straight = lowest(make, valley, [-4.0, 1.0])[0]
    turned = lowest(make, turn @ valley @ turn.T, turn @ [-4.0, 1.0])[0]
    print(f"{name:22} {straight:14.2g} {turned:16.2g}")

# %% [markdown]
# RMSProp's lead is gone: our first picture flattered it.
#
# ## A claim to test
#
# > "Adam is always better than SGD."
#
# Let us be fair. Each optimiser trains our network for three epochs at each of 14 rates, with the
# same twelve draws of digits, first weights and batches; 360 other digits judge. We choose the rate
# that counts as an optimiser's *best* with three further draws, so that nobody profits from a lucky
# draw.
#
# This is what SGD achieves at each rate. Draw Adam's curve before you reveal it.

# %%
names = "Adam", "SGD", "momentum", "RMSProp"
sweep = {name: np.array(rates.figures["sweep"][name]) for name in names}
DrawCurve(
    rates.RATES,
    {"Adam": sweep["Adam"].mean(axis=0)},
    "learning rate",
    "digits read correctly, %",
    ylim=(0, 100),
    given={"SGD": sweep["SGD"].mean(axis=0)},
    xscale="log",
)


# %%
def against(a, b):
    """The mean difference of paired runs, its standard error, and whether it is seen."""
    difference = np.subtract(a, b)
    mean, error = difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))
    seen = "seen" if abs(mean) > 3 * error else "not seen"
    return f"{mean:+.2f} ± {error:.2f} ({abs(mean) / error:.2f} errors: {seen})"


tuning = rates.figures["tuning"]
best = {name: int(np.mean(tuning[name], axis=0).argmax()) for name in names}
at_best = {name: sweep[name][:, number] for name, number in best.items()}
width = {name: rates.widths(runs, 90) for name, runs in sweep.items()}
print("           best rate   % right   Adam's lead")
for name, accuracy in at_best.items():
    lead = "" if name == "Adam" else against(at_best["Adam"], accuracy)
    lead += f", ahead in {np.sum(at_best['Adam'] > accuracy)} of 12" if lead else ""
    print(f"{name:9} {rates.RATES[best[name]]:10} {accuracy.mean():9.1f}   {lead}")
print("\npowers of ten of the rate over which at least 90 % are right")
for name, powers in width.items():
    print(f"{name:9} {powers.mean():.2f}")
for a, b in [("RMSProp", "SGD"), ("Adam", "SGD"), ("Adam", "momentum"), ("Adam", "RMSProp")]:
    print(f"{a} over {b}: {against(width[a], width[b])}")

# %%
show_rates(rates.RATES, sweep, 90, "digits read correctly, %")

# %% [markdown]
# **What came out.** Not always. After three epochs Adam leads momentum by one point, which we see,
# and SGD in all twelve draws. (SGD lost one of them by 17 points. That alone stretches the error,
# so the mean isn't three errors from 0.) Over RMSProp we see no lead, and after ten epochs, as you
# will see below, over nobody.
#
# The clearest difference is in the width. Adam's good rates span a factor of 40 and SGD's a factor
# of 9; Adam's range is about four times as wide, too, if we ask for 80 % or 94 %. *Adam forgives
# more* than SGD and momentum, and RMSProp more than SGD: they save you most of the search for a
# rate. (We once wrote the opposite here, from one run at each rate.)
#
# ## Where to begin
#
# ### Zeros
#
# Give two filters the same weights. They give the same output, so they get the same gradient, so
# they make the same step, and they stay the same ever after. With zeros it is worse: each layer
# passes on zeros, and passes back zeros. Only the last bias learns anything. So we draw random
# numbers. But how large?
#
# ### Too small, too large
#
# An output is a sum of `fan_in` products. If the weights are independent, with mean 0, the mean
# squares multiply and add up, whatever the inputs are; ReLU then keeps half of the mean square:
#
# $$ \text{mean square out} =
# \tfrac12 \cdot \text{fan\_in} \cdot \text{variance of } w \cdot \text{mean square in} $$
#
# For the factor to be 1, the variance must be $2 / \text{fan\_in}$. This is **He's
# initialisation**. On paper, for 128 inputs: the standard deviation is $\sqrt{2/128} = 1/8$. With
# half of it, $1/16$, every layer halves the signal: after ten layers $2^{-10} = 1/1024$ is left.
# With $1/4$ every layer doubles it. Measured, on the digits and ten dense layers:


# %%
def spread(deviation, layers=10):
    """Return the root mean square of the activations before and after each layer."""
    rng = np.random.default_rng(0)
    signal = x.reshape(-1, 64) @ rng.normal(size=(64, 128))
    sizes = [np.sqrt((signal**2).mean())]
    for _ in range(layers):
        weights = deviation * rng.normal(size=(128, 128))
        signal = np.maximum(signal @ weights.T, 0)
        sizes.append(np.sqrt((signal**2).mean()))
    return np.array(sizes) / sizes[0]


second = digit_network(rng).layers[3].w.value  # our network begins in this way, too
assert abs(second.std() / np.sqrt(2 / 144) - 1) < 0.05
deviations = {"too large: 1/4": 1 / 4, "He: 1/8": 1 / 8, "too small: 1/16": 1 / 16}
spreads = {name: spread(deviation) for name, deviation in deviations.items()}
for name, sizes in spreads.items():
    print(f"{name:16} after ten layers, times {sizes[-1]:,.4f}")
show_log_lines(
    range(11),
    spreads,
    "layer",
    "root mean square of activations,\nshare of the first",
    marker="o",
)

# %% [markdown]
# The powers of two are there, nearly.
#
# Does it matter for learning? Our network has only three layers. We multiplied its first weights by
# 0, 0.1, 1 and 10, and trained it for three epochs, each start at the rate that suits *it*, out of
# 13 from 0.00001 to 10.

# %%
Quiz(
    Question(
        "First weights ten times too small, and the rate that suits them. After three epochs …",
        Wrong(
            "SGD and Adam are a little behind: a rate can make up for a start",
            "SGD's can't in three epochs: by 10 · 10 · 10, the scores are 1,000 times too small.",
        ),
        Right(
            "SGD reads few digits, and Adam nearly as many as from He's start",
            "Adam divides by the gradient's size, so tiny gradients still give it full steps.",
        ),
        Wrong(
            "Neither has learnt anything, since the signal dies on its way through",
            "It is tiny, but it isn't 0, and one of the two doesn't mind tiny gradients.",
        ),
    )
)

# %%
runs_named = "12 networks, and their mean"
started = rates.figures["starts"]
show_accuracies(
    {
        name: {start: {runs_named: runs} for start, runs in starts.items()}
        for name, starts in started.items()
    },
    "digits read correctly, %",
)

# %%
for name, starts in started.items():
    for start, runs in starts.items():
        lr = rates.figures["start_rates"][name][start]
        compared = "" if start == "He's" else "against He's " + against(runs, starts["He's"])
        print(f"{name:4} {start:16} rate {lr:<9.2g}{np.mean(runs):5.1f} %   {compared}")

# %% [markdown]
# From zeros nothing is learnt, as it must be. From a tenth of He's weights, SGD reads a third of
# the digits, and within three epochs no rate makes up for it; Adam reads 2.4 points fewer, just
# short of what we see. From ten times He's, both are behind, SGD by 16 points and Adam by 7.
#
# ## A rate for every step
#
# Large steps early get far, and small steps late settle down: that is the idea of a **schedule**, a
# function from the number of the step to its rate. **One-cycle** climbs along half a cosine wave,
# and then falls along another to nearly nothing. For 10 epochs (450 steps) and a peak rate of 0.01,
# it begins at $0.01 / 25 = 0.0004$, is at the top at step $0.3 \cdot 450 - 1 = 134$, and ends at
# $0.01 / (25 \cdot 10^4) = 4 \cdot 10^{-8}$.


# %%
def one_cycle(lr_max, steps):
    first, last, top = lr_max / 25, lr_max / 25e4, 0.3 * steps - 1

    def schedule(step):
        if step <= top:
            begin, end, share = first, lr_max, step / top
        else:
            begin, end, share = lr_max, last, (step - top) / (steps - 1 - top)
        return end + (begin - end) * (1 + np.cos(np.pi * share)) / 2

    return schedule


schedule = one_cycle(0.01, 450)
print([f"{schedule(step):.0e}" for step in (0, 134, 449)])
curves = {
    "one-cycle": [schedule(step) for step in range(450)],
    "cosine": [0.01 * (1 + np.cos(np.pi * step / 450)) / 2 for step in range(450)],
    "constant": [0.01] * 450,
}
assert np.allclose(curves["one-cycle"], [nn.one_cycle(0.01, 450)(step) for step in range(450)])
assert np.allclose(curves["cosine"], [nn.cosine(0.01, 450)(step) for step in range(450)])
plots.show_lines(range(450), curves, "step", "learning rate")

# %% [markdown]
# Is it worth the trouble? We trained with Adam and each of the three for ten epochs, and with SGD
# and momentum on one-cycle, each at the peak rate that suits it.

# %%
scheduled = rates.figures["schedules"]
print("                       peak rate  % right   against Adam at a constant rate")
for name, runs in scheduled.items():
    lr = rates.figures["schedule_rates"][name]
    compared = "" if name == "Adam, constant" else against(runs, scheduled["Adam, constant"])
    print(f"{name:20} {lr:11} {np.mean(runs):8.2f}   {compared}")

# %% [markdown]
# After ten epochs we see no difference at all, between these or any other two: all five read 98.1
# to 98.5 %. We use one-cycle all the same, because you will meet it often.
#
# ## Watch it learn
#
# Start the training in the dashboard. Pause it, read its curves, go on:

# %% tags=["nbval-ignore-output"]
rng = np.random.default_rng(0)
network = digit_network(rng)
before = network.layers[0].w.value[:, 0].copy()
optimiser = nn.Adam(network.parameters())
dashboard = TrainingDashboard(
    nn.fit, network, data, optimiser, 10, 32, schedule, held_out=held_out, rng=rng
)
shown = display(dashboard.start(), display_id=True)

# %%
history = dashboard.wait()
after = network.layers[0].w.value[:, 0]
print("97 % held out, or more:", history["held_out_accuracy"][-1] >= 0.97)
print("the network of the first cell:", np.allclose(after, the_end, atol=0.01))

# %% tags=["nbval-ignore-output"]
shown.update(dashboard)  # so that the stored notebook shows the end
wrong = round(360 * (1 - history["held_out_accuracy"][-1]))
print(f"{sum(history['seconds']):.1f} s, {wrong} of 360 held-out digits wrong")

# %% [markdown]
# Look at the accuracies of the last epochs: nearly 100 % on the digits it learns from, and less on
# those held out. Such a gap is normal. We speak of **over-fitting** when the training loss goes on
# falling and the held-out loss doesn't; lesson 11 is about that.
#
# Now draw digits yourself, in the middle and large. Then find out what the network doesn't forgive:
# move a digit, shrink it, draw something that isn't a digit.

# %% tags=["nbval-ignore-output"]
DigitPad(network, picture=(16 * held_out[0][7, 0]).astype(int))

# %%
Quiz(
    Question(
        "What does the network say about the smiley?",
        Wrong("“no digit”", "There is no such class. The ten probabilities add up to 1."),
        Wrong(
            "About 10 % for each of the ten",
            "That would be modest. But nothing in the loss ever asked for modesty.",
        ),
        Right(
            "A digit, with more than 90 %",
            "It was taught to tell ten classes apart, and never what is outside of them.",
        ),
    )
)

# %% tags=["nbval-ignore-output"]
DigitPad(network, picture=16 * smiley())

# %%
face = kernels.softmax(network(smiley()[None, None].astype(np.float32)))
print("more than 90 % sure that the smiley is a digit:", face.max() > 0.9)

# %% [markdown]
# A high softmax value is not confidence (lesson 15 measures what it is).
#
# And if a digit isn't in the middle? We move all the held-out digits by one pixel. Zeros come in at
# one side. At the other side a row or a column is pushed out, perhaps with chalk in it. So there is
# a control: `cut` blanks the same row or column and moves nothing.


# %%
def moved(x, down, right):
    """Move pictures by at most one pixel."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return padded[..., 1 - down : 9 - down, 1 - right : 9 - right]


def cut(x, down, right):
    """Blank what would be pushed out."""
    return moved(moved(x, down, right), -down, -right)


pictures, labels = held_out
digit = pictures[7:8]
plots.show_maps(
    [picture[0, 0] for picture in (digit, cut(digit, 1, 0), moved(digit, 1, 0))],
    ["in place", "cut", "moved down"],
    size=1.15,
)

# %% tags=["nbval-ignore-output"]
for name, by in features.DIRECTIONS.items():
    lost = 1 - cut(pictures, *by).sum() / pictures.sum()
    right = [nn.evaluate(network, f(pictures, *by), labels)[1] for f in (cut, moved)]
    print(f"{name:6} loses {lost:5.1%} of the chalk; cut: {right[0]:.0%} right, ", end="")
    print(f"moved: {right[1]:.0%} right")

# %% [markdown]
# That is one network. We trained twelve such networks, each on digits drawn afresh:

# %%
moves = features.figures["moves"]
print(f"in place: {np.mean(moves['in place']):.1f} % right")
for name in features.DIRECTIONS:
    control, results = moves[f"cut {name}"], moves[f"moved {name}"]
    print(f"{name:6} cut: {np.mean(control):.1f} %   moved: {np.mean(results):.1f} %   ", end="")
    print("the move alone:", against(results, control))
for name in ("up", "down"):
    print(f"the row lost ({name}):", against(moves[f"cut {name}"], moves["in place"]))

# %% [markdown]
# Digits fill their picture from top to bottom, so losing a row costs about three points; losing a
# column costs nothing. The move alone costs 16 to 33 points. The held-out accuracy is a promise for
# pictures *of the same kind* only: somebody centred these digits and scaled them before we got
# them. (Lesson 11 lets a network learn from moved digits.)
#
# ## The filters it learnt
#
# Here are the sixteen first filters beside the edge detector. Their **correlation** with it says
# how alike they are: 1 if one is the other times something positive (plus a constant), −1 if it is
# its negative, about 0 if they have nothing in common.


# %%
edge = edge_kernel()


def likeness(filters, kernel=edge):
    """Return the correlation of each filter (..., 3, 3) with a kernel."""
    flat = filters.reshape(*filters.shape[:-2], 9).astype(float)
    flat = flat - flat.mean(axis=-1, keepdims=True)
    kernel = np.ravel(kernel) - np.mean(kernel)
    return flat @ kernel / np.linalg.norm(flat, axis=-1) / np.linalg.norm(kernel)


def beside(filters):
    """Draw the filters beside the edge detector, the one most like it framed."""
    alike = likeness(filters)
    captions = [f"{value:+.2f}".replace("-", "−") for value in alike]
    mark = int(np.abs(alike).argmax())
    return show_filters(edge_kernel(), filters, captions, "by hand, lesson 01", mark)


# %% tags=["nbval-ignore-output"]
beside(after)

# %% [markdown]
# The framed one has a correlation of 0.76. The textbooks seem right: the network has found an edge
# detector!

# %%
Quiz(
    Question(
        "Here are the same sixteen filters *before* the training, at random. "
        "The best of them has …",
        Wrong(
            "a correlation near 0, as two tables drawn at random have",
            "On average, yes. But this is the best of sixteen, of 9 numbers each.",
        ),
        Right(
            "a correlation nearly as high, and is the same filter",
            "The training has hardly changed it. Chance drew it; nobody found anything.",
        ),
        Wrong(
            "about the same correlation, but with the sign changed",
            "Then training would have turned it over.",
        ),
    )
)

# %%
print("same filter framed:", np.abs(likeness(before)).argmax() == np.abs(likeness(after)).argmax())
own = [np.corrcoef(b.ravel(), a.ravel())[0, 1] for b, a in zip(before, after, strict=True)]
print(f"filter before and after, median correlation above 0.9: {np.median(own) > 0.9}")
beside(before)

# %% [markdown]
# Without this control we would have told a story. What you see in the trained filters is, for the
# most part, the random start. (Lesson 01 asked who chose a kernel's nine numbers. This is the whole
# answer: chance drew them, and each step of the training moved them a little down the slope of the
# loss.)
#
# So let us begin with almost nothing: first filters of 3 % of their usual size, all else as before.
# Whatever is in them at the end has been learnt. We trained 40 such networks for six epochs. As
# controls, we trained 40 from the usual start, and two more forties from nearly nothing: on digits
# whose labels were shuffled, and on digits whose pixels were. How often is the best of the sixteen
# filters the edge detector, or its negative, with a correlation beyond 0.9? How often is it the
# edge detector lying on its side, and how often another kernel, drawn at random?

# %%
rng = np.random.default_rng(0)
chance = {"sixteen at random": rng.normal(size=(2000, 16, 3, 3))}
others = rng.normal(size=(200, 3, 3))
edges = features.figures["edges"]
sets = chance | {kind: edges[kind] for kind in features.EDGE_KINDS}
print("                     mean of    beyond 0.9:   lying on  another  digits")
print("                     the best     the edge    its side   kernel    read")
for kind, filters in sets.items():
    best_of = [abs(likeness(filters, k)).max(axis=1) for k in (edge, edge.T, *others)]
    found, lying, *other = [(best > 0.9).mean() for best in best_of]
    read = f"{edges[f'{kind} accuracy'].mean():.1f} %" if kind in edges else ""
    shares = f"{found:12.1%} {lying:11.1%} {np.mean(other):8.1%}"
    print(f"{kind:20} {best_of[0].mean():8.2f} {shares} {read:>7}")

# %%
beside(sets["from nearly nothing"][0].astype(float))

# %% [markdown]
# Half of the networks found it, and the first of the forty, drawn above, is one of them; about as
# many found it lying on its side. (Where the bar stands is our choice: the best filter has 0.90 on
# average.) With shuffled labels or pixels it is one in twenty. So edges were learnt, from the
# digits, and not only ours. From the usual start it is one in eight, too few to tell from the
# controls, and those networks read no worse. *A network can find the edge detector. It doesn't have
# to.*
#
# ## Another claim to test
#
# > "A CNN needs no manual feature engineering: it learns its features."
#
# If features must be learnt, a network whose first layer is **frozen**, left as chance drew it,
# should read worse. If engineering helps, a frozen first layer of filters that somebody drew should
# read better. We drew sixteen: our edge detector in eight directions, a line in four, a spot and
# its negative, a blur, and one that copies the picture. Further controls: both convolutions random,
# and no filters at all, just a dense layer on the pixels. Each kind gets the same digits, the same
# number of steps, and the rate that suits it.

# %%
first_layers = features.figures["first_layers"]
show_accuracies(
    {
        condition.replace(", ", ",\n"): {kind: {runs_named: runs} for kind, runs in kinds.items()}
        for condition, kinds in first_layers.items()
    },
    "digits read correctly, %",
)

# %%
for condition, kinds in first_layers.items():
    print(f"{condition}: learnt {np.mean(kinds['learnt']):.1f} %")
    for kind in features.KINDS[1:]:
        print(f"    {kind:12} against learnt {against(kinds[kind], kinds['learnt'])}")
    print(f"    {'by hand':12} against random {against(kinds['by hand'], kinds['random'])}")

# %% [markdown]
# **What came out.** After 90 steps, a random first layer costs 1.7 points. After 450 steps 0.4
# points are left, on the very edge of what we see. Between our own filters and learnt ones we see
# no difference in any panel; ours beat random ones in the first two. Two random layers, or no
# filters, cost 1.4 to 3.2 points. (Mind the axes: each panel has its own.)
#
# So the network needs no filters from us; here the claim holds. But learning the first ones gains
# it little: a good accuracy is no proof that they have learnt anything. (On larger pictures it may
# be otherwise; lesson 14 looks again, with the same control.) And there is engineering in other
# places. Somebody centred and scaled the digits, and you have seen what a pixel costs; we chose the
# layers, the rates and the schedule.
#
# ## Quiz

# %%
Quiz(
    Question(
        "The right class has the probability 0.9. What is the gradient with respect to its score?",
        Wrong("0.9, its probability", "That is p. Take off what was wanted, which is 1."),
        Right("−0.1, what is missing", "p − t = 0.9 − 1. A step against it lifts the score."),
        Wrong(
            "−0.105, the logarithm of 0.9",
            "The loss is the negative of that. Its gradient with respect to the score is p − t.",
        ),
    ),
    Question(
        "The loss of your first training is 2.303 and stays there. "
        "What is the least likely reason?",
        Wrong(
            "All first weights are 0, those of the last layer too",
            "Then just that happens: only the last bias learns.",
        ),
        Wrong(
            "The rate is so high that all the ReLUs died",
            "That is a common reason: look whether the loss jumped up in the first steps.",
        ),
        Right(
            "The network over-fits the digits it learns from",
            "Then the training loss would go down, and only the held-out loss wouldn't.",
        ),
    ),
    Question(
        "You read: “Both at a rate of 0.001, Adam reached 90 % and SGD 15 %.” What follows?",
        Wrong(
            "Adam is the better optimiser, by 75 percentage points",
            "Look at the curves above once more: which rates suit SGD?",
        ),
        Right(
            "0.001 is a rate for Adam; the rest remains unknown",
            "SGD takes far larger rates. One rate for both compares the rates.",
        ),
        Wrong(
            "Nothing at all, since one should only ever compare losses",
            "Accuracies may be compared, too, once each optimiser has its rate.",
        ),
    ),
    Question(
        "A layer has 32 channels in and 3 × 3 filters. "
        "What is the standard deviation of He's start?",
        Wrong("√(2/32) = 0.25", "fan_in counts all products in one output: 32 · 9."),
        Right("√(2/288) = 0.083", "fan_in = 32 · 3 · 3 = 288."),
        Wrong("2/288 = 0.0069", "That is the variance."),
    ),
    Question(
        "Your network reaches 98 % on held-out digits. On your users' photographs it will be …",
        Wrong("at 98 %, give or take", "Only if their pictures were made in the same way."),
        Wrong(
            "at 98 % where it says more than 90 %",
            "It said so of the smiley. A high softmax value is no guarantee.",
        ),
        Right(
            "worse, nobody knows how much",
            "Moved by one pixel, it lost 16 to 36 points. Measure on pictures such as theirs.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Cross-entropy is $-\ln p_y$; its gradient with respect to the scores is $p - t$. Ten classes
#    and no idea: $\ln 10 = 2.30$.
# 2. The loop: forward, $p - t$, backward, step. Let it learn one batch by heart first.
# 3. Momentum remembers a direction, RMSProp a size, Adam both. Compare them at their own rates;
#    Adam and RMSProp forgive more than SGD.
# 4. First weights at random with variance $2 / \text{fan\_in}$: signals keep their size. Zeros
#    never part company.
# 5. Before you say what a network has learnt, look at what it was before, and at what chance gives.
#
# **Now you:** [exercise 08](../exercises/08_training_from_scratch/08_training_from_scratch.ipynb).
# **Next:** [lesson 09, the same in PyTorch](09_the_same_in_pytorch.ipynb).
#
# ## To read on
#
# - Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller. "Efficient BackProp." In *Neural Networks: Tricks
#   of the Trade*, Springer, 1998.
# - D. P. Kingma, J. Ba. "Adam: a method for stochastic optimization." *ICLR*, 2015.
#   arXiv:1412.6980.
# - T. Tieleman, G. Hinton. "Lecture 6.5: RMSProp, divide the gradient by a running average of its
#   recent magnitude." *Neural Networks for Machine Learning*, Coursera, 2012.
# - I. Sutskever, J. Martens, G. Dahl, G. Hinton. "On the importance of initialization and momentum
#   in deep learning." *ICML*, 2013.
# - K. He, X. Zhang, S. Ren, J. Sun. "Delving deep into rectifiers." *ICCV*, 2015. arXiv:1502.01852.
# - A. C. Wilson, R. Roelofs, M. Stern, N. Srebro, B. Recht. "The marginal value of adaptive
#   gradient methods in machine learning." *NeurIPS*, 2017. arXiv:1705.08292.
# - R. M. Schmidt, F. Schneider, P. Hennig. "Descending through a crowded valley: benchmarking deep
#   learning optimizers." *ICML*, 2021. arXiv:2007.01547. Fifteen optimisers on eight problems, with
#   and without tuning.
# - L. N. Smith, N. Topin. "Super-convergence: very fast training of neural networks using large
#   learning rates." 2017. arXiv:1708.07120.
# - K. Jarrett, K. Kavukcuoglu, M. Ranzato, Y. LeCun. "What is the best multi-stage architecture for
#   object recognition?" *ICCV*, 2009. Random filters on photographs.
