"""The planted fault: the weight that looks away, and well-known mistakes in finding it."""

from functools import lru_cache

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_faults import faulty_network, stamped_disks


@lru_cache(maxsize=64)  # all mistakes begin with the same run
@torch.no_grad()
def _run(seed):
    """Return the head's weights (K, C), the maps (N, C, h, w), the labels and the disks."""
    network, (x, y, thing) = faulty_network(seed), stamped_disks(seed)
    maps = network.layer4(network.maxpool(network.relu(network.conv1(x))))
    return network.fc.weight.detach().clone(), maps, y, thing


def _heat(row, maps, size):
    """Return Grad-CAM (N, H, W): the mean gradient of map k is row[k] / (h · w)."""
    alpha = (row / maps[0, 0].numel())[:, None, None]
    cam = (alpha * maps).sum(dim=1, keepdim=True).relu()
    return F.interpolate(cam, size=size, mode="bilinear")[:, 0]


def _share(heat, thing):
    return heat[thing].sum() / heat.sum()


def _on_things(heat, thing):
    return heat[thing].sum()


def _measured(seed, label, row, measure=_share):
    """Return how much of a class's heat lies on its things, if `row` were its weights."""
    _, maps, y, thing = _run(seed)
    own = y == label
    return float(measure(_heat(row, maps[own], thing.shape[1:]), thing[own]))


def _without(row, channel):
    row = row.clone()
    row[channel] = 0
    return row


def _by_trial(seed, label, row, best=np.argmax, measure=_share):
    """Return the channel without which most of the heat lies on the things."""
    tried = [_measured(seed, label, _without(row, k), measure) for k in range(len(row))]
    return int(best(tried))


def _cleared(weights, label, channel):
    weights[label, channel] = 0


def _examined(worst=np.argmin, measure=_share, channel_of=_by_trial, mended=_cleared):
    """Make an examination; each argument changes one step of it."""

    def fault_as_numbers(seed):
        weights = _run(seed)[0].clone()
        shares = [_measured(seed, label, row, measure) for label, row in enumerate(weights)]
        label = int(worst(shares))
        channel = channel_of(seed, label, weights[label])
        mended(weights, label, channel)
        return np.concatenate([[label, channel], weights.numpy().ravel()])

    return fault_as_numbers


fault_as_numbers = _examined()


def is_clear(seed):
    """Return whether the class and the channel stand out, however the shares are averaged."""
    weights = _run(seed)[0]
    shares = np.sort([_measured(seed, label, row) for label, row in enumerate(weights)])
    label = int(fault_as_numbers(seed)[0])
    tried = range(weights.shape[1])
    without = np.sort([_measured(seed, label, _without(weights[label], k)) for k in tried])
    return shares[1] - shares[0] > 0.1 and without[-1] - without[-2] > 0.1


def _every_class(weights, label, channel):
    weights[:, channel] = 0


def _every_channel(weights, label, channel):
    weights[label] = 0


def _turned_round(weights, label, channel):
    weights[label, channel] *= -1


def _trials_stay(seed):
    """Put no weight back: each trial finds the ones before at 0, and the last finds no heat."""
    weights = _run(seed)[0].clone()
    label, shares = int(fault_as_numbers(seed)[0]), []
    for channel in range(weights.shape[1]):
        weights[label, channel] = 0
        shares.append(_measured(seed, label, weights[label]))
    return np.concatenate([[label, np.argmax(shares)], weights.numpy().ravel()])


def _channel_first(seed):
    found = fault_as_numbers(seed)
    return np.concatenate([found[1::-1], found[2:]])


ALL_CLEARED = (
    "All weights of the class are 0 now. Put each back after you have tried without it, and clear "
    "one."
)

MISTAKES = (
    Mistake(
        "You examined the class whose heat lies on its things *most*. The fault is where the share "
        "is smallest.",
        _examined(worst=np.argmax),
    ),
    Mistake(
        "You compared how much heat lies on the things. A class may be quiet everywhere and sound: "
        "compare shares, heat on the things / all heat.",
        _examined(
            measure=_on_things,
            channel_of=lambda *some: _by_trial(*some, measure=_on_things),
        ),
    ),
    Mistake(
        "The largest weight of a class needn't be the fault: try each channel, and see where the "
        "heat goes.",
        _examined(channel_of=lambda seed, label, row: int(row.argmax())),
    ),
    Mistake(
        "Without this channel the heat goes away from the things. Choose the one whose loss brings "
        "most of it back.",
        _examined(channel_of=lambda *some: _by_trial(*some, best=np.argmin)),
    ),
    Mistake(
        "Class and channel are right, but the weight is as it was: set "
        "`network.fc.weight[class, channel]` to 0 in the network that you were given.",
        _examined(mended=lambda *some: None),
    ),
    Mistake(
        "You cleared the channel for all classes. The others may need it: set one weight to 0.",
        _examined(mended=_every_class),
    ),
    Mistake(ALL_CLEARED, _examined(mended=_every_channel)),
    Mistake(ALL_CLEARED, _trials_stay),
    Mistake("Set the weight to 0; you turned its sign round.", _examined(mended=_turned_round)),
    Mistake("The class comes first, then the channel.", _channel_first),
)
