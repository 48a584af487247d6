"""Eight parts of training programs to repair in exercise 11b: each has a slip.

The exercise's notebook shows the same text.
"""

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def train_epoch(network, batches, optimiser):
    """Show every batch to the network once.

    network: maps inputs (N, …) to scores (N, K)
    batches: a list of pairs (x, y), tensors
    optimiser: holds the network's parameters
    returns: the mean cross-entropy over all examples, each before its step
    """
    network.train()
    optimiser.zero_grad()
    total, count = 0.0, 0
    for x, y in batches:
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


class Classifier(nn.Module):
    """A dense network: float tensor (N, …) with `inputs` numbers each → `classes` classes."""

    def __init__(self, inputs, classes):
        super().__init__()
        self.hidden = nn.Linear(inputs, 32)
        self.out = nn.Linear(32, classes)

    def forward(self, x):
        """Return what the training loop hands to `F.cross_entropy`."""
        x = F.relu(self.hidden(x.flatten(start_dim=1)))
        return F.softmax(self.out(x), dim=1)

    def probabilities(self, x):
        """Return the probabilities (N, classes) that are shown to users."""
        with torch.no_grad():
            return self(x)


def prepare(pictures, training):
    """Turn pictures into inputs of a network.

    pictures: uint8 array (N, H, W, C), values 0 to 255
    training: uint8 array (M, H, W, C), all pictures that the network learns from
    returns: array (N, C, H, W), normalised by the training pictures
    """
    mean, std = training.mean(axis=(0, 1, 2)), training.std(axis=(0, 1, 2))
    x = (pictures / 255 - mean) / std
    return x.transpose(0, 3, 1, 2)


def clean(pictures, labels):
    """Leave out the empty pictures, whose pixels all have the same value.

    pictures: array (N, H, W)
    labels: array (N,), the class of each picture
    returns: the other pictures, in their order, and their labels
    """
    kept = [picture for picture in pictures if picture.min() < picture.max()]
    return np.stack(kept), labels[: len(kept)]


def accuracy(network, x, y):
    """Measure a network, in parts of 100 pictures that fit in memory.

    x: tensor (N, …)
    y: tensor (N,), labels
    returns: the share of right answers, from 0 to 1
    """
    right = 0
    with torch.no_grad():
        for some in torch.arange(len(y)).split(100):
            right += (network(x[some]).argmax(dim=1) == y[some]).sum().item()
    return right / len(y)


def initialise(network):
    """Draw the weights of all convolutions and dense layers at random; set their biases to 0.

    network: any nn.Module; it is changed
    """
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            bound = math.sqrt(6 / fan_in)
            nn.init.normal_(layer.weight, -bound, bound)
            nn.init.zeros_(layer.bias)


def step_in_parts(network, optimiser, x, y, size):
    """Take one step for a batch that is too large for the memory.

    x, y: the batch, tensors (N, …) and (N,)
    size: how many examples fit in memory
    returns: the mean cross-entropy of the batch before the step
    """
    optimiser.zero_grad()
    total = 0.0
    for part_x, part_y in zip(x.split(size), y.split(size), strict=True):
        loss = F.cross_entropy(network(part_x), part_y)
        loss.backward()
        total += loss.item() * len(part_y)
    optimiser.step()
    return total / len(y)


def split(pictures, labels, order):
    """Divide pictures into those to learn from and those held out.

    pictures: array (N, H, W)
    labels: array (N,)
    order: the numbers 0 to N − 1 in a random order
    returns: pictures and labels to learn from, then pictures and labels that are held out
    """
    pictures, labels = pictures[order], labels[order]
    moved = np.zeros_like(pictures)
    moved[:, :, 1:] = pictures[:, :, :-1]  # one pixel to the right
    pictures = np.stack([pictures, moved], axis=1).reshape(-1, *pictures.shape[1:])
    labels = labels.repeat(2)
    held = np.arange(len(labels)) % 5 == 0
    return pictures[~held], labels[~held], pictures[held], labels[held]
