# %% [markdown]
# # Exercise 11b · Debugging training
#
# **18 points, 60 minutes.** It goes with lesson 11b, *Debugging training*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | what should it be? | 2 |
# | A | `train_epoch` | 2 |
# | B | `Classifier` | 2 |
# | C | `prepare` | 2 |
# | D | `clean` | 2 |
# | E | `accuracy` | 2 |
# | F | `initialise` | 2 |
# | G | `step_in_parts` | 2 |
# | H | `split` | 2 |
#
# Eight programs were written to learn digits. Each runs to its end without an error message, and
# each has one fault, in the part that is shown. Copy the part into the cell below it, in place of
# `raise NotImplementedError()`, and repair it. Note in a comment what was wrong. Do the parts in
# any order. Each ends with a cell of checks: run it, and if your answer is wrong, it tells you why.
# When you hand in, more checks run on other inputs. The last line of an answer, marked *for the
# checks*, turns your part into functions on arrays: leave it as it is. You may use NumPy and
# PyTorch. Where networks compute, answers may differ from the right ones by one part in 10⁴.

# %%
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.checks.exercises import e11b_debugging_training as e11b
from cnnedu.checks.torch_repairs import (
    accuracy_function,
    epochs_function,
    outputs_of,
    parts_function,
    scores_functions,
    split_functions,
    weights_function,
)

torch.set_num_threads(1)

# %% [markdown]
# ## 1 · What should it be? (2 points)
#
# If you know what to expect, you notice at once when something is off. Work these out with pencil
# and a pocket calculator:
#
# - *a.* A fresh network gives each of 7 classes about the same score. What is its first
#   cross-entropy, in nats?
# - *b.* A network for 7 classes ends in a softmax, and its shares go into `F.cross_entropy`. What
#   is the lowest loss that it can ever reach?
# - *c.* The gradient of a weight is always 2, the rate is 0.1, and nobody calls `zero_grad`. How
#   far has plain SGD moved the weight after 4 steps? (A distance, above 0.)
# - *d.* A layer's weights have the norm 5 and its gradients the norm 0.2. Plain SGD takes a step
#   with the rate 0.1. What is update ÷ weight?
#
# Write them in a list, `[a, b, c, d]`, to one part in a thousand.

# %% grade_id="11b-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [math.log(7), math.log(1 + 6 / math.e), 0.1 * 2 * (1 + 2 + 3 + 4), 0.1 * 0.2 / 5]
### END SOLUTION

# %% grade_id="11b-by-hand-tests" points=2
e11b.check("by_hand", globals())

# %% [markdown]
# ## The eight runs
#
# Here is what was recorded of each program, in blue, and of the same program once it was repaired,
# in orange. On top is the loss of the batches. Below is the accuracy with held-out digits as *the
# program itself reports it*, after each epoch; a cross of the same colour marks how well its
# network really reads new digits, which no program has seen. Before you read any code, say for each
# run what is odd about it. One of them shows nothing odd at all: curves don't tell everything.

# %%
from cnnedu.experiments import l11b_faults as faults
from cnnedu.plots.monitor import show_faults

show_faults(faults.figures["runs"])

# %% [markdown]
# ## Run A · `train_epoch` (2 points)
#
# Every step should use the gradient of its own batch alone. The network may come with old gradients
# and in any mode, and learns in training mode.
#
# ```python
# def train_epoch(network, batches, optimiser):
#     network.train()
#     optimiser.zero_grad()
#     total, count = 0.0, 0
#     for x, y in batches:
#         loss = F.cross_entropy(network(x), y)
#         loss.backward()
#         optimiser.step()
#         total += loss.item() * len(y)
#         count += len(y)
#     return total / count
# ```


# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    """Show every batch to the network once.

    network: maps inputs (N, …) to scores (N, K)
    batches: a list of pairs (x, y), tensors
    optimiser: holds the network's parameters
    returns: the mean cross-entropy over all examples, each before its step
    """
    ### BEGIN SOLUTION
    network.train()
    total = count = 0
    for x, y in batches:
        optimiser.zero_grad()
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count
    ### END SOLUTION


after_epochs = epochs_function(train_epoch)  # for the checks


# %% grade_id="11b-epoch-tests" points=2
e11b.check("after_epochs", globals())
### BEGIN HIDDEN TESTS
e11b.check("after_epochs", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run B · `Classifier` (2 points)
#
# The training loop takes `F.cross_entropy(network(x), y)`; what users see comes from
# `network.probabilities(x)`. Both have to be right. Keep the layers, their names and their sizes.
#
# ```python
# class Classifier(nn.Module):
#     def __init__(self, inputs, classes):
#         super().__init__()
#         self.hidden = nn.Linear(inputs, 32)
#         self.out = nn.Linear(32, classes)
#
#     def forward(self, x):
#         x = F.relu(self.hidden(x.flatten(start_dim=1)))
#         return F.softmax(self.out(x), dim=1)
#
#     def probabilities(self, x):
#         with torch.no_grad():
#             return self(x)
# ```


# %% grade_id="11b-classifier"
class Classifier(nn.Module):
    """A dense network: float tensor (N, …) with `inputs` numbers each → `classes` classes."""

    def __init__(self, inputs, classes):
        super().__init__()
        self.hidden = nn.Linear(inputs, 32)
        self.out = nn.Linear(32, classes)

    def forward(self, x):
        """Return what the training loop hands to `F.cross_entropy`."""
        ### BEGIN SOLUTION
        x = F.relu(self.hidden(x.flatten(start_dim=1)))
        return self.out(x)
        ### END SOLUTION

    def probabilities(self, x):
        """Return the probabilities (N, classes) that are shown to users."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            return F.softmax(self(x), dim=1)
        ### END SOLUTION


losses, shares = scores_functions(Classifier)  # for the checks


# %% grade_id="11b-classifier-tests" points=2
e11b.check("losses", globals())
e11b.check("shares", globals())
### BEGIN HIDDEN TESTS
e11b.check("losses", globals(), hidden=True)
e11b.check("shares", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run C · `prepare` (2 points)
#
# The inputs should be such that each channel of the *training* pictures, prepared in this way, has
# mean 0 and standard deviation 1. For example, a channel in which the training pictures have the
# mean 100 and the standard deviation 50 turns a pixel of 150 into 1.
#
# ```python
# def prepare(pictures, training):
#     mean, std = training.mean(axis=(0, 1, 2)), training.std(axis=(0, 1, 2))
#     x = (pictures / 255 - mean) / std
#     return x.transpose(0, 3, 1, 2)
# ```


# %% grade_id="11b-prepare"
def prepare(pictures, training):
    """Turn pictures into inputs of a network.

    pictures: uint8 array (N, H, W, C), values 0 to 255
    training: uint8 array (M, H, W, C), all pictures that the network learns from
    returns: array (N, C, H, W), normalised by the training pictures
    """
    ### BEGIN SOLUTION
    mean, std = training.mean(axis=(0, 1, 2)), training.std(axis=(0, 1, 2))
    x = (pictures - mean) / std
    return x.transpose(0, 3, 1, 2)
    ### END SOLUTION


# %% grade_id="11b-prepare-tests" points=2
e11b.check("prepare", globals())
### BEGIN HIDDEN TESTS
e11b.check("prepare", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run D · `clean` (2 points)
#
# Some pictures of the scanner are empty: all pixels have the same value, whichever it is. There may
# be several such pictures anywhere, or none.
#
# ```python
# def clean(pictures, labels):
#     kept = [picture for picture in pictures if picture.min() < picture.max()]
#     return np.stack(kept), labels[: len(kept)]
# ```


# %% grade_id="11b-clean"
def clean(pictures, labels):
    """Leave out the empty pictures, whose pixels all have the same value.

    pictures: array (N, H, W)
    labels: array (N,), the class of each picture
    returns: the other pictures, in their order, and their labels
    """
    ### BEGIN SOLUTION
    kept = pictures.min(axis=(1, 2)) < pictures.max(axis=(1, 2))
    return pictures[kept], labels[kept]
    ### END SOLUTION


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks


# %% grade_id="11b-clean-tests" points=2
e11b.check("pictures_kept", globals())
e11b.check("labels_kept", globals())
### BEGIN HIDDEN TESTS
e11b.check("pictures_kept", globals(), hidden=True)
e11b.check("labels_kept", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run E · `accuracy` (2 points)
#
# The program calls it after every epoch, during training, and on its own after the last.
# Its network has batch norm and dropout. It may come in training mode or in evaluation mode; leave
# it as it came.
#
# ```python
# def accuracy(network, x, y):
#     right = 0
#     with torch.no_grad():
#         for some in torch.arange(len(y)).split(100):
#             right += (network(x[some]).argmax(dim=1) == y[some]).sum().item()
#     return right / len(y)
# ```


# %% grade_id="11b-accuracy"
def accuracy(network, x, y):
    """Measure a network, in parts of 100 pictures that fit in memory.

    x: tensor (N, …)
    y: tensor (N,), labels
    returns: the share of right answers, from 0 to 1
    """
    ### BEGIN SOLUTION
    was_training = network.training
    network.eval()
    right = 0
    with torch.no_grad():
        for some in torch.arange(len(y)).split(100):
            right += (network(x[some]).argmax(dim=1) == y[some]).sum().item()
    network.train(was_training)
    return right / len(y)
    ### END SOLUTION


measured = accuracy_function(accuracy)  # for the checks


# %% grade_id="11b-accuracy-tests" points=2
e11b.check("measured", globals())
### BEGIN HIDDEN TESTS
e11b.check("measured", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run F · `initialise` (2 points)
#
# He's rule asks for weights with mean 0 and variance $2 / \text{fan-in}$, where the **fan-in** is
# the number of inputs that a unit or a filter sees: $C \cdot KH \cdot KW$ in a convolution. The
# distribution is up to you. In a layer with 50,000 weights or more, the checks allow the variance
# to be off by a tenth, and the mean by a twentieth of the standard deviation. Layers may lie inside
# other modules.
#
# ```python
# def initialise(network):
#     for layer in network.modules():
#         if isinstance(layer, (nn.Conv2d, nn.Linear)):
#             fan_in = layer.weight[0].numel()
#             bound = math.sqrt(6 / fan_in)
#             nn.init.normal_(layer.weight, -bound, bound)
#             nn.init.zeros_(layer.bias)
# ```


# %% grade_id="11b-initialise"
def initialise(network):
    """Draw the weights of all convolutions and dense layers at random; set their biases to 0.

    network: any nn.Module; it is changed
    """
    ### BEGIN SOLUTION
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight.numel() / len(layer.weight)
            nn.init.normal_(layer.weight, 0.0, math.sqrt(2 / fan_in))
            nn.init.zeros_(layer.bias)
    ### END SOLUTION


first_weights = weights_function(initialise)  # for the checks


# %% grade_id="11b-initialise-tests" points=2
e11b.check("first_weights", globals())
### BEGIN HIDDEN TESTS
e11b.check("first_weights", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run G · `step_in_parts` (2 points)
#
# The learning rate was tuned for steps with the mean loss of the *whole* batch. The step in parts
# should be the same as that: the same loss, and the same weights afterwards. Gradients of several
# `backward` calls add up: here that is wanted. The last part may be smaller than the others. The
# network may come with old gradients.
#
# ```python
# def step_in_parts(network, optimiser, x, y, size):
#     optimiser.zero_grad()
#     total = 0.0
#     for part_x, part_y in zip(x.split(size), y.split(size), strict=True):
#         loss = F.cross_entropy(network(part_x), part_y)
#         loss.backward()
#         total += loss.item() * len(part_y)
#     optimiser.step()
#     return total / len(y)
# ```


# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    """Take one step for a batch that is too large for the memory.

    x, y: the batch, tensors (N, …) and (N,)
    size: how many examples fit in memory
    returns: the mean cross-entropy of the batch before the step
    """
    ### BEGIN SOLUTION
    optimiser.zero_grad()
    total = 0.0
    for part_x, part_y in zip(x.split(size), y.split(size), strict=True):
        loss = F.cross_entropy(network(part_x), part_y, reduction="sum") / len(y)
        loss.backward()
        total += loss.item()
    optimiser.step()
    return total
    ### END SOLUTION


after_steps = parts_function(step_in_parts)  # for the checks


# %% grade_id="11b-parts-tests" points=2
e11b.check("after_steps", globals())
### BEGIN HIDDEN TESTS
e11b.check("after_steps", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Run H · `split` (2 points)
#
# Of the pictures in the given order, every fifth should be held out, beginning with the first:
# numbers 0, 5, 10 … of `order`. They are held out *as they are*, so that their accuracy says how
# well the network reads digits that it has never seen. The network learns from all others, and from
# a copy of each that is moved by one pixel to the right, with zeros in the first column. Within the
# two groups, pictures may come in any order, with their labels.
#
# ```python
# def split(pictures, labels, order):
#     pictures, labels = pictures[order], labels[order]
#     moved = np.zeros_like(pictures)
#     moved[:, :, 1:] = pictures[:, :, :-1]  # one pixel to the right
#     pictures = np.stack([pictures, moved], axis=1).reshape(-1, *pictures.shape[1:])
#     labels = labels.repeat(2)
#     held = np.arange(len(labels)) % 5 == 0
#     return pictures[~held], labels[~held], pictures[held], labels[held]
# ```


# %% grade_id="11b-split"
def split(pictures, labels, order):
    """Divide pictures into those to learn from and those held out.

    pictures: array (N, H, W)
    labels: array (N,)
    order: the numbers 0 to N − 1 in a random order
    returns: pictures and labels to learn from, then pictures and labels that are held out
    """
    ### BEGIN SOLUTION
    held = np.arange(len(order)) % 5 == 0
    learn = pictures[order[~held]]
    moved = np.zeros_like(learn)
    moved[:, :, 1:] = learn[:, :, :-1]
    learn_labels = np.concatenate([labels[order[~held]]] * 2)
    return np.concatenate([learn, moved]), learn_labels, pictures[order[held]], labels[order[held]]
    ### END SOLUTION


to_learn, to_hold = split_functions(split)  # for the checks


# %% grade_id="11b-split-tests" points=2
e11b.check("to_learn", globals())
e11b.check("to_hold", globals())
### BEGIN HIDDEN TESTS
e11b.check("to_learn", globals(), hidden=True)
e11b.check("to_hold", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## See it run
#
# Does the program learn, now? This trains a whole program with your repaired part in its place, in
# a few seconds: `faults.run("A", train_epoch)`, and draws it beside the others: `show_faults({"A":
# {"fault": faults.run("A", train_epoch), "right": faults.run("A")}})`.
