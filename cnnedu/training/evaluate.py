"""How good a network is on pictures it does not learn from."""

import torch
import torch.nn.functional as F

from cnnedu.models.normalise import normalise
from cnnedu.training import processes
from cnnedu.training.batches import shrink

PICTURES_AT_ONCE = 500


@torch.no_grad()
def evaluate(network, x, y, mean, std, views=1, size=None):
    """Return the mean cross-entropy and the accuracy of `network`.

    Several processes that train together share the work.

    Equations
        loss     = −(1/N) Σ_n log softmax(logits[n])[y[n]]     in nats
        accuracy = (1/N) Σ_n [argmax logits[n] = y[n]]         0 to 1

    Args:
        network: module that maps (N, C, H, W) to logits (N, K); its mode is restored afterwards.
        x: pictures, tensor (N, C, H, W), uint8.
        y: labels, tensor (N,), int64.
        mean, std: for `normalise`.
        views: 1, 2 or 6: see `logits_of_views`.
        size: pixels to shrink the pictures to; None to leave them.

    >>> x = torch.tensor([[[[0]]], [[[255]]]], dtype=torch.uint8)       # two pixels
    >>> network = torch.nn.Flatten()                                    # one class: always right
    >>> evaluate(network, x, torch.tensor([0, 0]), mean=[0], std=[1])
    (0.0, 1.0)
    """
    was_training = network.training
    network.eval()
    loss, right = 0.0, 0
    x_parts, y_parts = (processes.my_part(part).split(PICTURES_AT_ONCE) for part in (x, y))
    for some_x, some_y in zip(x_parts, y_parts, strict=True):
        some_x = shrink(normalise(some_x, mean, std), size or some_x.shape[-1])
        logits = logits_of_views(network, some_x, views)
        loss += F.cross_entropy(logits, some_y, reduction="sum").item()
        right += (logits.argmax(dim=1) == some_y).sum().item()
    network.train(was_training)
    loss, right = processes.summed(loss, right)
    return loss / len(y), right / len(y)


def logits_of_views(network, x, views):
    """Return the logits (N, K) of pictures, averaged over several views of each.

    Args:
        network: maps (N, C, H, W) to logits.
        x: pictures (N, C, H, W), normalised.
        views: 1, as they are; 2, mirrored left for right too; 6, both also moved by a pixel up
            and left, and down and right. The views in place count half, the moved ones the rest.

    Source
        Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU" (2024), section 3.5.
    """

    def both_sides(x):
        x = x.contiguous(memory_format=torch.channels_last)
        if views == 1:
            return network(x).float()
        return (network(x).float() + network(x.flip(3)).float()) / 2

    if views < 6:
        return both_sides(x)
    padded = F.pad(x, (1, 1, 1, 1), mode="reflect")
    up_left, down_right = padded[:, :, 2:, 2:], padded[:, :, :-2, :-2]
    return both_sides(x) / 2 + both_sides(up_left) / 4 + both_sides(down_right) / 4
