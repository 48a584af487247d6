# %% [markdown]
# # 12 · Architectures
#
# LeNet-5 read cheques in 1998, with 61,706 parameters. AlexNet took a thousand times as many, VGG
# more than twice that. Then the numbers fell: ShuffleNet does better than AlexNet with a 27th of
# its parameters. Each of these networks rests on one idea that fits on a page. In this lesson you
# build all of them, keep the books, and test the ideas.
#
# **After this lesson you can**
#
# - work out a layer's parameters, multiply-adds and activation memory with pencil and paper;
# - say what each of six famous networks added, and what it cost;
# - draw a residual block, and show by experiment what goes wrong in 56 layers without it;
# - replace a convolution by a depthwise separable one, and say what that saves: $1/F + 1/9$;
# - shuffle channels, and say why grouped convolutions need it.
#
# *Time:* 60 minutes. *Before this:* lessons 03, 05, 09 and 11.

# %%
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.models.accounting import BatchNorm, Conv, Elementwise, ledger, totals
from cnnedu.models.alexnet import alexnet
from cnnedu.models.lenet5 import lenet5
from cnnedu.models.mobilenet import mobilenet_v1, mobilenet_v2
from cnnedu.models.resnet import cifar_resnet, resnet18
from cnnedu.models.shufflenet import channel_shuffle, shufflenet_v2
from cnnedu.models.vgg import vgg16
from cnnedu.plots import show_grids
from cnnedu.plots.architectures import show_costs, show_gradients, show_layer_chains, show_runs
from cnnedu.widgets import Question, Quiz, Right, ShapeCalculator, Wrong

torch.set_num_threads(1)
small, large = (3, 32, 32), (3, 224, 224)
with torch.device("meta"):  # shapes without memory: VGG-16's weights alone would take 553 MB
    networks = {
        "LeNet-5": (lenet5(), (1, 32, 32)),
        "AlexNet": (alexnet(), large),
        "VGG-16": (vgg16(), large),
        "ResNet-18": (resnet18(), large),
        "ResNet-20": (cifar_resnet(20), small),
        "ResNet-56": (cifar_resnet(56), small),
        "MobileNet v1": (mobilenet_v1(), large),
        "MobileNet v2": (mobilenet_v2(), large),
        "ShuffleNet v2": (shufflenet_v2(), large),
    }
books = {name: totals(ledger(*network)) for name, network in networks.items()}
costs = {name: (book["multiply_adds"], book["parameters"]) for name, book in books.items()}
show_costs(costs, left=["MobileNet v2"])

# %% [markdown]
# Above is where this lesson ends: nine networks by what they cost. Note the axes: each line is ten
# times the last. (ResNet-20, ResNet-56 and LeNet-5 look at 32×32 pixels, the others at 224×224.)
#
# ## Three accounts: LeNet-5
#
# Every layer has three prices. **Parameters** are what is stored and learnt. **Multiply-adds** are
# the work. **Activation memory** holds the layer's output, which training keeps for the way back.
#
# LeNet-5's first layer, C1, lays 6 filters of 5×5 on one channel of 32×32 pixels. On paper:
#
# - output: $32 - 5 + 1 = 28$, so $6 \times 28 \times 28 = 4{,}704$ numbers;
# - parameters: $6 \cdot (5 \cdot 5 \cdot 1 + 1) = 156$;
# - multiply-adds: each output takes 25, so $4{,}704 \cdot 25 = 117{,}600$;
# - memory: 4 bytes each, $18{,}816$ bytes.
#
# For $C$ channels, $F$ filters of $K \times K$ and `groups` $g$ (1 until further notice):
#
# $$ \text{parameters} = F \left( \tfrac{C}{g} K^2 + 1 \right), \qquad
# \text{multiply-adds} = F \cdot OH \cdot OW \cdot \tfrac{C}{g} K^2 $$

# %%
network, shape = networks["LeNet-5"]
print(f"{'':<10}{'output':<16}{'parameters':>10}{'multiply-adds':>15}{'bytes':>9}")
for row in ledger(network, shape):
    if row.parameters:
        print(
            f"{row.name:<10}{row.output!s:<16}{row.parameters:>10,}{row.multiply_adds:>15,}"
            f"{row.activation_bytes:>9,}"
        )
print(f"{'in all':<26}{books['LeNet-5']['parameters']:>10,}")

# %% [markdown]
# C1's line holds the numbers worked out above, and the sum is the published 61,706. Convolve and
# average, twice, then dense layers: this pattern lasted for fifteen years. (So LeNet-5 is usually
# counted. The original of 1998 saved some weights in C3.)
#
# ## AlexNet: the same, a thousand times as large
#
# In 2012 AlexNet won the ImageNet contest with the old recipe, made large: 224×224 colour pictures,
# 1,000 classes, five convolutions, three dense layers, ReLU instead of tanh, dropout. It has 61.1
# million parameters. Predict, then look.

# %%
Quiz(
    Question(
        "Where are AlexNet's parameters, and where is its work?",
        Wrong("Both mostly in the convolutions", "Each filter is small. Count the dense layers."),
        Wrong("Both mostly in the dense layers", "In a dense layer each weight works just once."),
        Right(
            "Parameters in the dense layers, work in the convolutions",
            "A filter's weight works at each place of the map, a dense weight once per picture.",
        ),
    )
)


# %%
def kind(module):
    """Say what sort of layer a module is."""
    if isinstance(module, nn.Linear):
        return "dense"
    if not isinstance(module, nn.Conv2d):
        return "norm" if isinstance(module, nn.BatchNorm2d) else "other"
    if module.groups > 1:
        return "depthwise"
    return "1×1" if module.kernel_size == (1, 1) else "convolution"


def shares(name):
    """Print which share of parameters and multiply-adds each sort of layer has."""
    network, shape = networks[name]
    rows = ledger(network, shape)
    kinds = [kind(network.get_submodule(row.name)) for row in rows]
    for sort in sorted(set(kinds)):
        book = totals([row for row, k in zip(rows, kinds, strict=True) if k == sort])
        parts = [book[k] / books[name][k] for k in ("parameters", "multiply_adds")]
        if any(parts):
            print(f"{sort:<12}{parts[0]:>8.1%} of the parameters{parts[1]:>8.1%} of the work")


print(f"AlexNet: {books['AlexNet']['parameters']:,} parameters")
shares("AlexNet")

# %% [markdown]
# Keep this in mind whenever somebody calls a network large. Large in which account?
#
# Now play. Below is AlexNet, layer by layer.
#
# 1. Which single layer holds most parameters? Remove the pooling before `Flatten`: by how much does
#    it grow?
# 2. Give the first convolution stride 2 instead of 4. Which accounts change, which don't?
# 3. Choose VGG-16. Where is its work, where its memory?

# %%
ShapeCalculator("AlexNet")

# %% [markdown]
# ## VGG: only 3×3
#
# AlexNet's filters are 11×11, 5×5 and 3×3. VGG (2014) asks why one shouldn't take 3×3 everywhere,
# and stack them. Take the edge detector of lesson 01, and run it over the smiley *twice*. Along a
# row the weights are $(-1, 0, 1)$. Applied twice, by hand:
#
# $$ (-1, 0, 1) * (-1, 0, 1) = (1, 0, -2, 0, 1), \qquad (1, 1, 1) * (1, 1, 1) = (1, 2, 3, 2, 1) $$
#
# So two 3×3 kernels in a row do what one 5×5 kernel does, the product of this column and this row:

# %%
x, w = smiley(), edge_kernel()
large_kernel = np.outer([1, 2, 3, 2, 1], [1, 0, -2, 0, 1])
twice = kernels.correlate2d(kernels.correlate2d(x, w), w)
once = kernels.correlate2d(x, large_kernel)
print("twice 3×3 equals once 5×5:", np.array_equal(twice, once))
show_grids(
    [x, large_kernel, once], ["smiley", "edge detector, twice", "same output"], signed=[1, 2]
)

# %% [markdown]
# Each output sees 5×5 pixels, and three 3×3 layers see 7×7. What does it cost, with $C$ channels in
# and out? Two layers have $2 \cdot 9\,C^2 = 18\,C^2$ weights, one 5×5 layer $25\,C^2$. Three have
# $27\,C^2$, one 7×7 layer $49\,C^2$. For $C = 64$:

# %%
for name, stack in {
    "5×5": [Conv(64, 5, padding=2, bias=False)],
    "3×3 twice": [Conv(64, 3, padding=1, bias=False)] * 2,
    "7×7": [Conv(64, 7, padding=3, bias=False)],
    "3×3 three times": [Conv(64, 3, padding=1, bias=False)] * 3,
    "3×3 once": [Conv(64, 3, padding=1, bias=False)],
}.items():
    book = totals(ledger(stack, (64, 56, 56)))
    print(
        f"{name:<17}{book['parameters']:>9,} weights{book['multiply_adds']:>15,} multiply-adds"
        f"{book['activation_bytes'] / 1e6:>6.1f} MB"
    )

# %% [markdown]
# Two 3×3 against one 5×5: less of everything, but for memory, an account that VGG's argument leaves
# out. (Against *one* 3×3 two cost double, of course. They see more.)
#
# The second gain is the ReLU in between. Without it two layers are *one* linear map, as you just
# saw: nothing is won but weights. With it they can do what no single kernel can:

# %%
with_relu = kernels.correlate2d(np.maximum(kernels.correlate2d(x, w), 0), w)
print("with a ReLU between:", np.array_equal(with_relu, once))
print(f"VGG-16: {books['VGG-16']['parameters']:,} parameters")
shares("VGG-16")

# %% [markdown]
# ## 1×1: a mix of channels
#
# A 1×1 filter sees a single pixel. What for? It sees *all its channels*. Say, a pixel has the
# channels $(2, 5, 1)$ and a filter the weights $(1, -1, 2)$: the answer is $2 - 5 + 2 = -1$. A 1×1
# convolution is a small dense layer, the same one at each pixel. It is the cheapest way to change
# the number of channels, and everything below uses it.

# %%
pixel = torch.tensor([2.0, 5, 1]).reshape(1, 3, 1, 1)
mix = torch.tensor([1.0, -1, 2]).reshape(1, 3, 1, 1)
print("one pixel:", F.conv2d(pixel, mix).item())

torch.manual_seed(0)
maps, mixes = torch.randn(2, 3, 4, 5), torch.randn(6, 3, 1, 1)
dense = F.linear(maps.permute(0, 2, 3, 1), mixes[:, :, 0, 0]).permute(0, 3, 1, 2)
print("a dense layer on each pixel:", torch.allclose(F.conv2d(maps, mixes), dense, atol=1e-6))

# %% [markdown]
# ## A claim to test: deeper is better
#
# > "More layers make a network stronger: it can at least do what the smaller one does, and let the
# > rest pass through."
#
# It *can*. But does training find it? He and others compared plain networks of 20 and 56 layers in
# 2015, and so do we: same filters, same batches, batch norm after each convolution, 300 steps. What
# counts is the loss on the *training* pictures.

# %%
Quiz(
    Question(
        "Plain networks of 8, 20 and 56 layers. "
        "Which has the lowest training loss after 300 steps?",
        Right("8 layers", "Yes, and that isn't over-fitting: it is the *training* loss."),
        Wrong("20 layers", "So one might hope: deep enough, but not too deep. Look below."),
        Wrong("56 layers", "It could copy the others and pass the rest through. It doesn't."),
        Wrong("All the same", "With other weights at the start, that would be luck. Look below."),
    )
)

# %%
from cnnedu.experiments import l12_depth as depth

results = depth.figures["runs"]


def last_loss(layers, shortcuts):
    """Return the mean loss of the last 50 steps, one number per seed."""
    wanted = layers, shortcuts
    return [
        np.mean(r["loss"][-5:]) for r in results["runs"] if (r["depth"], r["shortcuts"]) == wanted
    ]


print(results["data"])
for layers in (8, 20, 56):
    losses = last_loss(layers, shortcuts=False)
    print(
        f"plain, {layers:>2} layers: "
        f"loss {np.mean(losses):.2f}  ({min(losses):.2f} to {max(losses):.2f})"
    )
print(f"guessing:         loss {np.log(10):.2f}")

# %% [markdown]
# **What came out.** Deeper was worse, by far. With 20 layers it learns more slowly than with 8, and
# with 56 next to *nothing*: $\ln 10 = 2.30$ is what guessing costs. More data or dropout wouldn't
# help, since the training loss itself is bad. (Measured by `cnnedu experiment l12` on CIFAR-10, a
# JPEG copy, shrunk to 16×16 pixels to save your time. With 32×32 pixels and 64,000 steps the
# paper's plain 56 does learn, but stays behind its plain 20.)
#
# ## The skip
#
# If layers find it hard to let things pass, make that the default: add the input to the output. The
# layers then learn only what to *change*, the **residual** $F(x)$:
#
# $$ \text{out} = \text{ReLU}\big(x + F(x)\big),
# \qquad F(x) = \text{norm}(w_2 \star \text{ReLU}(\text{norm}(w_1 \star x))) $$

# %%
chain = ["3×3 conv", "norm", "ReLU", "3×3 conv", "norm"]
show_layer_chains(
    {
        "plain block": ([*chain, "ReLU"], None, None),
        "residual block": ([*chain, "+", "ReLU"], 0, 5),
    }
)

# %% [markdown]
# The orange line is the **skip connection**, or **shortcut**. It has no weights. Let us send the
# smiley through such a block, without norms, so that we can count. $w_1$ is the edge detector.
# $w_2$ has 0.1 in its middle, 0 elsewhere. Two pixels by hand:
#
# - row 4, column 6: the edge detector says +2, ReLU keeps it, times 0.1; the pixel was 0:
#   $0 + 0.2 = 0.2$;
# - row 4, column 1: the edge detector says −2, ReLU makes it 0; the pixel stays $0$.

# %%
picture = torch.tensor(smiley(), dtype=torch.float32)[None, None]
w1 = torch.tensor(edge_kernel(), dtype=torch.float32)[None, None]
w2 = torch.zeros(1, 1, 3, 3)
w2[0, 0, 1, 1] = 0.1


def residual_block(x, w1, w2):
    change = F.conv2d(F.relu(F.conv2d(x, w1, padding=1)), w2, padding=1)
    return F.relu(x + change)


out = residual_block(picture, w1, w2)
print(f"row 4: column 6 → {out[0, 0, 4, 6]:.1f}, column 1 → {out[0, 0, 4, 1]:.1f}")
show_grids(
    [picture[0, 0].numpy(), (out - picture)[0, 0].numpy().round(2), out[0, 0].numpy().round(2)],
    ["x", "F(x)", "x + F(x)"],
    signed=[0, 1, 2],
)

# %% [markdown]
# The face is still there, with its left-to-right edges marked a little. That is what a layer in a
# deep network should do.

# %%
Quiz(
    Question(
        "All weights of both convolutions are 0. What becomes of the smiley, in each block?",
        Wrong("Both pass it on unchanged", "What does a plain convolution with weights 0 give?"),
        Wrong("Both lose it", "One of the two has a way around its convolutions."),
        Right(
            "The residual block passes it on, the plain one gives 0",
            "Doing nothing is free with a skip. A plain block has to *learn* to do nothing.",
        ),
    )
)

# %%
zero = torch.zeros(1, 1, 3, 3)
print("residual:", torch.equal(residual_block(picture, zero, zero), picture))
plain = F.relu(F.conv2d(F.relu(F.conv2d(picture, zero, padding=1)), zero, padding=1))
print("plain, largest number:", plain.max().item())

# %% [markdown]
# Where stride or channels change, $x$ and $F(x)$ no longer fit. Then the skip takes every second
# pixel and pads with zero channels (option A of the paper, in our ResNet-20 and 56) or sends $x$
# through a 1×1 convolution (option B, in ResNet-18).
#
# ### What it does to the gradient
#
# Write one block as a function of one number. Plain: $y = f(x)$, so $dy/dx = f'$. With a skip:
# $y = x + f(x)$, so $dy/dx = 1 + f'$. The 56-layer network has 27 blocks, and the chain rule
# multiplies them. Say $f' = 0.1$ everywhere:

# %%
print(f"plain: 0.1^27 = {0.1**27:.0e}")
print(f"skip:  1.1^27 = {1.1**27:.1f}")

# %% [markdown]
# So the story goes: without skips the gradient dies on its way back. A nice story. Is it true?
#
# ## A claim to test: without skips the gradient vanishes
#
# We build networks of 8, 20 and 56 layers with and without skips, and with and without batch norm,
# all with He's initialisation (lesson 08), and look at the gradient that reaches the first layer,
# before any training. First the plain networks *with* batch norm, those that failed above.

# %%
Quiz(
    Question(
        "The gradient at the first layer: plain, batch norm, 56 layers, against 8 layers.",
        Wrong("Far smaller: it vanishes", "That is the story. Measure it."),
        Wrong("About the same", "Then depth alone would do no harm."),
        Right("Far larger", "Surprised? So was the field: it took until 2019 to explain it."),
    )
)

# %%
from cnnedu.data.shapes import make_shapes

shapes = make_shapes(600, size=16)
shape_x, shape_y = depth.pixels(shapes.x), torch.from_numpy(shapes.y)

by_depth, by_layer = {}, {}
for skips in (False, True):
    for norm in (False, True):
        name = f"{'skips' if skips else 'plain'}, {'batch norm' if norm else 'no norm'}"
        by_depth[name] = {}
        for layers in (8, 20, 56):
            network = depth.build(layers, skips, norm)
            by_layer[name] = depth.layer_gradients(network, shape_x[:32], shape_y[:32])
            by_depth[name][layers] = by_layer[name][0]

# %% tags=["nbval-ignore-output"]
print(f"{'gradient at the first layer':<30}{'8':>9}{'20':>9}{'56':>9} layers")
for name, norms in by_depth.items():
    print(f"{name:<30}" + "".join(f"{norm:>9.2g}" for norm in norms.values()))
show_gradients(by_depth, by_layer, 56)

# %%
growth = {name: norms[56] / norms[8] for name, norms in by_depth.items()}
print("plain, no norm: vanishes (less than a fifth):      ", growth["plain, no norm"] < 0.2)
print("plain, batch norm: explodes (more than 50 times):  ", growth["plain, batch norm"] > 50)
print("skips, no norm: explodes (more than 50 times):     ", growth["skips, no norm"] > 50)
print("skips, batch norm: within a factor of 50:          ", growth["skips, batch norm"] < 50)

# %% [markdown]
# **What came out.** The story is true of plain networks *without* batch norm. With it the gradient
# doesn't vanish. It *explodes*, and did so in the networks that failed. Skips alone explode, too:
# each block adds its share, and the sum doubles and doubles. Only skips *and* batch norm keep 56
# layers within some ten times the level of 8. (He and others wrote in 2015 that vanishing gradients
# were *not* the cause. Yang and others proved the explosion in 2019.)
#
# Why does an explosion stop the learning? Twelve steps on shapes, with each deep network. Watch the
# first layer's weights and its gradient:

# %%
runs = {
    name: depth.short_run(depth.build(56, skips), shape_x, shape_y, steps=12, batch=32)
    for name, skips in (("plain", False), ("skips", True))
}

# %% tags=["nbval-ignore-output"]
print(f"{'':<12}{'norm of the weights':^29}{'norm of the gradient':^29}")
print(f"{'step':<12}{'plain':>13}{'skips':>13}   {'plain':>13}{'skips':>13}")
for step in (0, 1, 2, 4, 8, 11):
    values = [runs[n][q][step] for q in ("weight", "gradient") for n in ("plain", "skips")]
    print(f"{step:<12}{values[0]:>13.1f}{values[1]:>13.1f}   {values[2]:>13.2g}{values[3]:>13.2g}")

# %%
weight, gradient = runs["plain"]["weight"], runs["plain"]["gradient"]
print("plain: weights at least 4 times as large after one step:", weight[1] > 4 * weight[0])
print("plain: gradient less than a hundredth of the first:     ", gradient[-1] < gradient[0] / 100)

# %% [markdown]
# One giant step, and the first weights are many times as large as they were. Batch norm hides it:
# scale a convolution's weights by 10, and what comes out after the norm is the same. But the
# gradient by them is then a tenth. So the first layers end up *frozen*, at a place to which they
# were thrown at random. *First it explodes, then it vanishes.* Now the same runs on CIFAR-10, with
# and without skips:

# %%
show_runs(results)

# %%
print("layers           loss of the last 50 steps   gradient: at the start  at the end")
for layers in (8, 20, 56):
    for name, shortcuts in (("plain", False), ("skips", True)):
        gradients = [
            run["gradient"]
            for run in results["runs"]
            if (run["depth"], run["shortcuts"]) == (layers, shortcuts)
        ]
        start, end = np.median(gradients, axis=0)[[0, -1]]
        loss = np.mean(last_loss(layers, shortcuts))
        print(f"{layers:>6}  {name}{loss:>29.2f}{start:>25.2g}{end:>12.2g}")

# %% [markdown]
# **What came out.** With skips 20 layers learn as well as 8, where plain ones fall behind, and 56
# layers learn, where plain ones hardly do. It's the same layers and the same number of weights; a
# skip has none. But deeper isn't better by itself, with skips either: in 300 steps 56 layers don't
# catch up. (JPEG copy, 16×16 pixels, three seeds, one learning rate for all. Bands go from the
# lowest to the highest seed; the loss axis is logarithmic.)
#
# ### Batch norm's place
#
# It stands between convolution and ReLU, and the convolution before it needs no bias. Say, a
# channel gives $(2, 4)$: the mean is 3, so the norm makes $(-1, 1)$ of it. With a bias of 7 it is
# $(9, 11)$, the mean is 10, and the norm makes $(-1, 1)$ of it.

# %%
norm = nn.BatchNorm2d(1)
values = torch.tensor([2.0, 4.0]).reshape(2, 1, 1, 1)
for bias in (0, 7):
    print(f"bias {bias}:", norm(values + bias).ravel().detach().numpy().round(3))

# %% [markdown]
# And once the network is trained, the norm is a fixed scale and shift per channel. These can be
# folded into the convolution's weights: in use, batch norm costs nothing.

# %%
torch.manual_seed(0)
conv, norm = nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8)
batch = torch.randn(4, 3, 9, 9)
with torch.no_grad():
    norm(conv(batch))  # in training mode: learns mean and variance
    norm.eval()
    scale = norm.weight / (norm.running_var + norm.eps).sqrt()
    folded_w, folded_b = (
        conv.weight * scale[:, None, None, None],
        norm.bias - norm.running_mean * scale,
    )
    same = torch.allclose(F.conv2d(batch, folded_w, folded_b), norm(conv(batch)), atol=1e-5)
print("convolution and norm in one:", same)

# %% [markdown]
# ## MobileNet: first look, then mix
#
# A convolution does two things at once: it *looks* around each pixel, and it *mixes* channels.
# MobileNet (2017) does them one after the other:
#
# - **depthwise**: one 3×3 filter per channel, which sees this channel only ($\text{groups} = C$):
#   $9 \cdot C$ weights;
# - **pointwise**: a 1×1 convolution that mixes: $C \cdot F$ weights.
#
# Together that is a **depthwise separable** convolution. An ordinary one has $9 \cdot C \cdot F$
# weights, so the share that is left is
#
# $$ \frac{9\,C + C\,F}{9\,C\,F} = \frac1F + \frac19 $$
#
# For $C = F = 64$, by hand: $9 \cdot 64 \cdot 64 = 36{,}864$ against $576 + 4{,}096 = 4{,}672$,
# which is $0.127$, and $1/64 + 1/9 = 0.127$. The same share holds for the multiply-adds, since both
# work at each pixel.

# %%
ordinary = totals(ledger([Conv(64, 3, padding=1, bias=False)], (64, 56, 56)))
pair = [Conv(64, 3, padding=1, groups=64, bias=False), Conv(64, 1, bias=False)]
separable = totals(ledger(pair, (64, 56, 56)))
for account in ("parameters", "multiply_adds", "activation_bytes"):
    a, b = ordinary[account], separable[account]
    print(f"{account:<18}{a:>13,} → {b:>11,}   {b / a:.3f}")
print(f"1/64 + 1/9 = {1 / 64 + 1 / 9:.3f}")

# %% [markdown]
# An eighth of the weights and of the work, twice the memory. On the smiley: two channels, the face
# and the face upside down. The depthwise layer looks for vertical edges in the first, for
# horizontal ones in the second; the pointwise layer adds them up, $1 \cdot a + 1 \cdot b$.

# %%
two = torch.stack([picture[0, 0], picture[0, 0].flip(0)])[None]
look = torch.stack([w1[0], w1[0].transpose(1, 2)])  # (2, 1, 3, 3): one filter per channel
looked = F.conv2d(two, look, groups=2)
mixed = F.conv2d(looked, torch.ones(1, 2, 1, 1))
print(
    "row 3, column 0:",
    [looked[0, c, 3, 0].int().item() for c in (0, 1)],
    "→",
    mixed[0, 0, 3, 0].int().item(),
)
show_grids(
    [looked[0, 0].numpy(), looked[0, 1].numpy(), mixed[0, 0].numpy()],
    ["look: channel 0", "look: channel 1", "mix: 1 · a + 1 · b"],
    signed=[0, 1, 2],
)

# %% [markdown]
# Try it: give the first convolution below `groups` 64 and a 1×1 convolution behind it. What else
# can you change so that all three accounts fall?

# %%
ShapeCalculator(
    [Conv(64, 3, padding=1, bias=False), BatchNorm(), Elementwise("ReLU")], input_shape=(64, 56, 56)
)

# %%
for name in ("MobileNet v1", "MobileNet v2"):
    print(f"{name}: {books[name]['parameters']:,} parameters")
    shares(name)

# %% [markdown]
# Nearly all the work is now 1×1: mixing, not looking. MobileNet v2 (2018) puts the skip back in,
# around a block that is *wide inside* and narrow outside, an inverted residual. Nothing follows the
# last convolution: a ReLU in few channels would throw too much away.

# %%
show_layer_chains(
    {
        "residual (ResNet)": ([*chain, "+", "ReLU"], 0, 5),
        "inverted residual (MobileNet v2)": (
            [
                "1×1 conv, 6 × wider",
                "norm, ReLU6",
                "3×3 depthwise",
                "norm, ReLU6",
                "1×1 conv, narrow",
                "norm",
                "+",
            ],
            0,
            6,
        ),
    }
)

# %% [markdown]
# ### A claim to test: an eighth of the work is eight times as fast

# %%
Quiz(
    Question(
        "64 channels, 56×56 pixels, one core. How much faster is the separable convolution?",
        Wrong("8 times", "So it would be if time were multiply-adds. What else takes time?"),
        Right("Less than that", "It moves more numbers through memory, for few sums each."),
        Wrong("It is slower", "That happens, on some devices. Look below for this one."),
    )
)

# %% tags=["nbval-ignore-output"]
import time


def milliseconds(layer, x):
    """Return the best of seven times."""
    times = []
    with torch.no_grad():
        for _ in range(7):
            begin = time.perf_counter()
            layer(x)
            times.append(1e3 * (time.perf_counter() - begin))
    return min(times)


print("channels  pixels    ordinary   depthwise + 1×1    faster   fewer multiply-adds")
for channels, side in [(64, 56), (256, 28), (512, 14)]:
    x = torch.randn(1, channels, side, side)
    ordinary = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
    look = nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False)
    mix = nn.Conv2d(channels, channels, 1, bias=False)
    whole, parts = milliseconds(ordinary, x), [milliseconds(layer, x) for layer in (look, mix)]
    print(
        f"{channels:>8}{side:>5}×{side}{whole:>9.2f} ms{parts[0]:>9.2f} + {parts[1]:.2f} ms"
        f"{whole / sum(parts):>8.1f} ×{1 / (1 / channels + 1 / 9):>13.1f} ×"
    )

# %% [markdown]
# **What came out.** Three to five times here, not eight; how much depends on the layer, and on the
# machine. An ordinary layer uses each number that it has fetched from memory many times. The 1×1
# part does a ninth of the sums with the same maps, and the depthwise part no more than nine for
# each number: they wait for memory, and do fewer multiply-adds a second. So multiply-adds are a
# price tag, not a stopwatch. ShuffleNet v2's authors made that their first point: measure on the
# device you care about.
#
# ## ShuffleNet: groups, and a shuffle
#
# MobileNet's work is 1×1. Can we make that cheaper, too? Split the channels into **groups**, and
# let each filter see its own group only. Four channels in two groups, one pixel with
# $(1, 2, 3, 5)$, and in each group the same two filters, $(1, 1)$ and $(1, -1)$. By hand:
#
# $$ (1 + 2,\; 1 - 2 \;|\; 3 + 5,\; 3 - 5) = (3, -1 \;|\; 8, -2) $$
#
# 8 weights instead of 16: in $g$ groups, one part in $g$.

# %%
pixel = torch.tensor([1.0, 2, 3, 5]).reshape(1, 4, 1, 1)
filters = torch.tensor([[1.0, 1], [1, -1], [1, 1], [1, -1]]).reshape(4, 2, 1, 1)
grouped = F.conv2d(pixel, filters, groups=2)
print(grouped.ravel().int().tolist(), " weights:", filters.numel())

# %% [markdown]
# The catch: stack as many such layers as you like, and the first two channels never hear of the
# last two. The mend is free. Between two layers, deal the channels out anew, like cards: the first
# of each group, then the second of each group, …
#
# $$ (3, -1 \;|\; 8, -2) \to (3, 8 \;|\; -1, -2) $$
#
# In code: write the channels as a table of `groups` rows, transpose it, read it row by row.

# %%
print("shuffled:", channel_shuffle(grouped, groups=2).ravel().int().tolist())
six = torch.arange(6)
print(
    six.reshape(2, 3).tolist(),
    "→",
    six.reshape(2, 3).T.tolist(),
    "→",
    six.reshape(2, 3).T.ravel().tolist(),
)

# %% [markdown]
# ### Predict, then look
#
# Feed a 1 into one channel at a time and see which of the four outputs notice, after one grouped
# layer, after two, and after two with a shuffle between.

# %%
Quiz(
    Question(
        "Two grouped layers, two groups of two, a shuffle between. "
        "Which outputs does input 0 reach?",
        Wrong("Outputs 0 and 1", "So it is without the shuffle."),
        Wrong(
            "Outputs 0 and 2", "The shuffle sends it to both groups, and there it is mixed again."
        ),
        Right("All four", "The first layer spreads it to 0 and 1, the shuffle to both groups."),
    )
)

# %%
one_at_a_time = torch.eye(4).reshape(4, 4, 1, 1)  # picture i holds a 1 in channel i
first = F.conv2d(one_at_a_time, filters, groups=2)
more_filters = torch.tensor([[2.0, 1], [1, 2], [2, 1], [1, 2]]).reshape(4, 2, 1, 1)
again = F.conv2d(first, more_filters, groups=2)
shuffled = F.conv2d(channel_shuffle(first, groups=2), more_filters, groups=2)
show_grids(
    [table.reshape(4, 4).numpy() for table in (first, again, shuffled)],
    ["one layer", "two layers", "two, shuffled"],
    signed=[0, 1, 2],
)

# %% [markdown]
# Each row is an input channel, each column an output. Without the shuffle two blocks of zeros stay
# for ever: *two networks side by side*. The first ShuffleNet (2017) was built of such pairs.
# Version 2 splits the channels instead: each unit works on one half, lets the other half pass
# untouched (a skip of its own kind), joins both and shuffles.
#
# ## The books

# %%
print(f"{'':<15}{'parameters':>12}{'multiply-adds':>17}{'activations':>14}")
for name, book in books.items():
    count, adds, size = book.values()
    print(f"{name:<15}{count:>12,}{adds:>17,}{size / 1e6:>11.1f} MB")

# %% [markdown]
# These are the published counts: 61.1 M, 138.4 M, 11.69 M, 0.27 M, 4.2 M, 3.5 M and 2.3 M
# parameters. Look at the last column. MobileNet v2 has a fortieth of VGG-16's parameters, and two
# thirds of its activations: for *training*, a batch of 32 needs 2.5 GB for MobileNet v2's
# activations, and just 14 MB for its weights.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A plain network of 56 layers has a higher training loss than one of 20. What is it?",
        Wrong("Over-fitting", "Then the *training* loss would be lower, and the test loss higher."),
        Wrong("Too few parameters", "It has three times as many as the one of 20 layers."),
        Right(
            "An optimisation problem",
            "It could represent the smaller network's answer, but training doesn't find it.",
        ),
    ),
    Question(
        "What does a residual block's skip cost where the shape stays?",
        Right("One addition per number", "No weights and no multiply-adds."),
        Wrong("As many weights as a 1×1 convolution", "Only where the shape changes, in option B."),
        Wrong("Twice the multiply-adds", "Adding isn't multiplying: F(x) is computed once."),
    ),
    Question(
        "A 3×3 convolution, 32 channels to 128, becomes depthwise separable. "
        "What is left of its weights?",
        Wrong("1/9", "Nearly. The depthwise filters count as well."),
        Right("about 0.119", "1/128 + 1/9: (288 + 4,096) of 36,864."),
        Wrong("about 0.142", "That is 1/32 + 1/9: the formula has the number of *filters*."),
    ),
    Question(
        "Six channels 0 1 2 | 3 4 5 in two groups. In which order are they after the shuffle?",
        Wrong("3 4 5 | 0 1 2", "That only swaps the groups: they still don't mix."),
        Wrong("0 2 4 | 1 3 5", "That shuffles back what three groups had shuffled."),
        Right("0 3 1 | 4 2 5", "First of each group, second of each, third of each."),
    ),
    Question(
        "You may remove one layer of VGG-16 to make its file smaller. Which?",
        Wrong(
            "The convolution with most multiply-adds", "Work and weights are different accounts."
        ),
        Right("The first dense layer", "25,088 · 4,096: 102.8 of the 138.4 million parameters."),
        Wrong("The last convolution", "9 · 512 · 512: 2.4 million. Look for something larger."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Three accounts: parameters (stored), multiply-adds (work), activations (memory in training). A
#    network can be small in one and large in another.
# 2. Two 3×3 layers see 5×5 with 18 instead of 25 weights, and a ReLU between; 1×1 mixes channels.
# 3. $x + F(x)$: doing nothing is free. Plain networks of 56 layers fail to train; with batch norm
#    their gradient explodes first, then vanishes.
# 4. Depthwise separable: look, then mix; $1/F + 1/9$ of the work remains, and some of the time.
# 5. Groups are cheap but deaf to one another; the shuffle lets them talk.
#
# **Now you:** [exercise 12](../exercises/12_architectures/12_architectures.ipynb).
# **Next:** [lesson 13, full CIFAR-10 training](13_full_cifar10_training.ipynb).
#
# ## To read on
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. "Gradient-based learning applied to document
#   recognition." *Proceedings of the IEEE* 86(11), 2278–2324, 1998. LeNet-5.
# - A. Krizhevsky, I. Sutskever, G. Hinton. "ImageNet classification with deep convolutional neural
#   networks." *NeurIPS*, 2012.
# - K. Simonyan, A. Zisserman. "Very deep convolutional networks for large-scale image recognition."
#   *ICLR*, 2015. VGG.
# - K. He, X. Zhang, S. Ren, J. Sun. "Deep residual learning for image recognition." *CVPR*, 2016.
#   Section 4.1 has plain 18 and 34, and what they say about vanishing gradients; 4.2 has 20 and 56.
# - G. Yang, J. Pennington, V. Rao, J. Sohl-Dickstein, S. S. Schoenholz. "A mean field theory of
#   batch normalization." *ICLR*, 2019.
# - A. G. Howard et al. "MobileNets: efficient convolutional neural networks for mobile vision
#   applications." arXiv:1704.04861, 2017.
# - M. Sandler, A. Howard, M. Zhu, A. Zhmoginov, L.-C. Chen. "MobileNetV2: inverted residuals and
#   linear bottlenecks." *CVPR*, 2018.
# - X. Zhang, X. Zhou, M. Lin, J. Sun. "ShuffleNet: an extremely efficient convolutional neural
#   network for mobile devices." *CVPR*, 2018 (arXiv, 2017).
# - N. Ma, X. Zhang, H.-T. Zheng, J. Sun. "ShuffleNet V2: practical guidelines for efficient CNN
#   architecture design." *ECCV*, 2018.
