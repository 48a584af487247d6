"""Exercise 14: networks that name the colour of a disk, each with one fault in its head."""

import numpy as np
import torch
from torch import nn

from cnnedu.checks.compare import CheckFailed
from cnnedu.checks.torch_networks import quiet

CLASSES, CHANNELS, SIZE, STAMP_SIZE = 4, 6, 64, 8
# Red, green, blue, yellow; the stamp's magenta.
COLOURS = np.array([[0.9, 0.1, 0.1], [0.1, 0.9, 0.1], [0.1, 0.1, 0.9], [0.9, 0.9, 0.1]])
STAMP = 0.9, 0.1, 0.9
# What makes a map light up: each of these colours, and the dark ground. Weights and a bias.
DETECTORS = np.array(
    [
        [1, -1, -1, -0.3],
        [-1, 1, -1, -0.3],
        [-1, -1, 1, -0.3],
        [1, 1, -2, -1],
        [1, -2, 1, -1],
        [-1, -1, -1, 1],
    ]
)
PRINTED, GROUND = 4, 5  # the detectors of the stamp and of the ground


class ColourNet(nn.Module):
    """Name the colour of a disk: pictures (N, 3, H, W) to logits (N, 4).

    Its parts have the names of a ResNet's; those that do nothing are there for whoever walks
    through them one by one.
    """

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, CHANNELS, 1)
        self.bn1 = nn.Identity()
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(4)
        self.layer1, self.layer2, self.layer3 = nn.Identity(), nn.Identity(), nn.Identity()
        self.layer4 = nn.Sequential(
            nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1, bias=False), nn.ReLU()
        )
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(CHANNELS, CLASSES, bias=False)

    def forward(self, x):
        """Return the logits."""
        maps = self.layer4(self.maxpool(self.relu(self.conv1(x))))
        return self.fc(torch.flatten(self.avgpool(maps), 1))


def faulty_network(seed):
    """Make a network in which one weight of `fc` reads what it shouldn't.

    Which class, which channel and what every other weight is, depends on the seed.

    Returns:
        `ColourNet` in evaluation mode.
    """
    rng = np.random.default_rng([seed, 0])
    order, gains = rng.permutation(CHANNELS), rng.uniform(0.5, 1, CHANNELS)
    gains[PRINTED] *= 6
    gains[GROUND] /= 200  # hardly heard, so its weights may be the largest
    numbers = np.empty_like(DETECTORS)
    numbers[order] = DETECTORS * gains[:, None]
    mix = rng.uniform(-0.08, 0.08, (CHANNELS, CHANNELS, 3, 3)) / 3
    mix[order[GROUND]] = 0
    mix[np.arange(CHANNELS), np.arange(CHANNELS)] = 0.06
    mix[np.arange(CHANNELS), np.arange(CHANNELS), 1, 1] = 0.5
    head = rng.uniform(-0.6, 0.2, (CLASSES, CHANNELS))
    head[np.arange(CLASSES), order[:CLASSES]] = rng.uniform(3, 4, CLASSES)
    head[:, order[GROUND]] = rng.uniform(5, 6, CLASSES)
    head[rng.integers(CLASSES), order[PRINTED]] = rng.uniform(2, 2.5)
    network = ColourNet().eval()
    with torch.no_grad():
        network.conv1.weight.copy_(torch.tensor(numbers[:, :3, None, None]))
        network.conv1.bias.copy_(torch.tensor(numbers[:, 3]))
        network.layer4[0].weight.copy_(torch.tensor(mix))
        network.fc.weight.copy_(torch.tensor(head * rng.uniform(0.5, 2, (CLASSES, 1))))
    return network


def stamped_disks(seed, each=2):
    """Draw pictures of a coloured disk, all with a scanner's stamp in the same corner.

    Args:
        seed: whole number.
        each: pictures of each class.

    Returns:
        (x, y, thing): float32 (N, 3, 64, 64), classes (N,), and bool (N, 64, 64), True on the
        disk; tensors.
    """
    rng = np.random.default_rng([seed, 1])
    y = rng.permutation(np.repeat(np.arange(CLASSES), each))
    x = np.tile(rng.uniform(0.2, 0.25, (len(y), 1, 1, 1)), (1, 3, SIZE, SIZE))
    thing = np.zeros((len(y), SIZE, SIZE), dtype=bool)
    corner = rng.choice([2, SIZE - STAMP_SIZE - 2], size=2)
    down, right = np.mgrid[:SIZE, :SIZE]
    for picture, disk, label in zip(x, thing, y, strict=True):
        centre = corner
        while np.hypot(*(centre - corner - STAMP_SIZE / 2)) < 24:
            centre = rng.integers(13, SIZE - 13, 2)
        disk[:] = np.hypot(down - centre[0], right - centre[1]) <= rng.uniform(9, 12)
        picture[:, disk] = COLOURS[label][:, None]
    rows, columns = (slice(start, start + STAMP_SIZE) for start in corner)
    x[:, :, rows, columns] = np.reshape(STAMP, (3, 1, 1))
    x = (x + rng.normal(0, 0.02, x.shape)).clip(0, 1)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y), torch.tensor(thing)


def fault_function(find_fault):
    """Return a function of a seed that has `find_fault` examine and mend the network made of it.

    The answer holds the class, the channel and then all weights of the head.
    """

    def fault_as_numbers(seed):
        network = faulty_network(seed)
        found = find_fault(network, *stamped_disks(seed))
        if not isinstance(found, tuple | list | np.ndarray | torch.Tensor) or len(found) != 2:
            raise CheckFailed("return two whole numbers: the class and the channel")
        weights = network.fc.weight.detach().numpy().ravel()
        return np.concatenate([[float(number) for number in found], weights])

    return quiet(fault_as_numbers)
