# %% [markdown]
# # Exercise 09 · The same in PyTorch
#
# **20 points, 60 minutes.** It goes with lesson 09, *The same in PyTorch*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | what does it print? | 2 |
# | 2 | `ImageClassifier` | 5 |
# | 3 | `PictureData` | 3 |
# | 4 | `train_epoch` | 4 |
# | 5 | `evaluate` | 3 |
# | 6 | three reports (graded by hand) | 3 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. The last line of each answer, marked *for the checks*, turns your class or loop into
# functions on arrays: leave it as it is. You may use NumPy and PyTorch. Answers may differ from the
# right ones by one part in 10⁶.

# %%
from dataclasses import replace

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import Dataset

from cnnedu.checks import Case, check_value, run
from cnnedu.checks.exercises import e09_the_same_in_pytorch as e09
from cnnedu.checks.torch_networks import (
    dataset_functions,
    evaluation_function,
    network_functions,
    training_function,
)
from cnnedu.data import photo, shrink, square

torch.set_num_threads(1)

# %% [markdown]
# ## 1 · What does it print? (2 points)
#
# Work it out with pencil and paper, without running it:
#
# ```python
# w = torch.tensor([1.0, -2.0], requires_grad=True)
# x = torch.tensor([3.0, 1.0])
#
# def loss():
#     return (w * x).sum() ** 2
#
# loss().backward()
# print(w.grad[0])                                # a
# loss().backward()
# print(w.grad[0])                                # b
# with torch.no_grad():
#     w -= 0.1 * w.grad
# print(w[0])                                     # c
# w.grad = None
# loss().backward()
# print(w.grad[1])                                # d
# print(nn.Dropout(0.5).eval()(torch.ones(4)).sum())  # e
# ```
#
# Write the five numbers in a list, `[a, b, c, d, e]`.

# %% grade_id="09-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [6, 12, -0.2, -6, 4]
### END SOLUTION

# %% grade_id="09-by-hand-tests" points=2
check_value(
    "by_hand",
    globals(),
    e09.BY_HAND["by_hand"],
    rtol=1e-6,
    atol=1e-6,
    mistakes=e09.BY_HAND_MISTAKES["by_hand"],
)

# %% [markdown]
# ## 2 · `ImageClassifier` (5 points)
#
# Write the classic image classifier as an `nn.Module`, for square pictures of any size that is at
# least 4:
#
# | layer | name | output for size 224 |
# | --- | --- | --- |
# | convolution, 32 filters of 3×3, padding 1; ReLU; max pooling 2 | `conv1` | 32 × 112 × 112 |
# | convolution, 64 filters of 3×3, padding 1; ReLU; max pooling 2 | `conv2` | 64 × 56 × 56 |
# | flatten | | 200,704 |
# | dense, ReLU | `dense1` | 128 |
# | dense | `dense2` | `classes` |
#
# Give the four layers with weights these names. Pooling rounds down: a picture of 30×30 becomes
# 15×15, then 7×7. For example, `ImageClassifier(size=30, classes=4)` has a `dense1` for 64·7·7 =
# 3,136 numbers, and for a batch of two pictures, (2, 3, 30, 30), it returns scores of shape (2, 4).


# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    """The classic image classifier: float tensor (N, 3, size, size) → scores (N, classes).

    size: height and width of the pictures, in pixels, at least 4
    classes: how many scores there are
    """

    def __init__(self, size=224, classes=10):
        super().__init__()
        ### BEGIN SOLUTION
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.dense1 = nn.Linear(64 * (size // 4) ** 2, 128)
        self.dense2 = nn.Linear(128, classes)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.dense1(x.flatten(start_dim=1)))
        return self.dense2(x)
        ### END SOLUTION


LAYERS = "conv1", "conv2", "dense1", "dense2"
shapes, scores, first_gradient = network_functions(ImageClassifier, LAYERS)  # for the checks


# %% grade_id="09-classifier-tests" points=5
def weights(rng, N, size, classes):
    """Return a batch of pictures and as many numbers as the network has parameters."""
    rows = e09.shapes(size, classes)
    count = int(np.prod(np.maximum(rows, 1), axis=1).sum())
    return rng.normal(size=(N, 3, size, size)), classes, rng.normal(size=count) / 8


by_shape = Case(
    "shapes",
    lambda rng: [(), (30, 4)],
    e09.shapes,
    mistakes=e09.MISTAKES["shapes"],
    imports=("numpy", "torch", "cnnedu.data", "cnnedu.checks.torch_networks"),
)
by_scores = Case(
    "scores",
    lambda rng: [weights(rng, 2, 8, 4), weights(rng, 1, 13, 3)],
    e09.scores,
    rtol=1e-6,
    atol=1e-6,
    mistakes=e09.MISTAKES["scores"],
    imports=("numpy", "torch", "cnnedu.data", "cnnedu.checks.torch_networks"),
)
by_gradient = replace(
    by_scores, function="first_gradient", reference=e09.first_gradient, mistakes=()
)
for case in (by_shape, by_scores, by_gradient):
    run(case, globals())
### BEGIN HIDDEN TESTS
sizes = [(1, 4, 1), (3, 6, 10), (2, 11, 2), (1, 17, 5)]
run(replace(by_shape, inputs=lambda rng: [(4, 2), (19, 7), (64,)]), globals())
for case in (by_scores, by_gradient):
    run(replace(case, inputs=lambda rng: [weights(rng, *s) for s in sizes]), globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `PictureData` (3 points)
#
# Pictures are stored as whole numbers from 0 to 255, colours last. A network wants floats from 0 to
# 1, colours first. Write a `Dataset` that converts *one picture when it is asked for*. Item `i` is
# a pair: the picture as a float32 tensor of shape (3, H, W), and its label as a whole number.
#
# For example, a pixel of `[255, 0, 51]` in row 1, column 2 becomes 1.0, 0.0 and 0.2 at `[0, 1, 2]`,
# `[1, 1, 2]` and `[2, 1, 2]`.


# %% grade_id="09-dataset"
class PictureData(Dataset):
    """Labelled pictures.

    pictures: array of shape (N, H, W, 3), uint8
    labels: array of shape (N,), whole numbers
    """

    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        ### BEGIN SOLUTION
        return len(self.labels)
        ### END SOLUTION

    def __getitem__(self, i):
        ### BEGIN SOLUTION
        picture = torch.from_numpy(self.pictures[i]).permute(2, 0, 1)
        return picture.float() / 255, int(self.labels[i])
        ### END SOLUTION


stacked_pictures, stacked_labels = dataset_functions(PictureData)  # for the checks


# %% grade_id="09-dataset-tests" points=3
def some_pictures(rng, *shapes):
    return [(rng.integers(0, 256, (*s, 3), np.uint8), rng.integers(0, 9, s[0])) for s in shapes]


cat = shrink(square(photo("cat"), top=0, left=70, size=300), 16)[None]
by_pictures = Case(
    "stacked_pictures",
    lambda rng: [(cat, np.array([3])), *some_pictures(rng, (3, 4, 4), (2, 5, 3))],
    e09.stacked_pictures,
    rtol=1e-6,
    atol=1e-6,
    mistakes=e09.MISTAKES["stacked_pictures"],
    imports=("numpy", "torch", "cnnedu.data", "cnnedu.checks.torch_networks"),
)
by_labels = replace(
    by_pictures, function="stacked_labels", reference=e09.stacked_labels, mistakes=()
)
for case in (by_pictures, by_labels):
    run(case, globals())
### BEGIN HIDDEN TESTS
sizes = [(1, 7, 2), (4, 1, 6), (5, 3, 3)]
for case in (by_pictures, by_labels):
    run(replace(case, inputs=lambda rng: some_pictures(rng, *sizes)), globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `train_epoch` (4 points)
#
# One epoch: for each batch forward, loss, backward, one step. It returns two numbers,
# `(loss, accuracy)`, both means over all *pictures*, measured when the network saw them, before the
# step:
#
# $$ \text{loss} = \frac1N \sum_{\text{batches}} n_\text{batch} \cdot \text{loss}_\text{batch},
# \qquad \text{accuracy} = \frac{\text{right answers}}{N} $$
#
# For example, two batches of 4 and 1 pictures with mean losses 1 and 6 give
# $(4 \cdot 1 + 1 \cdot 6) / 5 = 2$, not 3.5. The network may come in evaluation mode, and with old
# gradients.


# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    """Show every batch to the network once, with one step of the optimiser after each.

    network: nn.Module on the device, from a batch of pictures to scores (N, K)
    loader: gives pairs (pictures, labels), both tensors, on the CPU
    optimiser: holds the network's parameters
    device: where to compute
    returns: (mean cross-entropy, share of right answers), two floats
    """
    ### BEGIN SOLUTION
    network.train()
    total, right, count = 0, 0, 0
    for pictures, labels in loader:
        pictures, labels = pictures.to(device), labels.to(device)
        scores = network(pictures)
        loss = F.cross_entropy(scores, labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total += loss.item() * len(labels)
        right += (scores.argmax(dim=1) == labels).sum().item()
        count += len(labels)
    return total / count, right / count
    ### END SOLUTION


after_training = training_function(train_epoch)  # for the checks


# %% grade_id="09-train-tests" points=4
def examples(rng, N, D, K, batch_size):
    """Return random inputs (N, D), labels (N,) and weights (K, D)."""
    return (
        rng.normal(size=(N, D)) + 1,
        rng.integers(0, K, N),
        rng.normal(size=(K, D)),
        batch_size,
    )


case = Case(
    "after_training",
    lambda rng: [examples(rng, 10, 3, 2, 4), examples(rng, 12, 4, 3, 12)],
    e09.after_training,
    rtol=1e-6,
    atol=1e-6,
    mistakes=e09.MISTAKES["after_training"],
    imports=("numpy", "torch", "cnnedu.data", "cnnedu.checks.torch_networks"),
)
run(case, globals())
### BEGIN HIDDEN TESTS
shapes = [(7, 2, 3, 5), (9, 5, 4, 3), (11, 1, 2, 4), (6, 3, 10, 6)]
run(replace(case, inputs=lambda rng: [examples(rng, *s) for s in shapes]), globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `evaluate` (3 points)
#
# The same two numbers, but the network learns nothing and autograd records nothing. The network may
# come in training mode; leave it in evaluation mode.


# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    """Measure a network on all batches.

    network, loader, device: as in part 4
    returns: (mean cross-entropy, share of right answers), two floats
    """
    ### BEGIN SOLUTION
    network.eval()
    total, right, count = 0, 0, 0
    with torch.no_grad():
        for pictures, labels in loader:
            pictures, labels = pictures.to(device), labels.to(device)
            scores = network(pictures)
            total += F.cross_entropy(scores, labels, reduction="sum").item()
            right += (scores.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return total / count, right / count
    ### END SOLUTION


after_evaluation = evaluation_function(evaluate)  # for the checks


# %% grade_id="09-evaluate-tests" points=3
def more_examples(rng, N, D, K, batch_size):
    """Return random inputs (N, D), labels (N,) and weights (K, D)."""
    inputs, labels = rng.normal(size=(N, D)) + 1, rng.integers(0, K, N)
    return inputs, labels, rng.normal(size=(K, D)), batch_size


case = Case(
    "after_evaluation",
    lambda rng: [more_examples(rng, 10, 3, 2, 4), more_examples(rng, 12, 4, 3, 12)],
    e09.after_evaluation,
    rtol=1e-6,
    atol=1e-6,
    mistakes=e09.MISTAKES["after_evaluation"],
    imports=("numpy", "torch", "cnnedu.data", "cnnedu.checks.torch_networks"),
)
run(case, globals())
### BEGIN HIDDEN TESTS
shapes = [(7, 2, 3, 3), (9, 5, 4, 1), (1, 3, 2, 4), (11, 3, 10, 8)]
run(replace(case, inputs=lambda rng: [more_examples(rng, *s) for s in shapes]), globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Three reports (3 points, graded by hand)
#
# Three classmates ask for help. Tell each of them, in one or two sentences, what is wrong and which
# line fixes it.
#
# - Ada: "I measure my trained classifier on the same 500 pictures, three times in a row. I get 71
#   %, 68 % and 73 %."
# - Ben: "The classifier has weights for pictures of 224×224. Mine are 448×448, so I wrote
#   `ImageClassifier(size=448)`. Now my laptop runs out of memory before the first step." (How many
#   parameters does it have, and which layer do you blame?)
# - Cleo: "I found a trained classifier in a forum, `best.pt`. It doesn't load, and says something
#   about `weights_only`, so I set `weights_only=False`."

# %% [markdown] grade_id="09-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Ada: the network is still in training mode, so dropout (or batch normalisation, which uses the
# batch's own mean) gives other scores each time. `network.eval()` before measuring; `no_grad` would
# not change the numbers.
#
# To Ben: after two poolings 112·112·64 = 802,816 numbers go into `dense1`, with 128 weights each:
# 102,760,576 weights, four times as many as before, about 103 million parameters in all. That is
# 411 MB for the weights alone, and with gradients and Adam's two memories 1.6 GB. The convolutions
# didn't grow. Fix it by shrinking the pictures to 224 in the `Dataset`, by one more pooling, or by
# a global average in place of the flattening.
#
# To Cleo: a `.pt` file is a pickle, and a pickle can run any program when it is opened;
# `weights_only=False` switches off the protection. Leave it on, and ask for a safetensors file,
# which holds numbers only.
#
# *Rubric.* 1 point each. Ada: `eval()`; no point for a seed or `no_grad`. Ben: `dense1`, with about
# 103 million (or four times as many), and a remedy. Cleo: opening the file can run code; keep
# `weights_only` or use safetensors.
# <!-- END SOLUTION -->
