# %% [markdown]
# # Exercise 18 · Capstone: your own pictures
#
# **40 points.** The first part takes 20 minutes; the rest is your own project: 20 minutes to try
# the notebook, and a weekend for pictures of your own. It goes with lesson 18, *Capstone*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | `split_by_group` and `repaired` (checked at once) | 4 |
# | 2 | the question | 4 |
# | 3 | data and split | 6 |
# | 4 | the baseline | 4 |
# | 5 | training | 5 |
# | 6 | error analysis | 6 |
# | 7 | explanation | 4 |
# | 8 | the model card | 7 |
#
# Parts 2 to 8 are read by a human. Each has a cell for your code and one for your answer. Take the
# lesson's cells and change what your pictures need; first run the whole lesson with `FOLDER` set to
# your own folder. Fifty pictures of each of two classes are enough, of at least fifteen things
# each. A modest accuracy honestly reported gets all points; 99 % from a leaky split doesn't.
#
# Put your pictures beside this notebook, one folder per class and in it one folder per thing, such
# as `cup/blue one/1.jpg`, and hand them in with it. You may train with `cnnedu finetune` (lesson,
# 10) in place of the lesson's small network; all other parts stay yours. Photograph what you may
# show: ask people first, or take things. When you hand in, *Run All* must work from top to bottom.
#
# Replace each `raise NotImplementedError()` with your answer. You may use NumPy in part 1. Its
# answers are true or false and must agree exactly.

# %%
import numpy as np

from cnnedu.checks.exercises import e18_capstone as e18

# %% [markdown]
# ## 1a · `split_by_group` (2 points)
#
# Go through the groups in the order given, and set each aside whole, until at least `share · N` of
# the $N$ pictures are set aside. Then stop.
#
# For example, take the groups `1 1 2 3 3`, the order `3 1 2` and the share 0.3. At least
# $0.3 \cdot 5 = 1.5$ pictures are asked for; group 3 has two, and you return
# `[False, False, False, True, True]`. (In the checks, the groups are whole numbers.) With the share
# 0 nothing is set aside; with 1, everything.


# %% grade_id="18-split"
def split_by_group(groups, order, share):
    """Set aside whole groups until they hold their share of the pictures.

    groups: array of shape (N,), the group of each picture
    order: array of shape (G,), every group once, in the order in which to set them aside
    share: number from 0 to 1, the share of the pictures to set aside, at least
    returns: bool array of shape (N,), True where a picture is set aside
    """
    ### BEGIN SOLUTION
    aside, pictures = np.zeros(len(groups), dtype=bool), 0
    for group in order:
        if pictures < share * len(groups):
            aside[groups == group] = True
            pictures += np.sum(groups == group)
    return aside
    ### END SOLUTION


# %% grade_id="18-split-tests" points=2
e18.check("split_by_group", globals())
### BEGIN HIDDEN TESTS
e18.check("split_by_group", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 1b · `repaired` (2 points)
#
# A colleague has split the pictures at random, and the split leaks: some groups lie on both sides.
# Find them, and repair the split. A group with all its pictures on one side stays there. A divided
# group goes whole to the side that holds more of its pictures; if both sides hold equally many, it
# goes to training.
#
# For example, take the groups `4 4 4 7 7 9` and the pictures set aside `1 0 0 1 0 1` (1 for true).
# Group 4 has one picture of three in the test, so all three go to training. Group 7 is halved and
# goes to training, too. Group 9 stays in the test: `[False, False, False, False, False, True]`.


# %% grade_id="18-repair"
def repaired(groups, aside):
    """Repair a split that divides groups.

    groups: array of shape (N,), the group of each picture, whole numbers
    aside: bool array of shape (N,), True where a picture is set aside for the test
    returns: bool array of shape (N,), the same on all pictures of a group
    """
    ### BEGIN SOLUTION
    whole = np.zeros(len(groups), dtype=bool)
    for group in groups:
        of_group = groups == group
        if np.sum(aside[of_group]) > np.sum(~aside[of_group]):
            whole[of_group] = True
    return whole
    ### END SOLUTION


# %% grade_id="18-repair-tests" points=2
e18.check("repaired", globals())
### BEGIN HIDDEN TESTS
e18.check("repaired", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The question (4 points)
#
# In two to five sentences: what is to be told from what, on which pictures, who will use it, what
# does a mistake cost, and who could be harmed?

# %% [markdown] grade_id="18-question" points=4
# <!-- BEGIN SOLUTION -->
# A new lucky charm, never seen before, one in the picture, on a plain cloth: heart, crescent or
# star? A collector sorts charms into boxes with it. A mistake costs a minute, for every box is
# looked through before it is closed; nobody is harmed. The network isn't asked whether there *is* a
# charm, and nothing is promised for other backgrounds.
#
# *Rubric.* 1 point each: the classes and the pictures it is meant for are named so exactly that one
# could collect a test set; "new" is defined (new thing, person, place …); the user and the price of
# a mistake (which of the two mistakes is worse, where they differ); what is out of scope, or who
# could be harmed. The lesson's charms instead of own pictures: 0 points.
# <!-- END SOLUTION -->

# %% [markdown]
# ## 3 · Data and split (6 points)
#
# Your function `split_by_group` is there to be used.

# %%
# Your code: load your folder (lesson, the first cell), say what belongs together, split (2).

# %% [markdown]
# Where do the pictures come from, how many are there of each class, what belongs together and why,
# how are they split? What in them is *not* as it will be in use?

# %% [markdown] grade_id="18-data" points=6
# <!-- BEGIN SOLUTION -->
# 640 pictures: four each of 80 hearts, 50 crescents, 30 stars, generated by
# `cnnedu/data/found_objects.py`, seed 1. Pictures of one charm share its colour and its cloth and
# nearly its size, so a charm is a group. Whole charms were set aside in random order: 128 pictures
# of 32 charms for the test, as many for validation, 384 of 96 to learn from. The test holds only
# four crescents, so their recall will say little. Unlike in use, the charm is always lighter than
# its cloth, whole in the picture and in the same light.
#
# *Rubric.* 1 point each: origin, with permission where people or others' pictures are concerned;
# counts by class and part; the group, with a reason; no group on two sides; how classes with few
# things are dealt with, or named as a weakness; a difference between these pictures and those in
# use. A split by picture where things repeat: at most 2 points. The lesson's charms instead of own
# pictures: 0 points.
# <!-- END SOLUTION -->

# %% [markdown]
# ## 4 · The baseline (4 points)

# %%
# Your code: normalise, and measure two baselines on the validation pictures (lesson, 3).

# %% [markdown]
# Which accuracy would be no achievement, and why? Name two baselines with their figures, and the
# pictures they were measured on.

# %% [markdown] grade_id="18-baseline" points=4
# <!-- BEGIN SOLUTION -->
# On the 128 validation pictures, "always heart" gets 41 % (hearts are half of the training
# pictures, but fewer of these), a linear classifier on the normalised pixels 55 %. It can't do much
# better: a charm lies anywhere and at any angle, so no single pixel says what it is. A network has
# to be clearly better than half.
#
# *Rubric.* 1 point: the commonest class of the *training* pictures, with its figure. 1 point: a
# second baseline that learns (linear, nearest neighbour, mean colour …). 1 point: both measured on
# validation pictures, and that is said. 1 point: a sentence on what they show, for instance that
# colour or background alone gives the class away.
# <!-- END SOLUTION -->

# %% [markdown]
# ## 5 · Training (5 points)

# %%
# Your code: train, and measure on the validation pictures (lesson, 4).

# %% [markdown]
# Which network, which settings, why? What did you try, and on which pictures did you choose? Does
# it over-fit?

# %% [markdown] grade_id="18-training" points=5
# <!-- BEGIN SOLUTION -->
# `small_network`, 14,595 parameters, since there are only 96 charms to learn from; Adam, learning
# rate 0.01 falling to 0; batches mirrored and turned, because a charm turned is the same charm. I
# tried 15 and 30 epochs; on the validation pictures 15 give 55 %, 30 give 88 %. Training 99.0 %,
# validation 87.5 %: it over-fits, and more charms would help more than more epochs.
#
# *Rubric.* 1 point each: network and settings are given so that somebody can repeat it; a reason
# for its size; augmentation that fits the question (or a reason for none); what was tried is
# listed, failures included, and chosen by validation; training and validation accuracy are compared
# and a conclusion is drawn. A choice by the test set: 0 points for the fourth, and 0 for the test
# accuracy in part 8.
# <!-- END SOLUTION -->

# %% [markdown]
# ## 6 · Error analysis (6 points)

# %%
# Your code: the confusion matrix and the mistakes of the validation pictures (lesson, 5).

# %% [markdown]
# Look at *every* mistake, up to twenty of them. Sort them by cause, count, and say which one change
# would fix most of them.

# %% [markdown] grade_id="18-errors" points=6
# <!-- BEGIN SOLUTION -->
# Five crescents are called hearts and three stars; three hearts are called crescents; four stars
# are called hearts and one a crescent. 16 mistakes on eight charms. (a) Thirteen pictures of five
# charms, star 00 (all four), heart 16 (three), crescents 22, 34 and 39 (two each): it doesn't know
# *these charms*; they count as five mistakes. Star 00 has little contrast, heart 16 is small. (b)
# One picture each of crescents 06 and 23 and of star 23, all clear to the eye. No label is wrong.
# What would help is more charms, above all crescents and stars, not more pictures of each; and
# colours changed at random in training.
#
# *Rubric.* 1 point: a confusion matrix, read in a sentence. 2 points: the mistakes are looked at
# one by one and sorted by cause, with counts (1 if only some are named). 1 point: labels were
# checked. 1 point: repeated mistakes on one thing are recognised as one. 1 point: the change that
# is proposed follows from the counts.
# <!-- END SOLUTION -->

# %% [markdown]
# ## 7 · Explanation (4 points)

# %%
# Your code: heat maps, of random weights too, and a test of your shortcut (lesson, 7).

# %% [markdown]
# Look at a dozen pictures, right and wrong ones. Is there heat where there shouldn't be? Name a
# shortcut that your pictures would allow, and test for it: cover the thing, or the background, or
# swap them. What do random weights show?

# %% [markdown] grade_id="18-explanation" points=4
# <!-- BEGIN SOLUTION -->
# On average half of the heat lies on the charm, which covers a sixth of its picture. The hottest
# pixel lies on the charm in 90 % of the pictures, in 45 % if I lay another charm's map over it, and
# with random weights (ten seeds) in 12 to 52 %. A shortcut: charms of one class could lie on one
# cloth. I painted the charms of the validation pictures over, and one pixel around them, with the
# mean colour of their cloth and asked again: 34 % right, fewer than always saying heart, and it
# does say heart to 106 of 128. So the cloth alone tells it nothing.
#
# *Rubric.* 1 point: at least ten maps of right *and* wrong answers. 1 point: compared with random
# weights. 1 point: a shortcut that is possible in these pictures is named. 1 point: it is tested by
# changing pictures, and the result is given with a number; a finding that speaks against one's own
# network counts in full.
# <!-- END SOLUTION -->

# %% [markdown]
# ## 8 · The model card (7 points)
#
# Now the test, once. Write the card with `model_card`, show it here, and hand in the file.

# %%
# Your code: the test, once, with its error (lesson, 6), the calibration (8) and the card (9).

# %% [markdown]
# Below, say what a reader may conclude from the card, and the most tempting thing that they
# may *not*. If the network is used by somebody else for a year, what will go wrong first?

# %% [markdown] grade_id="18-card" points=7
# <!-- BEGIN SOLUTION -->
# The card for these pictures is in lesson 18, section 9. One may conclude: on new charms from the
# same collection, photographed in the same way, about nine answers in ten are right, with an error
# of some points that comes from the number of charms, not of pictures. Not: that it tells hearts
# from stars in general. Every picture was generated in the same way; another collector's charms
# could be darker than their cloth, and no picture in the test is. The first thing to go wrong will
# be a picture of something else: it gets one of the three names, and nobody notices.
#
# *Rubric.* 1 point each: intended use and what it isn't for agree with part 2; data and splits can
# be checked from the card alone; test accuracy with a standard error by things, the test read once;
# a baseline and the recall of each class beside it; limits that would warn a stranger, particular
# to this network; the conclusion that must not be drawn; what goes wrong first, with a reason.
# <!-- END SOLUTION -->
