# %% [markdown]
# # 09 · The same in PyTorch
#
# Everything so far was plain NumPy, every backward pass written by hand. PyTorch has the same
# layers, under the same names, and it works the backward passes out by itself. In this lesson you
# move lesson 08's network over and see the same numbers: outputs, loss, every gradient. Then you
# build a network that is four thousand times as large.
#
# **After this lesson you can**
#
# - follow autograd through a small computation with pencil and paper;
# - carry weights from one library to another, and prove that both compute the same;
# - say what `requires_grad`, `zero_grad`, `no_grad` and `eval` are for, and what happens if you
#   forget them;
# - feed a network from a `Dataset`, train it on whatever device there is, and save it safely;
# - build the classic image classifier for 224×224 pixels and say where its 25.7 million weights
#   lie.
#
# *Time:* 60 minutes. *Before this:* lessons 03, 07 and 08.

# %%
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu import kernels
from cnnedu import nn as by_hand
from cnnedu.data import edge_kernel, smiley
from cnnedu.models.accounting import Conv, Dense, Elementwise, Flatten, Pool, ledger
from cnnedu.plots import show_maps
from cnnedu.plots.ledger import show_ledger
from cnnedu.widgets import Question, Quiz, Right, Wrong

torch.set_num_threads(1)  # for networks this small one core is fastest, and repeats every digit

relu = Elementwise("ReLU")
block = [Conv(32, 3, padding=1), relu, Pool(2), Conv(64, 3, padding=1), relu, Pool(2)]
layers = [*block, Flatten(), Dense(128), relu, Dense(10)]
show_ledger(layers, ledger(layers, (3, 224, 224)), (3, 224, 224))

# %% [markdown]
# Above is where this lesson ends: a photograph of 224×224 pixels in, ten scores out. First the
# smallest case.
#
# ## The smiley once more
#
# A **tensor** is PyTorch's array. It has a shape and a dtype, and most of NumPy's verbs. `F.conv2d`
# is the convolution of lesson 03, and wants `(N, C, H, W)`:

# %%
x = torch.tensor(smiley(), dtype=torch.float32)[None, None]
w = torch.tensor(edge_kernel(), dtype=torch.float32)[None, None]
out = F.conv2d(x, w)
print(out[0, 0].int())
print(
    "lesson 01's 36 numbers:",
    np.array_equal(out[0, 0], kernels.correlate2d(smiley(), edge_kernel())),
)

# %% [markdown]
# No flip: row 3, column 0 holds the −2 that you worked out on paper.
#
# ## Autograd on one window
#
# Take that window and lesson 07's loss: $L = \tfrac12 (\text{out} - 1)^2$ with $\text{out} = -2$.
# By hand you found $\text{dout} = -3$ and $dw = -3 \cdot \text{window}$. Now we write only the way
# *forward*, and say of `w` that we want its gradient:

# %%
window = torch.tensor(smiley()[3:6, 0:3], dtype=torch.float32)
w = torch.tensor(edge_kernel(), dtype=torch.float32, requires_grad=True)

products = w * window
out = products.sum()
error = out - 1
loss = error**2 / 2
loss.backward()

print("loss", loss.item())
print("dw  ", w.grad.int().tolist())

# %% [markdown]
# Lesson 07's nine numbers, and nobody wrote a backward pass. How? While the code runs, PyTorch
# *takes notes*: each result remembers which operation made it, and from what. This is the
# **graph**. Read from the loss back:

# %%
node = loss.grad_fn
while node:
    print(node.name())
    node = node.next_functions[0][0] if node.next_functions else None

# %% [markdown]
# `backward()` walks along the notes. It begins with $dL = 1$, and each operation knows one rule:
# how to turn the gradient by its output into that by its input. The chain rule multiplies them:
#
# $$ dw = \underbrace{1}_{dL} \cdot \underbrace{\text{error}}_{L = \text{error}^2/2} \cdot
# \underbrace{1}_{\text{error} = \text{out} - 1} \cdot \underbrace{1}_{\text{out} = \text{sum}}
# \cdot
# \underbrace{\text{window}}_{\text{products} = w \cdot \text{window}} $$
#
# The same again, keeping the gradients in between, which PyTorch otherwise throws away:

# %%
from cnnedu.plots.autograd import show_chain

w.grad = None
products = w * window
out = products.sum()
error = out - 1
loss = error**2 / 2
steps = {"w": w, "products": products, "out": out, "error": error, "L": loss}
for tensor in steps.values():
    tensor.retain_grad()
loss.backward()
values = {name: tensor.detach() for name, tensor in steps.items()}
gradients = [tensor.grad for tensor in steps.values()]
show_chain(values, gradients, ["× window", "sum", "− 1", "²/2"])

# %% [markdown]
# Grey arrows are the way forward, orange ones the way back. Every gradient has the shape of what it
# belongs to.
#
# ## Forget something, and see what happens
#
# Four words stand in every PyTorch program. Each is best understood by leaving it out.
#
# ### Forget `zero_grad`
#
# Run forward and backward a second time, with the same `w`, and nothing in between.

# %%
Quiz(
    Question(
        "What does w.grad hold after the second backward()? "
        "After the first, its upper left was −3.",
        Wrong("−3 again", "That needs somebody to clear the old gradient first."),
        Right("−6", "backward() *adds* to what is there: gradients along several ways add up."),
        Wrong("9", "Nothing is multiplied: both runs are ways of their own from w to a loss."),
        Wrong("an error", "No, and that is the trap: it goes on, with wrong numbers."),
    )
)

# %%
w.grad = None
for run in range(2):
    loss = ((w * window).sum() - 1) ** 2 / 2
    loss.backward()
    print(f"run {run}: upper left of dw = {w.grad[0, 0]:.0f}")

# %% [markdown]
# It isn't a flaw. A weight that is used twice gets the sum of both shares, as in lesson 07, and
# adding is how. But every *step* must begin at zero, and so `optimiser.zero_grad()` stands in every
# loop.
#
# ### Forget `requires_grad`, or `no_grad`
#
# Without `requires_grad` there are no notes, and no way back. *With* it, every calculation is
# noted, a step of the optimiser as well, and PyTorch refuses to overwrite what its notes need:

# %%
plain = torch.tensor(edge_kernel(), dtype=torch.float32)
try:
    (plain * window).sum().backward()
except RuntimeError as problem:
    print("1.", str(problem).splitlines()[0])
try:
    w -= 0.01 * w.grad
except RuntimeError as problem:
    print("2.", str(problem).splitlines()[0])
with torch.no_grad():
    w -= 0.01 * w.grad
print("3. upper left of w:", round(w[0, 0].item(), 2))

# %% [markdown]
# $-1 - 0.01 \cdot (-6) = -0.94$. Inside `torch.no_grad()` nothing is noted. Use it for changing
# weights by hand and for every evaluation: the notes keep all layers' inputs in memory.
#
# ### Forget `eval`
#
# Dropout (lesson 11) switches each number off with probability $p$ while the network learns, and
# doubles the others for $p = \tfrac12$. When the network is *used*, it must do nothing. Ones go in:

# %%
torch.manual_seed(0)
dropout, ones = nn.Dropout(0.5), torch.ones(8)
print("fresh:      ", dropout(ones).tolist())
with torch.no_grad():
    print("no_grad():  ", dropout(ones).tolist())
dropout.eval()
print("eval():     ", dropout(ones).tolist())

# %% [markdown]
# `no_grad` and `eval` have nothing to do with one another: one stops the notes, the other changes
# what dropout and batch normalisation *compute*. A network is born in training mode. Without
# `eval()` it gives another answer each time you ask.
#
# ## Between NumPy and PyTorch: memory and dtype
#
# `torch.from_numpy` copies nothing. Both names mean the same memory; `torch.tensor` copies:

# %%
array = smiley().astype(np.float32)
shared, copied = torch.from_numpy(array), torch.tensor(array)
array[4, 3] = 7
print("from_numpy:", shared[4, 3].item(), "  tensor:", copied[4, 3].item())

# %% [markdown]
# And NumPy computes in float64 unless told otherwise, PyTorch in float32. They don't mix:

# %%
layer = nn.Conv2d(1, 2, 3)
try:
    layer(torch.from_numpy(np.ones((1, 1, 8, 8))))
except RuntimeError as problem:
    print(problem)
print(layer(torch.from_numpy(np.ones((1, 1, 8, 8), np.float32))).dtype)

# %% [markdown]
# ("Double" is float64, "Float" is float32, "Long" is int64, the dtype of labels.)
#
# ## Lesson 08's network, moved over
#
# The course keeps the weights of lesson 08's network after a longer training, in which each digit
# was also moved by a pixel. We take those, and build the network's twin layer by layer.

# %%
from collections import OrderedDict

from cnnedu.data.digits import load_digits
from cnnedu.models.digit_network import digit_network, trained_digit_network

(x, y), (held_out_x, held_out_y) = load_digits()
original, _ = trained_digit_network()
print(f"{by_hand.evaluate(original, held_out_x, held_out_y)[1]:.1%} right of 360 held out")


# %%
def digit_twin():
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 16, 3, padding=1),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(16, 32, 3, padding=1),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            flatten=nn.Flatten(),
            dense=nn.Linear(128, 10),
        )
    )


twin = digit_twin()
with torch.no_grad():
    for ours, (name, theirs) in zip(original.parameters(), twin.named_parameters(), strict=True):
        theirs.copy_(torch.from_numpy(ours.value))
        print(f"{name:<13}{tuple(theirs.shape)!s:<16}{theirs.numel():>5}")
print(f"{sum(p.numel() for p in twin.parameters()):>34,}")

# %% [markdown]
# The shapes fit without a transpose: the course has used PyTorch's order from the start. (Other
# libraries differ. A transposed *square* matrix would go in without a complaint. So always compare
# outputs.)
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "Both networks get the same 120 digits. "
        "How far apart are their scores, as a share of the largest?",
        Wrong("0, to the last digit", "That would need every sum in the same order. Why so?"),
        Right(
            "About a millionth",
            "float32 has 7 digits, and both add the same products in another order.",
        ),
        Wrong("About a hundredth", "That would be a bug: another padding, a forgotten bias."),
    )
)


# %%
def both(dtype):
    """Send 120 held-out digits there and back through both; return {name: (ours, theirs)}."""
    digits, labels = held_out_x[:120].astype(dtype), held_out_y[:120]
    for parameter in original.parameters():
        parameter.value = parameter.value.astype(dtype)
    twin.to(getattr(torch, dtype)).zero_grad()

    scores = original.train()(digits)
    dx = original.backward(kernels.cross_entropy_backward(1.0, scores, labels))

    tensor = torch.from_numpy(digits).requires_grad_()
    their_scores = twin.train()(tensor)
    their_loss = F.cross_entropy(their_scores, torch.from_numpy(labels))
    their_loss.backward()

    pairs = {
        "scores": (scores, their_scores.detach()),
        "loss": (kernels.cross_entropy(scores, labels), their_loss.detach()),
        "d picture": (dx, tensor.grad),
    }
    for ours, (name, theirs) in zip(original.parameters(), twin.named_parameters(), strict=True):
        pairs["d " + name] = ours.grad, theirs.grad
    return pairs


def apart(a, b):
    """Return the largest difference, as a share of the largest number."""
    return abs(np.asarray(a) - np.asarray(b)).max() / abs(np.asarray(a)).max()


# %% [markdown]
# For every array: how large its numbers get, and how far the two are apart, as a share of that.
# (Held-out digits, since the network still gets some of them wrong: the gradients are large.
# Nothing is learnt from them.)

# %% tags=["nbval-ignore-output"]
single, double = both("float32"), both("float64")
print(f"{'':<16}{'shape':<16}{'largest':>10}{'apart, float32':>18}{'apart, float64':>18}")
for name, (a, b) in single.items():
    shape, largest = str(np.shape(a)), abs(np.asarray(a)).max()
    print(f"{name:<16}{shape:<16}{largest:>10.4f}{apart(a, b):>18.0e}{apart(*double[name]):>18.0e}")

# %%
print("equal to 1e-5 in float32: ", all(apart(*pair) < 1e-5 for pair in single.values()))
print("equal to 1e-12 in float64:", all(apart(*pair) < 1e-12 for pair in double.values()))

# %% [markdown]
# Outputs, loss, and every gradient: seven digits in float32. Is that rounding, or a small bug? The
# right-hand column decides. With sixteen digits instead of seven the difference shrinks some
# 500-million-fold. A bug would stay.
#
# ### One step of Adam
#
# The same gradients, the same Adam, so the same new weights. Or?

# %%
Quiz(
    Question(
        "One Adam step, learning rate 0.01, in both, in float32. The new weights differ by …",
        Wrong(
            "a millionth of the step at most, like the gradients",
            "Plain gradient descent would. What does Adam divide by?",
        ),
        Right(
            "much more, for a few of the weights",
            "Adam divides each gradient by its own size. Where it is almost 0 it is all rounding.",
        ),
        Wrong("0.01 everywhere", "That is about the length of the step, which both make."),
    )
)


# %%
def after_adam(dtype):
    """Return the weights that copies of both networks have after one Adam step."""
    both(dtype)
    ours, theirs = digit_network(), digit_twin().to(getattr(torch, dtype))
    theirs.load_state_dict(twin.state_dict())
    for new, old in zip(ours.parameters(), original.parameters(), strict=True):
        new.value, new.grad = old.value.copy(), old.grad
    for new, old in zip(theirs.parameters(), twin.parameters(), strict=True):
        new.grad = old.grad
    by_hand.Adam(ours.parameters(), lr=0.01).step()
    torch.optim.Adam(theirs.parameters(), lr=0.01).step()
    pairs = zip(ours.parameters(), theirs.parameters(), strict=True)
    return [(a.value, b.detach().numpy()) for a, b in pairs]


def gaps(pairs):
    """Return the difference of every weight."""
    return np.concatenate([abs(a - b).ravel() for a, b in pairs])


# %% tags=["nbval-ignore-output"]
for dtype in ("float32", "float64"):
    found = gaps(after_adam(dtype))
    print(
        f"{dtype}: {(found > 1e-6).sum()} of 6,090 differ by more than 1e-6, "
        f"at most by {found.max():.0e}"
    )

# %%
print("float32: 99 of 100 agree to 1e-5:", np.mean(gaps(after_adam("float32")) < 1e-5) > 0.99)
print("float64: all agree to 1e-9:      ", gaps(after_adam("float64")).max() < 1e-9)

# %% [markdown]
# In float64 both Adams are the same. In float32, too, but for a few weights that these digits
# hardly concern. Their gradient is almost 0, so mostly rounding, and Adam stretches it to a visible
# step. Plain gradient descent would leave them where they are. *When two programs disagree, look
# first where something was divided by something small.*
#
# A whole epoch, 45 steps, in a copy of each, in float64:

# %%
import copy

one, other = copy.deepcopy((original, twin))
ours, theirs = one.parameters(), list(other.parameters())
adam, their_adam, rng = by_hand.Adam(ours), torch.optim.Adam(theirs), np.random.default_rng(0)
for batch in np.split(rng.permutation(len(x)), range(32, len(x), 32)):
    digits = x[batch].astype("float64")
    by_hand.train_step(one, digits, y[batch], adam)
    loss = F.cross_entropy(other(torch.from_numpy(digits)), torch.from_numpy(y[batch]))
    their_adam.zero_grad()
    loss.backward()
    their_adam.step()
apart_by = gaps((a.value, b.detach().numpy()) for a, b in zip(ours, theirs, strict=True))
print(adam.steps, "steps, all weights equal to 1e-9:", apart_by.max() < 1e-9)

# %% [markdown]
# ### Look inside the twin
#
# The network explorer takes any `nn.Sequential` on colour pictures. Ours wants ink, one channel. A
# first layer mends that, a convolution with a 1×1 kernel: minus a third of red, green and blue
# each, plus 1. Paper (1, 1, 1) becomes 0, black becomes 1.

# %%
from cnnedu.widgets import NetworkExplorer

ink = nn.Conv2d(3, 1, kernel_size=1)
with torch.no_grad():
    ink.weight.fill_(-1 / 3)
    ink.bias.fill_(1)
on_paper = nn.Sequential(OrderedDict(ink=ink, **dict(twin.float().named_children())))


def paper(picture):
    """Print ink from 0 to 1 on white paper: uint8 (H, W, 3)."""
    grey = np.round(255 * (1 - np.asarray(picture, float))).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


explorer = NetworkExplorer(on_paper, paper(held_out_x[0, 0]), focus=(1, 0, 3, 3))
explorer

# %% [markdown]
# 1. Click on a number in a map of `conv1`: nine products and a bias, as on your sheet of paper.
# 2. Click on one of `conv2`. How many products are added up there, and why? ($9 \cdot 16$.)
# 3. In a new cell run `explorer.picture = paper(smiley())`. Which digit is the smiley? A network
#    knows no other answers.
#
# ## `nn.Module`: a network of your own
#
# `Sequential` is enough for a chain. For everything else, write a class: layers in `__init__`,
# their use in `forward`. Layers without weights can be called as functions.


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


module = DigitNetwork()
module.load_state_dict(twin.state_dict())
digits = torch.from_numpy(held_out_x)
with torch.no_grad():
    print("the twin's scores:", torch.equal(module(digits), twin(digits)))

# %% [markdown]
# What is assigned to `self` is *registered*: `parameters()` finds it for the optimiser,
# `.to(device)` moves it, and `state_dict()` saves it, under its name. A plain Python list hides
# layers from all three:


# %%
class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(64, 32), nn.Linear(32, 10)]


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(64, 32), nn.Linear(32, 10)])


for kind in (Hidden, Registered):
    print(f"{kind.__name__:<12}{len(list(kind().parameters()))} parameters:", *kind().state_dict())

# %% [markdown]
# ## `Dataset`, `DataLoader`, device
#
# A **`Dataset`** answers two questions: how many examples, and what is number `i`? It need not hold
# them all. Ours *makes* them: colour posters of 224×224 pixels for the large network. Since
# $224 = 8 \cdot 28$, we enlarge every pixel of a real digit to 28×28, and print it in a bright
# colour. One poster is 602 kB in float32; the 1,437 together would be 865 MB.

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


posters = Posters(x[:160], y[:160])
picture, label = posters[0]
print(
    len(posters), "posters;", tuple(picture.shape), picture.dtype, f"{4 * picture.numel():,} bytes"
)
shown = [(255 * posters[i][0]).byte().permute(1, 2, 0).numpy() for i in range(4)]
show_maps(shown, [f"label {posters[i][1]}" for i in range(4)])

# %% [markdown]
# A **`DataLoader`** shuffles the numbers 0 … N − 1, asks for the examples and stacks them into
# batches. How many batches of 32 do 1,437 digits make, and how large is the last?
# ($44 \cdot 32 = 1{,}408$.)

# %%
from torch.utils.data import TensorDataset

loader = DataLoader(TensorDataset(torch.from_numpy(x), torch.from_numpy(y)), 32, shuffle=True)
sizes = [len(labels) for _, labels in loader]
print(len(sizes), "batches, the last of", sizes[-1])

# %% [markdown]
# A **device** is where tensors live and are computed: the processor, `"cpu"`, or a graphics card,
# `"cuda"` (NVIDIA) or `"mps"` (Apple). Network and batch must be on the same one. Say it once, and
# the code runs everywhere:

# %%
device = "cpu"
if torch.cuda.is_available():
    device = "cuda"
elif torch.backends.mps.is_available():
    device = "mps"


def train(network, loader, optimiser):
    """Learn from every batch once; return the losses."""
    network.train()
    losses = []
    for pictures, labels in loader:
        pictures, labels = pictures.to(device), labels.to(device)
        loss = F.cross_entropy(network(pictures), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def accuracy(network, loader):
    """Return the share of right answers."""
    network.eval()
    right = 0
    with torch.no_grad():
        for pictures, labels in loader:
            answers = network(pictures.to(device)).argmax(dim=1)
            right += (answers == labels.to(device)).sum().item()
    return right / len(loader.dataset)


# %% [markdown]
# Both functions know nothing about digits; every network of this course could go in. Note that
# `cross_entropy` takes scores, not probabilities: a softmax at the network's end would be applied
# twice, and no error tells you so.
#
# ## A claim to test
#
# > "Set the seed, and you get the same network."
#
# Train a `DigitNetwork` for three epochs, with one seed, twice; then with the pictures *within*
# each batch in reverse order. To mathematics that is the same: a batch's gradient is a sum, and a
# sum doesn't care for order.

# %%
Quiz(
    Question(
        "Same seed, same batches, each batch reversed. After three epochs the weights are …",
        Wrong("the same, to the last digit", "(a + b) + c and a + (b + c) round differently."),
        Right(
            "slightly different, and the more so the longer it runs",
            "Each step starts where the last one's rounding left it.",
        ),
        Wrong("a wholly different network", "That is what another seed gives."),
    )
)


# %%
def history(seed, dtype=torch.float32, backwards=False):
    """Train for three epochs; return all weights after every step, and the network."""
    torch.manual_seed(seed)
    network = DigitNetwork().to(dtype)
    adam = torch.optim.Adam(network.parameters(), lr=0.005)
    pictures, labels, rows = torch.from_numpy(x).to(dtype), torch.from_numpy(y), []
    for _ in range(3):
        for batch in torch.randperm(len(labels)).split(32):
            batch = batch.flip(0) if backwards else batch
            loss = F.cross_entropy(network(pictures[batch]), labels[batch])
            adam.zero_grad()
            loss.backward()
            adam.step()
            rows.append(nn.utils.parameters_to_vector(network.parameters()).detach())
    return torch.stack(rows), network


first, network = history(seed=0)
again, _ = history(seed=0)
turned, turned_network = history(seed=0, backwards=True)
other, other_network = history(seed=1)
print("same seed twice: the same to the last digit:", torch.equal(first, again))
print("batches reversed: the same to the last digit:", torch.equal(first, turned))

# %% tags=["nbval-ignore-output"]
from cnnedu.plots.weight_difference import show_weight_difference

doubles = [history(0, torch.float64, backwards)[0] for backwards in (False, True)]
show_weight_difference(
    {
        "another seed": (first - other).abs().amax(dim=1),
        "reversed, float32": (first - turned).abs().amax(dim=1),
        "reversed, float64": (doubles[0] - doubles[1]).abs().amax(dim=1),
    }
)

# %% tags=["nbval-ignore-output"]
held_out = DataLoader(TensorDataset(digits, torch.from_numpy(held_out_y)), batch_size=360)
for name, trained in [("seed 0", network), ("reversed", turned_network), ("seed 1", other_network)]:
    print(f"{name:<10}{accuracy(trained.to(device), held_out):.1%} right of 360 held out")

# %% [markdown]
# **What came out.** On one machine, with one thread, the claim holds to the last digit. But
# anything that changes the order of a sum (another number of threads, another processor, a graphics
# card, another version) changes the rounding, and training blows it up step by step. So a seed
# makes *your* run repeatable; it doesn't make it everybody's. What survives is the accuracy, about.
# Quote it over several seeds, never to the last digit. And the seeds of two libraries have nothing
# in common:

# %%
torch.manual_seed(0)
print("NumPy, seed 0:  ", np.random.default_rng(0).random(3).round(4))
print("PyTorch, seed 0:", torch.rand(3).numpy().round(4))

# %% [markdown]
# ## The classic image classifier
#
# Two convolutions with padding 1, each followed by ReLU and pooling, then two dense layers. You
# counted it in lesson 03. Here it is, and a poster goes through, with every size on the way:


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


torch.manual_seed(0)
classifier = image_classifier().to(device)
numbers, total = picture[None].to(device), sum(p.numel() for p in classifier.parameters())
print(f"{'input':<9}{tuple(numbers.shape)!s:<22}")
with torch.no_grad():
    for name, layer in classifier.named_children():
        numbers = layer(numbers)
        count = sum(p.numel() for p in layer.parameters())
        share = f"{count:>12,}{count / total:>9.2%}" if count else ""
        print(f"{name:<9}{tuple(numbers.shape)!s:<22}{share}")
print(f"{'in all':<31}{total:>12,}")

# %% [markdown]
# $56 \cdot 56 \cdot 64 = 200{,}704$ numbers, each joined to 128 outputs: 99.9 % of the parameters
# sit in one layer.
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "A picture of 300×300 pixels goes in. What happens?",
        Wrong("It works: convolutions take any size", "They do. Which layer doesn't?"),
        Wrong(
            "It is scaled to 224×224 first", "Nobody told the network to. It takes what it gets."
        ),
        Right(
            "dense1 refuses", "It gets 75 · 75 · 64 = 360,000 numbers and has weights for 200,704."
        ),
        Wrong("conv1 refuses", "A window slides over a picture of any size."),
    )
)

# %%
try:
    classifier(torch.zeros(1, 3, 300, 300, device=device))
except RuntimeError as problem:
    print(problem)

# %% [markdown]
# ### What it costs, and its loop
#
# Each weight takes 4 bytes, its gradient 4 more, and the optimiser remembers: momentum one number
# per weight, Adam two.

# %%
for name, copies in [
    ("weights alone", 1),
    ("plain SGD", 2),
    ("with momentum", 3),
    ("with Adam", 4),
]:
    print(f"{name:<15}{4 * copies * total / 1e6:>6.0f} MB")

# %% [markdown]
# So we take plain gradient descent, and batches of two: 80 posters, each seen once, 40 steps. And
# lesson 08's start: PyTorch's own first weights are smaller than He's, and with them nothing much
# would happen in 40 steps (try it).

# %% tags=["nbval-ignore-output"]
for layer in (classifier.conv1, classifier.conv2, classifier.dense1):
    nn.init.kaiming_normal_(layer.weight)  # he_normal of lesson 08
    nn.init.zeros_(layer.bias)

loader = DataLoader(Posters(x[:80], y[:80]), batch_size=2, shuffle=True)
losses = train(classifier, loader, torch.optim.SGD(classifier.parameters(), lr=0.001))
for start in range(0, 40, 8):
    print(f"steps {start:>2} to {start + 7:>2}: mean loss {np.mean(losses[start : start + 8]):.2f}")

tested = DataLoader(Posters(held_out_x[:40], held_out_y[:40]), batch_size=4)
share = accuracy(classifier, tested)
print(f"{share:.0%} right of 40 posters that it never saw")

# %%
print("loss at the end lower than at the start:", np.mean(losses[-8:]) < np.mean(losses[:8]))
print("better than guessing (10 %):", share > 0.3)

# %% [markdown]
# Guessing costs $\ln 10 \approx 2.30$; it began a little above that, sure of what it didn't know.
# Forty steps with 25.7 million weights are no triumph: the little network of 6,090 numbers knows 99
# % of these digits. *More weights are not more knowledge.* What large networks need, and how to do
# without the large dense layer, is part three.
#
# ## Saving
#
# A trained network is its `state_dict`: names and numbers. PyTorch's older way to save is Python's
# pickle. But a pickle isn't data. It is a *program that rebuilds an object*, and it runs when the
# file is opened. Here is a harmless one:

# %%
import pickle


class Gift:
    def __reduce__(self):
        return print, ("this ran while the file was opened; it could have deleted your files",)


content = pickle.dumps(Gift())
pickle.loads(content)
# %% [markdown]
# We only *loaded* it. So never open a pickle, and no `.pt` or `.pth` file with
# `weights_only=False`, from somebody you don't trust. A **safetensors** file can't do this. It
# holds the length of a header (8 bytes), the header (names, dtypes, shapes, as text), and the bare
# numbers:

# %%
import json
import tempfile
from pathlib import Path

from safetensors.torch import load_file, save_file

folder = tempfile.TemporaryDirectory()
path = Path(folder.name) / "digits.safetensors"
save_file(module.state_dict(), path)
content = path.read_bytes()
length = int.from_bytes(content[:8], "little")
for name, entry in json.loads(content[8 : 8 + length]).items():
    print(f"{name:<13}{entry['dtype']:<5}{entry['shape']}")
print(f"8 + {length} + {len(content) - 8 - length:,} bytes   (4 · 6,090 = {4 * 6090:,})")

# %% [markdown]
# Now the classifier: into a file, out of memory, and back into a fresh network, whose weights are
# random until then.

# %%
batch = torch.stack([posters[i][0] for i in range(4)]).to(device)
with torch.no_grad():
    before = classifier(batch)
path = Path(folder.name) / "classifier.safetensors"
save_file(classifier.state_dict(), path)
print(f"{path.stat().st_size / 1e6:.0f} MB")
classifier = layer = None  # out of memory, and the gradients with it

classifier = image_classifier().to(device)
classifier.load_state_dict(load_file(path, device=device))
with torch.no_grad():
    print("same scores:", torch.equal(before, classifier(batch)))
path.unlink()

# %% [markdown]
# ## Quiz

# %%
Quiz(
    Question(
        "Your loss falls for some steps, then jumps about wildly. `zero_grad` is missing. Why so?",
        Wrong("The gradients vanish", "The other way round: look at what is added to what."),
        Right(
            "Each step follows the sum of all gradients so far",
            "They pile up: the steps grow longer and point where the loss was lower long ago.",
        ),
        Wrong("PyTorch has stopped learning", "It goes on, with numbers that mean something else."),
    ),
    Question(
        "A network with dropout gives other answers each time you show it the same picture.",
        Wrong("`torch.no_grad()` is missing", "That saves memory. It changes no number."),
        Right("`network.eval()` is missing", "Dropout is still throwing its dice."),
        Wrong("The seed is missing", "Then it would be wrong in the same way each time."),
    ),
    Question(
        "The same weights give scores that differ by 4e-6 in two libraries. How do you find out "
        "whether it is rounding?",
        Right("Compute both in float64", "Rounding shrinks some 500-million-fold. A bug stays."),
        Wrong("Train both and compare the accuracy", "Many a bug leaves the accuracy alone."),
        Wrong("Round both to five digits", "That hides the difference. It doesn't explain it."),
    ),
    Question(
        "You change 128 into 64 in the classic classifier. How many parameters are left?",
        Wrong("about 25.7 million", "Nearly all sit in dense1, whose size is 200,704 · 128."),
        Right("about 12.9 million", "200,704 · 64, and the rest hardly counts."),
        Wrong("about 6.4 million", "dense1's *inputs* stay; only its outputs are halved."),
    ),
    Question(
        "Why safetensors?",
        Wrong("The files are much smaller", "Both hold the same bare numbers."),
        Right("Opening a file can't run code", "It holds text and numbers, nothing to execute."),
        Wrong(
            "It saves the network's code as well",
            "It saves names and numbers; you bring the class.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Autograd notes every operation; `backward()` walks the notes and multiplies: lesson 07, by
#    itself.
# 2. Same weights, same numbers: outputs, loss and gradients agree to 1e-5; float64 tells rounding
#    from a bug.
# 3. `zero_grad` before each step, `no_grad` and `eval` for each evaluation, layers as attributes of
#    the module.
# 4. `Dataset` gives one example, `DataLoader` batches; network and batch on one device; save with
#    safetensors.
# 5. The classic classifier has 25,710,922 parameters, 99.9 % in one dense layer.
#
# **Now you:** [exercise 09](../exercises/09_the_same_in_pytorch/09_the_same_in_pytorch.ipynb).
# **Next:** [lesson 10, a first network for CIFAR-10](10_cifar10_a_first_network.ipynb).
#
# ## To read on
#
# - A. Paszke et al. "PyTorch: an imperative style, high-performance deep learning library."
#   *NeurIPS*, 2019.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind. "Automatic differentiation in
#   machine learning: a survey." *Journal of Machine Learning Research* 18(153), 1–43, 2018.
# - D. Goldberg. "What every computer scientist should know about floating-point arithmetic." *ACM
#   Computing Surveys* 23(1), 5–48, 1991.
# - The PyTorch documentation, "Autograd mechanics" and "Reproducibility".
