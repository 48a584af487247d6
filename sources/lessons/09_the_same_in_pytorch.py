# %% [markdown]
# # 09 · The same in PyTorch
#
# You have written every backward pass by hand, and an autograd that joins them. PyTorch has the
# same layers under the same names, and an autograd of its own. In this lesson you build the graph
# of lesson 07b and the network of lesson 08 in it, and get the same numbers. You write the training
# loop that nearly every PyTorch program contains. Then come the tools around it: for data, devices,
# saving, and runs that can be repeated.
#
# **After this lesson you can**
#
# - read PyTorch's graph from the loss back to the weights;
# - write a network as an `nn.Module`, and its training loop in twenty lines;
# - say what `requires_grad`, `zero_grad`, `inference_mode` and `eval` are for, and what happens
#   without them;
# - prove that two libraries compute the same, and tell rounding from a bug;
# - feed a network from a `Dataset`, run it on whatever device there is, and save it safely.
#
# *Time:* 60 minutes. *Before this:* lessons 03, 07b and 08. If you come from Keras,
# [the same in Keras](../docs/keras.md) puts the two side by side.

# %%
from collections import OrderedDict

import numpy as np

from cnnedu import kernels
from cnnedu import nn as by_hand
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.digits import load_digits
from cnnedu.experiments import l09_compile as compiling
from cnnedu.experiments import l09_rounding as rounding
from cnnedu.experiments import l09_sizes as sizes
from cnnedu.models.accounting import Conv, Dense, Elementwise, Flatten, Pool, ledger
from cnnedu.models.digit_network import digit_network, trained_digit_network
from cnnedu.plots.autograd import show_graph
from cnnedu.plots.dense_layers import show_accuracies
from cnnedu.plots.ledger import show_ledger
from cnnedu.plots.lines import show_log_lines
from cnnedu.widgets import GraphStepper, NetworkExplorer, Question, Quiz, Right, Wrong

activation = Elementwise("ReLU")
convolutions = [Conv(32, 3, padding=1), activation, Pool(2)]
convolutions += [Conv(64, 3, padding=1), activation, Pool(2)]
layers = [*convolutions, Flatten(), Dense(128), activation, Dense(10)]
show_ledger(layers, ledger(layers, (3, 224, 224)), (3, 224, 224))

# %% [markdown]
# This is where the lesson ends: a picture of 224 × 224 pixels goes in, and ten scores come out.
# (The last column is the memory that each layer's output takes.) We begin with the smallest case.
#
# ## Tensors
#
# A **tensor** is PyTorch's array. It has a shape and a dtype, and most of NumPy's methods.
# `F.conv2d` is the convolution of lesson 03, and it doesn't flip the kernel either:

# %%
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.training.fitting import fit

torch.set_num_threads(1)  # for networks this small one core is fastest, and repeats every digit

x = torch.tensor(smiley(), dtype=torch.float32)[None, None]
w1 = torch.tensor(edge_kernel(), dtype=torch.float32)[None, None]
print(F.conv2d(x, w1)[0, 0].int())
assert np.array_equal(F.conv2d(x, w1)[0, 0], kernels.correlate2d(smiley(), edge_kernel()))

# %% [markdown]
# These are lesson 01's 36 numbers, with the −2 in row 3, column 0.
#
# ## The graph of lesson 07b
#
# `requires_grad` asks for the gradient with respect to a tensor. From then on autograd takes notes:
# each result remembers in `grad_fn` which operation made it, and `next_functions` leads from there
# to its inputs, as `parents` did in your autograd. Here is the whole chain on the smiley, with the
# same weights:

# %%
W2 = [[1, 0, -1, 0, 2, -1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0, -1]]
x = torch.tensor(smiley(), dtype=torch.float32)[None, None].requires_grad_()
w1 = torch.tensor(edge_kernel(), dtype=torch.float32)[None, None].requires_grad_()
b1 = torch.tensor([-1.0], requires_grad=True)
w2 = torch.tensor(W2, dtype=torch.float32, requires_grad=True)
b2 = torch.tensor([1.0, 0.0], requires_grad=True)

conv = F.conv2d(x, w1, b1)
relu = F.relu(conv)
pool = F.max_pool2d(relu, 2)
flat = pool.flatten(start_dim=1)
scores = F.linear(flat, w2, b2)
loss = F.cross_entropy(scores, torch.tensor([1]))


def walk(node, depth=0):
    """Print a node of the graph, and below it all nodes that it leads to."""
    print("  " * depth + node.name())
    for following, _ in node.next_functions:
        walk(following, depth + 1)


walk(loss.grad_fn)

# %% [markdown]
# `cross_entropy` is two nodes. The dense layer is `Addmm`, which adds the bias to a product of
# matrices; `T` transposes the weights for it. At each end, `AccumulateGrad` adds what arrives to
# the `.grad` of a tensor. Here it is drawn, with our names and without `Backward0`:

# %%
tensors = {"x": x, "w1": w1, "b1": b1, "conv": conv, "relu": relu, "pool": pool}
tensors |= {"flat": flat, "w2": w2, "b2": b2, "scores": scores, "loss": loss}
show_graph(loss, tensors)

# %% [markdown]
# `backward()` sends a 1 into the node on the right. Each node turns the gradient with respect to
# its output into those with respect to its inputs, as your rules did. PyTorch keeps the gradients
# of what lies in between only if it is told to, with `retain_grad`. Are they the numbers of lesson
# 07b, all of them?

# %%
for tensor in tensors.values():
    tensor.grad = None
    tensor.retain_grad()  # changes nothing for leaves, which keep theirs anyway
loss.backward(retain_graph=True)  # keeps the notes, so that this cell can run twice

by_widget = GraphStepper(smiley(), edge_kernel(), -1, W2, [1, 0], y=1).gradients
for name, tensor in tensors.items():
    assert np.allclose(tensor.grad.squeeze(), by_widget[name], atol=1e-6), name
print(f"{len(tensors)} gradients agree. dw1:")
print(w1.grad[0, 0])

# %% [markdown]
# ## `nn.Module`: a network of your own
#
# A network is a class: its layers are made in `__init__` and used in `forward`. This is lesson 08's
# network, with its 6,090 parameters. Operations without weights are called as functions.


# %%
class DigitNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.dense = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.dense(x.flatten(start_dim=1))


for name, parameter in DigitNetwork().named_parameters():
    print(f"{name:<13}{tuple(parameter.shape)!s:<16}{parameter.numel():>5}")

# %% [markdown]
# What is assigned to `self` is *registered*: `parameters()` finds it for the optimiser,
# `.to(device)` moves it, and `state_dict()` saves it under its name. A plain Python list hides its
# layers from all three:


# %%
class Listed(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.layers = kind([nn.Linear(64, 32), nn.Linear(32, 10)])


for kind in (list, nn.ModuleList):
    print(f"{kind.__name__:<11}{len(list(Listed(kind).parameters()))} parameters")

# %% [markdown]
# ## The loop
#
# Here is the whole of training. `Batches` hands out the digits in random order, 32 at a time. For
# each batch the loop goes forward and backward and takes one step of Adam. Then the schedule
# sets the rate for the next step. It is lesson 08's one cycle: up to `lr_max`, and down to almost 0
# at the last step. (`device` says where to compute; more on that below.)


# %%
class Batches:
    """Labelled pictures in batches, in a new random order each time."""

    def __init__(self, x, y, size=32):
        self.x, self.y, self.size = torch.as_tensor(x), torch.as_tensor(y), size

    def __len__(self):
        return -(-len(self.y) // self.size)

    def __iter__(self):
        for some in torch.randperm(len(self.y)).split(self.size):
            yield self.x[some], self.y[some]


def train(network, loader, epochs, lr_max=0.01, device="cpu"):
    """Train a network on the device; return the loss of each batch."""
    optimiser = torch.optim.Adam(network.parameters())
    schedule = one_cycle(optimiser, epochs * len(loader), lr_max)
    network.train()
    losses = []
    for _ in range(epochs):
        for pictures, labels in loader:
            pictures, labels = pictures.to(device), labels.to(device)
            loss = F.cross_entropy(network(pictures), labels)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
    return losses


def one_cycle(optimiser, steps, lr_max=0.01):
    return torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        lr_max,
        total_steps=steps,
        cycle_momentum=False,  # leaves Adam's betas alone
    )


def accuracy(network, loader, device="cpu"):
    """Return the share of right answers."""
    network.eval()
    right = count = 0
    with torch.inference_mode():
        for pictures, labels in loader:
            answers = network(pictures.to(device)).argmax(dim=1)
            right += (answers == labels.to(device)).sum().item()
            count += len(labels)
    return right / count


(x, y), (held_out_x, held_out_y) = load_digits()
digits, held_out = Batches(x, y), Batches(held_out_x, held_out_y, 120)
torch.manual_seed(0)
network = DigitNetwork()
losses = train(network, digits, epochs=6)

# %% tags=["nbval-ignore-output"]
print(f"{len(losses)} steps, last loss {losses[-1]:.3f}, ", end="")
print(f"{accuracy(network, held_out):.1%} right of {len(held_out_y)} held out")

# %% [markdown]
# Neither function knows anything about digits: they work for every classifier in this course. Note
# that `cross_entropy` takes scores, not probabilities: it contains the softmax. If the network ends
# in a softmax of its own, nothing complains. But with ten classes the loss can't fall below 1.46,
# and when we tried it, for three epochs at one rate, the network
# [learned less](../docs/keras.md#softmax-in-the-network-or-in-the-loss).
#
# Later lessons train small networks with `fit` from `cnnedu`. It is this loop, with a history and a
# few options. With the same seed it ends with the same weights, to the last digit:

# %%
torch.manual_seed(0)
by_engine = DigitNetwork()
adam = torch.optim.Adam(by_engine.parameters())
fit(by_engine, (digits.x, digits.y), adam, 6, schedule=one_cycle)
pairs = zip(network.parameters(), by_engine.parameters(), strict=True)
assert all(torch.equal(a, b) for a, b in pairs)

# %% [markdown]
# ## Forget a line, and see what happens
#
# Some lines of the loop look like ritual. Leave them out, one at a time, and they explain
# themselves.
#
# ### Forget `zero_grad`
#
# Take lesson 07's window and loss: $L = \tfrac12 (\text{out} - 1)^2$ with $\text{out} = -2$. The
# gradient has −3 in its upper left corner. Run forward and backward twice, with the same `w`.

# %%
Quiz(
    Question(
        "What does the upper left of w.grad hold after the second backward()?",
        Wrong("−3, the gradient of the second run", "Who has cleared the first one away?"),
        Right("−6, the sum of both runs", "backward() adds to what is there."),
        Wrong("9, the product of both runs", "They are two ways from w to a loss: shares add up."),
        Wrong("nothing: PyTorch stops with an error", "It goes on, with wrong numbers."),
    )
)

# %%
window = torch.tensor(smiley()[3:6, 0:3], dtype=torch.float32)
w = torch.tensor(edge_kernel(), dtype=torch.float32, requires_grad=True)
for run in range(2):
    loss = ((w * window).sum() - 1) ** 2 / 2
    loss.backward()
    print(f"run {run}: upper left of dw = {w.grad[0, 0]:.0f}")

# %% [markdown]
# This isn't a flaw. The gradients of a weight that is used twice have to be added, as in lesson
# 07b. But each *step* must begin at zero.
#
# ### Forget `no_grad`
#
# A tensor that no recorded operation has made is a **leaf**: `w` is one, `loss` isn't. By default
# only leaves get a `.grad`. Suppose PyTorch recorded `w -= …`. Then `w` would be the result of a
# subtraction and no longer a leaf. Nobody could ask for the gradient with respect to the old `w`,
# which would be overwritten, and the new one would get no `.grad`. So PyTorch refuses:

# %%
w = torch.tensor(edge_kernel(), dtype=torch.float32, requires_grad=True)
(((w * window).sum() - 1) ** 2 / 2).backward()
try:
    w -= 0.01 * w.grad
except RuntimeError as problem:
    print("recorded:    ", problem)
with torch.no_grad():
    w -= 0.01 * w.grad
print(f"not recorded: −1 − 0.01 · (−3) = {w[0, 0]:.2f}; still a leaf: {w.is_leaf}")

# %% [markdown]
# Inside `torch.no_grad()` nothing is recorded, and `w` stays a leaf. That is how optimisers take
# their steps. But never change a tensor between forward and backward: a rule may need its old
# values. PyTorch numbers the versions of each tensor, and notices:

# %%
side = torch.tensor(3.0, requires_grad=True)
area = side * side
with torch.no_grad():
    side += 1
try:
    area.backward()  # 2 · side, but of which side?
except RuntimeError as problem:
    print(str(problem).split(": [")[0])

# %% [markdown]
# ### Forget `eval`, or `inference_mode`
#
# **Dropout** (lesson 11) switches each number off with probability $p$ while the network learns,
# and doubles the others if $p = \tfrac12$. When the network is *used*, it must do nothing. Ones go
# in:

# %%
torch.manual_seed(0)
dropout, ones = nn.Dropout(0.5), torch.ones(8)
print("new:             ", dropout(ones).tolist())
with torch.inference_mode():
    print("inference_mode():", dropout(ones).tolist())
dropout.eval()
print("eval():          ", dropout(ones).tolist())

# %% [markdown]
# The two have nothing to do with each other. `eval()` changes what dropout *computes*, and what
# batch norm does: it then uses means kept from training, not the batch's own. A new network is in
# training mode. `no_grad` and `inference_mode` only stop the notes, which keep in memory whatever
# `backward` will need:
#
# | | records | results may be used in training later |
# | --- | --- | --- |
# | nothing | yes | yes |
# | `no_grad` | no | yes |
# | `inference_mode` | no | no, and so it can skip the version numbers |

# %%
weight = torch.ones(2, requires_grad=True)
for mode in (torch.no_grad, torch.inference_mode):
    with mode():
        features = torch.ones(2) * 3
    try:
        (weight * features).sum().backward()
        outcome = "can be trained on"
    except RuntimeError as problem:
        outcome = str(problem).split(".")[0]
    print(f"{mode.__name__:<15}{outcome}")

# %% [markdown]
# ## Equal to the NumPy network
#
# The course keeps the weights of lesson 08's network after a longer training. We move them over.
# The shapes fit without a transpose: the course has used PyTorch's order from the start. (In other
# libraries they differ, and PyTorch accepts a *square* matrix with its axes swapped without
# complaint. So always compare outputs.)

# %%
original, _ = trained_digit_network()
twin = DigitNetwork()


@torch.no_grad()
def copy_weights(source, target):
    """Copy the weights of a NumPy network into a PyTorch network with the same layers."""
    for ours, theirs in zip(source.parameters(), target.parameters(), strict=True):
        theirs.copy_(torch.from_numpy(ours.value))


copy_weights(original, twin)
Quiz(
    Question(
        "Both networks get the same 120 digits. How far apart are their scores, as a share of the "
        "largest score?",
        Wrong("0: they agree to the last digit", "Only if both add in the same order. Why so?"),
        Wrong("About a hundredth of it", "That would be a bug, such as a forgotten bias."),
        Right("About a millionth of it", "float32 has 7 digits, and the order of adding differs."),
    )
)


# %%
def both(dtype):
    """Send 120 held-out digits there and back through both; return {name: (ours, theirs)}."""
    pictures, labels = held_out_x[:120].astype(dtype), held_out_y[:120]
    for parameter in original.parameters():
        parameter.value = parameter.value.astype(dtype)
    twin.to(getattr(torch, dtype)).zero_grad()

    scores = original.train()(pictures)
    original.backward(kernels.cross_entropy_backward(1.0, scores, labels))
    their_scores = twin(torch.from_numpy(pictures))
    F.cross_entropy(their_scores, torch.from_numpy(labels)).backward()

    found = {"scores": (scores, their_scores.detach())}
    for ours, (name, theirs) in zip(original.parameters(), twin.named_parameters(), strict=True):
        found["d " + name] = ours.grad, theirs.grad
    return found


def apart(a, b):
    """Return the largest difference, as a share of the largest number."""
    return abs(np.asarray(a) - np.asarray(b)).max() / abs(np.asarray(a)).max()


single = {name: apart(*pair) for name, pair in both("float32").items()}
double = {name: apart(*pair) for name, pair in both("float64").items()}
assert max(single.values()) < 1e-5 and max(double.values()) < 1e-12

# %% tags=["nbval-ignore-output"]
print(f"{'apart by':<15}{'float32':>10}{'float64':>10}")
for name in single:
    print(f"{name:<15}{single[name]:>10.0e}{double[name]:>10.0e}")

# %% [markdown]
# Scores and gradients agree to better than 1e-5. Is the rest rounding, or a small bug? The
# right-hand column decides: with sixteen digits in place of seven, the difference shrinks by a
# factor of about 500 million. (float64 has 29 more binary digits, and $2^{29}$ is 537 million.) A
# bug would stay.
#
# And a whole training? Lesson 08's `fit` and our loop start from the same weights and get the same
# batches, Adam and schedule. We note by how much the losses of each step differ.


# %%
class SameOrder:
    """Shuffles for lesson 08's `fit` as `Batches` does."""

    def permutation(self, count):
        return torch.randperm(count).numpy()


def two_trainings(dtype, epochs=3):
    """Train the NumPy network and its twin alike; return the losses of both, step by step."""
    ours, theirs, steps = digit_network(np.random.default_rng(0)), DigitNetwork(), []
    for parameter in ours.parameters():
        parameter.value = parameter.value.astype(dtype)
    copy_weights(ours, theirs.to(getattr(torch, dtype)))
    torch.manual_seed(0)
    by_hand.fit(
        ours,
        (x.astype(dtype), y),
        by_hand.Adam(ours.parameters()),
        epochs,
        schedule=by_hand.one_cycle(0.01, epochs * len(digits)),
        rng=SameOrder(),
        progress=lambda done, total, history, batch: steps.append(batch.loss),
    )
    torch.manual_seed(0)
    losses = train(theirs, Batches(x.astype(dtype), y), epochs)
    return np.array(steps[:-1]), np.array(losses)  # `fit` reports once more at the end


drift = {dtype: abs(np.subtract(*two_trainings(dtype))) for dtype in ("float32", "float64")}
print(f"first epoch of {len(digits)} steps, float32, to 1e-5:", max(drift["float32"][:45]) < 1e-5)
print(f"all {len(drift['float64'])} steps, float64, to 1e-9:", max(drift["float64"]) < 1e-9)

# %% [markdown]
# The two libraries run the same training. In float32 they round differently. How far that can
# carry, you will see below.
#
# ### Look inside
#
# The explorer of lesson 01 takes any chain of layers on colour pictures. So we write the twin as an
# `nn.Sequential`, and put a layer before it that takes the mean of the three colours.

# %%
grey = nn.Conv2d(3, 1, kernel_size=1)
nn.init.constant_(grey.weight, 1 / 3)
nn.init.zeros_(grey.bias)
twin.float()
first = OrderedDict(grey=grey, conv1=twin.conv1, relu1=nn.ReLU(), pool1=nn.MaxPool2d(2))
second = OrderedDict(conv2=twin.conv2, relu2=nn.ReLU(), pool2=nn.MaxPool2d(2))
in_colour = nn.Sequential(first | second | {"flatten": nn.Flatten(), "dense": twin.dense})


def three_channels(picture):
    """Turn light from 0 to 1 into a grey colour picture: uint8 (H, W, 3)."""
    light = np.round(255 * np.asarray(picture, float)).astype(np.uint8)
    return np.repeat(light[..., None], 3, axis=2)


explorer = NetworkExplorer(in_colour, three_channels(held_out_x[0, 0]), focus=(1, 0, 3, 3))
explorer

# %% [markdown]
# 1. Click on a number in a map of `conv1`: nine products and a bias, as on your sheet of paper.
# 2. Click on one of `conv2`. How many products are added up there, and why?
# 3. In a new cell, run `explorer.picture = three_channels(smiley())`. Which digit is the smiley?
#
# ## Feeding it: `Dataset` and `DataLoader`
#
# Two dtypes first. NumPy computes in float64 unless told otherwise, PyTorch in float32, and they
# don't mix. And `torch.from_numpy` copies nothing: both names stand for the same memory.

# %%
try:
    twin(torch.from_numpy(np.ones((1, 1, 8, 8))))
except RuntimeError as problem:
    print(problem)
array = np.zeros(3, np.float32)
shared, copied = torch.from_numpy(array), torch.tensor(array)
array[0] = 7
print("from_numpy:", shared[0].item(), "  tensor:", copied[0].item())

# %% [markdown]
# A **`Dataset`** answers two questions: how many examples are there, and what is number `i`? It
# needn't hold them all. This one *makes* them: colour pictures of 224 × 224 pixels for the large
# network, by enlarging each pixel of a digit to 28 × 28. Each takes 602 kB; all 1,437 would take
# 865 MB. A **`DataLoader`** does what our `Batches` does. It shuffles the numbers, asks for the
# examples and stacks them.

# %%
from torch.utils.data import DataLoader, Dataset


class Posters(Dataset):
    """Digits (N, 1, 8, 8) as colour pictures of 224×224 pixels."""

    def __init__(self, digits, labels):
        self.digits, self.labels = digits, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        colour = np.random.default_rng(i).uniform(0.6, 1, size=(3, 1, 1)).astype(np.float32)
        large = np.kron(self.digits[i, 0], np.ones((28, 28), np.float32))
        return torch.from_numpy(colour * large), int(self.labels[i])


loader = DataLoader(Posters(x, y), batch_size=32, shuffle=True)
pictures, labels = next(iter(loader))
print(len(loader), "batches;", tuple(pictures.shape), pictures.dtype, labels.dtype)
assert len(loader) == len(digits) and pictures.shape[1:] == (3, 224, 224)

# %% [markdown]
# With `num_workers=4` four processes prepare the batches while the network computes. That helps
# when reading and changing pictures takes a long time. (Where they start afresh, as on macOS and
# Windows, the `Dataset` must be defined in a file, not in a notebook.) This course keeps all
# pictures in memory as uint8 and changes whole batches, so it needs no workers. In programs by
# others you will meet:
#
# | PyTorch, torchvision | in this course |
# | --- | --- |
# | `DataLoader(…, num_workers=4)` | `cnnedu.training.batches` |
# | `v2.ToImage()`, `v2.ToDtype(torch.float32, scale=True)`, `v2.Normalize(mean, std)` | `cnnedu.models.normalise` |
# | `v2.RandomHorizontalFlip()` | `cnnedu.training.augmentation.random_flip` |
# | `v2.RandomCrop(32, padding=4)` | `cnnedu.training.augmentation.random_shift` |
# | `v2.RandomErasing()` | `cnnedu.training.augmentation.cutout` |
#
# (`v2` is `torchvision.transforms.v2`; transforms without it are the older ones.)
#
# ## Devices and speed
#
# A **device** stores tensors and computes with them: the processor, or a graphics card. Network and
# batch must be on the same one. Say it once, and the code runs everywhere:

# %% tags=["nbval-ignore-output"]
has_accelerator = torch.accelerator.is_available()
device = torch.accelerator.current_accelerator() if has_accelerator else torch.device("cpu")
torch.manual_seed(0)
losses = train(DigitNetwork().to(device), digits, epochs=1, device=device)
print(f"on {device}: {len(losses)} steps, last loss {losses[-1]:.2f}")

# %% [markdown]
# **`torch.autocast`** computes convolutions and matrix products in a shorter format, which is
# faster on much hardware (lesson 13 measures it). Weights and loss stay float32. bfloat16 has two
# to three digits:

# %%
pictures = torch.from_numpy(held_out_x)
with torch.inference_mode():
    exact = twin(pictures)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        short = twin(pictures)
print(short.dtype, "scores,", twin.dense.weight.dtype, "weights")
print("scores to 2 %:", apart(exact, short.float()) < 0.02)
print("answers alike to 1 %:", (exact.argmax(1) == short.argmax(1)).float().mean().item() > 0.99)

# %% [markdown]
# **`torch.compile`** compiles the network into a program that does several operations in one pass
# over memory. The answers stay the same, up to rounding. (`backend="eager"` only records the graph
# and then runs the same operations, so here they are equal to the last digit. For the rest PyTorch
# needs a C++ compiler or a GPU.)

# %%
traced = torch.compile(twin, backend="eager")
with torch.inference_mode():
    assert torch.equal(traced(pictures), exact)

# %% [markdown]
# Does it pay? We timed training steps on one CPU core, as they are and compiled, once for each
# network:

# %%
print(f"{'':<32}{'first step':>11}{'plain':>10}{'compiled':>10}   pays after")
for name, row in compiling.figures["steps"].items():
    saved = row["plain"] - row["compiled"]  # milliseconds a step
    pays = f"{1000 * row['start'] / saved:,.0f} steps" if saved > 0 else "never"
    times = f"{row['start']:>9.1f} s{row['plain']:>7.1f} ms{row['compiled']:>7.1f} ms"
    print(f"{name:<32}{times}   {pays}")

# %% [markdown]
# For the small network it doesn't pay: the six epochs above take less time than its first compiled
# step, and its later steps are slower, too. The steps of lesson 10's network take nearly twice as
# long compiled. We haven't found out why. Only the network with batch norm gains. So compile long
# trainings, and time both ways first. (This course's own engine compiles only on GPUs.)
#
# ## Saving
#
# A trained network is its `state_dict`: names and numbers. `torch.save` writes it with Python's
# pickle. But a pickle isn't data. It is a *program that rebuilds an object*, and it runs when the
# file is opened. This one is harmless:

# %%
import json
import tempfile
from pathlib import Path

from safetensors.torch import load_file, save_file

folder = tempfile.TemporaryDirectory()
path = Path(folder.name) / "network.pt"


class Gift:
    def __reduce__(self):
        return print, ("this ran while the file was opened; it could have deleted your files",)


torch.save({"network": Gift()}, path)
torch.load(path, weights_only=False)
try:
    torch.load(path, weights_only=True)  # the default since PyTorch 2.6
except Exception as problem:
    print("weights_only=True refuses:", type(problem).__name__)

# %% [markdown]
# We only *loaded* it. So never set `weights_only=False` for a file from somebody you don't trust.
# With `weights_only=True`, `torch.load` builds nothing but tensors and plain containers. That is
# fine for your own **checkpoint**, which also needs what the optimiser remembers:

# %%
optimiser = torch.optim.Adam(network.parameters())


def step(network, optimiser):
    optimiser.zero_grad()
    F.cross_entropy(network(digits.x[:32]), digits.y[:32]).backward()
    optimiser.step()


step(network, optimiser)
torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict()}, path)
step(network, optimiser)

stored = torch.load(path, weights_only=True)
resumed = DigitNetwork()
resumed.load_state_dict(stored["network"])
optimiser = torch.optim.Adam(resumed.parameters())
optimiser.load_state_dict(stored["optimiser"])
step(resumed, optimiser)
pairs = zip(network.parameters(), resumed.parameters(), strict=True)
print("goes on as if it had never stopped:", all(torch.equal(a, b) for a, b in pairs))

# %% [markdown]
# To pass a network on, use **safetensors**. Such a file can't run anything. It holds the length of
# a header (8 bytes), the header (names, dtypes and shapes, as text), and the bare numbers:

# %%
path = Path(folder.name) / "digits.safetensors"
save_file(twin.state_dict(), path)
content = path.read_bytes()
length = int.from_bytes(content[:8], "little")
for name, entry in json.loads(content[8 : 8 + length]).items():
    print(f"{name:<13}{entry['dtype']:<5}{entry['shape']}")
print(f"8 + {length} + {len(content) - 8 - length:,} bytes   (4 · 6,090 = {4 * 6090:,})")
loaded = load_file(path)
assert all(torch.equal(loaded[name], tensor) for name, tensor in twin.state_dict().items())

# %% [markdown]
# ## A claim to test: set the seed, and you get the same network
#
# > "Set the seed, and you get the same network."
#
# Train for three epochs with one seed, twice; then with the pictures *within* each batch in reverse
# order. In mathematics that changes nothing: a batch's gradient is a sum.

# %%
Quiz(
    Question(
        "Same seed, same batches, but each batch is reversed. How far apart are the weights at the "
        "end, as a share of their length?",
        Right(
            "By about a millionth: rounding, and what training makes of it",
            "(a + b) + c and a + (b + c) round differently, and every step builds on the last.",
        ),
        Wrong(
            "Not at all: each gradient is a sum of the same numbers as before",
            "It would be so, if a computer added without rounding.",
        ),
        Wrong(
            "By more than their length, like two runs that begin with different seeds",
            "Those begin with other weights. These begin with the same ones.",
        ),
    )
)


# %%
class Backwards(Batches):
    """The same batches, the pictures of each in reverse order."""

    def __iter__(self):
        for pictures, labels in super().__iter__():
            yield pictures.flip(0), labels.flip(0)


def weights_after(seed, loader):
    torch.manual_seed(seed)
    network = DigitNetwork()
    train(network, loader, epochs=3)
    return nn.utils.parameters_to_vector(network.parameters())


once, again = weights_after(0, digits), weights_after(0, digits)
reverse = weights_after(0, Backwards(x, y))
print("same seed twice: equal: ", torch.equal(once, again))
print("batches reversed: equal:", torch.equal(once, reverse))
print("apart by less than 1e-5:", (once - reverse).norm().item() < 1e-5 * once.norm().item())

# %% [markdown]
# And in a longer training? We trained for ten epochs, forward and reversed, with five seeds at each
# of three rates. The figure shows the five pairs at the lowest of them.

# %%
distances = {name: np.array(runs) for name, runs in rounding.figures["apart"].items()}
pairs = {f"reversed, seed {seed}": run for seed, run in enumerate(distances["0.003"])}
show_log_lines(
    rounding.EVERY * np.arange(1, 1 + distances["0.003"].shape[1]),
    {"another seed": distances["another seed"][0]} | pairs,
    "step",
    "distance of the weights,\nas a share of their length",
)

# %%
for name, runs in distances.items():
    who = name if name == "another seed" else f"reversed, rate {name}"
    print(f"{who:<20}", *(f"{share:.0e}" for share in sorted(runs[:, -1])), " apart at the end")
leapt = [(distances[str(rate)][:, -1] > 1e-4).sum() for rate in rounding.RATES]
print(f"more than 1e-4 apart: {sum(leapt)} of {5 * len(leapt)} reversed pairs")

# %% [markdown]
# **What came out.** On one machine, with one thread, the claim holds to the last digit. But
# anything that changes the order of a sum changes the rounding: another number of threads, another
# processor, a GPU, another version. Eight of our fifteen pairs ended within five millionths of each
# other, and one within twenty. In six the difference leapt, in five of these more than 25-fold
# within ten steps, and ended beyond 1e-4. Nothing warned of it. We haven't looked for the cause,
# and five seeds can't tell whether the rate matters. So a seed makes *your* run repeatable. It
# doesn't make it repeatable everywhere. Quote accuracies over several seeds, and never to the
# last digit. To repeat a run as far as that can be done:
#
# | switch | what it fixes |
# | --- | --- |
# | `torch.manual_seed(0)` | first weights, dropout, shuffling; NumPy's and Python's random numbers have seeds of their own |
# | `DataLoader(…, generator=…, worker_init_fn=…)` | the order, and the random numbers of workers |
# | `torch.set_num_threads(1)` | the order of sums on a CPU |
# | `torch.backends.cudnn.benchmark = False` | which routine a GPU uses (off by default) |
# | `torch.use_deterministic_algorithms(True)` | refuses operations whose result depends on timing; on NVIDIA set `CUBLAS_WORKSPACE_CONFIG=:4096:8`, too |
#
# Here two numbers are written to the same place. Which one stays?

# %%
torch.use_deterministic_algorithms(True)
try:
    torch.zeros(3).put_(torch.tensor([0, 0]), torch.tensor([1.0, 2.0]))
except RuntimeError as problem:
    print(str(problem).split(",")[0])
finally:
    torch.use_deterministic_algorithms(False)

# %% [markdown]
# ## The classic image classifier
#
# You counted it in lesson 03; in the exercise you write it as a class. One of our pictures goes
# through:


# %%
def image_classifier():
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 32, 3, padding=1),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(32, 64, 3, padding=1),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            flatten=nn.Flatten(),
            dense1=nn.Linear(56 * 56 * 64, 128),
            relu3=nn.ReLU(),
            dense2=nn.Linear(128, 10),
        )
    )


classifier = image_classifier()
numbers, total = Posters(x, y)[0][0][None], sum(p.numel() for p in classifier.parameters())
with torch.inference_mode():
    for name, layer in classifier.named_children():
        numbers = layer(numbers)
        count = sum(p.numel() for p in layer.parameters())
        share = f"{count:>12,}{count / total:>9.2%}" if count else ""
        print(f"{name:<9}{tuple(numbers.shape)!s:<22}{share}")
print(f"{'in all':<31}{total:>12,}")

# %% [markdown]
# $56 \cdot 56 \cdot 64 = 200{,}704$ numbers, each joined to 128 outputs: 99.9 % of the parameters
# sit in one layer. What happens to a picture of another size?

# %%
Quiz(
    Question(
        "A picture of 300 × 300 pixels goes in. Which layer notices?",
        Wrong("None of them: convolutions take any size", "They do. Which layer isn't one?"),
        Wrong("conv1, which was made for 224 × 224 pixels", "A window slides over any size."),
        Wrong("pool2, because 75 is an odd number", "It turns 150 into 75; a pool3 would get 75."),
        Right("dense1, which gets too many numbers", "75 · 75 · 64 = 360,000 for 200,704 weights."),
    )
)

# %%
try:
    classifier(torch.zeros(1, 3, 300, 300))
except RuntimeError as problem:
    print(problem)

# %% [markdown]
# Each weight takes 4 bytes and its gradient 4 more. Momentum remembers one number for each weight,
# and Adam two:

# %%
for name, copies in [("weights", 1), ("plain SGD", 2), ("with momentum", 3), ("with Adam", 4)]:
    print(f"{name:<15}{4 * copies * total / 1e6:>6.0f} MB")
classifier = None

# %% [markdown]
# ## A claim to test: a larger network needs more pictures
#
# > "A larger network needs more pictures. With few of them it learns less than a small one."
#
# Lesson 08's network has 6,090 weights. With 4 and 8 times as many channels it has 79,626 and
# 306,698. All three learn from the same 80 digits, in batches of two, for 40 steps or for 400. They
# get plain SGD at a fixed rate and He's first weights. Each has the rate, of six, that did best on
# two other draws of digits. Then they read 360 new digits. There are twenty draws of the digits,
# the same for all.

# %%
learnt = sizes.figures["learnt"]
show_accuracies(
    {
        name: {
            f"{size} weights": {"one draw; mean and its error": runs} for size, runs in rows.items()
        }
        for name, rows in learnt.items()
    },
    "new digits read, %",
)


# %%
def against(runs, others):
    """Describe the mean difference of paired runs; it is seen from three errors on."""
    difference = np.subtract(runs, others)
    mean, error = difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))
    seen = "seen" if abs(mean) > 3 * error else "not seen"
    return f"{mean:+5.1f} ± {error:.1f} points, {seen}"


for name, rows in learnt.items():
    for larger, smaller in [("79,626", "6,090"), ("306,698", "6,090"), ("306,698", "79,626")]:
        line = against(rows[larger], rows[smaller])
        print(f"{name:<10}{larger + ' against ' + smaller:<27}{line}")

# %% [markdown]
# **What came out.** The claim's second sentence is false here. The largest of the three reads about
# 12 points more than the smallest after 40 steps, and about 2 points more after 400. Both leads are
# seen, though the second is small (the right-hand axis is stretched). It has 50 times the weights,
# and it isn't lost among them. The network in between leads the smallest as well, but by less than
# three errors. Between the two larger ones we see no difference.
#
# The first sentence stays open: to test it, one would vary the number of pictures. We tried one
# number, one kind of network and very small pictures. And two draws are few to choose a rate by:
# after 40 steps, single draws scatter by 9 to 12 points.
#
# We once fooled ourselves here. An earlier edition of this lesson set the image classifier, after
# 40 steps on 80 pictures, against the small network after a long training on 1,437 digits. It
# concluded that more weights are not more knowledge. What it had compared was data and steps.
#
# ## Quiz

# %%
Quiz(
    Question(
        "Your loss falls for some steps, then jumps about wildly. `zero_grad` is missing. Why?",
        Wrong(
            "The gradients vanish, so that each step gets shorter",
            "The other way round: look at what is added to what.",
        ),
        Right(
            "Each step follows the sum of all gradients so far",
            "The steps grow longer, and point where the loss was lower long ago.",
        ),
        Wrong(
            "Autograd stops recording after the first step",
            "It goes on recording. The numbers mean something else.",
        ),
    ),
    Question(
        "A network with dropout gives other answers each time you show it the same picture. What "
        "is missing?",
        Wrong("`torch.inference_mode()`", "That saves memory. It changes no number."),
        Wrong("`torch.manual_seed(0)`", "Then it would be wrong in the same way each time."),
        Right("`network.eval()`", "Dropout still switches numbers off."),
    ),
    Question(
        "Two libraries give scores that differ by a millionth. Is it rounding or a bug?",
        Right("Compute both in float64", "Rounding shrinks some 500-million-fold. A bug stays."),
        Wrong("Train both, and compare accuracies", "Many a bug leaves the accuracy alone."),
        Wrong("Round both to five digits", "That hides the difference. It doesn't explain it."),
    ),
    Question(
        "You change 128 to 64 in the classic classifier. How many parameters are left?",
        Wrong("about 25.7 million, as before", "Nearly all sit in dense1, whose size you changed."),
        Right("about 12.9 million, half of them", "200,704 · 64, and the rest hardly counts."),
        Wrong("about 6.4 million, a quarter of them", "dense1's *inputs* stay as they are."),
    ),
    Question(
        "What is the reason to pass a network on as a safetensors file?",
        Wrong("The file is much smaller than a pickle", "Both hold the same bare numbers."),
        Wrong("It saves the network's code as well", "You bring the class yourself."),
        Right("Opening the file can't run any code", "It holds text and numbers, nothing else."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Autograd notes every operation; `backward()` walks the graph back and adds each gradient to a
#    leaf, as yours did in lesson 07b.
# 2. The loop: forward, `zero_grad`, `backward`, `step`, and the schedule's `step`.
# 3. `eval` changes what layers compute; `no_grad` and `inference_mode` stop the notes.
# 4. The same weights give the same numbers as NumPy, to 1e-5; float64 tells rounding from a bug.
# 5. Pickles are programs: load with `weights_only=True`, and pass networks on as safetensors.
#
# **Now you:** [exercise 09](../exercises/09_the_same_in_pytorch/09_the_same_in_pytorch.ipynb).
# **Next:** [lesson 10, a first network for CIFAR-10](10_cifar10_a_first_network.ipynb).
#
# ## To read on
#
# - A. Paszke et al. "PyTorch: an imperative style, high-performance deep learning library."
#   *NeurIPS*, 2019.
# - J. Ansel et al. "PyTorch 2: faster machine learning through dynamic Python bytecode
#   transformation and graph compilation." *ASPLOS*, 2024. What `torch.compile` does.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind. "Automatic differentiation in
#   machine learning: a survey." *Journal of Machine Learning Research* 18(153), 1–43, 2018.
# - D. Goldberg. "What every computer scientist should know about floating-point arithmetic." *ACM
#   Computing Surveys* 23(1), 5–48, 1991.
# - The PyTorch documentation: "Autograd mechanics", "Reproducibility", "Serialization semantics".
