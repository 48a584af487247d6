# %% [markdown]
# # Exercise 17 · Beyond classification
#
# **20 points, 55 minutes.** It goes with lesson 17, *Beyond classification*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | seven numbers by hand | 3 |
# | 2 | `box_iou` | 3 |
# | 3 | `nms` | 3 |
# | 4 | `class_overlap` | 3 |
# | 5 | `average_precision` | 3 |
# | 6 | `decoded`: boxes of an odd convention | 2 |
# | 7 | three reports (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy. Answers may differ from the right ones by one part in 10⁹; those by
# hand by 0.001.

# %%
import numpy as np

from cnnedu.checks.exercises import e17_beyond_classification as e17

# %% [markdown]
# ## 1 · Seven numbers by hand (3 points)
#
# Boxes are (left, top, right, bottom) in pixels; right and bottom lie outside.
#
# - a: the IoU of the boxes (1, 2, 7, 6) and (4, 3, 10, 8);
# - b, c: IoU and Dice of two masks of 10 and of 6 pixels that share 4;
# - d: the average precision of five detections; from the surest to the least sure, they are: miss,
#   hit, hit, miss, hit. There are 5 true objects;
# - e, f, g: the box (18, 30, 34, 42) in a grid of 8×8-pixel cells: row and column of the cell that
#   answers for it, both counted from 0, and its target for the place across, from 0 to 1.
#
# Write them in a list, `[a, b, c, d, e, f, g]`. Fractions such as `1 / 7` are welcome.

# %% grade_id="17-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [9 / 45, 4 / 12, 8 / 16, (2 / 3 + 2 / 3 + 3 / 5) / 5, 4, 3, 0.25]
### END SOLUTION

# %% grade_id="17-by-hand-tests" points=3
e17.check("by_hand", globals())

# %% [markdown]
# ## 2 · `box_iou` (3 points)
#
# The IoU of every box in `a` with every box in `b`:
#
# $$ \text{IoU} = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}, \qquad |A \cap B| = \max(0,
# \min(\text{right}) - \max(\text{left})) \cdot \max(0, \min(\text{bottom}) - \max(\text{top})) $$
#
# For example, (0, 0, 3, 2) and (1, 1, 3, 3) share 2 of 8 pixels, so `box_iou` of one with the other
# is `[[0.25]]`. Every box has an area, so you never divide by 0. (Two loops are fine; so is one
# expression: `a[:, None]` has the shape (N, 1, 4).)


# %% grade_id="17-box-iou"
def box_iou(a, b):
    """Return the IoU of each pair of boxes.

    a: array (N, 4): left, top, right, bottom; whole numbers or fractions, of either sign
    b: array (M, 4), likewise; M may be 0
    returns: float array (N, M)
    """
    ### BEGIN SOLUTION
    start = np.maximum(a[:, None, :2], b[:, :2])
    end = np.minimum(a[:, None, 2:], b[:, 2:])
    shared = np.maximum(end - start, 0).prod(axis=2)
    area_a = (a[:, 2:] - a[:, :2]).prod(axis=1)
    area_b = (b[:, 2:] - b[:, :2]).prod(axis=1)
    return shared / (area_a[:, None] + area_b - shared)
    ### END SOLUTION


# %% grade_id="17-box-iou-tests" points=3
e17.check("box_iou", globals())
### BEGIN HIDDEN TESTS
e17.check("box_iou", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `nms` (3 points)
#
# Non-maximum suppression. The IoUs are given here, so that this part doesn't depend on the one
# before:
#
# 1. take the boxes by falling score; of equal scores, the earlier box comes first
#    (`np.argsort(…, kind="stable")` leaves equal numbers in their order);
# 2. keep a box if its IoU with *each box kept so far* is at most `threshold`.
#
# For example, three boxes with scores 0.7, 0.9, 0.8, where the first two have an IoU of 0.6 and the
# last two 0.5: with `threshold` 0.5 the second is kept, then the third (0.5 is not above 0.5), and
# the first is dropped: `[1, 2]`.


# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    """Suppress duplicate boxes.

    iou: float array (N, N): of each pair of boxes, 1 on the diagonal; N may be 0
    scores: float array (N,), of either sign
    threshold: number from 0 to 1
    returns: places of the kept boxes, whole numbers, the highest score first
    """
    ### BEGIN SOLUTION
    kept = []
    for n in np.argsort(-scores, kind="stable"):
        if (iou[n][kept] <= threshold).all():
            kept.append(n)
    return kept
    ### END SOLUTION


# %% grade_id="17-nms-tests" points=3
e17.check("nms", globals())
### BEGIN HIDDEN TESTS
e17.check("nms", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `class_overlap` (3 points)
#
# IoU and Dice of each class $k$. Count over all pixels of *all pictures together*, then divide.
# With $A$ the pixels where `y` is $k$ and $B$ those where `said` is $k$:
#
# $$ \text{IoU} = \frac{|A \cap B|}{|A \cup B|}, \qquad \text{Dice} = \frac{2\,|A \cap
# B|}{|A| + |B|} $$
#
# A class that is neither there nor said gets 1 in both. For example, `y = [[0, 0, 1]]`,
# `said = [[0, 1, 1]]` and 3 classes: `[[1/2, 1/2, 1], [2/3, 2/3, 1]]`.


# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    """Return IoU (first row) and Dice (second row) of each class.

    y, said: arrays of whole numbers from 0 to classes - 1, both (N, H, W);
        of dtype int64, or uint8, in which 200 + 100 makes 44
    classes: number of classes K
    returns: float array (2, K)
    """
    ### BEGIN SOLUTION
    out = np.ones((2, classes))
    for k in range(classes):
        shared = np.sum((y == k) & (said == k))
        total = np.sum(y == k) + np.sum(said == k)
        if total > 0:
            out[:, k] = shared / (total - shared), 2 * shared / total
    return out
    ### END SOLUTION


# %% grade_id="17-class-overlap-tests" points=3
e17.check("class_overlap", globals())
### BEGIN HIDDEN TESTS
e17.check("class_overlap", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `average_precision` (3 points)
#
# Sort the detections by falling score; of equal scores, the earlier one comes first. The $n$ surest
# have
#
# $$ \text{precision}_n = \frac{\text{hits among them}}{n}, \qquad \text{recall}_n =
# \frac{\text{hits among them}}{\text{count}} $$
#
# Each hit raises the recall by 1/count, a miss by nothing. So the area under the staircase is
#
# $$ \text{AP} = \frac{1}{\text{count}} \sum_{n \text{ is a hit}} \; \max_{m \geq n} \,
# \text{precision}_m $$
#
# For example, scores 0.9, 0.8, 0.7 with hit, miss, hit, and `count` 2: precisions 1, 1/2, 2/3, so
# AP = (1 + 2/3) / 2 = 0.8333. Without a hit it is 0.


# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    """Return the average precision of one class.

    scores: float array (N,), of either sign; N may be 0
    hits: boolean array (N,): whether the detection found an object not found before
    count: number of true objects, at least 1
    returns: number from 0 to 1
    """
    ### BEGIN SOLUTION
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return np.sum(best[right]) / count
    ### END SOLUTION


# %% grade_id="17-average-precision-tests" points=3
e17.check("average_precision", globals())
### BEGIN HIDDEN TESTS
e17.check("average_precision", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · `decoded`: boxes of an odd convention (2 points)
#
# A file of boxes has come with four numbers per box, and nobody remembers what they mean. Four
# conventions are in use:
#
# | | the four numbers |
# | --- | --- |
# | a | left, top, width, height |
# | b | centre across, centre down, width, height |
# | c | left, top, right, bottom, and the pixels in column *right* and row *bottom* belong to the box |
# | d | top, left, bottom, right; right and bottom lie outside |
#
# For the first few boxes of the file you know the truth, in the course's own convention: left, top,
# right, bottom; right and bottom lie outside. Find the convention that agrees with *all* of them,
# and return every box of the file in the course's convention. Exactly one of the four agrees; a
# single box may agree with more than one. All numbers are multiples of 1/8, so that computing them
# makes no error.
#
# For example, a file holds (2, 3, 5, 4) and (0, 1, 2, 2), and the first box is known to be (2, 3,
# 7, 7). Width 5 and height 4 fit: it is convention a. You return `[[2, 3, 7, 7], [0, 1, 2, 3]]`.


# %% grade_id="17-decoded"
def decoded(theirs, known):
    """Return boxes as left, top, right, bottom, whatever convention they came in.

    theirs: array (M, 4), in one of the conventions a to d
    known: array (N, 4), N from 1 to M: the first N boxes as left, top, right, bottom
    returns: array (M, 4)
    """
    ### BEGIN SOLUTION
    p, q, v, w = theirs.T
    readings = [
        [p, q, p + v, q + w],
        [p - v / 2, q - w / 2, p + v / 2, q + w / 2],
        [p, q, v + 1, w + 1],
        [q, p, w, v],
    ]
    for reading in readings:
        boxes = np.stack(reading, axis=1)
        if np.allclose(boxes[: len(known)], known):
            return boxes
    ### END SOLUTION


# %% grade_id="17-decoded-tests" points=2
e17.check("decoded", globals())
### BEGIN HIDDEN TESTS
e17.check("decoded", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · Three reports (3 points, graded by hand)
#
# Three classmates report. Tell each of them, in two or three sentences, what the figure is worth
# and what you would do.
#
# - Gil: "My network marks tumours in scans. 97 % of all pixels are right! Tumours cover 2 % of a
#   scan."
# - Hana: "My detector counts sheep from a drone. Suppression at 0.5 loses half of each flock, at
#   0.9 it counts many sheep twice. Which threshold is the right one?"
# - Ivo: "I trained an embedding on 60 portraits. Two views of one portrait, cropped and relit by my
#   code, against views of other portraits: equal error rate 4 %. We can open our office door with
#   it."

# %% [markdown] grade_id="17-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Gil: whoever marks nothing has 98 % of the pixels right, so 97 % may mean anything, even a
# network that is worse than none. Report Dice or IoU of the tumour class (counted over patients
# held out), and beside it what marking nothing gets: 0.
#
# To Hana: no threshold is right by itself. Suppression takes for granted that two boxes with a
# large IoU are one object, and in a flock the true boxes themselves overlap that much. Measure the
# IoU of true neighbours on labelled pictures; choose the threshold on validation pictures by
# average precision (or by the error of the count). If no threshold is good, boxes from above that
# overlap less (smaller ones around the heads, higher resolution), lower scores instead of dropping,
# or a detector without suppression are needed.
#
# To Ivo: his pairs are two views of *one photograph*. A door needs two photographs of one person,
# on other days, in other light, at another angle, and his figure says nothing about these. Even if
# it held: an error of 4 % lets in every 25th stranger and locks out every 25th colleague at the
# same threshold. He needs several photographs per person, people in the test who aren't in the
# training set, a threshold chosen for few false accepts, results by group of people, their consent;
# a photograph held up to the camera must fail, too.
#
# *Rubric.* 1 point each. Gil: the comparison with 98 % (½); Dice or IoU of the tumour class (½).
# Hana: true boxes overlap, too, that is why (½); choose by a measurement on held-out pictures, or a
# remedy that works (½). Ivo: two views of one photograph aren't two photographs of a person (½);
# one more thing a door needs, said concretely (½).
# <!-- END SOLUTION -->
