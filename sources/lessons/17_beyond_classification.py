# %% [markdown]
# # 17 · Beyond classification
#
# "A heart." That is one answer for a whole picture. But how many hearts, where, and which pixels
# belong to them? And is this the face from before? Four networks answer: one that names every
# pixel, two that draw boxes, one that measures how alike two pictures are. All are made of the
# layers you know.
#
# **After this lesson you can**
#
# - work out IoU, Dice, precision, recall and average precision by hand, and say which figure hides
#   what;
# - say why a U-Net shrinks a picture, enlarges it again, and has skips;
# - write a one-stage detector's target by hand, decode its answer, and suppress double boxes;
# - say what a two-stage detector adds: anchors, proposals, pooling in each box;
# - verify by distance, read a ROC curve, and say what such a test doesn't show.
#
# *Time:* 75 minutes. *Before this:* lessons 04, 09 and 12.

# %%
import numpy as np
import torch
import torch.nn.functional as F

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.shapes import CLASSES
from cnnedu.experiments.l17_beyond import figures
from cnnedu.kernels import boxes, overlap, ranking
from cnnedu.models.pretrained import load_network
from cnnedu.plots import scenes as pictures
from cnnedu.plots import show_grids, show_lines
from cnnedu.tasks import detection
from cnnedu.tasks.scenes import held_out_scenes, pixels
from cnnedu.tasks.segmentation import segment
from cnnedu.widgets import Question, Quiz, Right, ShapeCalculator, Wrong

torch.set_num_threads(1)
scenes = held_out_scenes(100)  # no network has learnt from these
one_stage, unet = load_network("one_stage")[0], load_network("unet")[0]
found = detection.find(one_stage, scenes.x[1:5])
names = [[CLASSES[k] for k in f.y] for f in found]
pictures.show_boxes(scenes.x[1:5], [f.boxes for f in found], names)

# %% [markdown]
# Here is where you will be. The scenes are made by code, so every box and every pixel is known
# exactly. The networks were trained before, in a few minutes each on one core
# (`cnnedu experiment l17 --save`; the [model card](../cnnedu/models/pretrained/beyond.md) has
# the details).
#
# ## How good is a box? IoU
#
# A class is right or wrong. A box is *nearly* right, so it needs a measure. Two boxes of 4×4
# pixels, written as (left, top, right, bottom), right and bottom outside: A = (0, 0, 4, 4) and B =
# (2, 1, 6, 5). They share columns 2 and 3 and rows 1 to 3: $2 \cdot 3 = 6$ pixels. Together they
# cover $16 + 16 - 6 = 26$. The **intersection over union** is
#
# $$ \text{IoU} = \frac{|A \cap B|}{|A \cup B|} = \frac{6}{26} = 0.23 $$

# %%
A, B = [0, 0, 4, 4], [2, 1, 6, 5]
print(boxes.box_iou([A], [B]).round(2))
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
# By custom a box counts as found from an IoU of 0.5 on. One pixel each way is too much for a thing
# of 4×4 pixels, and nothing for one of 64×64.
#
# ## A class for every pixel
#
# **Segmentation** wants an answer of the picture's own size. A classifier does the opposite: it
# pools and pools, to see far with few multiplications, and forgets where. Take the smiley through
# one 2×2 max pooling. In *every* one of the sixteen squares is some ink. Check two of them:

# %%
face = torch.tensor(smiley(), dtype=torch.float32)[None, None]
small = F.max_pool2d(face, 2)
show_grids([face[0, 0].numpy(), small[0, 0].numpy()], ["smiley", "after 2×2 max pooling"])

# %% [markdown]
# Nothing but ones. The network knows that there is ink everywhere, and the face has gone. (Real
# networks keep many channels, and lose less. But they lose.)
#
# Then why shrink at all? Below is the way down of our U-Net; in the live page the column *Sees*
# says how many pixels across each map sees. The largest shapes are 26 pixels wide.
#
# 1. Remove both pooling layers. What happens to the receptive field, what to the multiply-adds?
# 2. Now reach the old field again with 3×3 convolutions alone. How many do you need, at which
#    price?

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
# value, onto the output; the stamps lie `stride` apart, and where they overlap they add up. By
# hand, 2×2 → 4×4, with stride 2 and the kernel $\begin{pmatrix}1 & 2\\ 0 & 1\end{pmatrix}$: the
# input's 3 becomes $\begin{pmatrix}3 & 6\\ 0 & 3\end{pmatrix}$ in the lower left corner. With a
# kernel of ones each pixel becomes four: plain enlargement. The network learns which stamp it
# wants. A single 1, with stride 1, stamps the kernel itself: here lesson 01's edge detector.

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
# So don't throw them away. Before each pooling the **U-Net** puts its maps aside, and on the way up
# it *appends* them, as further channels, to the enlarged maps of the same size. The way through the
# bottom says *what* there is, the skip says *where* exactly. (ResNet adds its skip, lesson 12. Here
# the next convolution decides how to mix.) Drawn from the network itself:

# %%
from cnnedu.plots.unet import show_unet

show_unet(unet, torch.zeros(1, 3, 64, 64))

# %% [markdown]
# It ends in 11 maps, one for each class and one for the ground, and a cross-entropy for *each
# pixel*. Only one thing is new in training: nine tenths of the pixels are ground, so a ground pixel
# counts 0.3.

# %%
said = segment(unet, scenes.x)
pictures.show_masks(scenes.x[:5], scenes.masks[:5], {"U-Net": said[:5]}, size=1.45)

# %% [markdown]
# Each pixel is judged on its own, so a shape may come out in two colours (the square in the last
# picture).
#
# ### How good is a mask? IoU and Dice
#
# Again, count what is shared. Two masks of 6 pixels each that share 4:
#
# $$ \text{IoU} = \frac{4}{6 + 6 - 4} = 0.50,
# \qquad \text{Dice} = \frac{2\,|A \cap B|}{|A| + |B|} = \frac{8}{12} = 0.67 $$
#
# Dice is always the kinder one, $2\,\text{IoU}/(1 + \text{IoU})$, and puts masks in the same order.
# Over several classes one counts each class's pixels over all pictures, and takes the mean of the
# classes' IoUs: the **mean IoU**.

# %%
a, b = np.zeros((2, 4, 4), bool)
a[0:2, 0:3], b[0:2, 1:4] = True, True
print("IoU {:.2f}, Dice {:.2f}".format(*overlap.mask_overlap(a, b)))
one, shifted = smiley() > 0, np.roll(smiley(), 1, axis=1) > 0
iou, dice = overlap.mask_overlap(one, shifted)
print(
    f"smiley, shifted by one: IoU {iou:.2f}, Dice {dice:.2f}, "
    f"pixels right {np.mean(one == shifted):.0%}"
)

# %% [markdown]
# ### A claim to test: "accuracy per pixel tells how good a segmentation is"
#
# Suppose somebody's network says "ground", always, everywhere.

# %%
Quiz(
    Question(
        "What do accuracy per pixel and mean IoU say of it?",
        Wrong("Both are near 0", "Most pixels *are* ground. It has those right."),
        Right(
            "Accuracy about 90 %, mean IoU 8 %",
            "The ground's IoU is about 0.9, those of the ten classes are 0. Mean: 0.9 / 11.",
        ),
        Wrong("Both are near 90 %", "Ten classes of eleven are never found. The mean feels it."),
    )
)

# %%
for name, answer in {"ground everywhere": np.zeros_like(said), "U-Net": said}.items():
    by_class = overlap.class_iou(scenes.masks, answer, 1 + len(CLASSES))
    right = np.mean(answer == scenes.masks)
    print(f"{name:<18} pixels right {right:.1%}   mean IoU {np.nanmean(by_class):.2f}")
print(*[f"{name} {q:.2f}" for name, q in zip(("ground", *CLASSES), by_class, strict=True)])

# %% [markdown]
# **What came out.** Knowing nothing scores 90 %, so the whole range from worthless to good is
# squeezed into the last ten points. The mean IoU spreads it out. For a tumour that covers one pixel
# in a hundred, accuracy per pixel would be 99 % for a network that never sees one.
#
# And the skips, do they matter? The same network without them, trained in the same way, measured on
# 300 scenes:

# %%
Quiz(
    Question(
        "With skips, the mean IoU is 0.93. Without?",
        Wrong("About 0.1: after pooling all is ones", "64 channels carry far more than one."),
        Right(
            "Lower, at the borders of the shapes", "It knows what, and nearly where. Look below."
        ),
        Wrong("The same", "The way through the bottom has to describe every border: that costs."),
    )
)

# %%
for name in ("unet", "no_skips"):
    print(name, *[f"{key} {value:.3f}," for key, value in figures[name].items() if " " in key])

# %% [markdown]
# A *border pixel* has another class next door; 6 % of all pixels are such. Without skips 13.5 % of
# them are wrong, and $0.06 \cdot 13.5\,\% = 0.8\,\%$ of all pixels: next to all its errors. With
# skips it is little more than half as many. So the skips do what they were drawn for. But the 64
# channels at the bottom carry more of the *where* than the smiley made one expect. (One run each,
# on shapes with simple borders.)
#
# ## Boxes in one look: a one-stage detector
#
# A picture holds one shape or four. How can a network of fixed size give a list of any length?
# YOLO's idea: lay a grid over the picture, and let **each cell answer for the box whose centre lies
# in it**. Ours has 8×8 cells of 8×8 pixels. Each gives 15 numbers: is there a centre, four numbers
# for the box, ten classes. It is a plain convolutional network, with a 1×1 convolution at the end.
#
# What should the cells say? By hand, for a star in the box (18, 10, 34, 18). Its centre is (26,
# 14), width 16, height 8.
#
# - column: $26 / 8 = 3.25$, so 3; place in the cell 0.25. Row: $14 / 8 = 1.75$, so 1; place 0.75;
# - sizes: $\ln(16/16) = 0$ and $\ln(8/16) = -0.69$ (relative to 16 pixels; the logarithm makes
#   twice as large and half as large equally far);
# - class: 7. In all other cells: "no centre", and nothing else is asked of them.

# %%
from cnnedu.models.detectors import decode, encode

star = torch.tensor([[[18.0, 10, 34, 18]]])
target = encode(star, torch.tensor([[CLASSES.index("star")]]), grid=(8, 8))
print("cells with a centre:", target[0, 0].nonzero().tolist())
print("cell (1, 3):", [round(v, 2) for v in target[0, :, 1, 3].tolist()])
pictures.show_boxes(np.zeros((1, 64, 64)), star.numpy(), [["star"]], cell=8)

# %% [markdown]
# That is the **target tensor**. The loss adds up: cross-entropy for "is there a centre" in all
# cells; for place, size and class only in cells that have one. **Decoding** goes back. With
# $\sigma$, so that the centre stays in its cell:
#
# $$ c_x = 8\,(j + \sigma(a_1)), \quad c_y = 8\,(i + \sigma(a_2)), \quad w = 16\,e^{a_3},
# \quad h = 16\,e^{a_4},
# \quad \text{score} = \sigma(a_0) \cdot \max_k \text{softmax}(a_{5 \ldots})_k $$
#
# By hand: if cell (1, 3) answers $a_1 = a_2 = 0$, the centre is $8 \cdot 3.5 = 28$ across and $12$
# down. $a_3 = 0$: 16 wide. $a_4 = -0.69$: 8 high. So the box is (20, 8, 36, 16).

# %%
answer = torch.full((1, 15, 8, 8), -9.0)
answer[0, :5, 1, 3] = torch.tensor([4.0, 0, 0, 0, np.log(0.5)])
decoded, scores, _ = decode(answer)
print(decoded[0, 8 * 1 + 3].round().tolist())

# %% [markdown]
# ### Doubles, and how to suppress them
#
# A shape on the border of two cells is claimed by both. **Non-maximum suppression** (NMS): keep the
# box with the highest score, drop all that share more than a threshold with it, go on with the
# rest. By hand, three boxes of 4×4, threshold 0.5:
#
# | | box | score | |
# | --- | --- | --- | --- |
# | p | (0, 0, 4, 4) | 0.8 | IoU with q is $12/20 = 0.6$: dropped |
# | q | (0, 1, 4, 5) | 0.9 | the highest: kept |
# | r | (0, 3, 4, 7) | 0.7 | IoU with q is $8/24 = 0.33$: kept |

# %%
three = np.array([[0, 0, 4, 4], [0, 1, 4, 5], [0, 3, 4, 7]])
print(boxes.box_iou(three, three).round(2))
print("kept:", boxes.non_maximum_suppression(three, [0.8, 0.9, 0.7], threshold=0.5))

# %% [markdown]
# And in a scene: all boxes with a score of at least 0.02, and what is left.

# %%
everything = detection.find(one_stage, scenes.x, least=0.02, threshold=1)
most_doubles = int(
    np.argmax([len(f.y) - len(y) for f, y in zip(everything, scenes.y, strict=True)])
)
raw = everything[most_doubles]
kept = boxes.non_maximum_suppression(raw.boxes, raw.scores, 0.45)
stages = {f"{len(raw.y)} boxes": raw.boxes, f"{len(kept)} after NMS": raw.boxes[kept]}
pictures.show_candidates(scenes.x[most_doubles], stages)

# %% [markdown]
# ### How good is a detector? Average precision
#
# A detector trades: show more boxes, and you find more objects, and more rubbish. So don't fix a
# threshold: sort all detections of a class by score, over all pictures, and look at the whole
# curve. A detection is a **hit** if its IoU with an object *not found before* is at least 0.5. By
# hand, 4 objects, five detections, from the surest on:
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
# At 0.5 there is next to nothing left to improve: these scenes are easy, and the network has seen
# thousands of them. At 0.9, where a 12-pixel box may be off by about half a pixel, the grid's one
# look is no longer enough. A detector's figure says little without its IoU. (Our mAP is held to
# `pycocotools` by a test.)
#
# ### A claim to test: "0.5 is a good threshold for NMS"
#
# We try all thresholds twice: in our scenes, and in a flock: thirty boxes of 12×12 thrown anywhere,
# where a *perfect* detector finds each one, but each one twice, the second time a pixel or two off
# and less sure.

# %%
Quiz(
    Question(
        "In our scenes, which threshold ruins the mAP?",
        Wrong("Below 0.3: neighbours get dropped", "Our shapes never touch: no two boxes overlap."),
        Wrong("Above 0.7: all doubles stay", "They stay, but at the end of the list: low scores."),
        Right("Hardly any", "Even no suppression at all costs nearly nothing. Look at the flock!"),
    )
)

# %%
thresholds = np.linspace(0, 1, 21)


def suppressed(f, threshold):
    kept = boxes.non_maximum_suppression(f.boxes, f.scores, threshold)
    return ranking.Found(f.boxes[kept], f.scores[kept], f.y[kept])


flock, found_twice = detection.flock()
all_found = detection.find(one_stage, scenes.x, threshold=1)
curves = {"our scenes": [], "flock": []}
for threshold in thresholds:
    curves["our scenes"].append(mean_ap([suppressed(f, threshold) for f in all_found]))
    f = suppressed(found_twice, threshold)
    hits = ranking.matched(f.boxes, f.scores, flock)
    curves["flock"].append(ranking.average_precision(f.scores, hits, count=30))
show_lines(
    thresholds,
    curves,
    "threshold of NMS (IoU)",
    "average precision at 0.5",
    marker="o",
    ylim=(0, 1.05),
)

# %%
for n, threshold in list(enumerate(thresholds))[::5]:
    print(
        f"threshold {threshold:.2f}  our scenes {curves['our scenes'][n]:.2f}  "
        f"flock {curves['flock'][n]:.2f}"
    )

# %% [markdown]
# **What came out.** In our scenes any threshold will do, even none: doubles have low scores, so
# they come last, where they spoil no precision above them. (If you *count* boxes, they do matter.)
# In the flock 0 loses two thirds of the sheep, for true neighbours overlap, too; 1 keeps every
# double. The best lies in between, and *where* depends on how dense the flock is and how exact the
# detector. There is no good threshold, only one that was chosen on validation pictures.
#
# ## Boxes in two looks: what Faster R-CNN adds
#
# One stage guesses a box from a cell, whatever the box's size. Two stages first ask "*where* might
# something be?", and then look again, *inside* each candidate.
#
# **Anchors.** At every cell stand three ready-made boxes, 10, 16 and 24 pixels wide. The network
# doesn't invent a box, it corrects an anchor, in units of the anchor's size. By hand: anchor (4, 4,
# 20, 20), centre (12, 12), size 16; true box (8, 8, 24, 20), centre (16, 14), 16 × 12. Offsets:
# $4/16 = 0.25$, $2/16 = 0.125$, $\ln(16/16) = 0$, $\ln(12/16) = -0.29$.

# %%
from cnnedu.models.two_stage import anchors, offsets_to, proposals, roi_align

print(
    offsets_to(torch.tensor([[4.0, 4, 20, 20]]), torch.tensor([[8.0, 8, 24, 20]])).numpy().round(3)
)
print(f"{len(anchors((64, 64)))} anchors in a picture of 64×64")

# %% [markdown]
# **Proposals.** A small head scores the 192 anchors ("something or nothing") and moves them; NMS
# leaves at most twelve. Their classes aren't known yet.
#
# **RoI pooling.** A region of interest may have any size, a dense layer wants one size. So cut the
# box into a fixed table and take one value from each part. On a map of 4×4 cells, 0 to 15, row by
# row, a box over the whole map and a table of 2×2: each part has 2×2 cells, 0, 1, 4, 5 the first.
# Faster R-CNN took their largest, 5. We read the map at the part's centre, the mean of the four
# next cells: 2.5. That is **RoI align**, and it doesn't round. For the box (1, 0, 4, 2) the first
# part is 1.5 wide and 1 high, its centre at 1.75 across, 0.5 down: a quarter of the way from cell 1
# to cell 2, so 1.25.

# %%
features = torch.arange(16.0).view(1, 1, 4, 4)
regions = torch.tensor([[0.0, 0, 4, 4], [1, 0, 4, 2]])
tables = roi_align(features, regions, torch.tensor([0, 0]), pooled=2, stride=1)[:, 0].numpy()
show_grids([features[0, 0].numpy(), *tables], ["map", "whole map", "box (1, 0, 4, 2)"])

# %% [markdown]
# **Second look.** Each proposal's table of 4×4 goes through a dense layer: ten classes or
# "nothing", and a last correction of the box. Both stages share the feature maps and are trained
# together.

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
        "mAP@0.9 was 0.49 with one look. With a second look, inside each box?",
        Wrong("Far higher: it measures again, from nearer", "So one would think. Look below."),
        Right("The same, more or less", "It measures again, but on maps as coarse as before."),
        Wrong("Far lower: two stages, two chances to fail", "The second stage mends the first."),
    )
)

# %%
second = detection.find(two_stage, scenes.x)
for at in (0.5, 0.75, 0.9):
    print(f"mAP@{at}: one stage {mean_ap(found, at):.2f}, two stages {mean_ap(second, at):.2f}")

# %% tags=["nbval-ignore-output"]
from time import perf_counter

for name, network in {"one stage": one_stage, "two stages": two_stage}.items():
    begin = perf_counter()
    detection.find(network, scenes.x)
    count = sum(p.numel() for p in network.parameters())
    print(
        f"{name:<10} {count:,} parameters, {1000 * (perf_counter() - begin) / 100:.1f} ms a picture"
    )

# %% [markdown]
# **What came out.** Nothing was gained. Both find nearly every shape; neither is exact; 0.49 and
# 0.47 are no difference that one run each could tell. The second look costs a quarter more time.
# Our scenes don't ask for it: shapes of similar size, far apart, one look sees each of them whole;
# and the table is read from maps with one cell for 4 pixels. Two stages won on photographs, with
# objects from 10 to 500 pixels that cover one another. "Two stages are more exact" is true of some
# data, in some years; measure on yours.
#
# ## The same face? Verification by embedding
#
# A classifier has a fixed list of people. A door must recognise somebody who was never in the
# training set. So learn a **distance** instead: the network turns a picture into a point, an
# **embedding**, and pictures of the same thing should lie close together.
#
# scikit-image brings a hundred patches of faces, 25×25 pixels. Who they are isn't known, and nobody
# is known to be there twice. So the only honest question is a smaller one: *do two views come from
# the same patch?* A view is shifted, turned, mirrored, relit and noisy. Sixty patches to learn
# from, forty others for the test.

# %%
from cnnedu.tasks.faces import TEST, distances_of_pairs, face_patches, triplet_loss, views

faces = face_patches()
generator = torch.Generator().manual_seed(0)
rows = [views(faces[TEST][:9], generator)[:, 0].numpy() for _ in range(2)]
show_views(faces[TEST][:9, 0].numpy(), rows)

# %% [markdown]
# The **triplet loss** takes three: an anchor $a$, another view $p$ of the same patch, a view $n$ of
# another one. The other one should be further away by a margin $m$:
#
# $$ \max\big(0, \; d(a, p)^2 - d(a, n)^2 + m\big) $$
#
# By hand, on a line, with $m = 4$: two patches, anchors at 0 and 3, second views at 1 and 4. First
# triplet: $a = 0, p = 1, n = 4$: $1 - 16 + 4 < 0$, nothing to do. Second: $a = 3, p = 4, n = 1$:
# $1 - 4 + 4 = 1$. Mean: 0.5.

# %%
print(triplet_loss(torch.tensor([[0.0], [3]]), torch.tensor([[1.0], [4]]), margin=4).item())

# %% [markdown]
# To verify, choose a threshold: accept if the distance is at most that. Four pairs, same or
# different: 0.1 same, 0.2 different, 0.3 same, 0.4 different. With the threshold 0.25 one of two
# same pairs is accepted, and one of two different ones: both errors are 50 %. Each threshold is a
# point of the **ROC curve**. Where both errors are equal one reads the **equal error rate**.

# %%
false, true, _ = ranking.roc([0.1, 0.2, 0.3, 0.4], [True, False, True, False])
print(false, true, "equal error rate", ranking.equal_error_rate(false, true))

# %%
Quiz(
    Question(
        "Compare plain pixels, and a network with random weights. Their equal error rates?",
        Wrong("Both 50 %: nothing was learnt", "Two views share much of their light and dark."),
        Right(
            "Both about a third",
            "Better than a coin, and the random network no better than pixels.",
        ),
        Wrong(
            "Pixels 10 %: it's the same picture",
            "Shifted and mirrored! Pixel by pixel little fits.",
        ),
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
# **What came out.** On forty patches never learnt from, the trained distance is far better. **What
# it doesn't show:** that it knows a *person*. Both views come from one photograph: same day, same
# face, same hair, same shadow. The test's distortions are those of training. And 40 patches of
# unknown people say nothing on whom it fails. For that you need several photographs of each person,
# consent, and results by group.
#
# ## Train them yourself
#
# In the full budget the next cell trains all four again, a few minutes each on one core; else it
# shows what came of it.

# %%
for name in ("unet", "one_stage", "two_stage", "embedding"):
    known = {k: q for k, q in figures[name].items() if k not in ("parameters", "minutes")}
    print(f"{name:<10}", ", ".join(f"{key} {q:.3f}" for key, q in known.items()))

# %% [markdown]
# ## Quiz

# %%
Quiz(
    Question(
        "A mask has an IoU of 0.5. Its Dice?",
        Wrong("0.5: two names for one thing", "They agree at 0 and 1 only."),
        Right("0.67", "2 · 0.5 / (1 + 0.5)."),
        Wrong("0.25", "Dice is never lower than IoU."),
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
        Wrong("Three", "Then one object could be found more than once, and recall pass 1."),
        Right("One, and two misses", "Each object counts once. That is what NMS is for."),
        Wrong("None: doubles are wrong", "The surest one is right."),
    ),
    Question(
        "What does a U-Net lose without its skips, above all?",
        Right("Exact borders", "Where a pixel was within its pooled square."),
        Wrong(
            "The gradient: it vanishes",
            "With so few layers and batch norm it doesn't. That was lesson 12.",
        ),
        Wrong("The classes", "Those come from the bottom, where it sees far."),
    ),
    Question(
        "Equal error rate 5 %. At a door that 1,000 strangers pass, how many get in?",
        Wrong("None: it is a verification", "Each of them may be taken for somebody."),
        Right(
            "About 50, at that threshold", "So a door takes a stricter one, and refuses friends."
        ),
        Wrong("5", "5 % of 1,000 is 50."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. IoU = shared / together, for boxes and for masks; Dice is its kinder sister. Accuracy per pixel
#    praises who says "ground".
# 2. U-Net: shrink to see far, enlarge to say where, skips for the borders.
# 3. One stage: each cell answers for the centre in it; decode, suppress doubles. Average precision
#    judges the whole ranking.
# 4. Two stages: anchors → proposals → a table from each box → a second look.
# 5. An embedding learns distance, not classes. A threshold trades one error for the other; ask what
#    "same" meant in the test.
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
