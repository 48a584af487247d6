# %% [markdown]
# # 14 · What the network sees
#
# A network says "Egyptian cat". Why? There are a dozen ways to lay a coloured map over the picture,
# and all of them look convincing. In this lesson you write six of them, each in a few lines. Then
# you put them on trial, with a question that is mostly left out: *would the map look the same if
# the network had learnt nothing?*
#
# **After this lesson you can**
#
# - write occlusion, saliency, integrated gradients and Grad-CAM, and run them on any network;
# - say what a first layer looks for, and get such filters without any learning;
# - find the patches that excite a unit most, and draw a picture for it from noise;
# - test a map against random weights, against another picture's map, and by covering pixels;
# - measure what can be read from each layer, in place of "edges, shapes, objects".
#
# *Time:* 60 minutes. *Before this:* lessons 04, 07 and 10.

# %%
from functools import partial

import numpy as np

from cnnedu import plots
from cnnedu.data import edge_kernel, photo, shrink, smiley, square
from cnnedu.data.photos import NAMES, middle_squares

photographs = dict(zip(NAMES, middle_squares(224), strict=True))
cat = photographs["cat"]
plots.show_maps([cat], ["an Egyptian cat?"], size=2.6)

# %%
import torch
from torch.nn import functional as F

from cnnedu.experiments import l14_atlas, l14_depth, l14_photographs
from cnnedu.experiments import l14_seeing as seeing
from cnnedu.explain.excitation import colour_directions, visualise_feature
from cnnedu.explain.faithfulness import edge_strength, rank_correlation
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.hi_res_cam import hi_res_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import (
    guided_backpropagation,
    integrated_gradients,
    saliency,
    smooth_grad,
)
from cnnedu.kernels import correlate2d
from cnnedu.models.normalise import normalise
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.whitened import fast
from cnnedu.plots import explanations as draw
from cnnedu.plots.atlas import show_atlas
from cnnedu.plots.filters import show_colour_filters
from cnnedu.widgets import (
    FeatureAtlas,
    HeatmapViewer,
    NetworkExplorer,
    Question,
    Quiz,
    Right,
    Wrong,
)

torch.set_num_threads(1)
imagenet = load_pretrained("imagenet")


def tensor(model, picture):
    """Return what the model's network takes for a picture (H, W, 3)."""
    return model.prepare(picture.transpose(2, 0, 1)[None].copy())[0]


def integrated(network, x, target, steps):
    """Return one map of integrated gradients, with signs: the sum over the channels."""
    return integrated_gradients(network, x, target, steps).sum(dim=0)


cat_x, CAT = tensor(imagenet, cat), imagenet.classes.index("Egyptian cat")
ten = torch.stack([tensor(imagenet, picture) for picture in photographs.values()])
networks = {
    "trained": imagenet.network,
    "random weights": randomised(imagenet.network, pictures=ten),
}
ways = {
    "occlusion": lambda network: occlusion(network, cat_x, CAT, size=56, stride=28),
    "saliency": lambda network: saliency(network, cat_x, CAT).amax(dim=0),
    "SmoothGrad": lambda network: smooth_grad(network, cat_x, CAT, samples=8).amax(dim=0),
    "integrated\ngradients": lambda network: integrated(network, cat_x, CAT, 8),
    "Grad-CAM": lambda network: grad_cam(network, cat_x, CAT, "stage9"),
}
draw.show_map_table(
    cat, {row: {way: f(network) for way, f in ways.items()} for row, network in networks.items()}
)

# %% [markdown]
# Here is where this lesson ends. Such a map attributes an answer to pixels; the field calls it an
# **attribution** or a **saliency map**. The upper row belongs to EfficientNet-Lite0: nine stages,
# learnt from ImageNet's million photographs. In the lower row its weights are random numbers. Which
# of these maps would you have believed?
#
# Beside EfficientNet we look into `fast`, which is small enough to be seen as a whole: three
# blocks, 32 × 32 pixels, the ten classes of CIFAR-10. What do the two say?

# %%
trained, found = load_pretrained("fast"), seeing.figures
small_cat = shrink(square(photo("cat"), top=0, left=90, size=300), 32)
x, SMALL_CAT = tensor(trained, small_cat), trained.classes.index("cat")
for name, model, picture in [("imagenet", imagenet, cat), ("fast", trained, small_cat)]:
    probabilities = model.probabilities(picture.transpose(2, 0, 1)[None].copy())[0]
    likeliest = probabilities.argsort()[:-4:-1]
    print(f"{name:<9}", *(f"{model.classes[k]} {probabilities[k]:.0%}  " for k in likeliest))
print(f"fast is right on {100 * trained.test_accuracy:.0f} of 100 test pictures (JPEG copy)")

# %% [markdown]
# ## The first filters
#
# Begin at the front. Two neighbouring pixels $a$, $b$ of a photograph, brought to mean 0 and
# variance 1, are alike: say that their correlation is 0.6. Which two *uncorrelated* things can you
# say about them? Their sum and their difference:
#
# $$ \operatorname{var}\frac{a + b}{\sqrt2} = \frac{1 + 1 + 2 \cdot 0.6}{2} = 1.6,
# \qquad \operatorname{var}\frac{a - b}{\sqrt2} = \frac{1 + 1 - 2 \cdot 0.6}{2} = 0.4 $$
#
# Divide each by the root of its variance, and both have variance 1. This is **whitening**. The weak
# difference is amplified twice as much as the strong sum: $\sqrt{1.6 / 0.4} = 2$.

# %%
variances, directions = torch.linalg.eigh(torch.tensor([[1.0, 0.6], [0.6, 1.0]]))
print("variances: ", variances.numpy().round(2))
print("amplified: ", (1 / variances.sqrt()).numpy().round(2))
print("signs of a and b alike:", (directions[0] * directions[1] > 0).tolist())

# %% [markdown]
# The difference $a - b$ is an edge detector. Nothing was learnt: it came out of a correlation. The
# first layer of `fast` is made in this way, from patches of 2 × 2 pixels in three colours, and then
# stays as it is. `classic`, of lesson 10, *learnt* its 3 × 3 filters.

# %%
Quiz(
    Question(
        "We compute the first layer from three photographs in place of CIFAR-10: "
        "a cat, a woman, a cup. What changes?",
        Wrong(
            "Everything: other pictures, other filters",
            "What do *all* photographs have in common?",
        ),
        Right(
            "Next to nothing changes in the filters",
            "Neighbours are alike in every photograph, and that is all these filters know.",
        ),
        Wrong(
            "The edges stay the same, the colours go",
            "Photographs have more than edges in common. Look below.",
        ),
    )
)

# %%
crops = []
for name in ("cat", "astronaut", "coffee"):
    photograph = photo(name)
    for top in range(0, photograph.shape[0] - 127, 64):
        for left in range(0, photograph.shape[1] - 127, 64):
            crops.append(shrink(square(photograph, top, left, 128), 32).transpose(2, 0, 1))
made = fast()
made.whiten_patches(normalise(torch.tensor(np.stack(crops)), trained.mean, trained.std))
first, other = (network.whiten.weight.detach()[:8] for network in (trained.network, made))
learnt = load_pretrained("classic").network.conv1.weight.detach()
show_colour_filters(
    {
        "fast: eight whitening filters of CIFAR-10": first,
        "the same, computed from three photographs": other,
        "classic: learnt from random weights": learnt,
    }
)


# %%
def edge_share(filters):
    """How much of each filter, seen in grey, is lesson 01's detector, turned in any direction?"""
    grey = F.normalize(filters.mean(dim=1).flatten(1))
    by_hand = torch.tensor(np.stack([edge_kernel(), edge_kernel().T]), dtype=torch.float32)
    return (grey @ F.normalize(by_hand.flatten(1)).T).square().sum(dim=1)


alike = (F.normalize(first.flatten(1)) @ F.normalize(other.flatten(1)).T).abs().amax(dim=1)
print("each of the 8 filters, most like one of the others:", alike.numpy().round(1))
drawn = torch.randn(100_000, 3, 3, 3, generator=torch.Generator().manual_seed(0))
print("more than half lesson 01's edge detector, turned:")
print(f"    learnt {(edge_share(learnt) > 0.5).sum()} of 32; ", end="")
print(f"random numbers {32 * (edge_share(drawn) > 0.5).float().mean():.1f} of 32")

# %% [markdown]
# **What came out.** Brightness, up against down, left against right, a checkerboard, and four of
# colour: eight of the twelve directions in which such patches differ, in any photographs. The
# learnt filters are of the same sort: many of them, seen in grey, are mostly the detector that you
# drew by hand, far more than chance would give.
#
# ## Feature maps
#
# Here is everything that `fast` computes on the cat.
#
# 1. Click on a map of `whiten`, then on one of its pixels, down to the multiplications. `gelu` is a
#    rounded ReLU.
# 2. Find a map in `block1` that lights up at the cat's outline, and one that likes a colour.
# 3. In `block3` there are 192 maps of 3 × 3 pixels. Can you still say what one of them means?

# %%
NetworkExplorer(trained, small_cat)

# %% [markdown]
# ## What excites a unit
#
# A **unit** is one place of one feature map. Which picture does it like? You can *search* many
# pictures for the place where the map is largest. Or you can *draw*: start from noise and climb,
# with Adam on the picture in place of the weights. This is **feature visualisation**:
#
# $$ \text{maximise over } x: \quad A_k[i, j](x) $$
#
# The picture is a sum of waves in which fast waves count less, and it is shifted a little at each
# step. Otherwise it would fill with fine noise. Whitening, run backwards, gives the colours:
# uncorrelated amounts, each as strong as in photographs. The contrast is kept constant.


# %%
def climb(part, unit, size, steps, jitter, colours):
    """Draw a picture (3, size, size) from 0 to 1 that excites the unit in the middle of a map."""
    generator = torch.Generator().manual_seed(0)
    frequency = torch.hypot(torch.fft.fftfreq(size)[:, None], torch.fft.rfftfreq(size))
    scale = 1 / frequency.clamp(min=1 / size)
    waves = 0.01 * torch.randn(3, *frequency.shape, 2, generator=generator)
    optimiser = torch.optim.Adam([waves.requires_grad_()], 0.05)

    def picture():
        spectrum = torch.view_as_complex(waves) * scale
        amounts = torch.fft.irfft2(spectrum, s=(size, size), norm="ortho")
        amounts = 2 * amounts / amounts.square().mean().sqrt()
        return torch.einsum("ck,khw->chw", colours, amounts).sigmoid()

    for _ in range(steps):
        shift = torch.randint(-jitter, jitter + 1, (2,), generator=generator).tolist()
        maps = part(picture().roll(shift, dims=(1, 2))[None])[0, unit]
        value = maps[maps.shape[0] // 2, maps.shape[1] // 2]
        (waves.grad,) = torch.autograd.grad(-value, waves)
        optimiser.step()
    return picture().detach()


light = torch.stack([torch.from_numpy(one).permute(2, 0, 1) / 255 for one in photographs.values()])
colours = colour_directions(light)
part = l14_atlas.front(imagenet, "stage3")  # takes pictures from 0 to 1
assert torch.allclose(
    climb(part, 3, 32, 4, 2, colours),
    visualise_feature(part, "3", 3, (3, 32, 32), 4, 2, colours=colours)[0],
    atol=1e-5,
)

# %% [markdown]
# Draw one yourself (it takes some seconds), and search our photographs for it. Then change `unit`
# (0 to 79).

# %% tags=["nbval-ignore-output"]
unit, searched = 5, l14_atlas.squares()
part = l14_atlas.front(imagenet, "stage5")
drawn = climb(part, unit, size=80, steps=150, jitter=4, colours=colours)[None]
values, places = l14_atlas.favourites(part, searched[:, :1])
patches = [l14_atlas.cut(searched, place, side=80) for place in places[unit]]
gain = l14_atlas.in_the_middle(part, unit, drawn).item() / values[unit, 0]
show_atlas({"stage5": [l14_atlas.Unit(unit, l14_atlas.for_sheet(drawn), patches, gain)]})

# %% [markdown]
# Here is an **atlas**. Each unit has three drawings, made together with a penalty on their likeness
# (**diversity**), and patches from two of sixteen photographs. Nobody chose the units; they are
# spread evenly. Point at one: what would you call it? (`cnnedu experiment l14_atlas`)

# %%
atlas = l14_atlas.figures["atlas"]
FeatureAtlas(atlas, place=(2, 2))

# %%
print("drawings, times as exciting as the best patch:")
for name, stages in atlas.items():
    for stage, units in stages.items():
        print(f"    {name:<15}{stage}", *(f"{unit.gain:5.1f}" for unit in units))
climbs = np.array([unit.climb for units in atlas["trained"].values() for unit in units])
for steps, share in zip(l14_atlas.STEPS, (climbs / climbs[:, -1:]).mean(axis=0), strict=True):
    print(f"after {steps} steps: {share:.0%} of what a trained unit puts out in the end")

# %% [markdown]
# **What came out.** Streaks in `stage3`, textures in `stage5`, then eyes and heads? Random weights
# give only clouds. But is map 76 of `stage7` for snouts, ropes or muzzles? And from there on,
# drawings excite units five to eighteen times as much as our best patch does. Without learning, it
# is at most twice as much.
#
# A unit's name is a hypothesis, so measure. Of `fast`'s units we took the ten CIFAR-10 test
# pictures that each likes best. How many are of the same class? The controls are random weights
# (all but the whitening, which wasn't learnt), and ten pictures drawn at random. (Mean of
# all units and of five runs; `cnnedu experiment l14_seeing`.)

# %%
print(f"{'':<9}" + "".join(f"{layer:>18}" for layer in seeing.LAYERS))
for name, shares in found["units"].items():
    runs = np.array([shares[layer] for layer in seeing.LAYERS])
    means, errors = runs.mean(axis=1), runs.std(axis=1, ddof=1) / runs.shape[1] ** 0.5
    cells = [f"{mean:>11.2f} ± {error:.2f}" for mean, error in zip(means, errors, strict=True)]
    print(f"{name:<9}" + "".join(cells))

# %% [markdown]
# **What came out.** In `block1` a trained unit's favourites are no more of one class than a random
# unit's. In `block3` nine of ten are: there a class is a fair name. Random units, too, are above
# chance.
#
# ## Occlusion, by hand
#
# Now for the answer: which pixels matter? Cover some and see what happens: this is **occlusion**.
# Take a network that is small enough for paper: lesson 01's edge detector, ReLU, and a sum. It adds
# up by how much the picture gets lighter from left to right:
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
# Cover the pixels of rows 4 and 5, columns 6 and 7, with bare board (0). Two pixels of chalk
# vanish, both in column 7, so only the last column of outputs can change. From top to bottom it was
# $(-1, 1, 1, 2, 1, 0)$. Output row 2 loses one pixel of chalk, rows 3 and 4 lose two, and row 5
# loses one:
#
# $$ (-1, 1, \;1 - 1,\; 2 - 2,\; 1 - 2,\; 0 - 1) = (-1, 1, 0, 0, -1, -1) $$
#
# Its positive part was 5 and is now 1. The score falls by **4**.


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
# Look at the blue patches. Covering chalk on the left *raises* the score: this chalk kept an edge
# from being a rising one. **Covering isn't removing.** It makes a new picture, with edges of its
# own.
#
# Where patches overlap, a pixel gets the mean of their drops. For a network we take the drop in the
# probability of the class, and cover with mean grey, which is 0 for a normalised picture:


# %%
def covering(network, x, target, size, stride):
    with torch.no_grad():
        before = network(x[None]).softmax(dim=1)[0, target]
        total, times = torch.zeros(2, *x.shape[1:])
        for top in range(0, x.shape[1] - size + 1, stride):
            for left in range(0, x.shape[2] - size + 1, stride):
                patch = slice(top, top + size), slice(left, left + size)
                covered = x.clone()
                covered[:, *patch] = 0
                total[patch] += before - network(covered[None]).softmax(dim=1)[0, target]
                times[patch] += 1
    return total / times.clamp(min=1)


ours = covering(trained.network, x, SMALL_CAT, size=8, stride=4)
assert torch.allclose(ours, occlusion(trained.network, x, SMALL_CAT, size=8, stride=4), atol=1e-5)

# %%
Quiz(
    Question(
        "A detector says “face” if it finds the left eye *or* the right one: "
        "score = max(left, right). What does an occlusion map with a small patch show?",
        Wrong("Both of the eyes, in red", "Cover one eye. What does the other one do?"),
        Wrong("One of the eyes, in red", "Whichever you cover, the other is still there."),
        Right(
            "Nothing at all: it is white",
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
# Covering takes a pass for each place. One backward pass answers another question: *how fast does
# the score change with each pixel?* The size of this gradient is called **saliency**:
#
# $$ \text{out}[c, i, j] = \left| \frac{\partial\, \text{score}}{\partial x[c, i, j]} \right| $$
#
# Take a linear network first, $\text{score} = 3 x_0 - 4 x_1 + 1$. The gradient is $(3, -4)$, so the
# saliency is $(3, 4)$, for *every* picture. A linear network's saliency map is its weights.
#
# With the ReLU it depends on the picture, since only windows with a positive output pass anything
# back (lesson 07). Take the pixel in row 3, column 7. It lies in the windows of the output's last
# column, rows 1 to 3, under the weight +1. All three outputs, 1, 1 and 2, are positive. So the
# gradient is $1 + 1 + 1 = 3$.


# %%
def slopes(network, x, target):
    """Return the gradient of the class's score at each number of the picture."""
    x = x.clone().requires_grad_()
    return torch.autograd.grad(network(x[None])[0, target], x)[0]


class Edges(torch.nn.Module):
    """Lesson 01's edge detector, ReLU and a sum, as a network with one class."""

    def forward(self, x):
        kernel = torch.tensor(w, dtype=torch.float32)[None, None]
        return F.relu(F.conv2d(x, kernel)).sum(dim=(2, 3))


gradient = slopes(Edges(), torch.tensor(face, dtype=torch.float32)[None], 0)[0].int().numpy()
print("row 3, column 7:", gradient[3, 7])
plots.show_grids([face, gradient], ["smiley", "gradient of the score"], signed=[1])

# %% [markdown]
# Compare with the patch above. The gradient promises a loss of $3 + 2 = 5$ for its two pixels of
# chalk; covering them costs 4. A gradient tells of *small* changes, and ReLU's corner lies between
# here and there.
#
# Three remedies are known for that, and for the speckles that you saw on the cat:
#
# - **SmoothGrad**: add noise to the picture, many times, and average the gradients.
# - **Integrated gradients**: average the gradients on the way from grey to the picture, and
#   multiply by the picture. For the linear network at $(2, 1)$, with grey at $(0, 0)$:
#   $3 \cdot 2 = 6$ and $-4 \cdot 1 = -4$. They add up to 2, which is what the score has gained.
#   The sign says whether a pixel speaks for the class or against it.
# - **Guided back-propagation**: on the way back, let each ReLU pass only what is positive.


# %%
def smoothed(network, x, target, samples=10):
    generator = torch.Generator().manual_seed(0)
    deviation = 0.15 * (x.max() - x.min())
    noisy = [x + deviation * torch.randn(x.shape, generator=generator) for _ in range(samples)]
    return torch.stack([slopes(network, one, target) for one in noisy]).mean(dim=0).abs()


def on_the_way(network, x, target, steps=32):
    way = [(step + 0.5) / steps * x for step in range(steps)]
    return x * torch.stack([slopes(network, one, target) for one in way]).mean(dim=0)


def guided(network, x, target):
    relus = [part for part in network.modules() if isinstance(part, torch.nn.ReLU)]
    hooks = [
        relu.register_full_backward_hook(lambda part, into, out_of: (into[0].clamp(min=0),))
        for relu in relus
    ]
    gradient = slopes(network, x, target)
    for hook in hooks:
        hook.remove()
    return gradient


classic = load_pretrained("classic")
relu_x = tensor(classic, small_cat)
for found_here, expected in [
    (slopes(trained.network, x, SMALL_CAT).abs(), saliency(trained.network, x, SMALL_CAT)),
    (
        smoothed(trained.network, x, SMALL_CAT),
        smooth_grad(trained.network, x, SMALL_CAT, samples=10),
    ),
    (
        on_the_way(trained.network, x, SMALL_CAT),
        integrated_gradients(trained.network, x, SMALL_CAT),
    ),
    (
        guided(classic.network, relu_x, SMALL_CAT),
        guided_backpropagation(classic.network, relu_x, SMALL_CAT),
    ),
]:
    assert torch.allclose(found_here, expected, atol=1e-5)
with torch.no_grad():
    gained = (trained.network(x[None]) - trained.network(0 * x[None]))[0, SMALL_CAT]
total = on_the_way(trained.network, x, SMALL_CAT, steps=128).sum()
print(f"integrated gradients add up to {total:.2f}; the logit has gained {gained:.2f}")

# %% [markdown]
# ## Grad-CAM, by hand
#
# **Grad-CAM** asks at a later layer, whose maps $A_k$ mean more than pixels do. Which maps speak
# for the class? Average the gradient of the score over each map. Then add the maps up with these
# weights, and keep what is positive:
#
# $$ \alpha_k = \operatorname{mean}_{i,j} \frac{\partial\, \text{score}}{\partial A_k[i, j]},
# \qquad \text{out} = \max\Big(0, \sum_k \alpha_k A_k\Big) $$
#
# Here are two maps and their gradients:
#
# $$ A_0 = \begin{bmatrix} 1 & 0 \\ 2 & 1 \end{bmatrix}, \;
# \frac{\partial\,\text{score}}{\partial A_0} = \begin{bmatrix} 1 & 1 \\ 0 & 2 \end{bmatrix}, \qquad
# A_1 = \begin{bmatrix} 0 & 3 \\ 1 & 0 \end{bmatrix}, \;
# \frac{\partial\,\text{score}}{\partial A_1} = \begin{bmatrix} -1 & 0 \\ 0 & -1 \end{bmatrix} $$
#
# The means are $\alpha_0 = 4/4 = 1$ and $\alpha_1 = -2/4 = -0.5$. Then the sum, and ReLU:
#
# $$ \begin{bmatrix} 1 & 0 \\ 2 & 1 \end{bmatrix} - 0.5 \begin{bmatrix} 0 & 3 \\ 1 & 0 \end{bmatrix}
# = \begin{bmatrix} 1 & -1.5 \\ 1.5 & 1 \end{bmatrix}
# \;\to\; \begin{bmatrix} 1 & 0 \\ 1.5 & 1 \end{bmatrix} $$
#
# In PyTorch, a *hook* keeps what a layer puts out, and `autograd.grad` gives the gradient there:


# %%
def weighted(maps, gradients):
    alpha = gradients.mean(dim=(1, 2), keepdim=True)
    return (alpha * maps).sum(dim=0).relu()


def cam(network, x, target, layer):
    kept = []
    part = network.get_submodule(layer)
    hook = part.register_forward_hook(lambda module, inputs, output: kept.append(output))
    score = network(x[None])[0, target]
    hook.remove()
    (gradients,) = torch.autograd.grad(score, kept[0])
    return weighted(kept[0][0], gradients[0]).detach()


A = torch.tensor([[[1.0, 0], [2, 1]], [[0, 3], [1, 0]]])
G = torch.tensor([[[1.0, 1], [0, 2]], [[-1, 0], [0, -1]]])
print(weighted(A, G).tolist())
for layer in ("stage7", "stage9"):
    ours = cam(imagenet.network, cat_x, CAT, layer)
    assert torch.allclose(ours, grad_cam(imagenet.network, cat_x, CAT, layer), atol=1e-5)

# %% [markdown]
# Here is a harder picture, a cat and a cup. We ask for one class, then for the other. (Integrated
# gradients keep their signs, and their channels are added up: only then do they still sum to the
# gain.)

# %%
cup = shrink(square(photo("coffee"), top=0, left=100, size=400), 300)
pair = shrink(np.concatenate([photo("cat")[:, 95:245], cup[:, 75:225]], axis=1), 224)
pair_x = tensor(imagenet, pair)
table = {}
for name in ("tiger cat", "espresso"):
    k = imagenet.classes.index(name)
    table[name] = {
        "occlusion": occlusion(imagenet.network, pair_x, k, size=56, stride=28),
        "saliency": saliency(imagenet.network, pair_x, k).amax(dim=0),
        "SmoothGrad": smooth_grad(imagenet.network, pair_x, k, samples=8).amax(dim=0),
        "integrated\ngradients": integrated(imagenet.network, pair_x, k, 16),
        "Grad-CAM": cam(imagenet.network, pair_x, k, "stage9"),
    }
draw.show_map_table(pair, table)

# %% [markdown]
# One picture may be luck. So we took three (cat and cup, cup and rocket, rocket and cat) and added
# up each map's halves, signs included. What share has the left one, for the class on the left and
# for that on the right? (`cnnedu experiment l14_photographs sides`)

# %%
print(f"{'share of the left half':<24}{'left class':^18}{'right class':^20}moves by")
moves = {}
for way, asked in l14_photographs.figures["sides"].items():
    left = [np.array(asked[which])[:, 0] for which in ("first", "second")]
    moves[way] = left[0] - left[1]
    numbers = "   ".join(" ".join(f"{share:+.2f}" for share in row) for row in left)
    print(f"{way:<24}{numbers}{moves[way].mean():>10.2f}")

# %% [markdown]
# **What came out.** Grad-CAM and integrated gradients move far with the class, all three times;
# occlusion does so twice. Saliency and SmoothGrad follow slightly.
#
# Now lay the maps of any layer of `fast` over the cat, fade, and switch to the other methods. What
# changes from `block1` to `block3`? Which maps still look sensible with random weights?

# %%
viewer = HeatmapViewer(
    trained,
    small_cat,
    target=SMALL_CAT,
    layers=["block1.gelu2", "block2.gelu2", "block3.gelu2", "block3.conv1"],
)
viewer.same_scale = False
viewer

# %% [markdown]
# ### What Grad-CAM leaves out
#
# The average $\alpha_k$ is right if the network ends in an *average* pooling: then each place of
# $A_k$ has the same gradient. `fast` ends in a **max** pooling: only the largest number of each map
# has a gradient. So don't average; multiply gradient and map place by place. That is **HiResCAM**.
# `fast` has no biases behind its last maps, so the nine numbers add up to the logit, exactly:

# %%
places = hi_res_cam(trained.network, x, SMALL_CAT, "block3.gelu2")
averaged = grad_cam(trained.network, x, SMALL_CAT, "block3.gelu2")
with torch.no_grad():
    logit = trained.network(x[None])[0, SMALL_CAT]
print("the nine places add up to the logit:", torch.isclose(places.sum(), logit, atol=1e-3).item())
plots.show_grids(
    [places.numpy().round(2), averaged.numpy().round(2)],
    ["HiResCAM", "Grad-CAM"],
    signed=[0, 1],
)

# %% [markdown]
# ## A claim to test: a saliency map explains
#
# ### "It lies on the object"
#
# Put a small cat on plain grey, in nine places. It covers a quarter of the picture. Which share of
# the map lies on it? The controls are five sets of random weights, an edge detector, and a square
# in the middle, as large as the cat.

# %%
tiny = shrink(square(photo("cat"), top=0, left=90, size=300), 16)
scenes = []
for top in (0, 8, 16):
    for left in (0, 8, 16):
        scene = np.full((32, 32, 3), 128, np.uint8)
        scene[top : top + 16, left : left + 16] = tiny
        scenes.append((scene, slice(top, top + 16), slice(left, left + 16)))
scene_x = torch.stack([tensor(trained, scene) for scene, _, _ in scenes])
forgetful = [randomised(trained.network, seed=seed, pictures=scene_x) for seed in range(5)]


def on_cat(explain):
    """Return the mean share of the map on the cat."""
    shares = []
    for (scene, rows, columns), x in zip(scenes, scene_x, strict=True):
        heat = explain(x, torch.from_numpy(scene.transpose(2, 0, 1).copy()))
        heat = F.interpolate(heat[None, None], size=(32, 32), mode="bilinear")[0, 0]
        shares.append(heat[rows, columns].sum() / heat.sum())
    return torch.stack(shares).mean().item()


def seen_by(network, way, x, scene):
    return seeing.heat(seeing.MAPS["fast"][way], network, x, SMALL_CAT)


for way in ("saliency", "Grad-CAM, block3.conv1"):
    shares = [on_cat(partial(seen_by, network, way)) for network in [trained.network, *forgetful]]
    print(f"{way:<24}trained {shares[0]:.2f}, random weights", *(f"{s:.2f}" for s in shares[1:]))
print(f"{'edge detector':<24}{on_cat(lambda _, scene: edge_strength(scene)):.2f}")
always_middle = F.pad(torch.ones(16, 16), (8, 8, 8, 8))
print(f"{'a square in the middle':<24}{on_cat(lambda _, scene: always_middle):.2f}")

# %% [markdown]
# **What came out.** The edge detector wins: plain grey has no edges. The saliency of networks that
# have never seen a cat lies on it just as much as that of the trained one. Grad-CAM does respond to
# training. Its random maps get about 0.4: more than the cat's quarter, but a square that always
# lies in the middle gets 0.44. Lying on the object is worth little as long as the object is where
# something *is*.
#
# ### "It shows what was learnt"
#
# Then it must change when everything learnt is taken away (Adebayo and others, 2018). Compare each
# pixel's *rank* in the two maps: Spearman's $\rho$ is 1 for the same order and 0 for no connection.
# (Here and below, we take the size of integrated gradients: a random network's sign means nothing.)
# For three pixels, the ranks $(1, 2, 3)$ and $(1, 3, 2)$ differ by $(0, 1, -1)$, so $\rho = 1 - 6
# \cdot 2 / (3 \cdot 8) = 0.5$.
#
# On CIFAR-10, the saliency maps of `fast` and of its random copies agree at $\rho \approx 0.5$.
# "Half of the map has nothing to do with learning", one would like to say.

# %%
Quiz(
    Question(
        "Which control tells what the ρ of 0.5 is made of?",
        Wrong(
            "The same map with its pixels shuffled, which gives ρ = 0",
            "That takes everything away at once. You wouldn't know what made the 0.5.",
        ),
        Right(
            "The random network's map of another picture",
            "It has the network and the frame in common with the map, but not the picture.",
        ),
        Wrong(
            "Many more test pictures, until the error is small enough",
            "Then you would know the 0.5 exactly, and still not what it is made of.",
        ),
    )
)


# %%
def spearman(one, other):
    ranks = torch.stack([heat.flatten().argsort().argsort().double() for heat in (one, other)])
    return torch.corrcoef(ranks)[0, 1].item()


one, other = torch.rand(2, 8, 8, generator=torch.Generator().manual_seed(0))
assert np.isclose(spearman(one, other), rank_correlation(one, other))
print(f"three pixels: {spearman(torch.tensor([1, 2, 3]), torch.tensor([1, 3, 2])):.1f}")
sanity = {
    network: {
        way: np.array([run[network][way]["random"] for run in found["sanity"]]).T for way in ways
    }
    for network, ways in seeing.MAPS.items()
}
sanity["imagenet, ten photographs"] = {  # the mean of the seeds, for each photograph
    way: np.mean([rho["same"], rho["other"]], axis=1)
    for way, rho in l14_photographs.figures["sanity"].items()
}
draw.show_controls(
    sanity,
    ["same picture", "another picture"],
    "ρ of the trained network's map and the random network's map",
)


# %%
def compare(first, second):
    """Print two means and their paired difference; return its size in standard errors."""
    difference = np.subtract(first, second)
    mean, error = difference.mean(), difference.std(ddof=1) / len(difference) ** 0.5
    seen = "seen" if abs(mean) > 3 * error else "not seen"
    print(f"{np.mean(first):6.3f} −{np.mean(second):7.3f} = {mean:+.3f} ± {error:.3f}  {seen}")
    return mean / error


stays, falls = {}, {}
for network, ways in sanity.items():
    print(f"{network}: same picture − another picture")
    for way, both in ways.items():
        print(f"    {way:<24}", end="")
        stays[network, way] = compare(*both)

# %% [markdown]
# **What came out.** *We fooled ourselves.* This page once said that half of a saliency map survives
# random weights. But the random network's map of *another* picture is just as much like it: all of
# the agreement was **centre bias**. Both maps are stronger in the middle of any picture, which more
# windows see than its border (lesson 05). For occlusion, SmoothGrad and the CAMs, too, we see
# nothing kept, except a hundredth or two: for SmoothGrad on `classic`, and for saliency on
# photographs.
#
# Two maps do keep something of the picture without learning. Of guided back-propagation's 0.77,
# 0.72 was centre bias; a small rest remains. Integrated gradients keep most, 0.25. They multiply by
# the picture, which is the same for both networks; leave that out, and a sixth of it remains.
#
# ### "The hot pixels are what it uses"
#
# Then cover the hottest fifth, and the probability must fall: more than if the hottest fifth of
# *another* picture's map is covered. That control is as coarse as the map, and as centred.

# %%
deletion = found["deletion"]
rows = {way: (p["own"], p["other"]) for way, p in deletion.items() if way != "nothing"}
before = np.mean(deletion["nothing"]["own"])
draw.show_controls(
    {f"fast (nothing covered: {before:.2f})": rows},
    ["by its own map", "by another picture's map"],
    "probability of the right class, a fifth of the pixels covered",
)

# %%
for way, (own, other) in sorted(rows.items(), key=lambda row: np.mean(row[1][0])):
    print(f"{way:<26}", end="")
    falls[way] = compare(own, other)

# %% [markdown]
# **What came out.** Occlusion wins by far. Of course: it measures just that. Integrated gradients
# and SmoothGrad pass as well. For saliency, Grad-CAM and HiResCAM we see no gain over another
# picture's map.
#
# Why do the CAMs fail here? Ask how much of the picture one of the nine places sees:

# %%
leaf, kept = x[None].clone().requires_grad_(), []
hook = trained.network.block3.gelu2.register_forward_hook(lambda part, i, out: kept.append(out))
trained.network(leaf)
hook.remove()
(sees,) = torch.autograd.grad(kept[0][0, :, 0, 0].sum(), leaf)
print(f"the top left place depends on {(sees != 0).any(dim=1).float().mean():.0%} of the pixels")

# %% [markdown]
# A place in a late map isn't a place in the picture: it sees far more (lesson 05). So a map can be
# exactly right *about its layer* and tell little about pixels.
#
# ### The verdict
#
# Five kinds of map, three tests (the first on EfficientNet, the others on `fast`). Does the left
# half's share fall by more than a quarter of its range? Is nothing of the picture kept with random
# weights? Does covering by its own map cost more than by another picture's?

# %%
names = {way: way for way in ("occlusion", "saliency", "SmoothGrad", "integrated gradients")}
names["Grad-CAM, stage9"] = "Grad-CAM, block3.conv1"
print(f"{'':<22}{'class':>10}{'random weights':>18}{'covering':>12}")
for way, small in names.items():
    tests = abs(stays["fast", small]) <= 3, falls[small] < -3
    two, three = ("passed" if test else "failed" for test in tests)
    quarter = 0.5 if way in ("occlusion", "integrated gradients") else 0.25  # from −1, or from 0
    one = f"{sum(moves[way] > quarter)} of {len(moves[way])}"
    print(f"{way.split(',')[0]:<22}{one:>10}{two:>18}{three:>12}")

# %% [markdown]
# No kind of map has passed all three. Occlusion came closest.
#
# Does a saliency map explain, then? It answers *one* question exactly: how fast the score changes,
# or what happens if this is covered.
#
# ## A claim to test
#
# > "Layer 1 finds edges, layer 3 shapes, layer 5 objects."
#
# If a layer has found a thing, you should be able to *read* it there, with a straight line and
# nothing cleverer. That is a **linear probe**. On paper: the pixels $a, b$ of an edge are $(0, 1)$
# or $(1, 0)$; where there is no edge, they are $(0, 0)$ or $(1, 1)$. No score $u a + v b + c$ is
# high for the first two and low for the others, for both pairs add up to the same score. After the
# detectors $a - b$ and $b - a$ with ReLU, the weights $(1, 1)$ do it. The layer made the edge
# *readable*; the information was there all along.
#
# We made pictures with known factors, and read from each stage of EfficientNet-Lite0 the direction
# of an edge, the colour of a shape, its place, and which of ten shapes it is; and from CIFAR-10's
# test pictures, the object. All are enlarged (and so blurred) to 96 pixels; a probe learns from
# 200. The control is random weights. (Five seeds: `cnnedu experiment l14_depth`.)

# %%
Quiz(
    Question(
        "Where is the *place* of a shape best readable?",
        Wrong(
            "In the pixels, which are nothing but places",
            "Light on dark or dark on light? A straight line can't have both.",
        ),
        Wrong(
            "In the first two stages, before strides lose it",
            "That is what strides are said to do. Look at the curve.",
        ),
        Right(
            "Late in the network, in stage 6 or in stage 7",
            "It takes layers to make a place readable, and strides leave it there.",
        ),
    )
)

# %%
probes = l14_depth.figures["probes"]
layers = ["pixels", *l14_depth.LAYERS]
draw.show_readable(layers, probes["trained"], probes["random"])

# %%
some = [0, 1, 3, 5, 7, 9]
print(f"{'':<16}" + "".join(f"{layers[n]:>14}" for n in some))
for name, factors in probes.items():
    for factor, values in factors.items():
        means, errors = np.mean(values, axis=0), np.std(values, axis=0, ddof=1) / len(values) ** 0.5
        print(f"{factor:<15}{name[0]}", *(f"{means[n]:>6.2f} ± {errors[n]:.2f}" for n in some))

# %% [markdown]
# **What came out.** (t: trained, r: random.)
#
# - *Edges first?* Before shapes, yes. Their direction has 0.00 at stage 2 and 0.82 at stage 3.
#   Random weights get to 0.3, and lose it again.
# - *Then shapes?* Yes. They come with stages 4 to 7, and only with training.
# - *Objects last?* No. From stage 3 on, where hardly any shape is readable, they become readable
#   little by little. (Pixels alone give 0.1, random weights at most 0.2.)
# - What the slogan leaves out: *colour* fades, trained or not. Trained, *position* stays readable
#   to the end.
#
# "Readable" isn't "used": nobody asked this network for the place of anything.
#
# ## Quiz

# %%
Quiz(
    Question(
        "A linear network, score = w · x. Its saliency map …",
        Wrong("is large where the picture is light", "That is w · x, weight times pixel."),
        Right("is the same for every picture", "The gradient of w · x is w, wherever you are."),
        Wrong("shows what it saw in this picture", "Not even that it saw this picture."),
    ),
    Question(
        "The occlusion map is negative at a pixel. What does that mean?",
        Wrong(
            "There is a bug: covering can only take away",
            "Covering makes a new picture, with edges of its own.",
        ),
        Right(
            "Covering it *raised* the probability",
            "It spoke for another class, or the patch looks like something.",
        ),
        Wrong("The network doesn't use this pixel", "That would be about 0."),
    ),
    Question(
        "Grad-CAM's weights are α = (1, −0.5). What does the second map do?",
        Wrong("Nothing, since the ReLU cuts it off", "The ReLU comes after the sum."),
        Right(
            "It takes heat away where it is large",
            "And where the sum falls below 0, the ReLU leaves 0.",
        ),
        Wrong("It adds half as much heat as the first", "Mind the sign."),
    ),
    Question(
        "Your map lights up exactly along the dog's outline. What do you do first?",
        Wrong(
            "I publish it: the network knows the outline of a dog",
            "An edge detector draws outlines, too.",
        ),
        Right(
            "I draw it for random weights, and for another class",
            "If it stays the same, it shows the picture, not the network.",
        ),
        Wrong(
            "I smooth it, until only the outline is left of it",
            "A nicer map isn't a truer one. What would you learn about the network?",
        ),
    ),
    Question(
        "An object can be read from stage 5 quite well. So the network …",
        Wrong(
            "could do without stages 6 to 8 and be as good",
            "The probe reads more from stage 8; you would lose that.",
        ),
        Wrong("makes its decision in stage 5 already", "Readable isn't used."),
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
# 3. In this network edges become readable before shapes, and objects little by little. No layer
#    "is" one of them.
# 4. No map explains anything before it has passed a test that it could fail: another class, random
#    weights, covering.
# 5. Two maps can agree because both are strong in the middle. The control is another picture's map.
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
# - M. Sundararajan, A. Taly, Q. Yan. "Axiomatic attribution for deep networks." *ICML*, 2017.
#   Integrated gradients.
# - J. T. Springenberg, A. Dosovitskiy, T. Brox, M. Riedmiller. "Striving for simplicity: the all
#   convolutional net." *ICLR workshop*, 2015. Guided back-propagation.
# - D. Smilkov, N. Thorat, B. Kim, F. Viégas, M. Wattenberg. "SmoothGrad: removing noise by adding
#   noise." arXiv:1706.03825, 2017.
# - R. R. Selvaraju et al. "Grad-CAM: visual explanations from deep networks via gradient-based
#   localization." *ICCV*, 2017.
# - R. L. Draelos, L. Carin. "Use HiResCAM instead of Grad-CAM for faithful explanations of
#   convolutional neural networks." arXiv:2011.08891, 2020.
# - C. Olah, A. Mordvintsev, L. Schubert. "Feature visualization." *Distill*, 2017. Waves, colours,
#   shifts.
# - C. Olah et al. "The building blocks of interpretability." *Distill*, 2018.
# - G. Alain, Y. Bengio. "Understanding intermediate layers using linear classifier probes."
#   arXiv:1610.01644, 2016.
# - J. Adebayo et al. "Sanity checks for saliency maps." *NeurIPS*, 2018.
# - M. Tan, Q. Le. "EfficientNet: rethinking model scaling for convolutional neural networks."
#   *ICML*, 2019.
# - V. Petsiuk, A. Das, K. Saenko. "RISE: randomized input sampling for explanation of black-box
#   models." *BMVC*, 2018. Deletion.
#
# Photographs under CC BY 2.0: flower by vultilion, temple by danielbuechele, in patches.
