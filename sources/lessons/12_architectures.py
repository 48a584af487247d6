# %% [markdown]
# # 12 · Architectures
#
# Famous networks are a story of problems: each mends something that went wrong in an earlier one.
# You write the block that each is known for, in a dozen lines. All fit into the same
# skeleton, so you can measure what each is worth.
#
# **After this lesson you can**
#
# - work out what a layer costs: parameters, multiply-adds, and what training keeps of it;
# - write the blocks of VGG, ResNet, MobileNet, ShuffleNet, SENet, ConvNeXt and ViT;
# - say which problem each block solves, and what it was worth in our runs;
# - measure what depth does to a network's signals;
# - time two layers fairly.
#
# *Time:* 60 minutes. *Before this:* lessons 03, 05, 08, 09 and 11.

# %%
from copy import deepcopy

import numpy as np

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments import l12_depth as depth
from cnnedu.experiments import l12_time as timed
from cnnedu.experiments.store import by_name, results_of
from cnnedu.plots import show_grids
from cnnedu.plots.architectures import show_blocks, show_layer_chains, show_runs, show_signals
from cnnedu.widgets import DrawCurve, Question, Quiz, Right, ShapeCalculator, Wrong

accuracies = by_name(results_of("l12_blocks", "accuracy"))
prices = results_of("l12_blocks", "prices")  # multiply-adds, bytes kept, parameters
show_blocks(accuracies, prices)

# %% [markdown]
# This is where the lesson ends: fourteen networks that differ in their blocks, what they learnt
# from the same pictures (each mark is a run; dot and bar are mean and standard error), and what
# they cost.
#
# ## The first network: LeNet-5
#
# LeNet-5 read cheques in 1998. What does a layer cost? Take its first one, C1, which lays 6 filters
# of 5 × 5 on one channel of 32 × 32 pixels:
#
# - the output has $6 \times 28 \times 28 = 4{,}704$ numbers;
# - **parameters**, which are learnt and stored: $6 \cdot (5 \cdot 5 + 1) = 156$;
# - **multiply-adds**, which are the work: $4{,}704 \cdot 25 = 117{,}600$.
#
# For $C$ channels, $F$ filters of $K \times K$, and `groups` $g$ (1 until further notice):
#
# $$ \text{parameters} = F \left( \tfrac{C}{g} K^2 + 1 \right), \qquad
# \text{multiply-adds} = F \cdot OH \cdot OW \cdot \tfrac{C}{g} K^2 $$


# %%
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

from cnnedu.models import skeleton as course
from cnnedu.models.accounting import ledger, totals
from cnnedu.models.alexnet import alexnet
from cnnedu.models.lenet5 import lenet5
from cnnedu.models.mobilenet import mobilenet_v1, mobilenet_v2
from cnnedu.models.resnet import resnet18
from cnnedu.models.shufflenet import shufflenet_v2
from cnnedu.models.training_memory import kept_for_training
from cnnedu.models.vgg import vgg16

torch.set_num_threads(1)


def on_paper(build):
    with torch.device("meta"):  # shapes without numbers: VGG-16's weights would take 553 MB
        return build()


for row in ledger(on_paper(lenet5), (1, 32, 32)):
    if row.parameters:
        print(f"{row.name:<8}{row.parameters:>8,} parameters{row.multiply_adds:>9,} multiply-adds")

# %% [markdown]
# In today's form LeNet-5 has 61,706 parameters. The paper has 60,000: each filter of C3 sees only
# some of the six maps, and the averages have weights of their own (12 and 32).

# %%
seen_by_c3 = [3] * 6 + [4] * 9 + [6]  # maps that each of the 16 filters sees
c3 = sum(25 * maps + 1 for maps in seen_by_c3)
print(
    f"{156} + {12} + {c3:,} + {32} + {48_120:,} + {10_164:,} =",
    156 + 12 + c3 + 32 + 48_120 + 10_164,
)

# %% [markdown]
# ### What training keeps
#
# The third price is the memory of training: the way back needs numbers from the way there. PyTorch
# calls a *hook* for each tensor that it keeps. A convolution and a norm keep their input, a ReLU
# keeps its output, and a max pooling keeps its input and the places of the largest numbers, 8 bytes
# each. So for one picture of 6 × 6 pixels, 8 filters of 3 × 3, ReLU and max pooling of 2, on paper:
# $4 \cdot 36 + 4 \cdot 8 \cdot 16 + 8 \cdot 8 \cdot 4 = 912$ bytes.


# %%
def kept(network, shape, count=1024):
    """Return the bytes that training keeps for each of so many pictures.

    The batch is large, so that the few numbers that a norm keeps of it don't matter.
    """
    place = {}  # tensors can share their numbers, the storage: each storage counts once
    weights = {t.untyped_storage()._cdata for t in [*network.parameters(), *network.buffers()]}

    def keep(tensor):
        storage = tensor.untyped_storage()
        if storage._cdata not in weights:  # which are there anyway
            place[storage._cdata] = storage
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        network(torch.zeros(count, *shape, device="meta"))
    return sum(storage.nbytes() for storage in place.values()) // count


three = on_paper(lambda: nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2)))
print(kept(three, (1, 6, 6)), kept_for_training(three, (1, 6, 6)))
for build, shape in [(lenet5, (1, 32, 32)), (alexnet, (3, 224, 224)), (vgg16, (3, 224, 224))]:
    network = on_paper(build)
    assert kept(network, shape) == sum(kept_for_training(network, shape).values())
    outputs = totals(ledger(network, shape))["activation_bytes"]
    print(
        f"{build.__name__:<8} keeps {kept(network, shape):>10,} bytes; its outputs have {outputs:,}"
    )

# %% [markdown]
# The sum of all outputs is half as much again for VGG-16: a convolution's output that goes into a
# ReLU isn't kept.
#
# ## One skeleton
#
# Here is a network in which the block can be exchanged: a **stem**, two **stages** of blocks, and a
# **head**. Between the stages the maps are halved and the channels doubled. Any block fits that
# takes $C$ maps to $C$ maps. The first one is LeNet's and AlexNet's: a single convolution (with a
# norm, as in lesson 11, whose shift does the work of a bias).


# %%
def conv_norm(C, filters, size=1, groups=1):
    conv = nn.Conv2d(C, filters, size, padding=size // 2, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(filters))


class Plain(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.conv = conv_norm(C, C, 3)

    def forward(self, x):
        return F.relu(self.conv(x))


class Skeleton(nn.Module):
    def __init__(self, block, width=16, count=2, places=False):
        super().__init__()
        self.stem = conv_norm(3, width, 3)
        self.places = nn.Parameter(torch.zeros(width, 16, 16)) if places else 0  # for attention
        self.first = nn.Sequential(*(block(width) for _ in range(count)))
        self.halve = nn.Conv2d(width, 2 * width, 2, stride=2)
        self.second = nn.Sequential(*(block(2 * width) for _ in range(count)))
        self.head = nn.Linear(2 * width, 10)

    def forward(self, x):
        maps = self.first(F.relu(self.stem(x)) + self.places)
        maps = self.second(self.halve(maps))
        return self.head(maps.mean(dim=(2, 3)))  # global average pooling


def check(block, **options):
    """Our block and the course's give the same, in the skeleton; print what the block costs."""
    theirs = course.Skeleton(getattr(course, block.__name__), **options)
    ours = Skeleton(block, **options)
    ours.load_state_dict(dict(zip(ours.state_dict(), theirs.state_dict().values(), strict=True)))
    x = torch.randn(8, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(ours(x), theirs(x), atol=1e-5)
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        block(16).eval()(torch.empty(1, 16, 16, 16))  # PyTorch counts two operations for each
    parameters = sum(p.numel() for p in block(16).parameters())
    memory = sum(kept_for_training(block(16), (16, 16, 16)).values())
    print(f"{block.__name__}, 16 channels of 16 × 16: {parameters:,} parameters, ", end="")
    print(f"{counter.get_total_flops() // 2:,} multiply-adds, {memory:,} bytes kept")


check(Plain)

# %% [markdown]
# Here is the loop that trains them: batches of 50, AdamW, and a rate that rises for a fifth of
# the steps and then falls to 0 in a straight line. It gives the same losses, to the last digit, as
# the course's engine, which takes over.


# %%
def train(network, x, y, steps, rate, seed=0):
    optimiser = torch.optim.AdamW(network.parameters(), rate, weight_decay=0.05, fused=True)
    generator, losses = torch.Generator().manual_seed(seed), []
    for step in range(1, steps + 1):
        done = step / (steps + 1)
        share = done / 0.2 if done < 0.2 else (1 - done) / (1 - 0.2)
        for group in optimiser.param_groups:
            group["lr"] = rate * share
        some = torch.randint(len(y), (50,), generator=generator)
        loss = F.cross_entropy(network(x[some]), y[some])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


shapes = make_shapes(600, size=16)
shape_x, shape_y = depth.pixels(shapes.x), torch.from_numpy(shapes.y)
torch.manual_seed(0)
network = Skeleton(Plain)
twin = deepcopy(network)
losses = train(network, shape_x, shape_y, 60, 0.01)  # too few to learn much, enough to compare
optimiser = torch.optim.AdamW(twin.parameters(), 0.01, weight_decay=0.05, fused=True)
assert losses == depth.descend(twin, shape_x, shape_y, optimiser, seed=0, steps=60)
print(f"loss on shapes: {np.mean(losses[:10]):.2f} in the first ten steps, ", end="")
print(f"{np.mean(losses[-10:]):.2f} in the last ten")

# %% [markdown]
# What we compare was measured on CIFAR-10 (a JPEG copy, shrunk to 16 × 16 pixels): `cnnedu
# experiment l12_blocks`. Each network saw 200 batches, at the rate that suited it in a run with
# another seed, and was tested on 5,000 pictures. That is only the beginning of training: it shows
# which block learns faster, not which is best in the end. `worth` compares seed by seed, since all
# networks saw the same batches. "Seen" means three errors or more. With five seeds chance gets
# there in 4 of 100 comparisons; we make sixteen, so one may be chance.


# %%
def worth(a, b):
    difference = np.subtract(accuracies[a], accuracies[b])
    mean, error = difference.mean(), difference.std(ddof=1) / len(difference) ** 0.5
    seen = "seen" if abs(mean) > 3 * error else "not seen"
    print(f"{a} {np.mean(accuracies[a]):.1f} %, {b} {np.mean(accuracies[b]):.1f} %: ", end="")
    print(f"{mean:+.1f} ± {error:.1f} points ({seen})")


# %% [markdown]
# ## Problem: a layer sees 3 × 3 pixels
#
# AlexNet (2012) began with filters of 11 × 11. VGG (2014) takes 3 × 3 everywhere, and stacks them.
# Run lesson 01's edge detector over the smiley *twice*. By hand:
#
# $$ (-1, 0, 1) * (-1, 0, 1) = (1, 0, -2, 0, 1), \qquad (1, 1, 1) * (1, 1, 1) = (1, 2, 3, 2, 1) $$
#
# So two kernels of 3 × 3 do what one of 5 × 5 does, the product of this column and this row. With
# $C$ channels that is $2 \cdot 9\,C^2$ weights in place of $25\,C^2$. With a ReLU in between, the
# pair does what *no* single kernel can: for a kernel, the answer to $-x$ is minus the answer to
# $x$.

# %%
x, w = smiley(), edge_kernel()
large_kernel = np.outer([1, 2, 3, 2, 1], [1, 0, -2, 0, 1])


def pair(x, between):
    return kernels.correlate2d(between(kernels.correlate2d(x, w)), w)


def nothing(x):
    return x


print(
    "twice 3 × 3 is once 5 × 5:",
    np.array_equal(pair(x, nothing), kernels.correlate2d(x, large_kernel)),
)
print("without ReLU, f(−x) = −f(x):", np.array_equal(pair(-x, nothing), -pair(x, nothing)))
print(
    "with ReLU,    f(−x) = −f(x):", np.array_equal(pair(-x, kernels.relu), -pair(x, kernels.relu))
)


# %%
class Pair(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.conv1 = conv_norm(C, C, 3)
        self.conv2 = conv_norm(C, C, 3)

    def forward(self, x):
        return F.relu(self.conv2(F.relu(self.conv1(x))))


check(Pair)
worth("pair", "plain")

# %% [markdown]
# Twice the work, and no gain to be seen in 200 batches.
#
# ## Problem: the parameters are in the head
#
# AlexNet and VGG end in three dense layers.

# %%
Quiz(
    Question(
        "Where are VGG-16's parameters, and where is its work?",
        Wrong(
            "Both are mostly in its thirteen layers of convolutions",
            "Each filter is small. Count the weights of the dense layers.",
        ),
        Wrong(
            "Both are mostly in its three dense layers",
            "In a dense layer each weight works just once for a picture.",
        ),
        Right(
            "Parameters in the dense layers, work in the others",
            "A filter's weight works at each place of the map, a dense weight once per picture.",
        ),
    )
)

# %%
# AlexNet as it has been built since 2014; in 2012 it was split over two graphics cards
for build in alexnet, vgg16:
    network = on_paper(build)
    rows = ledger(network, (3, 224, 224))
    dense = [row for row in rows if isinstance(network.get_submodule(row.name), nn.Linear)]
    book, part = totals(rows), totals(dense)
    print(f"{build.__name__:<8}{book['parameters']:>12,} parameters; dense layers have ", end="")
    print(f"{part['parameters'] / book['parameters']:.0%} of them and ", end="")
    print(f"{part['multiply_adds'] / book['multiply_adds']:.0%} of the work")
worth("pair", "pair, dense head")
print(f"parameters: {prices['pair'][2]:,} and {prices['pair, dense head'][2]:,}")

# %% [markdown]
# **Global average pooling** (Network in Network, 2013) takes the mean of each map, so that one
# small dense layer is enough. GoogLeNet, ResNet and most that followed end like this, and so does
# our skeleton. It isn't *better* in our runs: the dense head learns faster, with six times as many
# parameters.
#
# Replace everything from `Flatten` on by a global average and a dense layer of 1,000. How many
# parameters are left? (*Memory* is the sum of all outputs here, not what training keeps.)

# %%
ShapeCalculator("VGG-16")

# %% [markdown]
# A ninth is left: $14{,}714{,}688 + 513{,}000 = 15{,}227{,}688$.
#
# ## A claim to test: deeper is better
#
# > "More layers make a network stronger: it can at least do what the smaller one does, and let the
# > rest pass through."
#
# It *can*. Does training find it? In 2015 He and others stacked plain layers, 20 and 56 deep. We
# stack 1, 4 or 13 pairs in each stage of our skeleton: 7, 19 or 55 layers with weights. Every
# network gets 120 batches, the rate that suits it, and the schedule from above. (They have 8
# channels in the first stage: `cnnedu experiment l12_depth`.)

# %%
Quiz(
    Question(
        "Plain networks of 7, 19 and 55 layers. Which has the lowest *training* loss after 120 "
        "batches?",
        Right(
            "The one of 7 layers, although the others have more weights",
            "Yes. It isn't over-fitting, since the loss is that of the *training* pictures.",
        ),
        Wrong(
            "The one of 19 layers: deep enough, but not too deep",
            "So one might hope. Look at the numbers below.",
        ),
        Wrong(
            "The one of 55 layers, since it has by far the most weights",
            "It could copy the smaller ones and pass the rest through. It doesn't find that.",
        ),
    )
)

# %%
runs = {
    kind: {n: depth.figures["runs"][f"{kind}, {n}"] for n in map(depth.layers, depth.COUNTS)}
    for kind in depth.RUNS
}
final = {
    (kind, n): np.array(losses)[:, -5:].mean(axis=1)
    for kind, by_depth in runs.items()
    for n, losses in by_depth.items()
}


def loss_of(*name):
    losses = final[name]
    return f"{np.mean(losses):.2f} ± {np.std(losses, ddof=1) / len(losses) ** 0.5:.2f}"


for n in runs["plain"]:
    print(f"plain, {n:>2} layers: loss of the last 50 batches {loss_of('plain', n)}")
print(f"guessing:         {np.log(10):.2f}")

# %% [markdown]
# **What came out.** Deeper was worse. It isn't over-fitting: this is the *training* loss, and
# hardly a picture came twice.
#
# ### The skip
#
# If layers find it hard to let things pass, make that the default: add the input to the output.
# This is a **skip connection**; it has no weights. The layers compute only what to *change*, the
# **residual** $F(x)$: $\;\text{out} = \text{ReLU}(x + F(x))$.

# %%
chain = ["3×3 conv", "norm", "ReLU", "3×3 conv", "norm"]
show_layer_chains(
    {"pair": ([*chain, "ReLU"], None, None), "residual block": ([*chain, "+", "ReLU"], 0, 5)}
)


# %%
class Residual(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.conv1 = conv_norm(C, C, 3)
        self.conv2 = conv_norm(C, C, 3)

    def forward(self, x):
        return F.relu(x + self.conv2(F.relu(self.conv1(x))))


check(Residual)
worth("residual", "pair")

# %% [markdown]
# On paper, without norms: let the first convolution be the edge detector, and let the second one
# have 0.1 in its middle and 0 elsewhere. In row 4, column 6 of the smiley the pixel is 0 and the
# edge detector says +2, so the block gives $0 + 0.1 \cdot 2 = 0.2$. The face stays, its edges
# marked a little.

# %%
face = torch.tensor(smiley(), dtype=torch.float32)[None, None]
w1 = torch.tensor(edge_kernel(), dtype=torch.float32)[None, None]
w2 = torch.zeros(1, 1, 3, 3)
w2[0, 0, 1, 1] = 0.1
change = F.conv2d(F.relu(F.conv2d(face, w1, padding=1)), w2, padding=1)
out = F.relu(face + change)
print(f"row 4, column 6: {out[0, 0, 4, 6]:.1f}")
show_grids(
    [maps[0, 0].numpy().round(2) for maps in (face, change, out)],
    ["x", "F(x)", "out"],
    signed=[1],
)

# %% [markdown]
# ### A claim to test: without skips the gradient vanishes
#
# The usual story: on its way back the gradient shrinks, and nothing is left for the first layer. We
# measure, before any training, how large each convolution's input is (*forward*), how large the
# gradient with respect to its output is (*backward*), and how large that with respect to its
# weights is.


# %%
def signals(network, x, y):
    layers, seen = [m for m in network.modules() if isinstance(m, nn.Conv2d)], []
    for layer in layers:
        layer.register_forward_hook(lambda layer, inputs, out: seen.append((inputs[0], out)))
    loss = F.cross_entropy(network(x), y)
    outs = torch.autograd.grad(loss, [out for _, out in seen], retain_graph=True)
    weights = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return {
        "forward": [maps.square().mean().sqrt().item() for maps, _ in seen],
        "backward": [gradient.norm().item() for gradient in outs],
        "weights": [gradient.norm().item() for gradient in weights],
    }


ours, theirs = (
    measure(depth.build(course.Pair, 4, norm=False), shape_x[:32], shape_y[:32])
    for measure in (signals, depth.signals)
)
assert all(np.allclose(ours[signal], theirs[signal], rtol=1e-4) for signal in ours)
measured = {
    name: {signal: np.array([run["55"] for run in runs]) for signal, runs in found.items()}
    for name, found in depth.figures["signals"].items()
}


def typical(values):
    return np.exp(np.log(values).mean(axis=0))  # the geometric mean over ten networks


# %% [markdown]
# The network has 55 layers, no skips, no norm, and He's weights (lesson 08). How large is the
# backward signal at each of its 54 convolutions, compared with the last? At the border its maps
# wrap around. Draw it.

# %%
plain = measured["plain, wrapped border"]
backward = typical(plain["backward"] / plain["backward"][:, -1:])
DrawCurve(
    np.arange(1, len(backward) + 1),
    backward.round(3),
    "convolution, first to last",
    "backward signal, last = 1",
    ylim=(0, 2),
)

# %%
chosen = "plain", "plain, wrapped border", "plain, batch norm", "skips", "skips, batch norm"
show_signals({name: {s: typical(v) for s, v in measured[name].items()} for name in chosen})


# %%
def factor(above, below):
    """The geometric mean of ten networks' ratios, and what one error makes of it."""
    ratios = np.log(above / below)
    error = np.exp(ratios.std(ddof=1) / len(ratios) ** 0.5)
    return f"{np.exp(ratios.mean()):>9.2g} ×/÷ {error:.2f}"


def first_weights(name, layers):
    return np.array([run[layers][0] for run in depth.figures["signals"][name]["weights"]])


print(f"{'':<34}   55 layers, from end to end    first layer's weight")
print(f"{'':<34}{'forward':>16}{'backward':>18}  gradient, 55 ÷ 7 layers")
for name, found in measured.items():
    forward, backward = found["forward"], found["backward"]
    print(f"{name:<34}", factor(forward[:, -1], forward[:, 0]), end=" ")
    print(factor(backward[:, 0], backward[:, -1]), end="   ")
    print(factor(first_weights(name, "55"), first_weights(name, "7")))

# %% [markdown]
# **What came out.** In the plain network with zeros around its maps, a fifth of the backward signal
# is left at the first layer. But the *border* does that: at each layer some of the signal falls off
# the edge. Let the border wrap around, and no loss can be seen (in the wide network one of a third
# would be). The *forward* signal shrinks with either border. And the first layer's *weight*
# gradient still shrinks with depth: from 7 to 55 layers to a seventh, in the wide network to a
# third. So something is lost without skips, but far from everything. Part of that is the border's
# doing; we don't know what causes the rest. (We fooled ourselves at first: we looked at that
# gradient alone, in maps that ended at 4 × 4.)
#
# With batch norm the backward signal *explodes*, by a factor of thousands; Yang and others proved
# that in 2019. With skips alone both signals explode, since each block adds its share. With skips
# *and* norm both stay within a factor of thirty, but so do they in the plain networks without a
# norm. So that isn't what sets skips apart. The networks that we *train* have norms: there no
# gradient vanishes.
#
# ### What skips are worth
#
# A norm's scale, $\gamma$, usually starts at 1. In each block's last norm we may also start it at
# 0. Then $F(x) = 0$: every block passes its input on, and the network begins as a shallow one.

# %%
show_runs(runs, depth.EVERY)

# %%
for n in runs["plain"]:
    print(f"{n:>2} layers:  " + "   ".join(f"{kind} {loss_of(kind, n)}" for kind in runs))

# %% [markdown]
# **What came out.** (The bands show one standard error.) With skips, 55 layers learn; without them
# they hardly do. No gain from depth can be seen, though, not even with $\gamma = 0$: in trainings
# as short as ours the claim is false. Mind the rates: with skips and $\gamma = 1$ the 55 layers
# wanted a third of what suited 19.
#
# ## Problem: 3 × 3 filters on many channels are expensive
#
# A **1 × 1 convolution** sees a single pixel, but *all its channels*. If a pixel has the channels
# $(2, 5, 1)$ and a filter the weights $(1, -1, 2)$, the answer is $2 - 5 + 2 = -1$. It is a small
# dense layer, the same at each pixel. ResNet-50 uses it for a **bottleneck**: go down to a quarter
# of the channels, look there, and come back.


# %%
pixel, mix = torch.tensor([2.0, 5, 1]), torch.tensor([1.0, -1, 2])
print(F.conv2d(pixel.reshape(1, 3, 1, 1), mix.reshape(1, 3, 1, 1)).item())


class Bottleneck(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.narrow = conv_norm(C, C // 4)
        self.look = conv_norm(C // 4, C // 4, 3)
        self.widen = conv_norm(C // 4, C)

    def forward(self, x):
        maps = F.relu(self.look(F.relu(self.narrow(x))))
        return F.relu(x + self.widen(maps))


check(Bottleneck)
worth("bottleneck", "residual")
worth("bottleneck, 3 × as wide", "residual")
for name in "residual", "bottleneck", "bottleneck, 3 × as wide":
    print(f"{name:<25}{prices[name][0]:>10,} multiply-adds in the network")

# %% [markdown]
# The bottleneck falls far behind, at a tenth of the work. It is meant to be *wide*: a quarter of 16
# channels is only four. With three times as many channels, at four fifths of the residual block's
# work, it stays a point and a half behind.
#
# ## Look, then mix: MobileNet
#
# A convolution does two things at once: it *looks* around each pixel, and it *mixes* channels.
# MobileNet (2017) does them one after the other. In a **depthwise** convolution each filter sees
# one channel only ($g = C$): $9\,C$ weights. A 1 × 1 convolution mixes: $C\,F$ weights. Together
# they are called **depthwise separable**. An ordinary convolution has $9\,C\,F$ weights, so the
# share that is left is
#
# $$ \frac{9\,C + C\,F}{9\,C\,F} = \frac1F + \frac19 $$
#
# For $C = F = 64$, on paper: $576 + 4{,}096 = 4{,}672$ in place of $36{,}864$, which is $0.127$.


# %%
class Separable(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.look = conv_norm(C, C, 3, groups=C)
        self.mix = conv_norm(C, C)

    def forward(self, x):
        return F.relu(self.mix(F.relu(self.look(x))))


check(Separable)
print(
    f"64 channels: {sum(conv[0].weight.numel() for conv in Separable(64).children()):,} weights, ",
    end="",
)
print(f"a share of {1 / 64 + 1 / 9:.3f}")
worth("separable", "plain")
worth("separable, 3 × as wide", "pair")
worth("separable, 3 × as wide", "residual")

# %% [markdown]
# The separable block loses nothing that we can see, and saves three quarters of the network's work.
# Spend what it saves on three times as many channels, and it wins by far, against the pair and the
# residual block, at no more work or parameters. It pays in memory: training keeps three times as
# much. *Say which cost is equal.* (How much the wider stem and head add, we haven't measured.)
#
# MobileNet v2 (2018) puts a skip around a block that is *wide inside* and narrow outside, an
# **inverted residual**. No ReLU follows its last norm: in few channels it would throw too much
# away.


# %%
class InvertedResidual(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.widen = conv_norm(C, 4 * C)
        self.look = conv_norm(4 * C, 4 * C, 3, groups=4 * C)
        self.narrow = conv_norm(4 * C, C)

    def forward(self, x):
        maps = F.relu(self.look(F.relu(self.widen(x))))
        return x + self.narrow(maps)


check(InvertedResidual)
worth("inverted residual", "residual")
for price, name in enumerate(("multiply-adds", "bytes kept for training")):
    share = prices["inverted residual"][price] / prices["residual"][price]
    print(f"{share:.2f} times the {name} of the residual network")

# %% [markdown]
# ### A claim to test: an eighth of the work is eight times as fast
#
# When we first wrote this lesson, we timed a 3 × 3 convolution against its two parts. They were
# three to five times as fast, and we explained that cheap layers "wait for memory".

# %%
Quiz(
    Question(
        "The timing used one picture of 64 channels, in PyTorch's usual layout. What did it "
        "measure besides the layers?",
        Wrong(
            "The random numbers in the maps, some of which are slower to multiply than others",
            "A multiplication takes the same time whatever the numbers are.",
        ),
        Right(
            "The copying of the maps into another layout, which the library prefers",
            "With the channels last, the depthwise layer takes less than an eighth of the time.",
        ),
        Wrong(
            "The gradients, which PyTorch computes along with every layer",
            "They were switched off with `torch.no_grad()`.",
        ),
    )
)


# %%
def routine(channels, side, batch):
    """Which routine does PyTorch choose for the 1 × 1 layer?"""
    layer = timed.layers(channels)["1×1"]
    return timed.routine(layer, torch.zeros(batch, channels, side, side))


print(f"routine of the 1 × 1 layer: {routine(64, 56, batch=1)} for one picture, ", end="")
print(f"{routine(64, 56, batch=16)} for a batch of 16")
print(f"{'':<34}{'milliseconds':>22}")
print(f"{'maps':<14}batch  {'layout':<13}{'3×3':>8}{'depthwise':>12}{'1×1':>8}{'faster':>12}")
for row in timed.figures["times"]:
    C, side, ms = row["channels"], row["side"], row["milliseconds"]
    faster = ms["3×3"] / (ms["depthwise"] + ms["1×1"])
    print(f"{C:>3} × {side} × {side}{row['batch']:>6}  {row['layout']:<14}", end="")
    print(f"{ms['3×3']:>8.2f}{ms['depthwise']:>10.2f}{ms['1×1']:>10.2f}{faster:>9.1f} ×")
print("a batch, channels last:")
for row in timed.figures["times"]:
    if (row["batch"], row["layout"]) == (16, "channels last"):
        C, ms = row["channels"], row["milliseconds"]
        work = row["batch"] * (C * row["side"]) ** 2 / 1e6  # millions of multiply-adds, in the 1×1
        speeds = 9 * work / ms["3×3"], 9 * work / C / ms["depthwise"], work / ms["1×1"]
        print(f"{C:>3} channels: {1 / (1 / C + 1 / 9):.1f} times fewer multiply-adds; ", end="")
        print("3×3 {:.0f}, depthwise {:.0f}, 1×1 {:.0f} G a second".format(*speeds))

# %% [markdown]
# **What came out.** The first line is what we had timed. There the depthwise layer takes more than
# eight times as long as with the channels last. In the batch of 64 channels *each* layer takes 10
# or 11 ms longer with the channels first, however much it computes. So that isn't computing: oneDNN
# (`Mkldnn`) copies the maps into a layout of its own. In a batch with the channels last, the parts
# are six to seven times as fast, more with more channels.
#
# *We fooled ourselves:* the number was that of one layout, and its cause was made up. The 1 × 1
# layer does nearly as many multiply-adds a second as the 3 × 3 layer, so memory isn't what holds it
# back. The depthwise layer does far fewer; whether *it* waits for memory, we don't know.
# Multiply-adds are a price tag, not a stopwatch.
#
# ## Problem: now the mixing is the expensive part
#
# In MobileNet nearly all the work is 1 × 1. ShuffleNet (2017) lets each 1 × 1 filter see one
# **group** of channels only: in $g$ groups, one part in $g$ of the weights. Four channels in two
# groups, one pixel with $(1, 2, 3, 5)$, and the filters $(1, 1)$ and $(1, -1)$ in each group. By
# hand:
#
# $$ (1 + 2,\; 1 - 2 \;|\; 3 + 5,\; 3 - 5) = (3, -1 \;|\; 8, -2) $$
#
# The catch: however many such layers you stack, the first two channels never hear of the last two.
# The remedy has no weights: between two layers, deal the channels out like cards, the first of each
# group, then the second of each group, … In code, transpose a table of `groups` rows.


# %%
def channel_shuffle(x, groups):
    return x.unflatten(1, (groups, -1)).transpose(1, 2).flatten(1, 2)


pixel = torch.tensor([1.0, 2, 3, 5]).reshape(1, 4, 1, 1)
filters = torch.tensor([[1.0, 1], [1, -1], [1, 1], [1, -1]]).reshape(4, 2, 1, 1)
grouped = F.conv2d(pixel, filters, groups=2)
print(grouped.ravel().tolist(), "→", channel_shuffle(grouped, 2).ravel().tolist())


# %%
Quiz(
    Question(
        "Two grouped layers, two groups of two, and a shuffle between them. Which outputs does "
        "input 0 reach?",
        Wrong("Outputs 0 and 1, those of its own group", "So it is without the shuffle."),
        Wrong("Outputs 0 and 2, the first of each group", "There it is mixed once more."),
        Right("All four of them, through both groups", "The first layer spreads it to 0 and 1."),
    )
)

# %%
one_at_a_time = torch.eye(4).reshape(4, 4, 1, 1)  # picture i holds a 1 in channel i
first = F.conv2d(one_at_a_time, filters, groups=2)
more = torch.tensor([[2.0, 1], [1, 2], [2, 1], [1, 2]]).reshape(4, 2, 1, 1)
again = F.conv2d(first, more, groups=2)
shuffled = F.conv2d(channel_shuffle(first, 2), more, groups=2)
show_grids(
    [table.reshape(4, 4).numpy() for table in (first, again, shuffled)],
    ["one layer", "two layers", "two, shuffled"],
    signed=[0, 1, 2],
)


# %%
class Shuffle(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.mix1 = conv_norm(C, C, groups=2)
        self.look = conv_norm(C, C, 3, groups=C)
        self.mix2 = conv_norm(C, C, groups=2)

    def forward(self, x):
        maps = channel_shuffle(F.relu(self.mix1(x)), 2)
        return F.relu(x + self.mix2(self.look(maps)))


check(Shuffle)
worth("shuffle", "no shuffle")
worth("shuffle", "separable")

# %% [markdown]
# Each row of the tables is an input channel, each column an output. Without the shuffle two blocks
# of zeros stay for ever. In our runs the shuffle is a *loss* of two
# points, and we don't know why. Stem, halving layer and head mix all channels anyway, so a gain may
# be out of reach; that doesn't explain a loss. (The two rates differ, each chosen by one run.)
#
# ## Problem: a filter sees only what is near
#
# **Squeeze-and-excitation** (2018) lets the whole map speak: take each channel's mean (squeeze),
# let two small dense layers turn the means into one number between 0 and 1 for each channel
# (excite), and multiply.


# %%
class SqueezeExcitation(Residual):
    def __init__(self, C):
        super().__init__(C)
        self.squeeze = nn.Linear(C, C // 4)
        self.excite = nn.Linear(C // 4, C)

    def forward(self, x):
        maps = self.conv2(F.relu(self.conv1(x)))
        scale = torch.sigmoid(self.excite(F.relu(self.squeeze(maps.mean(dim=(2, 3))))))
        return F.relu(x + scale[:, :, None, None] * maps)


check(SqueezeExcitation)
worth("squeeze-and-excitation", "residual")

# %% [markdown]
# Here it *costs* between one and two points. In 200 batches its dense layers may not have learnt
# when to open.
#
# **ViT**, the vision transformer (2020), drops lesson 05's assumptions: every pixel (in ViT, every
# patch) weighs *all* the others. For each it computes three short lists of numbers: what it looks
# for, $q$; what it offers, $k$; and what it says, $v$. The better $q$ fits another one's $k$, the
# more of that one's $v$ it gets. This is **attention**. Every 16 channels do it on their own, as a
# *head*. Then 1 × 1 convolutions mix the channels.


# %%
class Attention(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(C), nn.LayerNorm(C)  # over each pixel's channels
        self.ask = nn.Linear(C, 3 * C)
        self.join = nn.Linear(C, C)
        self.widen, self.narrow = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x):
        pixels = x.flatten(2).transpose(1, 2)  # (N, H·W, C)
        q, k, v = self.ask(self.norm1(pixels)).unflatten(2, (3, -1, 16)).permute(2, 0, 3, 1, 4)
        found = F.scaled_dot_product_attention(q, k, v)  # softmax(q kᵀ / √16) v
        pixels = pixels + self.join(found.transpose(1, 2).flatten(2))
        changes = self.narrow(F.gelu(self.widen(self.norm2(pixels))))  # GELU is a smooth ReLU
        pixels = pixels + changes
        return pixels.transpose(1, 2).reshape(x.shape)


check(Attention, places=True)
order, maps = torch.randperm(64), torch.randn(1, 16, 8, 8)


def shuffle_pixels(x):
    return x.flatten(2)[:, :, order].reshape(x.shape)


for block in Attention(16), Residual(16).eval():
    same = torch.allclose(block(shuffle_pixels(maps)), shuffle_pixels(block(maps)), atol=1e-5)
    print(f"{type(block).__name__:<10} shuffled pixels give shuffled outputs: {same}")
worth("attention", "residual")

# %% [markdown]
# To attention, a picture is a bag of pixels: it doesn't know which of them are neighbours. So ViT
# adds a learnt map that says where each pixel is (`places` in our skeleton), and must learn from
# examples what a convolution assumes. That may be why it is far behind the residual block here, for
# more work. (More than half of it is in the products of $q$, $k$ and $v$.)
#
# **ConvNeXt** (2022) asks which of a transformer's habits a convolution can take over: look far
# (7 × 7, depthwise), be wide inside, and have one norm and one activation in a block.


# %%
class ConvNeXt(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.look = nn.Conv2d(C, C, 7, padding=3, groups=C)
        self.norm = nn.LayerNorm(C)
        self.widen, self.narrow = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x):
        pixels = self.look(x).permute(0, 2, 3, 1)  # a dense layer on each pixel is a 1 × 1
        change = self.narrow(F.gelu(self.widen(self.norm(pixels))))
        return x + change.permute(0, 3, 1, 2)


check(ConvNeXt)
worth("ConvNeXt", "inverted residual")
worth("ConvNeXt", "attention")
worth("ConvNeXt", "residual")

# %% [markdown]
# It is well ahead of attention, level with the residual block at three fifths of its work, and
# behind the inverted residual, which has smaller filters. The two best rows in the figure at the
# top look and mix cheaply, and are wide. They take less work than the residual network, but three
# to four times its memory.
#
# ## The books of the famous networks

# %%
print(f"{'':<15}{'parameters':>12}{'multiply-adds':>17}{'kept for training':>21}")
for build in alexnet, vgg16, resnet18, mobilenet_v1, mobilenet_v2, shufflenet_v2:
    network = on_paper(build)
    count, adds, _ = totals(ledger(network, (3, 224, 224))).values()
    memory = sum(kept_for_training(network, (3, 224, 224)).values())
    print(f"{build.__name__:<15}{count:>12,}{adds:>17,}{memory / 1e6:>18.1f} MB")

# %% [markdown]
# All look at 224 × 224 pixels. MobileNet v2 has a fortieth of VGG-16's parameters, yet training
# keeps more of it: in its wide layers the norm, the ReLU6 (a ReLU that stops at 6) and the
# convolution each keep a map of their own. A batch of 32 takes 2.5 GB, and the weights 14 MB.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A plain network of 55 layers has a higher training loss than one of 7. What is it?",
        Wrong(
            "It over-fits, because it has far more weights",
            "Then the *training* loss would be lower, and the test loss higher.",
        ),
        Wrong(
            "It has too few weights for so many layers",
            "It has more than ten times as many as the network of 7 layers.",
        ),
        Right(
            "Training doesn't find the weights that it could have",
            "It could represent the smaller network's answer. It is a problem of optimisation.",
        ),
    ),
    Question(
        "What does a residual block's skip cost in training, where the shape stays?",
        Right(
            "An addition for each number, but no weights",
            "No weights and no multiply-adds; and adding keeps nothing for the way back.",
        ),
        Wrong(
            "As many weights as a 1 × 1 convolution would have",
            "Only where the shape changes, as in the exercise.",
        ),
        Wrong(
            "As many multiply-adds as F(x) once more",
            "Adding isn't multiplying, and F(x) is computed once.",
        ),
    ),
    Question(
        "A 3 × 3 convolution, 32 channels to 128, becomes depthwise separable. What share of its "
        "weights is left?",
        Wrong("1/9, the share of the 1 × 1 filters", "The depthwise filters have weights, too."),
        Right("0.119, which is 1/128 + 1/9", "(288 + 4,096) of 36,864 weights."),
        Wrong("0.142, which is 1/32 + 1/9", "The formula has the number of *filters*."),
    ),
    Question(
        "A convolution is followed by a norm and a ReLU. Which outputs does training keep?",
        Wrong(
            "All three, since each has a gradient of its own",
            "A norm's output isn't needed again if a ReLU follows, which keeps its own.",
        ),
        Right(
            "Those of the convolution and of the ReLU",
            "The norm needs its input; the ReLU, and the layer after it, what the ReLU gives.",
        ),
        Wrong(
            "Only that of the ReLU, which goes into the next layer",
            "And how would the norm compute the gradient of its scale?",
        ),
    ),
    Question(
        "You want to know which of two layers is faster on your computer. What do you time?",
        Wrong(
            "One picture, once, right after building both of the layers",
            "The first call prepares things, and a single picture may get another routine.",
        ),
        Wrong(
            "Nothing: their multiply-adds tell which is faster",
            "They are a price tag, not a stopwatch. Depthwise layers do few of them a second.",
        ),
        Right(
            "Your batch and layout, warm, in turns, many times",
            "And look which routine ran. Then the layers are what you measure.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Parameters, multiply-adds, what training keeps, time: a network can be small in one price and
#    large in another.
# 2. Two 3 × 3 layers see 5 × 5, with a ReLU between; global averaging does without the dense head.
# 3. With $x + F(x)$, doing nothing is free. Deep plain networks fail, and yet their gradient
#    doesn't vanish: with batch norm it explodes.
# 4. Look, then mix: $1/F + 1/9$ of the work. Without a shuffle, groups never hear of each other.
# 5. Attention drops locality. In our short runs that didn't pay.
#
# **Now you:** [exercise 12](../exercises/12_architectures/12_architectures.ipynb).
# **Next:** [lesson 13, full CIFAR-10 training](13_full_cifar10_training.ipynb).
#
# ## To read on
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. "Gradient-based learning applied to document
#   recognition." *Proceedings of the IEEE* 86(11), 2278–2324, 1998. LeNet-5.
# - A. Krizhevsky, I. Sutskever, G. Hinton. "ImageNet classification with deep convolutional neural
#   networks." *NeurIPS*, 2012. One tower: A. Krizhevsky. "One weird trick for parallelizing
#   convolutional neural networks." arXiv:1404.5997, 2014.
# - M. Lin, Q. Chen, S. Yan. "Network in network." *ICLR*, 2014. Global average pooling.
# - K. Simonyan, A. Zisserman. "Very deep convolutional networks for large-scale image recognition."
#   *ICLR*, 2015. VGG.
# - C. Szegedy and others. "Going deeper with convolutions." *CVPR*, 2015. GoogLeNet.
# - K. He, X. Zhang, S. Ren, J. Sun. "Deep residual learning for image recognition." *CVPR*, 2016.
# - G. Yang, J. Pennington, V. Rao, J. Sohl-Dickstein, S. S. Schoenholz. "A mean field theory of
#   batch normalization." *ICLR*, 2019.
# - P. Goyal and others. "Accurate, large minibatch SGD: training ImageNet in 1 hour."
#   arXiv:1706.02677, 2017. Warm-up, and γ = 0.
# - A. G. Howard and others. "MobileNets: efficient convolutional neural networks for mobile vision
#   applications." arXiv:1704.04861, 2017.
# - M. Sandler, A. Howard, M. Zhu, A. Zhmoginov, L.-C. Chen. "MobileNetV2: inverted residuals and
#   linear bottlenecks." *CVPR*, 2018.
# - X. Zhang, X. Zhou, M. Lin, J. Sun. "ShuffleNet: an extremely efficient convolutional neural
#   network for mobile devices." *CVPR*, 2018.
# - N. Ma, X. Zhang, H.-T. Zheng, J. Sun. "ShuffleNet V2: practical guidelines for efficient CNN
#   architecture design." *ECCV*, 2018. The one in the table above.
# - J. Hu, L. Shen, G. Sun. "Squeeze-and-excitation networks." *CVPR*, 2018.
# - A. Dosovitskiy et al. "An image is worth 16×16 words." *ICLR*, 2021. ViT.
# - Z. Liu, H. Mao, C.-Y. Wu, C. Feichtenhofer, T. Darrell, S. Xie. "A ConvNet for the 2020s."
#   *CVPR*, 2022. ConvNeXt.
