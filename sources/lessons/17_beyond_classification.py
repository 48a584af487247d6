# %% [markdown]
# # 17 · Beyond classification
#
# "A heart." That is one answer for a whole picture. But how many hearts are there, where, and which
# pixels belong to them? And is this the face from before? Four networks answer, all made of layers
# that you know.
#
# **After this lesson you can**
#
# - work out IoU, Dice, precision, recall and average precision by hand, and say what each hides;
# - say why a U-Net shrinks a picture, enlarges it again, and has skips;
# - write a one-stage detector's target by hand, decode its answer, and suppress double boxes;
# - say what a two-stage detector adds: anchors, proposals, and pooling in each box;
# - find, box and outline coins on a photograph;
# - verify by distance, read a ROC curve, and say what changes when one is compared with many.
#
# *Time:* 60 minutes. *Before this:* lessons 04, 09 and 12.

# %%
import numpy as np

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.shapes import CLASSES, held_out_scenes
from cnnedu.experiments import l17_faces
from cnnedu.kernels import boxes, overlap, ranking
from cnnedu.plots import scenes as pictures
from cnnedu.plots import show_grids, show_lines
from cnnedu.widgets import Question, Quiz, Right, ShapeCalculator, Wrong

pictures.show_boxes(held_out_scenes(5).x[1:], [[]] * 4)

# %%
import torch
import torch.nn.functional as F

from cnnedu.experiments.l17_beyond import figures
from cnnedu.models.pretrained import load_network
from cnnedu.tasks import detection
from cnnedu.tasks.scenes import pixels, prepared
from cnnedu.tasks.segmentation import segment

torch.set_num_threads(1)
scenes = held_out_scenes()  # 300; no network has learnt from these
one_stage, unet = load_network("one_stage")[0], load_network("unet")[0]
found = detection.find(one_stage, scenes.x[1:5])
names = [[CLASSES[k] for k in f.y] for f in found]
pictures.show_boxes(scenes.x[1:5], [f.boxes for f in found], names)

# %% [markdown]
# The scenes are made by code, so every box and every pixel is known exactly.
# The networks were trained before, in a few minutes each on one core (`cnnedu experiment
# l17_beyond`; the [model card](../cnnedu/models/pretrained/beyond.md) has the details).
#
# ## How good is a box? IoU
#
# A box may be *nearly* right, so we need a measure. Take two boxes of 4×4
# pixels, written as (left, top, right, bottom), where right and bottom lie just outside: A = (0, 0,
# 4, 4) and B = (2, 1, 6, 5). They share columns 2 and 3 and rows 1 to 3: $2 \cdot 3 = 6$ pixels.
# Together they cover $16 + 16 - 6 = 26$. The **intersection over union** is
#
# $$ \text{IoU} = \frac{|A \cap B|}{|A \cup B|} = \frac{6}{26} = 0.23 $$


# %%
def iou(a, b):
    left, top = max(a[0], b[0]), max(a[1], b[1])
    right, bottom = min(a[2], b[2]), min(a[3], b[3])
    shared = max(0, right - left) * max(0, bottom - top)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return shared / (sum(areas) - shared)


A, B = [0, 0, 4, 4], [2, 1, 6, 5]
print(round(iou(A, B), 2))
assert iou(A, B) == boxes.box_iou([A], [B])[0, 0]
pictures.show_boxes(np.zeros((1, 8, 8)), [[A, B]], [["A", "B"]], cell=1)

# %%
Quiz(
    Question(
        "A box of 4×4 is found one pixel too far right and one pixel too low. Its IoU?",
        Wrong("9/16 = 0.56", "9 pixels are shared. But they are divided by the *union*."),
        Right("9/23 = 0.39", "16 + 16 − 9 = 23. IoU is strict with small things."),
        Wrong("About 0.75: a quarter off each way", "¾ · ¾ = 9/16 is shared, and the union grows."),
    )
)

# %%
for size in (4, 16, 64):
    print(size, boxes.box_iou([[0, 0, size, size]], [[1, 1, size + 1, size + 1]]).round(2)[0, 0])

# %% [markdown]
# By custom a box counts as found if its IoU is at least 0.5.
#
# ## A class for every pixel
#
# **Semantic segmentation** gives every pixel a class, so its answer has the picture's own size. A
# classifier does the opposite: it pools, to see far with few multiplications, and forgets where
# things are. Send the smiley through one 2×2 max pooling. *Every* one of the sixteen squares holds
# some of the drawing:

# %%
face = torch.tensor(smiley(), dtype=torch.float32)[None, None]
small = F.max_pool2d(face, 2)
show_grids([face[0, 0].numpy(), small[0, 0].numpy()], ["smiley", "after 2×2 max pooling"])

# %% [markdown]
# Nothing but ones: the face has gone. (Real networks keep many channels and lose less.)
#
# Then why shrink at all? Below is the way down of our U-Net; the column *Sees* of the live page
# says how many pixels across each map sees. The largest shapes are 26 pixels wide.
#
# 1. Remove both pooling layers. What happens to the receptive field, and to the multiply-adds?
# 2. Now reach the old receptive field with 3×3 convolutions alone. How many do you need, and at
#    what price?

# %%
from cnnedu.models.accounting import Conv, Elementwise, Pool

way_down = []
for channels in (16, 32, 64):
    way_down += [Conv(channels, 3, padding=1), Elementwise("ReLU")] * 2 + [Pool(2)]
ShapeCalculator(way_down[:-1], input_shape=(3, 64, 64))

# %% [markdown]
# ### The way up
#
# A **transposed convolution** enlarges. Each input pixel stamps the kernel, multiplied by its
# value, onto the output. The stamps lie `stride` apart, and where they overlap they add up. By
# hand, 2×2 → 4×4, with stride 2 and the kernel $\begin{pmatrix}1 & 2\\ 0 & 1\end{pmatrix}$: the
# input's 3 becomes $\begin{pmatrix}3 & 6\\ 0 & 3\end{pmatrix}$ in the lower left corner. The
# network learns which stamp it wants. A single 1, with stride 1, stamps the kernel itself, here
# lesson 01's edge detector.

# %%
x, stamp = np.array([[1.0, 2], [3, 4]])[None, None], np.array([[1.0, 2], [0, 1]])[None, None]
large = kernels.conv_transpose2d(x, stamp, stride=2)
dot, edge = np.zeros((1, 1, 2, 2)), edge_kernel()[None, None].astype(float)
dot[0, 0, 0, 1] = 1
grids = [x, stamp, large, kernels.conv_transpose2d(dot, edge)]
show_grids([g[0, 0] for g in grids], ["x", "w", "stride 2", "one dot, edge detector"], signed=[3])

# %% [markdown]
# But no stamp brings the face back: its pixels aren't in those ones any more.
#
# ### The skip
#
# So keep them. Before each pooling the **U-Net** puts its maps aside. On the way up it *appends*
# them, as further channels, to the enlarged maps of the same size. (ResNet *adds* its skip, lesson
# 12.)

# %%
from cnnedu.plots.unet import show_unet

show_unet(unet, torch.zeros(1, 3, 64, 64))

# %% [markdown]
# As code, that is a list of maps put aside, and a `torch.cat`:


# %%
@torch.no_grad()
def forward(unet, x):
    kept = []
    for level in unet.down[:-1]:
        x = level(x)  # two 3×3 convolutions
        kept.append(x)
        x = F.max_pool2d(x, 2)
    x = unet.down[-1](x)
    for enlarge, level in zip(unet.enlarge, unet.up, strict=True):
        x = level(torch.cat([kept.pop(), enlarge(x)], dim=1))
    return unet.classify(x)


logits = forward(unet, pixels(scenes.x[:5]))
assert torch.equal(logits, unet(pixels(scenes.x[:5])))
print("logits", tuple(logits.shape))

# %% [markdown]
# It ends in 11 maps, one for each class and one for the ground, and in a cross-entropy for *each
# pixel*. In it a ground pixel counts 0.3, because nine tenths of the pixels are ground.

# %%
said = segment(unet, scenes.x)
pictures.show_masks(scenes.x[:5], scenes.masks[:5], {"U-Net": said[:5]}, size=1.45)

# %% [markdown]
# ### How good is a mask? IoU and Dice
#
# Two masks of 6 pixels each share 4:
#
# $$ \text{IoU} = \frac{4}{6 + 6 - 4} = 0.50,
# \qquad \text{Dice} = \frac{2\,|A \cap B|}{|A| + |B|} = \frac{8}{12} = 0.67 $$
#
# Dice is the kinder of the two, $2\,\text{IoU}/(1 + \text{IoU})$, and puts masks in the same
# order. For several classes, count each class's pixels over all pictures; the mean of the classes'
# IoUs is the **mean IoU**.

# %%
a, b = np.zeros((2, 4, 4), bool)
a[0:2, 0:3], b[0:2, 1:4] = True, True
print("IoU {:.2f}, Dice {:.2f}".format(*overlap.mask_overlap(a, b)))
one, shifted = smiley() > 0, np.roll(smiley(), 1, axis=1) > 0
shared, dice = overlap.mask_overlap(one, shifted)
print(
    f"smiley, shifted by one: IoU {shared:.2f}, Dice {dice:.2f}, "
    f"pixels right {np.mean(one == shifted):.0%}"
)

# %% [markdown]
# ### A claim to test: "accuracy per pixel tells how good a segmentation is"
#
# Suppose somebody's network says "ground", always and everywhere.

# %%
Quiz(
    Question(
        "What do accuracy per pixel and mean IoU say of it?",
        Wrong(
            "Accuracy about 10 %, mean IoU near 0", "Most pixels *are* ground. It has those right."
        ),
        Right(
            "Accuracy about 90 %, mean IoU 0.08",
            "The ground's IoU is about 0.9, those of the ten classes are 0. Mean: 0.9 / 11.",
        ),
        Wrong("Accuracy about 90 %, mean IoU 0.90", "Ten of eleven classes are never found."),
    )
)

# %%
for name, answer in {"ground everywhere": np.zeros_like(said), "U-Net": said}.items():
    by_class = overlap.class_iou(scenes.masks, answer, 1 + len(CLASSES))
    right = np.mean(answer == scenes.masks)
    print(f"{name:<18} pixels right {right:.1%}   mean IoU {np.nanmean(by_class):.2f}")
print(*[f"{name} {q:.2f}" for name, q in zip(("ground", *CLASSES), by_class, strict=True)])

# %% [markdown]
# **What came out.** A network that knows nothing scores 90 %, so everything from worthless to good
# lies in the last ten points. The mean IoU spreads it out.
#
# And the skips? Here is the same network without them, trained alike:

# %%
Quiz(
    Question(
        "With skips, the mean IoU is 0.93. Without?",
        Wrong("About 0.1: after pooling all is ones", "64 channels carry far more than one."),
        Right("Lower by 0.01 to 0.02, at the borders", "It knows what, and nearly where."),
        Wrong("The same 0.93: the bottom knows all", "It'd have to describe every border exactly."),
    )
)

# %%
for name in ("unet", "no_skips"):
    print(name, *[f"{key} {value:.3f}," for key, value in figures[name].items() if " " in key])

# %% [markdown]
# A *border pixel* has another class next door; 6 % of all pixels are such. Without skips 13.5 % of
# them are wrong, and $0.06 \cdot 13.5\,\% = 0.8\,\%$ of all pixels: nearly all the errors. With
# skips it is little more than half as many. But the 64 channels at the bottom carry more of the
# *where* than the smiley made one expect. (One run of each, on simple borders: an example, no law.)
#
# ## Boxes in one look: a one-stage detector
#
# How can a network of fixed size give a list of any length? YOLO's idea: lay a grid over the
# picture, and let **each cell answer for the box whose centre lies in it**. Ours has 8×8 cells of
# 8×8 pixels. Each gives 15 numbers: is there a centre, four numbers for the box, and ten classes.
#
# What should the cells say? By hand, for a star in the box (18, 10, 34, 18). Its centre is (26,
# 14), its width 16, its height 8.
#
# - column: $26 / 8 = 3.25$, so 3, and the place in the cell is 0.25. Row: $14 / 8 = 1.75$, so 1,
#   and the place is 0.75;
# - sizes: $\ln(16/16) = 0$ and $\ln(8/16) = -0.69$, relative to 16 pixels;
# - class: 7. In all other cells: "no centre", and nothing else is asked of them.

# %%
from cnnedu.models.detectors import decode, encode

star = torch.tensor([[[18.0, 10, 34, 18]]])
target = encode(star, torch.tensor([[CLASSES.index("star")]]), grid=(8, 8))
print("cells with a centre:", target[0, 0].nonzero().tolist())
print("cell (1, 3):", [round(v, 2) for v in target[0, :, 1, 3].tolist()])
pictures.show_boxes(np.zeros((1, 64, 64)), star.numpy(), [["star"]], cell=8)

# %% [markdown]
# This is the **target tensor**. **Decoding** goes back. The sigmoid $\sigma$ keeps the centre in
# its cell:
#
# $$ c_x = 8\,(j + \sigma(a_1)), \quad c_y = 8\,(i + \sigma(a_2)), \quad w = 16\,e^{a_3},
# \quad h = 16\,e^{a_4},
# \quad \text{score} = \sigma(a_0) \cdot \max_k \text{softmax}(a_{5 \ldots})_k $$
#
# By hand: if cell (1, 3) answers $a_1 = a_2 = 0$, the centre is $8 \cdot 3.5 = 28$ across and $12$
# down. $a_3 = 0$ means 16 wide, and $a_4 = -0.69$ means 8 high. So the box is (20, 8, 36, 16).

# %%
answer = torch.full((1, 15, 8, 8), -9.0)
answer[0, :5, 1, 3] = torch.tensor([4.0, 0, 0, 0, np.log(0.5)])
decoded, scores, _ = decode(answer)
print(decoded[0, 8 * 1 + 3].round().tolist())

# %% [markdown]
# The **loss** asks all cells whether they hold a centre, and only those that do for the rest. Place
# and size count twice, and the sum is divided by the number of shapes:


# %%
def detector_loss(answer, target):
    there = target[:, 0] > 0  # which cells hold a centre
    a, t = answer.movedim(1, -1)[there], target.movedim(1, -1)[there]
    centre = F.binary_cross_entropy_with_logits(answer[:, 0], target[:, 0], reduction="sum")
    place = (a[:, 1:3].sigmoid() - t[:, 1:3]).abs().sum()
    size = (a[:, 3:5] - t[:, 3:5]).abs().sum()
    named = F.cross_entropy(a[:, 5:], t[:, 5].long(), reduction="sum")
    return (centre + 2 * place + 2 * size + named) / len(a)


batch = prepared(scenes)
with torch.no_grad():
    ours = detector_loss(one_stage(batch.x), encode(batch.boxes, batch.y, grid=(8, 8)))
    assert torch.isclose(ours, detection.one_stage_loss(one_stage, batch))
print(f"loss of the trained detector on {len(scenes.x)} new scenes: {ours:.2f}")

# %% [markdown]
# ### Doubles, and how to suppress them
#
# Two cells may claim a shape on the border between them. **Non-maximum suppression** (NMS) keeps
# the box with the highest score, drops all boxes that share more than a threshold with it, and goes
# on with the rest. By hand, three boxes of 4×4, threshold 0.5:
#
# | | box | score | |
# | --- | --- | --- | --- |
# | p | (0, 0, 4, 4) | 0.8 | IoU with q is $12/20 = 0.6$: dropped |
# | q | (0, 1, 4, 5) | 0.9 | the highest: kept |
# | r | (0, 3, 4, 7) | 0.7 | IoU with q is $8/24 = 0.33$: kept |


# %%
def suppress(found, scores, threshold):
    order, kept = list(np.argsort(-np.asarray(scores), kind="stable")), []
    while order:
        best = order.pop(0)
        kept.append(best)
        order = [n for n in order if iou(found[best], found[n]) <= threshold]
    return kept


three = np.array([[0, 0, 4, 4], [0, 1, 4, 5], [0, 3, 4, 7]])
kept = suppress(three, [0.8, 0.9, 0.7], threshold=0.5)
print("kept:", ["pqr"[n] for n in kept])
assert kept == boxes.non_maximum_suppression(three, [0.8, 0.9, 0.7], threshold=0.5).tolist()

# %% [markdown]
# And in a scene: all boxes with a score of at least 0.02, and what is left of them.

# %%
everything = detection.find(one_stage, scenes.x, least=0.02, threshold=1)
most_doubles = int(
    np.argmax([len(f.y) - len(y) for f, y in zip(everything, scenes.y, strict=True)])
)
raw = everything[most_doubles]
assert (
    suppress(raw.boxes, raw.scores, 0.45)
    == boxes.non_maximum_suppression(raw.boxes, raw.scores, 0.45).tolist()
)
kept = boxes.non_maximum_suppression(raw.boxes, raw.scores, 0.45)
stages = {f"{len(raw.y)} boxes": raw.boxes, f"{len(kept)} after NMS": raw.boxes[kept]}
pictures.show_candidates(scenes.x[most_doubles], stages)

# %% [markdown]
# ### How good is a detector? Average precision
#
# Show more boxes, and you find more objects and more rubbish. So don't fix a threshold. Sort all
# detections of a class by score, over all pictures, and look at the whole
# curve. A detection is a **hit** if its IoU with an object *not found before* is at least 0.5.
# **Precision** is the share of detections that are hits, **recall** the share of objects that are
# found. By hand, 4 objects and five detections, from the surest on:
#
# | $n$ | | precision (hits / n) | recall (hits / 4) |
# | --- | --- | --- | --- |
# | 1 | hit | 1 | 0.25 |
# | 2 | miss | 1/2 | 0.25 |
# | 3 | hit | 2/3 | 0.50 |
# | 4 | hit | 3/4 | 0.75 |
# | 5 | miss | 3/5 | 0.75 |
#
# At each recall take the best precision that can still be had *from there on*: 1, 3/4, 3/4, and 0
# for the object never found. The area is the **average precision**,
# $\text{AP} = \tfrac14 (1 + \tfrac34 + \tfrac34 + 0) = 0.625$. Its mean over the classes is
# **mAP**; mAP@0.5 names the IoU that counts as found.

# %%
from cnnedu.plots.ranking import show_precision_recall, show_roc, show_views

scores, hits = [0.9, 0.8, 0.7, 0.6, 0.5], [True, False, True, True, False]
print(ranking.average_precision(scores, hits, count=4))
show_precision_recall(*ranking.precision_recall_curve(scores, hits, count=4))


# %%
def mean_ap(found, at=0.5):
    precision = ranking.class_average_precision(found, scenes.boxes, scenes.y, len(CLASSES), at)
    return np.nanmean(precision)


found = detection.find(one_stage, scenes.x)
for at in (0.5, 0.75, 0.9):
    print(f"one stage, mAP@{at}: {mean_ap(found, at):.2f}")

# %% [markdown]
# At 0.5 there is next to nothing left to improve. At 0.9 more than half of the mAP is gone: there a
# box of 12 pixels may be off by about half a pixel in one direction. A detector's figure says
# little without its IoU.
#
# ### A claim to test: "0.5 is a good threshold for NMS"
#
# We try thresholds in our scenes, and in flocks: 10, 30 or 60 boxes of 12×12 thrown anywhere. There
# a *perfect* detector finds each box, but finds it twice, the second time a pixel or two off and
# less surely.

# %%
Quiz(
    Question(
        "In our scenes, which threshold ruins the mAP?",
        Wrong(
            "Below 0.3: neighbours get dropped", "Our shapes never touch. Their boxes hardly do."
        ),
        Wrong("Above 0.7: all doubles stay", "They stay, but at the end of the list: low scores."),
        Right("Hardly any: it matters little here", "Even without suppression. See the flocks!"),
    )
)

# %%
thresholds = np.linspace(0, 1, 11)


def suppressed(f, threshold):
    kept = boxes.non_maximum_suppression(f.boxes, f.scores, threshold)
    return ranking.Found(f.boxes[kept], f.scores[kept], f.y[kept])


def flock_precision(count, seed):
    """Return the average precision in one flock, for each threshold."""
    flock, found_twice = detection.flock(count, seed)
    left = [suppressed(found_twice, threshold) for threshold in thresholds]
    hits = [ranking.matched(f.boxes, f.scores, flock) for f in left]
    return [ranking.average_precision(f.scores, h, count) for f, h in zip(left, hits, strict=True)]


pairs = np.concatenate([boxes.box_iou(b, b)[np.triu_indices(len(b), 1)] for b in scenes.boxes])
print(f"our scenes: {(pairs > 0).sum()} of {len(pairs)} pairs of boxes overlap", end=", ")
print(f"with an IoU of {pairs.max():.2f} at most")
all_found = detection.find(one_stage, scenes.x, threshold=1)
curves = {"our scenes": [mean_ap([suppressed(f, t) for f in all_found]) for t in thresholds]}
flocks = {n: np.array([flock_precision(n, seed) for seed in range(20)]) for n in (10, 30, 60)}
curves |= {f"flocks of {n}": found.mean(axis=0) for n, found in flocks.items()}
named = "threshold of NMS (IoU)", "average precision at 0.5"
show_lines(thresholds, curves, *named, marker="o", ylim=(0, 1.05))

# %% [markdown]
# And 0.5? For each kind of flock, ten flocks choose the best threshold, and ten others compare it
# with 0.5:

# %%
for n, by_flock in flocks.items():
    best = by_flock[:10].mean(axis=0).argmax()
    gain = by_flock[10:, best] - by_flock[10:, 5]
    error = gain.std(ddof=1) / 10**0.5
    verdict = "seen" if gain.mean() > 3 * error else "not seen"
    print(f"flocks of {n}: 0.5 gives {by_flock[10:, 5].mean():.2f}", end=", ")
    print(f"{thresholds[best]:.1f} gives {gain.mean():+.3f} ± {error:.3f}: {verdict}")

# %% [markdown]
# **What came out.** In our scenes any threshold will do, even none: doubles have low scores, so
# they come last, where they spoil no precision above them. (For *counting* boxes they do matter.)
# In flocks of 10, we see no better threshold than 0.5. The denser the flock, the more it loses:
# true neighbours overlap, too. So 0.5 is good where objects stand apart. Choose on validation
# pictures as crowded as yours.
#
# ## Boxes in two looks: what Faster R-CNN adds
#
# Two stages first ask "*where* might something be?", and then look again, *inside* each candidate.
#
# **Anchors.** At every cell stand three ready-made boxes, 10, 16 and 24 pixels wide. The network
# doesn't invent a box, it corrects an anchor, in units of the anchor's size. By hand: anchor (4, 4,
# 20, 20), centre (12, 12), size 16; true box (8, 8, 24, 20), centre (16, 14), 16 × 12. The offsets
# are $4/16 = 0.25$, $2/16 = 0.125$, $\ln(16/16) = 0$, $\ln(12/16) = -0.29$.

# %%
from cnnedu.models.two_stage import anchors, offsets_to, proposals, roi_align

print(
    offsets_to(torch.tensor([[4.0, 4, 20, 20]]), torch.tensor([[8.0, 8, 24, 20]])).numpy().round(3)
)
print(f"{len(anchors((64, 64)))} anchors in a picture of 64×64")

# %% [markdown]
# **Proposals.** A small head scores the 192 anchors ("something" or "nothing") and moves them; NMS
# leaves at most twelve.
#
# **RoI pooling.** A region of interest may have any size, but a dense layer wants one size. So cut
# the box into a fixed table, and take one value from each part. Say a map has 4×4 cells, 0 to 15
# row by row, the box covers the whole map, and the table has 2×2 parts. The first part holds 0, 1,
# 4, 5. Faster R-CNN took the largest, 5. We read the map at the part's centre: 2.5, the mean of the
# four. That is **RoI align**, and it doesn't round. For the box (1, 0, 4, 2) the first part is 1.5
# wide and 1 high. Its centre is 1.75 across and 0.5 down, a quarter of the way from cell 1 to cell
# 2: 1.25.

# %%
features = torch.arange(16.0).view(1, 1, 4, 4)
regions = torch.tensor([[0.0, 0, 4, 4], [1, 0, 4, 2]])
tables = roi_align(features, regions, torch.tensor([0, 0]), pooled=2, stride=1)[:, 0].numpy()
show_grids([features[0, 0].numpy(), *tables], ["map", "whole map", "box (1, 0, 4, 2)"])

# %% [markdown]
# **Second look.** Each proposal's table of 4×4 goes through a dense layer, which names one of ten
# classes or "nothing" and corrects the box once more. Both stages are trained together.

# %%
two_stage = load_network("two_stage")[0]
with torch.no_grad():
    maps = two_stage.features(pixels(scenes.x[1:2]))
    logits, offsets = two_stage.propose(maps)
    start = anchors((64, 64))[logits[0].topk(12).indices]
    proposed, _ = proposals(logits, offsets, (64, 64))
last = detection.find(two_stage, scenes.x[1:2])[0]
stages = {"12 best anchors": start.numpy(), f"{len(proposed)} proposals": proposed.numpy()}
pictures.show_candidates(scenes.x[1], stages | {"second look": last.boxes})

# %%
Quiz(
    Question(
        "mAP@0.9 was 0.40 with one look. With a second look, inside each box?",
        Wrong("Far higher: it measures from nearer", "So one would think. Look below."),
        Right("About the same, in one run of each", "It looks again, but at maps as coarse."),
        Wrong("Far lower: two chances to fail", "The second stage mends the first."),
    )
)

# %%
second = detection.find(two_stage, scenes.x)
for at in (0.5, 0.75, 0.9):
    print(f"mAP@{at}: one stage {mean_ap(found, at):.2f}, two stages {mean_ap(second, at):.2f}")

# %% tags=["nbval-ignore-output"]
from time import perf_counter

took = {}
for name, network in {"one stage": one_stage, "two stages": two_stage}.items():
    detection.find(network, scenes.x[:50])  # warm up
    begin = perf_counter()
    detection.find(network, scenes.x[:100])
    took[name] = perf_counter() - begin
    count = sum(p.numel() for p in network.parameters())
    print(f"{name:<10} {count:,} parameters, {10 * took[name]:.1f} ms a picture")
print(f"the second look takes {took['two stages'] / took['one stage']:.1f} times as long in all")

# %% [markdown]
# **What came out.** Nothing was gained that we can see. Both find nearly every shape, and neither
# is exact: 0.40 and 0.41, from one training run each, are no difference. Faster R-CNN was built for
# photographs whose objects differ far more in size and cover one another. Measure it on yours.
#
# ## On a photograph: 24 coins
#
# Does any of this work on a photograph? scikit-image has one of 24 coins, and code can outline
# them, once. Take pixels that are surely ground (very dark) and surely coin (very bright), and
# flood the map of edges from both until they meet: the **watershed**. We looked at all outlines:
# they are right, to about a pixel.

# %%
from scipy.ndimage import binary_fill_holes, label
from skimage.filters import sobel
from skimage.segmentation import watershed

from cnnedu.data.coins import coins, half_size

photograph, numbers = coins()
markers = np.where(photograph > 150, 2, np.where(photograph < 30, 1, 0))
regions, _ = label(binary_fill_holes(watershed(sobel(photograph), markers) == 2))
large = np.bincount(regions.ravel()) >= 300  # pixels: less is dirt
large[0] = False
assert np.array_equal(label(large[regions])[0], numbers)
print(numbers.max(), "coins in a picture of", photograph.shape)

# %% [markdown]
# At half size, the upper twelve coins teach and the lower twelve test; then the other way round.
# U-Net and detector take 160 steps each, on random squares made lighter or darker (`cnnedu
# experiment l17_coins`). A box goes around each region of a mask. The controls: the grey level that
# suits the other half best, and the networks *of the scenes*, which never saw a photograph.

# %%
Quiz(
    Question(
        "Of the 24 coins, how many does the U-Net of the scenes find?",
        Wrong("None: a photograph is another world", "Bright, closed, compact: that is enough."),
        Wrong("About half: the coins with little relief", "Its skips carry borders, not relief."),
        Right("All of them", "It learnt from 3,000 scenes, at any angle, size and colour."),
    )
)

# %%
from cnnedu.experiments import l17_coins

found_coins = l17_coins.figures["learnt"] | l17_coins.figures["controls"]
answers = l17_coins.figures["answers"]
panels = {
    "threshold": (answers["threshold"], answers["boxes of the threshold"]),
    "U-Net": (answers["U-Net"], answers["boxes of the U-Net"]),
    "one-stage detector": (None, answers["boxes of the detector"]),
}
pictures.show_outlines(half_size(photograph, numbers)[0], panels)

# %% [markdown]
# Blue outlines are masks, orange frames boxes (seed 0). Now coin by coin; errors are over the 24
# coins, after the mean over three seeds:


# %%
def by_coin(name, measure):
    """Return 24 numbers: for each coin the mean over the seeds, where there are seeds."""
    return np.atleast_2d(found_coins[name][measure]).mean(axis=0)


def worth(values):
    error = values.std(ddof=1) / len(values) ** 0.5
    seen = "seen" if abs(values.mean()) > 3 * error else "not seen"
    return f"{values.mean():+.2f} ± {error:.2f}", seen


for name, of_coins in found_coins.items():
    hits = (np.atleast_2d(of_coins["box IoU"]) >= 0.5).sum(axis=1)
    masks = f"mask IoU {by_coin(name, 'mask IoU').mean():.2f}" if "mask IoU" in of_coins else ""
    print(f"{name:<33} found {', '.join(map(str, hits)):<11} {masks}")
for other in ("threshold", "U-Net of the scenes"):
    print(f"U-Net − {other}:", *worth(by_coin("U-Net", "mask IoU") - by_coin(other, "mask IoU")))
detectors = [by_coin(f"one-stage detector{end}", "box IoU") for end in ("", " of the scenes")]
print("boxes, U-Net − detector:", *worth(by_coin("U-Net", "box IoU") - detectors[0]))
print("boxes, detector − that of the scenes:", *worth(detectors[0] - detectors[1]))

# %% [markdown]
# **What came out.** The threshold drowns where the ground is bright: no grey level suits both
# halves. A U-Net taught by twelve coins is better. The U-Net of the scenes finds every coin, and by
# their masks the two can't be told apart, though one learnt from twelve coins and the other from
# 3,000 scenes. Both detectors miss coins, and that of the scenes misses three of the four largest:
# larger than any shape it has seen. **What it doesn't show:** this is one photograph, in one light,
# and the errors know of no other. And the watershed needed no network.
#
# ## The same face? Verification by embedding
#
# A classifier has a fixed list of people, but a door must recognise somebody new. So learn a
# **distance** instead. The network turns a picture into a point, an **embedding**, and pictures of
# the same thing should lie close together.
#
# scikit-image brings a hundred patches of faces, 25×25 pixels. Nobody knows who they are, so the
# only honest question is a smaller one: *do two views come from the same patch?* A view is shifted,
# turned, mirrored, relit and noisy. Sixty patches are for learning, forty others for the test.

# %%
from cnnedu.tasks.faces import TEST, distances_of_pairs, face_patches, triplet_loss, views

faces = face_patches()
generator = torch.Generator().manual_seed(0)
rows = [views(faces[TEST][:9], generator)[:, 0].numpy() for _ in range(2)]
show_views(faces[TEST][:9, 0].numpy(), rows)

# %% [markdown]
# The **triplet loss** takes three: an anchor $a$, another view $p$ of the same patch, and a view
# $n$ of another one. The other patch should be further away by a margin $m$:
#
# $$ \max\big(0, \; d(a, p)^2 - d(a, n)^2 + m\big) $$
#
# By hand, on a line, with $m = 4$: two patches, anchors at 0 and 3, second views at 1 and 4. First
# triplet, $a = 0, p = 1, n = 4$: $1 - 16 + 4 < 0$, nothing to do. Second, $a = 3, p = 4, n = 1$:
# $1 - 4 + 4 = 1$. Mean: 0.5.

# %%
a, p = torch.tensor([[0.0], [3]]), torch.tensor([[1.0], [4]])
distance = torch.cdist(a, p) ** 2  # from every anchor to every second view
short = (distance.diagonal()[:, None] - distance + 4).clamp(min=0)
loss = short[~torch.eye(2, dtype=torch.bool)].mean()
assert loss == triplet_loss(a, p, margin=4)
print(loss.item())

# %% [markdown]
# To verify, choose a threshold, and accept if the distance is at most that. Four pairs, same or
# different: 0.1 same, 0.2 different, 0.3 same, 0.4 different. The threshold 0.25 accepts one of two
# same pairs, and one of two different ones: both errors are 50 %. Each threshold is a point of the
# **ROC curve**. Where both errors are equal, we read the **equal error rate**.

# %%
false, true, _ = ranking.roc([0.1, 0.2, 0.3, 0.4], [True, False, True, False])
print(false, true, "equal error rate", ranking.equal_error_rate(false, true))

# %%
Quiz(
    Question(
        "Compare plain pixels, and a network with random weights. Their equal error rates?",
        Wrong("Both about 50 %: nothing was learnt", "Two views share much light and dark."),
        Right("Both about 35 %: better than a coin", "And the random network is no better."),
        Wrong("Pixels about 10 %, random weights 50 %", "Shifted and mirrored, pixels hardly fit."),
    )
)

# %%
from cnnedu.models.embedding import Embedding

torch.manual_seed(0)
points = {
    "trained": load_network("embedding")[0],
    "random weights": Embedding().eval(),
    "pixels": lambda x: x.flatten(1),
}
curves = {}
for name, point_of in points.items():
    with torch.no_grad():
        false, true, _ = ranking.roc(*distances_of_pairs(point_of, faces[TEST]))
    curves[name] = false, true
    print(f"{name:<15} equal error rate {ranking.equal_error_rate(false, true):.1%}")
show_roc(curves)

# %% [markdown]
# That is one network and one draw. Four of each, with seeds of their own:

# %%
for name, errors in l17_faces.figures["faces"].items():
    print(f"{name:<15} {np.mean(errors):.1%}, from {min(errors):.1%} to {max(errors):.1%}")

# %% [markdown]
# **What came out.** On forty patches it never learnt from, the trained distance is far better than
# pixels, with every seed. (We chose the loss and the number of steps with these patches in view, so
# the figure flatters.) **What it doesn't show** is that the network knows a *person*. Both views
# come from one photograph, and the test's distortions are those of training. For more you need
# several photographs of each person, their consent, and results by group.
#
# ### One against many
#
# A pair is **one-to-one**: "are these the same?" A door is **one-to-many**: it compares whoever
# comes with *everybody* enrolled, and opens if one of them is near enough. If a single comparison
# accepts a stranger with probability $f$, and comparisons were independent, $N$ of them would
# accept with
#
# $$ 1 - (1 - f)^N, \qquad f = 5\,\%,\; N = 20: \quad 1 - 0.95^{20} = 64\,\% $$
#
# Measure it: 20 test patches are enrolled with one view each, and the 20 others come as strangers,
# 25 times each. The threshold is the one that accepts 5 % of the single comparisons.


# %%
def door(seed):
    """Return, for each number of people enrolled, the share of the strangers who get in."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        enrolled = points["trained"](views(faces[60:80], generator))
        strangers = torch.cat([points["trained"](views(faces[80:], generator)) for _ in range(25)])
    accepted = torch.cdist(strangers, enrolled).numpy()
    accepted = accepted <= np.quantile(accepted, 0.05)
    return [accepted.reshape(-1, 20 // N, N).any(axis=2).mean() for N in (1, 5, 20)]


opened = np.mean([door(seed) for seed in range(5)], axis=0)
for N, share in zip((1, 5, 20), opened, strict=True):
    print(f"{N:>2} enrolled: the door opens to {share:.0%} of the strangers", end="")
    print(f" (if independent: {1 - 0.95**N:.0%})")

# %% [markdown]
# **What came out.** With twenty people enrolled, the door opens to more than half of the strangers,
# about as many as the formula says.

# %% [markdown]
# ## Quiz

# %%
Quiz(
    Question(
        "A mask has an IoU of 0.5. Its Dice?",
        Wrong("0.5: two names for one thing", "They agree at 0 and 1 only."),
        Right("0.67: Dice is the kinder one", "2 · 0.5 / (1 + 0.5)."),
        Wrong("0.25: the square of the IoU", "Dice is never lower than IoU."),
    ),
    Question(
        "Two shapes have their centres in the same cell of our one-stage detector. What happens?",
        Wrong("NMS sorts it out", "NMS only drops boxes. The second one was never made."),
        Right(
            "One of them is lost", "A cell has one answer. A finer grid, or anchors, would help."
        ),
        Wrong("The cell gives a box around both", "It learns one of the two, whichever came last."),
    ),
    Question(
        "An object is found three times with IoU 0.8. How many hits?",
        Wrong("Three hits: all are good boxes", "Then recall could pass 1."),
        Right("One hit, and two misses", "Each object counts once. That is what NMS is for."),
        Wrong("None: doubles don't count", "The surest one is right."),
    ),
    Question(
        "What does our U-Net lose without its skips, above all?",
        Right("Exact borders", "Where a pixel was within its pooled square."),
        Wrong("The gradient: it vanishes", "So few layers with batch norm train well. Lesson 12."),
        Wrong("The classes of shapes", "Those come from the bottom, where it sees far."),
    ),
    Question(
        "A single comparison takes a stranger for somebody with a probability of 1 %. A hundred "
        "people are enrolled. The chance that the door opens to a stranger, if the comparisons are "
        "independent?",
        Wrong("1 %: each comparison errs that rarely", "But there are a hundred of them."),
        Wrong("100 %: a hundred times 1 %", "That is how many are expected to match on average."),
        Right(
            "63 %: once in a hundred is enough",
            "1 − 0.99¹⁰⁰. A door needs a far stricter threshold than a pair, and refuses friends.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. IoU = shared / together, for boxes and for masks; Dice is kinder. Accuracy per pixel praises a
#    network that always says "ground".
# 2. U-Net: shrink to see far, enlarge to say where, skips for the borders.
# 3. One stage: each cell answers for its centre; decode, and suppress doubles. Average
#    precision judges the whole ranking.
# 4. Two stages: anchors → proposals → a table from each box → a second look.
# 5. An embedding learns distance, not classes. A threshold trades one error for the other, and one
#    against many needs a far stricter one.
#
# **Now you:** [exercise 17](../exercises/17_beyond_classification/17_beyond_classification.ipynb).
# **Next:** [lesson 18](18_capstone.ipynb), your own pictures.
#
# ## To read on
#
# - O. Ronneberger, P. Fischer, T. Brox. "U-Net: convolutional networks for biomedical image
#   segmentation." *MICCAI*, 2015.
# - J. Redmon, S. Divvala, R. Girshick, A. Farhadi. "You only look once: unified, real-time object
#   detection." *CVPR*, 2016.
# - S. Ren, K. He, R. Girshick, J. Sun. "Faster R-CNN: towards real-time object detection with
#   region proposal networks." *NeurIPS*, 2015.
# - K. He, G. Gkioxari, P. Dollár, R. Girshick. "Mask R-CNN." *ICCV*, 2017. RoI align.
# - N. Bodla, B. Singh, R. Chellappa, L. S. Davis. "Soft-NMS: improving object detection with one
#   line of code." *ICCV*, 2017. For flocks.
# - T.-Y. Lin et al. "Microsoft COCO: common objects in context." *ECCV*, 2014.
# - F. Schroff, D. Kalenichenko, J. Philbin. "FaceNet: a unified embedding for face recognition and
#   clustering." *CVPR*, 2015.
# - J. Buolamwini, T. Gebru. "Gender shades: intersectional accuracy disparities in commercial
#   gender classification." *FAT\**, 2018.
