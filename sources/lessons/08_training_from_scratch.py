# %% [markdown]
# # 08 · Training from scratch
#
# Lesson 07 gave every weight its gradient. What remains is to begin somewhere, to step, and to know
# when something is wrong. In this lesson a network of plain NumPy learns to read real handwritten
# digits in a few seconds, while you watch. Then you draw digits for it yourself, and find out what
# it doesn't know.
#
# **After this lesson you can**
#
# - work out softmax, cross-entropy and their gradient for three scores on paper;
# - make a step of SGD, momentum, RMSProp and Adam by hand, and say what each of them remembers;
# - choose first weights with which signals neither die nor explode;
# - tell a learning rate that is too low or too high from its loss curve, and plan the rate with a
#   schedule;
# - train a network to 97 % on digits that it has never seen, and say what this figure doesn't
#   promise.
#
# *Time:* 65 minutes. *Before this:* lessons 01, 04 and 07.

# %%
import os

os.environ["OMP_NUM_THREADS"] = "1"  # such small matrices are faster on one core

import numpy as np
from IPython.display import display

from cnnedu import kernels, plots
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.digits import load_digits
from cnnedu.models.digit_network import digit_network, trained_digit_network
from cnnedu.nn import SGD, Adam, Parameter, RMSProp, evaluate, fit, one_cycle
from cnnedu.nn.schedules import cosine, step_decay
from cnnedu.plots.filters import show_filters
from cnnedu.plots.lines import show_log_lines
from cnnedu.plots.optimisation import show_paths, show_scores
from cnnedu.widgets import DigitPad, Question, Quiz, Right, TrainingDashboard, Wrong

filters = trained_digit_network()[0].layers[0].w.value[:, 0]
show_filters(edge_kernel(), filters, range(16), name="by hand, lesson 01")

# %% [markdown]
# Above is where this lesson ends: on the left the edge detector that we drew by hand, on the right
# sixteen filters from a network that was only ever told which digit is which. Did it find ours? You
# will measure it, and compare with chance.
#
# ## How wrong is an answer?
#
# A classifier gives one **score** per class. **Softmax** (lesson 04) makes probabilities of them,
# and the **cross-entropy** is the loss: minus the logarithm of the probability that the right class
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
# The sum is 8 and the loss is $-\ln \tfrac14 = \ln 4 = 1.386$. Its unit is the **nat**. And the
# last column is, without any further work, the gradient of the loss by the scores:
#
# $$ \frac{\partial L}{\partial a_k} =
# \frac{\partial}{\partial a_k} \Bigl( \ln \sum_j e^{a_j} - a_y \Bigr) = p_k - t_k $$
#
# Read it as instructions: one step against the gradient lifts the right score and lowers the
# others, each by as much as it is wrong. The same numbers from the code:

# %%
logits, y = np.log([[1.0, 2.0, 5.0]]), np.array([1])
p = kernels.softmax(logits)
dlogits = kernels.cross_entropy_backward(1.0, logits, y)
print("p    ", p[0])
print("loss ", kernels.cross_entropy(logits, y).round(3))
print("p − t", dlogits[0])
show_scores(logits[0], p[0], dlogits[0], y=1)

# %% [markdown]
# For a batch the loss is the *mean* over its pictures, so that the gradient is $(p - t) / N$.
#
# ### Predict, then look

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
# **Gradient descent** takes the gradient, times a **learning rate**, off each weight. How large may
# the rate be? Take a single weight and the loss $L = 2 w^2$. Its gradient is $4w$, so that a step
# multiplies the weight by one and the same factor:
#
# $$ w \leftarrow w - \text{lr} \cdot 4w = (1 - 4\,\text{lr})\, w $$
#
# | lr | factor | from $w = 1$ |
# | --- | --- | --- |
# | 0.01 | 0.96 | creeps |
# | 0.25 | 0 | there in one step |
# | 0.45 | −0.8 | jumps across, and still arrives |
# | 0.6 | −1.4 | jumps further out each time |

# %%
for lr in [0.01, 0.25, 0.45, 0.6]:
    w, way = Parameter(np.ones(1)), []
    for _ in range(5):
        w.grad = 4 * w.value
        SGD([w], lr).step()
        way.append(round(w.value.item(), 3) + 0)
    print(lr, way)

# %% [markdown]
# The limit is a factor of −1: a rate of 2 divided by the **curvature** (here 4). A network has
# thousands of directions, each with a curvature of its own, and *the most curved one* sets the
# limit for all.
#
# Now real data: 1,437 digits to learn from and 360 that are **held out**: never learnt from, used
# to judge. Each has 8 × 8 pixels, as the smiley has. The network has two convolutions with ReLU and
# max pooling, and one dense layer:

# %%
data, held_out = load_digits()
x, y = data
plots.show_maps(
    [*(1 - x[:7, 0]), 1 - smiley()], [*(f"a {k}" for k in y[:7]), "no digit"], columns=8, size=1.15
)

# %%
sizes = [parameter.value.size for parameter in digit_network().parameters()]
print(" + ".join(map(str, sizes)), "=", sum(sizes), "numbers to learn")

# %% [markdown]
# By hand: $16 \cdot 9 + 16$, then $32 \cdot 16 \cdot 9 + 32$, then $10 \cdot 128 + 10$. One
# **epoch** shows it every digit once, 32 at a time: 45 **batches**, 45 steps.


# %%
def learn(optimiser, epochs, first=1.0, seed=0, schedule=None, data=data):
    """Train a fresh network whose first weights are multiplied by `first`; note the losses."""
    rng, losses = np.random.default_rng(seed), []
    network = digit_network(rng)
    for parameter in network.parameters():
        parameter.value *= np.float32(first)
    with np.errstate(all="ignore"):
        fit(
            *(network, data, optimiser(network), epochs, 32, schedule),
            rng=rng,
            progress=lambda done, total, history, batch: losses.append(batch.loss),
        )
    return network, losses[:-1]  # the last batch is reported twice


rates = [0.01, 0.1, 3]
runs = [learn(lambda network, lr=lr: SGD(network.parameters(), lr), 3) for lr in rates]
names = ["too low: 0.01", "right: 0.1", "too high: 3"]
curves = {name: losses for name, (_, losses) in zip(names, runs, strict=True)}

# %% tags=["nbval-ignore-output"]
show_log_lines(range(135), curves, "batch", "cross-entropy (nats)", "Three learning rates")

# %% [markdown]
# Learn to recognise the three. **Too low:** still on its way down when the time is up. **Right:**
# steep, then flatter, rough from batch to batch. **Too high:** jumps up in the first steps, then
# stays near $\ln 10 = 2.30$. It doesn't recover, and you can see why: the jump has switched off
# ReLUs for good. A ReLU that is 0 for every digit passes no gradient back.


# %%
def alive(network):
    """Return how many of the 32 second filters answer to any digit at all."""
    signal = x
    for layer in network.layers[:5]:
        signal = layer(signal)
    return int((signal > 0).any(axis=(0, 2, 3)).sum())


for name, (network, losses) in zip(names, runs, strict=True):
    print(
        f"{name:14} last epoch below 1 nat: {np.mean(losses[-45:]) < 1!s:6} all dead: "
        f"{not alive(network)}"
    )

# %% [markdown]
# ## Four ways to step
#
# All four take something off the weight. They differ in what they **remember**. $g$ is the
# gradient:
#
# | | memory | step |
# | --- | --- | --- |
# | **SGD** | – | $w \leftarrow w - \text{lr} \cdot g$ |
# | **momentum** | $v \leftarrow \beta v + g$ | $w \leftarrow w - \text{lr} \cdot v$ |
# | **RMSProp** | $s \leftarrow \alpha s + (1 - \alpha) g^2$ | $w \leftarrow w - \text{lr} \cdot g / \sqrt{s}$ |
# | **Adam** | $m \leftarrow \beta_1 m + (1 - \beta_1) g$ and $s \leftarrow \beta_2 s + (1 - \beta_2) g^2$ | $w \leftarrow w - \text{lr} \cdot \hat m / \sqrt{\hat s}$ |
#
# The S of SGD is *stochastic*: each gradient comes from a batch, not from all the data. Adam's hats
# correct for the start: $m$ and $s$ begin at 0 and are too small at first, so
# $\hat m = m / (1 - \beta_1^t)$ and $\hat s = s / (1 - \beta_2^t)$ at step $t = 1, 2, …$ (A tiny
# eps beside the root keeps it from dividing by 0.)
#
# On paper: $w = 1$, lr = 0.1, and the gradient is 4 in the first step, 2 in the second. Momentum
# has $\beta = 0.5$, RMSProp $\alpha = 0.75$, Adam $\beta_1 = 0.5$ and $\beta_2 = 0.75$.
#
# | | step 1, $g = 4$ | step 2, $g = 2$ |
# | --- | --- | --- |
# | SGD | $1 - 0.1 \cdot 4 = 0.6$ | $0.6 - 0.1 \cdot 2 = 0.4$ |
# | momentum | $v = 4$: $\;0.6$ | $v = 0.5 \cdot 4 + 2 = 4$: $\;0.2$ |
# | RMSProp | $s = 0.25 \cdot 16 = 4$: $\;1 - 0.1 \cdot 4 / 2 = 0.8$ | $s = 3 + 1 = 4$: $\;0.8 - 0.1 \cdot 2 / 2 = 0.7$ |
# | Adam | $m = 2,\ \hat m = 4;\ s = 4,\ \hat s = 16$: $\;1 - 0.1 \cdot 4 / 4 = 0.9$ | $m = 2,\ \hat m = 2.667;\ s = 4,\ \hat s = 9.143$: $\;0.812$ |
#
# The same four numbers, twice, from the code:


# %%
def walk(make, start, gradient, steps):
    """Return the weights before and after each step of the optimiser that `make` makes."""
    w = Parameter(np.array(start, dtype=float))
    optimiser, way = make([w]), [w.value.copy()]
    for step in range(steps):
        w.grad = gradient(w.value, step)
        optimiser.step()
        way.append(w.value.copy())
    return np.array(way)


by_hand = {
    "SGD": lambda w: SGD(w, 0.1),
    "momentum": lambda w: SGD(w, 0.1, momentum=0.5),
    "RMSProp": lambda w: RMSProp(w, 0.1, alpha=0.75),
    "Adam": lambda w: Adam(w, 0.1, betas=(0.5, 0.75)),
}
for name, make in by_hand.items():
    way = walk(make, [1], lambda w, step: np.array([[4.0], [2.0]][step]), 2)
    print(f"{name:9}", way[1:, 0].round(3))

# %% [markdown]
# ### Predict, then look

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
    print(g, walk(by_hand["Adam"], [1], lambda w, step, g=g: np.array([g]), 1)[1].round(4))

# %% [markdown]
# Adam and RMSProp ask each weight for the *sign* of its gradient, more or less, and choose the size
# of the step themselves. What that is good for shows in a valley:
# $L = \tfrac12 (w_1^2 + 25\, w_2^2)$, 25 times as curved across as along. Same start for all:

# %%
valley = {
    "SGD, rate 0.07": lambda w: SGD(w, 0.07),
    "momentum 0.9, rate 0.01": lambda w: SGD(w, 0.01, momentum=0.9),
    "RMSProp, rate 0.1": lambda w: RMSProp(w, 0.1, alpha=0.9),
    "Adam, rate 0.2": lambda w: Adam(w, 0.2),
}
paths = {
    name: walk(make, [-4, 1], lambda w, step: w * [1, 25], 30) for name, make in valley.items()
}
show_paths((1, 25), paths, (-4.5, 2.5, -1.2, 1.2))

# %% [markdown]
# - **SGD** jumps to and fro across the valley, by a factor of $1 - 0.07 \cdot 25 = -0.75$, and
#   creeps along it, by 0.93. Above a rate of $2 / 25 = 0.08$ it would fly out.
# - **Momentum** rolls like a ball: what goes to and fro cancels, what goes along adds up. It
#   overshoots.
# - **RMSProp** divides the valley out: both weights set out equally fast.
# - **Adam** does both.
#
# ## A claim to test
#
# > "Adam is always better than SGD."
#
# Many comparisons give all optimisers the same rate. Let us be fair: each gets seven rates, the
# same first weights and the same batches in the same order, for two epochs.

# %%
Quiz(
    Question(
        "Each optimiser at its own best rate: what do you expect on the held-out digits?",
        Wrong("Adam far ahead of the three others", "It is ahead at *its* rates. Look at theirs."),
        Wrong("SGD far ahead", "It needs a far larger rate, and then it only catches up."),
        Right(
            "All close together, at very different rates",
            "What Adam saves you, here, is mostly the search for the rate.",
        ),
    )
)

# %%
rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]
optimisers = {
    "SGD": lambda network, lr: SGD(network.parameters(), lr),
    "momentum 0.9": lambda network, lr: SGD(network.parameters(), lr, momentum=0.9),
    "RMSProp": lambda network, lr: RMSProp(network.parameters(), lr),
    "Adam": lambda network, lr: Adam(network.parameters(), lr),
}
curves, table = {}, {}
for name, make in optimisers.items():
    runs = [learn(lambda network, lr=lr, make=make: make(network, lr), 2) for lr in rates]
    table[name] = np.array([evaluate(network, *held_out) for network, _ in runs])
    best = table[name][:, 0].argmin()
    curves[f"{name}, rate {rates[best]}"] = runs[best][1]

# %% tags=["nbval-ignore-output"]
show_log_lines(range(90), curves, "batch", "cross-entropy (nats)", "Each at its best rate")

# %% tags=["nbval-ignore-output"]
losses = {name: values[:, 0] for name, values in table.items()}
show_log_lines(
    rates, losses, "learning rate", "held-out loss (nats)", "After two epochs", "o", logx=True
)

# %% tags=["nbval-ignore-output"]
print("held-out accuracy, %", "".join(f"{lr:>8}" for lr in rates))
for name, values in table.items():
    print(f"{name:20}", "".join(f"{100 * accuracy:8.1f}" for accuracy in values[:, 1]))

# %%
best = {name: values[:, 1].max() for name, values in table.items()}
print("all four above 90 % at their best rate:", min(best.values()) > 0.9)
print("at a rate of 0.001, SGD below 50 %:", table["SGD"][0, 1] < 0.5)
print("at a rate of 0.001, Adam above 80 %:", table["Adam"][0, 1] > 0.8)
print("at a rate of 0.3, Adam below 20 %:", table["Adam"][-2, 1] < 0.2)

# %% [markdown]
# **What came out.** False, here. Each at its own best rate, all four read about 95 of 100 digits
# after two epochs, and what lies between them is a few pictures of 360. What differs is the rate:
# SGD's best is 30 times Adam's. Compare them at the *same* rate, and you compare rates: at 0.001
# SGD has hardly begun, at 0.3 Adam is broken. Nor does Adam forgive more than momentum or RMSProp:
# each of the three stays above 90 % over a factor of ten. What is true: Adam's usual rates, 0.001
# to 0.01, work on very many networks, so that you search less. (We chose the rates by the held-out
# digits, which flatters all four; lesson 10 says how it is done properly.)
#
# ## Where to begin
#
# ### Zeros
#
# Give two filters the same weights. They give the same output, so they get the same gradient, so
# they make the same step, and are the same ever after. With zeros it is worse: each layer passes on
# zeros, and passes back zeros. Only the last bias learns anything. So: random numbers. But how
# large?
#
# ### Too small, too large
#
# An output is a sum of `fan_in` products. If weights and inputs are independent with mean 0, the
# variances multiply and add up; ReLU then keeps half of the mean square:
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
# The powers of two are there, nearly: ten matrices drawn at random are not quite their expectation.
#
# Does it matter for learning? The same network, rate 0.1, two epochs; only the first weights are
# multiplied by something.

# %%
Quiz(
    Question(
        "First weights ten times too small, in a network of only three layers. "
        "After two epochs of SGD …",
        Wrong(
            "it is a little behind",
            "Three layers make 10 · 10 · 10: the scores are a thousand times too small, and the "
            "gradient passes two layers that shrink it on its way back.",
        ),
        Right(
            "it has learnt nothing yet",
            "What comes forward is tiny, what goes back is tiny, and so are the steps.",
        ),
        Wrong("it is as good", "It would be if the rate could make up for it. Look at the plot."),
    )
)

# %%
names = {"zeros": 0, "a tenth of He's": 0.1, "He's": 1, "ten times He's": 10}
curves = {}
for name, factor in names.items():
    curves[name] = learn(lambda network: SGD(network.parameters(), 0.1), 2, factor)[1]
    print(f"{name:16} last epoch below 1 nat: {np.mean(curves[name][-45:]) < 1}")

# %% tags=["nbval-ignore-output"]
show_log_lines(
    range(90), curves, "batch", "cross-entropy (nats)", "Four first weights", ylim=(0.2, 1e4)
)

# %% [markdown]
# Three of four stay at 2.30, the number from above. Zeros and too small: nothing gets through. Too
# large: the first loss is in the thousands, the first step is huge, and most of the ReLUs are dead.
#
# ## A rate for every step
#
# Large steps early get far, small steps late settle down. A **schedule** is a function from the
# number of the step to its rate. **One-cycle** climbs first, since the very first gradients are the
# least to be trusted, and then falls to nearly nothing. For 10 epochs (450 steps) and a highest
# rate of 0.01: it begins at $0.01 / 25 = 0.0004$, is at the top at step $0.3 \cdot 450 - 1 = 134$,
# and ends at $0.01 / (25 \cdot 10^4) = 4 \cdot 10^{-8}$.

# %%
schedule = one_cycle(0.01, 450)
print([f"{schedule(step):.0e}" for step in (0, 134, 449)])
plots.show_lines(
    range(450),
    {
        "one-cycle": [schedule(step) for step in range(450)],
        "cosine": [cosine(0.01, 450)(step) for step in range(450)],
        "in steps": [step_decay(0.01, 150, 0.3)(step) for step in range(450)],
    },
    "step",
    "learning rate",
)

# %% [markdown]
# ## The loop
#
# Everything is there. This is the loop, all of it, on one batch of 32 digits:

# %%
rng = np.random.default_rng(0)
network = digit_network(rng)
optimiser = Adam(network.parameters(), lr=0.003)
batch_x, batch_y = x[:32], y[:32]
for step in range(41):
    logits = network(batch_x)  # forward
    dlogits = kernels.cross_entropy_backward(1.0, logits, batch_y)  # p − t
    network.backward(dlogits)  # lesson 07: every parameter gets its gradient
    optimiser.step()
    if step % 40 == 0:
        print(f"step {step}: {(logits.argmax(axis=1) == batch_y).sum()} of 32 right")

# %% [markdown]
# **Learn one batch by heart:** a network that can't is broken, and you know it within a second.
# Always try this first.
#
# `fit` does the same with shuffled batches of all the data, sets `optimiser.lr` from the schedule,
# and judges on the held-out digits after each epoch. Start it in the dashboard. Pause it, read its
# curves, go on:

# %% tags=["nbval-ignore-output"]
rng = np.random.default_rng(0)
network = digit_network(rng)
before = network.layers[0].w.value[:, 0].copy()
optimiser = Adam(network.parameters())
dashboard = TrainingDashboard(
    fit, network, data, optimiser, 10, 32, schedule, held_out=held_out, rng=rng
)
shown = display(dashboard.start(), display_id=True)

# %%
history = dashboard.wait()
print("97 % held out, or more:", history["held_out_accuracy"][-1] >= 0.97)

# %% tags=["nbval-ignore-output"]
shown.update(dashboard)  # so that the stored notebook shows the end
wrong = round(360 * (1 - history["held_out_accuracy"][-1]))
print(f"{sum(history['seconds']):.1f} s, {wrong} of 360 held-out digits wrong")

# %% [markdown]
# Pure NumPy, two convolutions, a few seconds. On digits it has learnt from it is at nearly 100 %:
# the gap is **over-fitting**, the subject of lesson 11.
#
# Now yours. Draw digits, in the middle and large. Then find out what it doesn't forgive: move a
# digit, shrink it, draw something that is none.

# %% tags=["nbval-ignore-output"]
DigitPad(network, picture=(16 * held_out[0][7, 0]).astype(int))

# %% [markdown]
# ### Predict, then look

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
moved = [np.roll(held_out[0], by, axis) for axis in (2, 3) for by in (-1, 1)]
accuracy = [evaluate(network, pictures, held_out[1])[1] for pictures in moved]
print("all digits moved by one pixel: below 85 % right:", max(accuracy) < 0.85)

# %% tags=["nbval-ignore-output"]
print("moved up, down, left, right:", [f"{100 * a:.0f} %" for a in accuracy])

# %% [markdown]
# A high softmax value is not confidence (lesson 15 measures what it is). And the held-out figure is
# a promise for pictures *of the same kind* only: these were centred and scaled alike before we got
# them. One pixel aside, and one in four to one in three is wrong.
#
# ## The filters it learnt
#
# Here are its sixteen first filters beside the edge detector. How alike two filters are, their
# **correlation** says: 1 if one is the other times something positive (plus a constant), −1 if it
# is its negative, about 0 if they have nothing in common.


# %%
def likeness(filters):
    """Return the correlation of each filter (F, 3, 3) with the edge detector."""
    centred = filters.reshape(-1, 9) - filters.reshape(-1, 9).mean(axis=1, keepdims=True)
    edge = edge_kernel().ravel()
    return centred @ edge / np.linalg.norm(centred, axis=1) / np.linalg.norm(edge)


def beside(filters):
    """Draw the filters beside the edge detector, the one most like it framed."""
    alike = likeness(filters)
    captions = [f"{value:+.2f}".replace("-", "−") for value in alike]
    mark = int(np.abs(alike).argmax())
    return show_filters(edge_kernel(), filters, captions, "by hand, lesson 01", mark)


after = network.layers[0].w.value[:, 0]

# %% tags=["nbval-ignore-output"]
beside(after)

# %% [markdown]
# One of them, framed, has a correlation of 0.76. The textbooks seem right: it has found an edge
# detector!
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "Here are the same sixteen filters *before* the training, at random. "
        "The best of them has …",
        Wrong(
            "a correlation near 0",
            "On average, yes. But this is the best of sixteen, of 9 numbers.",
        ),
        Right(
            "a correlation nearly as high, and it is the same filter",
            "The training has hardly changed it. Nobody found anything: it was drawn by chance.",
        ),
        Wrong("the same correlation with the sign changed", "Then training would have turned it."),
    )
)

# %%
print("same filter framed:", np.abs(likeness(before)).argmax() == np.abs(likeness(after)).argmax())
own = [np.corrcoef(b.ravel(), a.ravel())[0, 1] for b, a in zip(before, after, strict=True)]
print(f"filter before and after, median correlation above 0.9: {np.median(own) > 0.9}")
beside(before)

# %% [markdown]
# Without this control we would have told a story. What you see in the trained filters is, for the
# most part, the random start. How high does chance get? Draw sixteen filters, note the best, and
# repeat:

# %%
rng = np.random.default_rng(0)
chance = np.array([abs(likeness(rng.normal(size=(16, 9)))).max() for _ in range(2000)])
print(f"best of sixteen at random: {chance.mean():.2f} on average")
print(f"above 0.76: {(chance > 0.76).sum()} of 2000 times")
print(f"above 0.95: {(chance > 0.95).sum()} of 2000 times")

# %% [markdown]
# So begin with almost nothing: the first layer's weights at 3 % of their size, the rest as before.
# Whatever is in those filters at the end has been learnt. Three seeds:


# %%
def trained(seed, change):
    """Train for six epochs from first filters changed by `change`; return them and the accuracy."""
    rng = np.random.default_rng(seed)
    network = digit_network(rng)
    w = network.layers[0].w.value
    change(w)
    optimiser = Adam(network.parameters())
    six = one_cycle(0.01, 6 * 45)
    fit(network, data, optimiser, 6, 32, six, rng=rng, progress=lambda *_: None)
    return w[:, 0], evaluate(network, *held_out)[1]


def nearly_nothing(w):
    w *= np.float32(0.03)


small = [trained(seed, nearly_nothing) for seed in range(3)]
best = [abs(likeness(filters)).max() for filters, _ in small]
print("96 % held out, or more:", all(accuracy >= 0.96 for _, accuracy in small))
print("best correlation above 0.95:", [bool(value > 0.95) for value in best])
# %% tags=["nbval-ignore-output"]
print("best correlation, three seeds:", np.round(best, 2))
beside(small[0][0])

# %% [markdown]
# There it is. From nearly nothing, and with nobody having said a word about edges, one filter
# became the edge detector of lesson 01, or its negative, closer than chance ever came in 2,000
# draws. That is the first seed. With the two others the best one is no better than chance might be:
# these networks read digits just as well, with other filters. *A network can find the edge
# detector. It doesn't have to.*
#
# And the other way round: let filter 0 *start* as the edge detector, and train.


# %%
def first_is_edge(w):
    w[0, 0] = edge_kernel() / 4


filters, accuracy = trained(0, first_is_edge)
print("96 % held out, or more:", accuracy >= 0.96)
print("correlation after training still above 0.9:", likeness(filters)[0] > 0.9)

# %% tags=["nbval-ignore-output"]
titles = ["filter 0, start", "after training"]
plots.show_grids([edge_kernel() / 4, filters[0].round(2) + 0], titles, signed=[0, 1])

# %% [markdown]
# It stayed one, and grew by more than half. But the accuracy is what it was: our drawing did no
# harm, and wasn't needed.
#
# ## Another claim to test
#
# > "A CNN needs no manual feature engineering: it learns its features."
#
# The first half is true: we drew none. For the second half, **freeze** the first layer as it was
# drawn, at random, and let only the rest learn. If the features must be learnt, this should cost
# accuracy. Five epochs, three seeds:

# %%
five = one_cycle(0.01, 5 * 45)
kinds = {
    "first layer learns": lambda network: Adam(network.parameters()),
    "first layer frozen": lambda network: Adam(network.parameters()[2:]),
}
scores = {
    name: [evaluate(learn(make, 5, seed=seed, schedule=five)[0], *held_out)[1] for seed in range(3)]
    for name, make in kinds.items()
}

# %% tags=["nbval-ignore-output"]
for name, values in scores.items():
    print(name, [f"{100 * value:.1f} %" for value in values])

# %%
learns, frozen = (np.mean(values) for values in scores.values())
print("within one percentage point:", abs(learns - frozen) < 0.01)

# %% [markdown]
# **What came out.** Sixteen filters at random do as well here as sixteen that learn (one picture of
# 360 is 0.3 points); with three epochs in place of five they would be a point behind. So the
# accuracy is no proof that the first layer has learnt anything: on this task the later layers do
# the work. On larger pictures it may be otherwise (lesson 14 looks again, with the same control).
# And engineering by hand there is, in other places: somebody centred and scaled the digits, and we
# chose the layers, the rate and the schedule.
#
# ## Quiz

# %%
Quiz(
    Question(
        "The right class has the probability 0.25. What is the gradient by its score?",
        Wrong("0.25", "That is p. Take off what was wanted, 1."),
        Right("−0.75", "p − t = 0.25 − 1. A step against it lifts the score."),
        Wrong("−1.386", "That is ln 0.25. The loss is its negative; the gradient is p − t."),
    ),
    Question(
        "The loss of your first training is 2.303 and stays there. "
        "What is the least likely reason?",
        Wrong("All first weights are 0", "Then just that happens: only the last bias learns."),
        Wrong(
            "The rate is so high that the ReLUs died",
            "That is a common reason: look whether the loss jumped up in the first steps.",
        ),
        Right(
            "The network over-fits",
            "Over-fitting means that the training loss goes down, and the held-out loss doesn't.",
        ),
    ),
    Question(
        "All gradients become ten times larger, since you multiply the loss by 10. "
        "Whose steps change?",
        Right(
            "SGD's and momentum's",
            "Theirs are ten times longer. Adam and RMSProp divide by the size.",
        ),
        Wrong(
            "Adam's and RMSProp's", "They divide by the root of the mean square of g: no change."
        ),
        Wrong("All", "Work Adam's first step out with g = 4 and with g = 40."),
    ),
    Question(
        "A layer has 32 channels in and 3 × 3 filters. What standard deviation has He's start?",
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
            "One pixel aside made every fourth wrong. Measure on pictures such as theirs.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Cross-entropy is $-\ln p_y$; its gradient by the scores is $p - t$. Ten classes and no idea:
#    $\ln 10 = 2.30$.
# 2. Momentum remembers the direction, RMSProp the size, Adam both. Each needs its own rate.
# 3. First weights at random with variance $2 / \text{fan\_in}$: signals keep their size. Zeros
#    never part company.
# 4. Forward, $p - t$, backward, step. First learn one batch by heart; then schedule the rate, and
#    judge on what is held out.
# 5. Before you say what a network has learnt, look at what it was before.
#
# **Now you:** [exercise 08](../exercises/08_training_from_scratch/08_training_from_scratch.ipynb).
# **Next:** [lesson 09, the same in PyTorch](09_the_same_in_pytorch.ipynb).
#
# ## To read on
#
# - Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller. "Efficient BackProp." In *Neural Networks: Tricks
#   of the Trade*, Springer, 1998.
# - D. P. Kingma, J. Ba. "Adam: a method for stochastic optimization." ICLR 2015. arXiv:1412.6980.
# - T. Tieleman, G. Hinton. "Lecture 6.5: RMSProp." *Neural Networks for Machine Learning*,
#   Coursera, 2012.
# - I. Sutskever, J. Martens, G. Dahl, G. Hinton. "On the importance of initialization and momentum
#   in deep learning." ICML 2013.
# - K. He, X. Zhang, S. Ren, J. Sun. "Delving deep into rectifiers." ICCV 2015. arXiv:1502.01852.
# - A. C. Wilson, R. Roelofs, M. Stern, N. Srebro, B. Recht. "The marginal value of adaptive
#   gradient methods in machine learning." NeurIPS 2017. arXiv:1705.08292. The claim about Adam,
#   tested at length.
# - L. N. Smith, N. Topin. "Super-convergence: very fast training of neural networks using large
#   learning rates." 2018. arXiv:1708.07120.
