# %% [markdown]
# # 14 · What the network sees
#
# A network says "cat". Why? There are a dozen ways to draw a coloured map over the picture, and
# every one of them looks convincing. In this lesson you work out three of them by hand. Then you
# ask of each map the question that is mostly left out: *would it look the same if the network had
# learnt nothing?*
#
# **After this lesson you can**
#
# - work out occlusion, saliency and Grad-CAM with pencil and paper;
# - say what a first layer looks for, and get such filters without any learning;
# - find the pictures that excite a unit most, and draw one from noise;
# - measure what can be read from each layer, in place of "edges, shapes, objects";
# - test a map against random weights, against a plain edge detector, and by covering what it calls
#   important.
#
# *Time:* 60 minutes. *Before this:* lessons 04, 07 and 10.

# %%
import numpy as np
import torch
from torch.nn import functional as F

from cnnedu import plots
from cnnedu.data import edge_kernel, photo, shrink, smiley, square
from cnnedu.experiments import l14_seeing as seeing
from cnnedu.explain.faithfulness import edge_strength
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import saliency, smooth_grad
from cnnedu.kernels import correlate2d
from cnnedu.models.pretrained import load_pretrained
from cnnedu.plots import explanations as draw
from cnnedu.plots.filters import show_colour_filters
from cnnedu.widgets import HeatmapViewer, NetworkExplorer, Question, Quiz, Right, Wrong

torch.set_num_threads(1)
trained, found = load_pretrained("fast"), seeing.figures
picture = shrink(square(photo("cat"), top=0, left=90, size=300), 32)
pixels = torch.from_numpy(picture.transpose(2, 0, 1).copy())
x, CAT = trained.prepare(pixels[None])[0], trained.classes.index("cat")

networks = {"trained": trained.network, "random weights": randomised(trained.network)}
ways = {
    "occlusion": lambda network: occlusion(network, x, CAT),
    "saliency": lambda network: saliency(network, x, CAT).amax(dim=0),
    "SmoothGrad": lambda network: smooth_grad(network, x, CAT).amax(dim=0),
    "Grad-CAM": lambda network: grad_cam(network, x, CAT, "block3.conv1"),
}
maps = {row: {way: f(network) for way, f in ways.items()} for row, network in networks.items()}
draw.show_map_table(picture, maps)

# %% [markdown]
# Here is where this lesson ends. The upper row belongs to a trained network, the lower one to a
# network whose weights are random numbers. Which of these maps would you have believed?
#
# The network is the one that the recipe `fast` trains:

# %%
probabilities = trained.probabilities(pixels[None])[0]
for k in probabilities.argsort()[:-4:-1]:
    print(f"{trained.classes[k]:<6}{100 * probabilities[k]:4.0f} %")
print(f"right on {100 * trained.test_accuracy:.0f} of 100 test pictures (JPEG copy)")

# %% [markdown]
# ## The first filters
#
# Begin at the front. Two neighbouring pixels $a$, $b$ of a photograph, brought to mean 0 and
# variance 1, are alike: say, their correlation is 0.6. What are the two *uncorrelated* things one
# can say about them? Sum and difference:
#
# $$ \operatorname{var}\frac{a + b}{\sqrt2} = \frac{1 + 1 + 2 \cdot 0.6}{2} = 1.6,
# \qquad \operatorname{var}\frac{a - b}{\sqrt2} = \frac{1 + 1 - 2 \cdot 0.6}{2} = 0.4 $$
#
# Divide each by the root of its variance, and both have variance 1. That is **whitening**. The weak
# difference is amplified twice as much as the strong sum: $\sqrt{1.6 / 0.4} = 2$.

# %%
variances, directions = torch.linalg.eigh(torch.tensor([[1.0, 0.6], [0.6, 1.0]]))
print("variances: ", variances.numpy().round(2))
print("amplified: ", (1 / variances.sqrt()).numpy().round(2))
print("signs of a and b alike:", (directions[0] * directions[1] > 0).tolist())

# %% [markdown]
# The difference $a - b$ is an edge detector. Nobody drew it, and nothing was learnt: it came out of
# a correlation. The first layer of `fast` is made this way, from patches of 2×2 pixels in three
# colours, and stays as it is. `classic`, of lesson 10, *learnt* its 3×3 filters.

# %%
Quiz(
    Question(
        "Make the first layer anew, not from CIFAR-10, but from three photographs: "
        "a cat, a woman, a cup. What changes?",
        Wrong("Everything: other pictures, other filters", "What do *all* photographs share?"),
        Right(
            "Next to nothing",
            "Neighbours are alike in every photograph, and that is all these filters know.",
        ),
        Wrong("The edges stay, the colours go", "Photographs share more than edges. Look below."),
    )
)

# %%
from cnnedu.models.normalise import normalise
from cnnedu.models.whitened import fast

crops = []
for name in ("cat", "astronaut", "coffee"):
    photograph = photo(name)
    for top in range(0, photograph.shape[0] - 127, 64):
        for left in range(0, photograph.shape[1] - 127, 64):
            crops.append(shrink(square(photograph, top, left, 128), 32).transpose(2, 0, 1))
made = fast()
made.whiten_patches(normalise(torch.tensor(np.stack(crops)), trained.mean, trained.std))
first, anew = (network.whiten.weight.detach()[:8] for network in (trained.network, made))
learnt = load_pretrained("classic").network.conv1.weight.detach()
show_colour_filters(
    {
        "fast: eight whitening filters of CIFAR-10 (left), "
        "and of three photographs (right)": torch.cat([first, anew]),
        "classic: learnt from random weights": learnt,
    }
)

# %%
alike = (F.normalize(first.flatten(1)) @ F.normalize(anew.flatten(1)).T).abs().amax(dim=1)
print("each of the 8 filters, most like one of the new ones:", alike.numpy().round(1))
grey = F.normalize(learnt.mean(dim=1).flatten(1))
by_hand = torch.tensor(np.stack([edge_kernel(), edge_kernel().T]), dtype=torch.float32)
share = (grey @ F.normalize(by_hand.flatten(1)).T).square().sum(dim=1)
print(
    f"classic: {(share > 0.5).sum()} of 32 filters are more "
    "than half lesson 01's edge detector, turned"
)

# %% [markdown]
# **What came out.** Brightness, up against down, left against right, a checkerboard, and four of
# colour: eight of the twelve directions in which such patches differ. Any photographs will do. And
# the learnt filters are of the same sort: many of them, seen in grey, are the detector that you
# drew by hand, turned in some direction. "Learning finds edges" is true, and says little.
#
# ## Feature maps
#
# Everything that the network computes on the cat. Take your time:
#
# 1. Click on a map of `whiten`, then on one of its pixels, down to the multiplications. `gelu` is a
#    rounded ReLU.
# 2. Find a map in `block1` that lights up at the cat's outline, and one that likes a colour.
# 3. In `block3` there are 192 maps of 3×3 pixels. Can you still say what one of them means?

# %%
NetworkExplorer(trained, picture)

# %% [markdown]
# ## Occlusion, by hand
#
# Now for the answer: which pixels matter? The simplest way is to cover some and see what happens. A
# network small enough for paper: lesson 01's edge detector, ReLU, and a sum. It counts how much ink
# begins, from left to right:
#
# $$ \text{score}(x) = \sum_{i,j} \max\big(0,\; (w \star x)[i, j]\big) $$

# %%
face, w = smiley(), edge_kernel()


def score(x):
    return int(np.maximum(correlate2d(x, w), 0).sum())


plots.show_grids(
    [face, correlate2d(face, w)],
    ["smiley", f"w ⋆ x; positives add up to {score(face)}"],
    signed=[1],
)

# %% [markdown]
# Cover the pixels of rows 4 and 5, columns 6 and 7, with paper (0). Two pixels of ink vanish, both
# in column 7, so only the last column of outputs can change: from top to bottom it was
# $(-1, 1, 1, 2, 1, 0)$. Output row 2 loses one pixel of ink, row 3 loses two, row 4 two, and row 5
# one:
#
# $$ (-1, 1, \;1 - 1,\; 2 - 2,\; 1 - 2,\; 0 - 1) = (-1, 1, 0, 0, -1, -1) $$
#
# Its positive part was 5 and is 1. The score falls by **4**.


# %%
def drop(x, top, left, size=2):
    """Return by how much the score falls when a patch is covered."""
    covered = x.copy()
    covered[top : top + size, left : left + size] = 0
    return score(x) - score(covered)


print("rows 4 and 5, columns 6 and 7:", drop(face, 4, 6))
drops = np.array([[drop(face, top, left) for left in range(0, 8, 2)] for top in range(0, 8, 2)])
plots.show_grids([face, drops], ["smiley", "drop, patch by patch"], signed=[1])

# %% [markdown]
# Look at the blue ones. Covering ink on the left *raises* the score: there the covered ink was what
# kept an edge from being a rising one. **Covering isn't removing.** It makes a new picture, with
# edges of its own. (And a grey patch on white paper would add ink.)
#
# A pixel lies under several patches when they overlap; an **occlusion map** gives it their mean:
#
# $$ \text{out}[i, j] = \operatorname{mean}_{P \ni (i, j)}
# \big( \text{score}(x) - \text{score}(x, P \text{ covered}) \big) $$
#
# ### Predict, then look

# %%
Quiz(
    Question(
        "A detector says “face” if it finds the left eye *or* the right one: "
        "score = max(left, right). What does an occlusion map with a small patch show?",
        Wrong("Both eyes, red", "Cover one eye. What does the other one do?"),
        Wrong("One eye, red", "Whichever you cover, the other is still there."),
        Right(
            "Nothing at all",
            "Each eye alone can be spared. A white map isn't proof that nobody looks.",
        ),
    )
)

# %%
eyes = {"left eye": (2, 2), "right eye": (2, 5)}
for name, (row, column) in eyes.items():
    covered = face.copy()
    covered[row, column] = 0
    print(f"{name} covered: score {max(covered[eye] for eye in eyes.values())}")
without = face.copy()
without[2, [2, 5]] = 0
print("both covered:", max(without[eye] for eye in eyes.values()))

# %% [markdown]
# ## Saliency, by hand
#
# Covering asks for many passes: 169 of them for the map above, for $13 \times 13$ places. One
# backward pass answers another question: *how fast does the score change with each pixel?*
#
# $$ \text{out}[c, i, j] = \left| \frac{\partial\, \text{score}}{\partial x[c, i, j]} \right| $$
#
# Take a linear network first, $\text{score} = 3 x_0 - 4 x_1 + 1$. The gradient is $(3, -4)$, the
# saliency $(3, 4)$. For *which* picture? For every one. A linear network's saliency map is its
# weights.
#
# With the ReLU it depends on the picture, since only windows with a positive output pass anything
# back (lesson 07). Take the pixel in row 3, column 7. It lies in the windows of the output's last
# column, rows 1 to 3, under the weight +1. All three outputs, 1, 1, 2, are positive. So the
# gradient is $1 + 1 + 1 = 3$.


# %%
def linear(x):
    return 3 * x[0] - 4 * x[1] + 1


for values in ([0.0, 0.0], [5.0, 7.0]):
    slope = torch.autograd.functional.jacobian(linear, torch.tensor(values))
    print("linear, at", values, "→ gradient", slope.tolist())

leaf = torch.tensor(face, dtype=torch.float32, requires_grad=True)
kernel = torch.tensor(w, dtype=torch.float32)
F.relu(F.conv2d(leaf[None, None], kernel[None, None])).sum().backward()
gradient = leaf.grad.int().numpy()
print("row 3, column 7:", gradient[3, 7])
plots.show_grids([face, gradient], ["smiley", "gradient of the score"], signed=[1])

# %% [markdown]
# Compare with the patch above: the gradient promises a loss of $3 + 2 = 5$ for its two pixels of
# ink, and covering them costs 4. A gradient tells of *small* changes; ReLU's corner lies between
# here and there. And it has values where there is no ink: it says what *would* matter.
#
# ### Three readings of one gradient
#
# On the cat, saliency is speckled. Two famous mends:
#
# - **SmoothGrad**: add noise to the picture, many times, and average the maps.
# - **Guided back-propagation**: on the way back, let each ReLU pass only what is positive. It needs
#   ReLUs; `fast` has GELUs, so `classic` has to show it.

# %%
from cnnedu.explain.saliency import guided_backpropagation

plain = load_pretrained("classic")
with_relu = plain.prepare(pixels[None])[0]
guided = {
    row: guided_backpropagation(network, with_relu, CAT).abs().amax(dim=0)
    for row, network in {
        "trained": plain.network,
        "random weights": randomised(plain.network),
    }.items()
}
edges = edge_strength(pixels)
draw.show_map_table(
    picture,
    {
        row: {way: maps[row][way] for way in ("saliency", "SmoothGrad")}
        | {"guided (classic)": guided[row], "edge detector": edges}
        for row in networks
    },
)

# %% [markdown]
# The right-hand column knows no network at all: it is the length of the two answers of lesson 01's
# detector and its transpose. The guided map picks out the eyes and the nose, and it does so in both
# rows. Keep that in mind.
#
# ## Grad-CAM, by hand
#
# **Grad-CAM** asks at a later layer, whose maps $A_k$ mean more than pixels do. Which maps speak
# for the class? Average the gradient of the score over each map. Then add the maps up with these
# weights, and keep what is positive:
#
# $$ \alpha_k = \operatorname{mean}_{i,j} \frac{\partial\, \text{score}}{\partial A_k[i, j]},
# \qquad \text{out} = \max\Big(0, \sum_k \alpha_k A_k\Big) $$
#
# Two maps, two gradients:
#
# $$ A_0 = \begin{bmatrix} 1 & 0 \\ 2 & 1 \end{bmatrix}, \;
# \frac{\partial\,\text{score}}{\partial A_0} = \begin{bmatrix} 1 & 1 \\ 0 & 2 \end{bmatrix}, \qquad
# A_1 = \begin{bmatrix} 0 & 3 \\ 1 & 0 \end{bmatrix}, \;
# \frac{\partial\,\text{score}}{\partial A_1} = \begin{bmatrix} -1 & 0 \\ 0 & -1 \end{bmatrix} $$
#
# The means: $\alpha_0 = 4/4 = 1$, $\alpha_1 = -2/4 = -0.5$. The sum, then ReLU:
#
# $$ \begin{bmatrix} 1 & 0 \\ 2 & 1 \end{bmatrix} - 0.5 \begin{bmatrix} 0 & 3 \\ 1 & 0 \end{bmatrix}
# = \begin{bmatrix} 1 & -1.5 \\ 1.5 & 1 \end{bmatrix}
# \;\to\; \begin{bmatrix} 1 & 0 \\ 1.5 & 1 \end{bmatrix} $$

# %%
A = np.array([[[1, 0], [2, 1]], [[0, 3], [1, 0]]])
G = np.array([[[1, 1], [0, 2]], [[-1, 0], [0, -1]]])
alpha = G.mean(axis=(1, 2))
summed = (alpha[:, None, None] * A).sum(axis=0)
print("weights:", alpha)
plots.show_grids(
    [*A, summed, np.maximum(summed, 0)],
    ["A₀", "A₁", "α₀A₀ + α₁A₁", "Grad-CAM"],
    signed=[0, 1, 2, 3],
)

# %% [markdown]
# The ReLU keeps what speaks *for* the class; the rest, the paper argues, belongs to others. Now the
# cat. Lay the maps of any layer over it, fade, and switch to the other methods. What changes from
# `block1` to `block3`? And which maps still look sensible with random weights? (Its numbers are
# smaller: give each map a scale of its own.)

# %%
HeatmapViewer(
    trained,
    picture,
    target=CAT,
    layers=["block1.gelu2", "block2.gelu2", "block3.gelu2", "block3.conv1"],
)

# %% [markdown]
# ### What Grad-CAM leaves out
#
# The average $\alpha_k$ is right if the network ends in an *average* pooling: then each place of
# $A_k$ has the same gradient. Ours ends in a **max** pooling. Each map's largest number is used,
# the others aren't, and only this one has a gradient. So don't average: multiply gradient and map
# place by place, and add up the channels. That is **HiResCAM**. `fast` has no biases behind its
# last maps, so these nine numbers add up to the logit, exactly:

# %%
from cnnedu.explain.hi_res_cam import hi_res_cam

places = hi_res_cam(trained.network, x, CAT, "block3.gelu2")
with torch.no_grad():
    logit = trained.network(x[None])[0, CAT]
print("the nine places add up to the logit:", torch.isclose(places.sum(), logit, atol=1e-3).item())
plots.show_grids(
    [places.numpy().round(2), grad_cam(trained.network, x, CAT, "block3.gelu2").numpy().round(2)],
    ["HiResCAM", "Grad-CAM"],
    signed=[0, 1],
)

# %% [markdown]
# ## What excites a unit
#
# Turn the question round: not *which pixels made this answer*, but *which picture does this unit
# like*? Two ways. Look through many pictures for those where the map is largest. Or start from
# noise and climb:
#
# $$ \text{maximise over } x: \quad \operatorname{mean}_{i,j} A_k[i, j](x) $$
#
# by Adam on the *picture*, not on the weights. The picture is written as a sum of waves, in which
# fast ones count less, and it is shifted a bit at each step. Otherwise it would fill with fine
# noise. From each layer take the two maps that the cat excites most:

# %% tags=["nbval-ignore-output"]
from cnnedu.data.shapes import make_shapes
from cnnedu.explain.excitation import most_exciting, visualise_feature
from cnnedu.explain.layers import outputs_of

LAYERS = seeing.LAYERS
shapes = make_shapes(200, seed=14)
candidates = trained.prepare(shapes.x)


class Normalise(torch.nn.Module):
    """What `prepare` does, for pictures from 0 to 1, so that the gradient reaches them."""

    def forward(self, x):
        mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (trained.mean, trained.std))
        return (x - mean) / std


whole = torch.nn.Sequential(Normalise(), trained.network)


def favourites(layer, unit):
    """Return a unit's number, a picture made for it, and the shapes that excite it most."""
    made, _ = visualise_feature(whole, f"1.{layer}", unit, (3, 32, 32), steps=48)
    _, numbers, places = most_exciting(trained.network, candidates, layer, unit, count=3)
    liked = [
        (shapes.x[n], (p + 0.5) / side[layer]) for n, p in zip(numbers, places.numpy(), strict=True)
    ]
    return unit, made.numpy(), liked


side, rows = {}, {}
for layer in LAYERS:
    with outputs_of(trained.network, layer, "lesson") as kept, torch.no_grad():
        trained.network(x[None])
    strength = kept[0][0].mean(dim=(1, 2))
    side[layer] = kept[0].shape[2]
    rows[layer] = [favourites(layer, unit) for unit in strength.topk(2).indices.tolist()]
draw.show_favourites(rows)

# %% [markdown]
# The rings mark where in the shape the map is largest. What "the unit's picture" shows goes from
# flat colour and stripes to tangles in which one can see anything, and it is tempting to give each
# a name. But look at the shapes beside it: units in `block3` like things that have little in
# common. A name is a hypothesis. Measure instead.
#
# ## A claim to test
#
# > "Layer 1 finds edges, layer 3 shapes, layer 5 objects."
#
# If a layer has found a thing, one should be able to *read* it there: with a straight line, nothing
# cleverer. That is a **linear probe**. By hand: pixels $a, b$ of an edge are $(0, 1)$ or $(1, 0)$,
# no edge is $(0, 0)$ or $(1, 1)$. No weights $u a + v b + c$ can be high for the first two and low
# for the others (add both up: they are the same sum). After the detectors $a - b$ and $b - a$ with
# ReLU, $(1, 0)$ or $(0, 1)$ against $(0, 0)$, the weights $(1, 1)$ do it. The layer made it
# *readable*; the information was there all along.
#
# We generate pictures with known factors, and read from each layer: the direction of an edge, the
# colour of a shape, its place, and which of ten it is; from stored figures, CIFAR-10's class.
# Beside it, the same for *random weights*.

# %%
Quiz(
    Question(
        "Where is the *place* of a shape best readable?",
        Wrong(
            "In the pixels: they are nothing but places",
            "Light on dark or dark on light? A straight line can't have both.",
        ),
        Wrong(
            "In the first layer; later ones forget places",
            "That is what pooling is said to do. Look at the curve.",
        ),
        Right(
            "Late, in block 2 or 3",
            "It takes layers to make a place readable, and pooling leaves it there.",
        ),
    )
)

# %%
from cnnedu.data.edges import make_edges
from cnnedu.explain.probing import layer_features, linear_probe, r_squared

COUNT, KNOWN, VALIDATION = 700, 450, 100
shapes, (stripes, angle) = make_shapes(COUNT, seed=14), make_edges(COUNT, seed=14)
targets = {
    "edge direction": np.stack([np.cos(2 * angle), np.sin(2 * angle)], axis=1),
    "colour": shapes.colour / 255,
    "position": shapes.centre / 32,
    "shape": np.eye(10)[shapes.y],
}


def readable(network):
    """Return {factor: from 0 (chance) to 1 (perfect) for the pixels and for each layer}."""
    result = {factor: [] for factor in targets}
    inputs = [trained.prepare(some) for some in (stripes, shapes.x)]
    rows = [{"pixels": x.flatten(1)} | layer_features(network, x, LAYERS) for x in inputs]
    for layer in rows[0]:
        for factor, values in targets.items():
            target = torch.from_numpy(values)
            features = rows[factor != "edge direction"][layer]
            guess = linear_probe(features, target, KNOWN, VALIDATION)
            truth = target[KNOWN + VALIDATION :]
            if factor == "shape":
                right = (guess.argmax(dim=1) == truth.argmax(dim=1)).double().mean().item()
                result[factor].append((right - 0.1) / 0.9)
            else:
                result[factor].append(r_squared(guess, truth))
    return result


curves = {name: readable(network) for name, network in networks.items()}
probed = found["probes"]
for name, key in {"trained": "trained", "random weights": "random"}.items():
    accuracies = [probed["pixels"]["pixels"], *probed[key].values()]
    curves[name]["object (CIFAR-10)"] = [(a - 0.1) / 0.9 for a in accuracies]
draw.show_readable(["pixels", *LAYERS], curves["trained"], curves["random weights"])

# %%
print(f"{'':<20}" + "".join(f"{layer:>14}" for layer in ["pixels", *LAYERS]))
for name, result in curves.items():
    for factor, values in result.items():
        print(f"{factor:<20}" + "".join(f"{max(v, 0):>14.1f}" for v in values), name[0])

# %% [markdown]
# **What came out.** (t: trained, r: random weights. Shapes and edges just now; objects are
# CIFAR-10's test pictures, JPEG copy, `cnnedu experiment l14`.)
#
# - *Edges first?* Not from the pixels, well from the first layer, and *as well or better two blocks
#   later*. Nor do they need much training: random weights come close by then.
# - *Shapes in the middle, objects last?* Both climb from layer to layer, at once, and only with
#   training. That much is true. There is no layer at which either begins.
# - What the slogan leaves out: *colour fades* in the trained network, and stays in the random one.
#   Training throws away, too. And *position* can be read to the very end, through three poolings.
#
# "Readable" isn't "used", by the way: nobody asked this network for the place of anything.
#
# ## A claim to test: a saliency map explains
#
# ### "It lies on the object"
#
# The commonest argument for a map. Put a small cat on plain grey, in nine places. Which share of
# the map lies on it, if the cat covers a quarter of the picture?

# %%
from torch.nn.functional import interpolate

tiny = shrink(square(photo("cat"), top=0, left=90, size=300), 16)
on_cat = {}
for top in (0, 8, 16):
    for left in (0, 8, 16):
        scene = np.full((32, 32, 3), 128, np.uint8)
        scene[top : top + 16, left : left + 16] = tiny
        scene = torch.from_numpy(scene.transpose(2, 0, 1).copy())
        small = trained.prepare(scene[None])[0]
        heats = {
            f"{way}, {name}": seeing.MAPS[way](network, small, CAT)
            for way in ("saliency", "Grad-CAM, block3.conv1")
            for name, network in networks.items()
        }
        for name, heat in (heats | {"edge detector": edge_strength(scene)}).items():
            heat = interpolate(heat[None, None], size=(32, 32), mode="bilinear")[0, 0]
            inside = heat[top : top + 16, left : left + 16].sum() / heat.sum()
            on_cat.setdefault(name, []).append(inside.item())
for name, shares in on_cat.items():
    print(f"{name:<40}{np.mean(shares):.1f} of the map on the cat")

# %% [markdown]
# **What came out.** The edge detector wins: plain grey has no edges. And networks that have never
# seen a cat put clearly more than a quarter of their map on it. Lying on the object is worth
# nothing as long as the object is where something *is*.
#
# ### "It shows what was learnt"
#
# Then it must change when everything learnt is taken away (Adebayo and others, 2018). Compare each
# pixel's *rank* in the two maps: Spearman's $\rho$ is 1 for the same order, 0 for no connection.
# For three pixels: ranks $(1, 2, 3)$ and $(1, 3, 2)$ differ by $(0, 1, -1)$, so
# $\rho = 1 - 6 \cdot 2 / (3 \cdot 8) = 0.5$.

# %%
Quiz(
    Question(
        "Whose map stays most alike when all weights are replaced by random numbers?",
        Wrong(
            "Grad-CAM: it is the coarsest",
            "Coarse, but made of late maps and of the class's weights.",
        ),
        Right(
            "Guided back-propagation",
            "It redraws strong edges of the picture, whatever the weights.",
        ),
        Wrong(
            "None: random weights, random maps",
            "So one would think. But the *picture* is the same.",
        ),
    )
)

# %%
from cnnedu.explain.faithfulness import rank_correlation

print("three pixels:", rank_correlation(torch.tensor([1.0, 2, 3]), torch.tensor([1.0, 3, 2])))
print(
    f"{'':<26}{'random weights':>15}{'bare edges':>13}   "
    f"(ρ, mean of {seeing.PICTURES} test pictures)"
)
for way, row in sorted(found["sanity"].items(), key=lambda row: -row[1]["random"]):
    print(f"{way:<26}{row['random']:>15.2f}{row['edges']:>13.2f}")

# %% [markdown]
# **What came out.** Guided back-propagation hardly notices that the network has forgotten
# everything; SmoothGrad notices more, but not much, because an average over noise keeps what the
# *picture* contributes. Plain saliency keeps less. Occlusion and the CAMs pass: their maps have
# nothing to do with those of the random network. The two that were invented to make nicer maps say
# least about the network. (200 test pictures, JPEG copy, `cnnedu experiment l14`; the guided
# row is `classic`.)
#
# ### "The hot pixels are what it uses"
#
# Then cover them, hottest first, and the probability must fall fast: faster than with pixels in
# random order. A control must be as coarse as the map. Scattered holes hurt any network, even
# random ones. So the speckled maps compete with random pixels, the coarse ones with random blobs.

# %%
curves = found["deletion"]
fine = ["saliency", "SmoothGrad", "edge detector", "random pixels"]
coarse = [
    "occlusion",
    "Grad-CAM, block3.conv1",
    "Grad-CAM, block3.gelu2",
    "HiResCAM, block3.gelu2",
    "random blobs",
]
panels = {"maps pixel by pixel": fine, "coarse maps": coarse}
draw.show_deletion(
    seeing.SHARES, {title: {n: curves[n] for n in names} for title, names in panels.items()}
)

# %%
print("probability of the right class with a fifth of the pixels covered:")
for name, values in sorted(curves.items(), key=lambda curve: curve[1][seeing.SHARES.index(0.2)]):
    print(f"{name:<26}{values[seeing.SHARES.index(0.2)]:.2f}")

# %% [markdown]
# **What came out.** Occlusion wins by far; of course, since it measures just that. Saliency is
# about as good as throwing dice, and so is Grad-CAM at the usual place, the last layer, although it
# passed the test before. HiResCAM, whose nine numbers add up to the logit *exactly*, does no
# better. Why? Ask how much of the picture one of the nine places sees:

# %%
leaf = x[None].clone().requires_grad_()
with outputs_of(trained.network, "block3.gelu2", "lesson") as kept:
    trained.network(leaf)
(seen,) = torch.autograd.grad(kept[0][0, :, 0, 0].sum(), leaf)
print(f"the top left place depends on {(seen != 0).any(dim=1).float().mean():.0%} of the pixels")

# %% [markdown]
# A place in a late map isn't a place in the picture: it is stretched over its corner, but it sees
# far more (lesson 05). And where a max pooling follows, the next best place takes over as soon as
# one is covered. So a map can be exactly right *about its layer* and tell little about pixels. One
# convolution earlier, before the last pooling (`block3.conv1`, 7×7 places, the one at the top of
# this page), Grad-CAM does beat its blobs, as long as little is covered.
#
# So does a saliency map explain? It answers *one* question exactly: how fast the score changes, or
# what happens if this is covered. It becomes an explanation when it has passed a test that it could
# have failed.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A linear network, score = w · x. Its saliency map …",
        Wrong("is large where the picture is bright", "That is w · x, weight times pixel."),
        Right("is the same for every picture", "The gradient of w · x is w, wherever you are."),
        Wrong("shows what the network saw in this picture", "Not even that it saw this picture."),
    ),
    Question(
        "The occlusion map is negative at a pixel. What does that mean?",
        Wrong(
            "A bug: covering can only take away",
            "Covering makes a new picture, with edges of its own.",
        ),
        Right(
            "Covering it *raised* the probability",
            "It spoke for another class, or the patch looks like something.",
        ),
        Wrong("The pixel isn't used", "That would be about 0."),
    ),
    Question(
        "Grad-CAM's weights are α = (1, −0.5). What does the second map do?",
        Wrong("Nothing: the ReLU cuts it off", "The ReLU comes after the sum."),
        Right(
            "It takes heat away where it is large",
            "And where the sum falls below 0, the ReLU leaves 0.",
        ),
        Wrong("It adds half as much heat", "Mind the sign."),
    ),
    Question(
        "Your map lights up exactly along the dog's outline. What do you do first?",
        Wrong("Put it into the paper", "An edge detector draws outlines, too."),
        Right(
            "Draw it for random weights",
            "If it is the same, it shows the picture, not the network.",
        ),
        Wrong(
            "Smooth it",
            "A nicer map isn't a truer one; SmoothGrad's look much the same with random weights.",
        ),
    ),
    Question(
        "CIFAR-10's class can be read from block 2 quite well. So the network …",
        Wrong("could be cut off after block 2", "You would lose what the later layers add."),
        Wrong("decides in block 2", "Readable isn't used."),
        Right(
            "has made it partly readable by then",
            "A probe says what is there in linear form. To know what is used, change it and look.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. Occlusion: cover and see what is lost. Saliency: the gradient. Grad-CAM: maps, weighted with
#    their mean gradient, then ReLU.
# 2. First filters are the statistics of photographs; whitening finds them without learning.
# 3. Edges, shapes, objects: all become more readable from layer to layer, while colour fades. No
#    layer "is" one of them.
# 4. Random weights, an edge detector, covering: no map explains anything before it has passed a
#    test that it could fail.
# 5. Guided back-propagation and SmoothGrad, made to look better, depend least on what was learnt.
#
# **Now you:** [exercise 14](../exercises/14_what_the_network_sees/14_what_the_network_sees.ipynb).
# **Next:** [lesson 15](15_when_networks_fail.ipynb), when networks fail.
#
# ## To read on
#
# - M. D. Zeiler, R. Fergus. "Visualizing and understanding convolutional networks." *ECCV*, 2014.
#   Occlusion, and what excites a unit.
# - K. Simonyan, A. Vedaldi, A. Zisserman. "Deep inside convolutional networks: visualising image
#   classification models and saliency maps." *ICLR workshop*, 2014.
# - J. T. Springenberg, A. Dosovitskiy, T. Brox, M. Riedmiller. "Striving for simplicity: the all
#   convolutional net." *ICLR workshop*, 2015. Guided back-propagation.
# - D. Smilkov, N. Thorat, B. Kim, F. Viégas, M. Wattenberg. "SmoothGrad: removing noise by adding
#   noise." arXiv:1706.03825, 2017.
# - R. R. Selvaraju et al. "Grad-CAM: visual explanations from deep networks via gradient-based
#   localization." *ICCV*, 2017.
# - R. L. Draelos, L. Carin. "Use HiResCAM instead of Grad-CAM for faithful explanations of
#   convolutional neural networks." arXiv:2011.08891, 2020.
# - C. Olah, A. Mordvintsev, L. Schubert. "Feature visualization." *Distill*, 2017.
# - G. Alain, Y. Bengio. "Understanding intermediate layers using linear classifier probes."
#   arXiv:1610.01644, 2016.
# - J. Adebayo et al. "Sanity checks for saliency maps." *NeurIPS*, 2018.
# - V. Petsiuk, A. Das, K. Saenko. "RISE: randomized input sampling for explanation of black-box
#   models." *BMVC*, 2018. Deletion.
