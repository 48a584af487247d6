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
# functions on arrays: leave it as it is. You may use NumPy and PyTorch. Networks compute in
# float32, so answers may differ from the right ones by one part in 10⁴.

# %%
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import Dataset

from cnnedu.checks.exercises import e09_the_same_in_pytorch as e09
from cnnedu.checks.torch_data import dataset_functions
from cnnedu.checks.torch_networks import (
    classifier_functions,
    evaluation_function,
    training_function,
)

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
e09.check("by_hand", globals())

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
# Give the four layers these names (they may have others as well, in an `nn.Sequential`, say). Each
# has weights and biases, all of them can learn, and no other layer has any. Pooling rounds down: a
# picture of 30×30 becomes 15×15, then 7×7. For example, `ImageClassifier(size=30, classes=4)` has a
# `dense1` for 64·7·7 = 3,136 numbers, and for a batch of two pictures, (2, 3, 30, 30), it returns
# scores of shape (2, 4).


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


classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks


# %% grade_id="09-classifier-tests" points=5
e09.check("classifier_shapes", globals())
e09.check("classifier_scores", globals())
### BEGIN HIDDEN TESTS
e09.check("classifier_shapes", globals(), hidden=True)
e09.check("classifier_scores", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `PictureData` (3 points)
#
# Pictures are stored as whole numbers from 0 to 255, colours last. A network wants floats from 0 to
# 1, colours first. Write a `Dataset` that converts *one picture when it is asked for*: all of them
# at once would need four times the memory. Item `i` is a pair: the picture as a float32 tensor of
# shape (3, H, W), and its label as a whole number. Items may be asked for in any order.
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
        picture = np.float32(self.pictures[i]) / 255
        return torch.from_numpy(picture).permute(2, 0, 1), int(self.labels[i])
        ### END SOLUTION


pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks


# %% grade_id="09-dataset-tests" points=3
e09.check("pictures_of_data", globals())
e09.check("labels_of_data", globals())
### BEGIN HIDDEN TESTS
e09.check("pictures_of_data", globals(), hidden=True)
e09.check("labels_of_data", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `train_epoch` (4 points)
#
# One epoch: move each batch to the device, then forward, loss, backward, one step of the optimiser.
# Each batch goes through the network once. The loss is the mean cross-entropy of the batch. Return
# two floats, `(loss, accuracy)`, both means over all *pictures*, measured when the network saw
# them, before the step:
#
# $$ \text{loss} = \frac1N \sum_{\text{batches}} n_\text{batch} \cdot \text{loss}_\text{batch},
# \qquad \text{accuracy} = \frac{\text{right answers}}{N} $$
#
# For example, two batches of 4 and 1 pictures with mean losses 1 and 6 give
# $(4 \cdot 1 + 1 \cdot 6) / 5 = 2$, not 3.5. The network may come in evaluation mode, and with old
# gradients. (The checks notice whether pictures and labels are moved, even if your computer has no
# second device.)


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
e09.check("after_training", globals())
### BEGIN HIDDEN TESTS
e09.check("after_training", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `evaluate` (3 points)
#
# The same two numbers, but the network learns nothing and autograd records nothing. Again, each
# batch goes through the network once. The network may come in training mode; leave it in evaluation
# mode. After that, autograd should record as before, and the network should still be able to learn.


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
e09.check("after_evaluation", globals())
### BEGIN HIDDEN TESTS
e09.check("after_evaluation", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Three reports (3 points, graded by hand)
#
# Three classmates ask for help. Tell each of them, in two or three sentences, what is wrong and how
# to mend it.
#
# - Ada: "I measure my trained classifier on the same 500 pictures, three times in a row. I get 71
#   %, 68 % and 73 %, though I do it inside `torch.inference_mode()`."
# - Ben: "The classifier has weights for pictures of 224×224. Mine are 448×448, so I wrote
#   `ImageClassifier(size=448)`. I added no layer, but the saved file is four times as large, and
#   training it with Adam takes at least 1.6 GB, however small the batch." (How many parameters does
#   it have, and which layer do you blame?)
# - Cleo: "I found a trained classifier in a forum, `best.pt`. It doesn't load, and says something
#   about `weights_only`, so I set `weights_only=False`."

# %% [markdown] grade_id="09-reports" points=3
# <!-- BEGIN SOLUTION -->
# To Ada: the network is still in training mode, so dropout (or batch normalisation, which uses the
# batch's own mean) gives other scores each time. Call `network.eval()` before measuring.
# `inference_mode` only stops the recording; it changes no number.
#
# To Ben: after two poolings 112·112·64 = 802,816 numbers go into `dense1`, with 128 weights each:
# 102,760,448 weights, four times as many as before, and 102,781,258 parameters in all. That is 411
# MB for the weights. Their gradients take as much, and Adam's two memories twice as much: 1.6 GB
# from the first step on, whatever the batch. The convolutions have as many weights as before; their
# maps grow with the picture, but that depends on the batch and isn't in the file. Mend it by
# shrinking the pictures to 224 in the `Dataset`, by one more pooling, or by a global average in
# place of the flattening.
#
# To Cleo: a `.pt` file is a pickle, and a pickle can run any program when it is opened;
# `weights_only=False` switches off the protection. Leave it on, and ask for a safetensors file,
# which holds numbers only.
#
# *Rubric.* 1 point each. Ada: `eval()`; no point for a seed or `no_grad`. Ben: `dense1`, with about
# 103 million (or four times as many), and a remedy that makes `dense1` smaller; no point for a
# smaller batch alone. Cleo: opening the file can run code; keep `weights_only` or use
# safetensors.
# <!-- END SOLUTION -->
