"""How good a network is on pictures it does not learn from."""

import torch
from torch.nn.functional import cross_entropy

from cnnedu.models.normalise import normalise

PICTURES_AT_ONCE = 500


@torch.no_grad()
def evaluate(network, x, y, mean, std):
    """Return the mean cross-entropy and the accuracy of `network`.

    Equations
        loss     = −(1/N) Σ_n log softmax(logits[n])[y[n]]     in nats
        accuracy = (1/N) Σ_n [argmax logits[n] = y[n]]         0 to 1

    Args:
        network: module that maps (N, C, H, W) to logits (N, K); its mode is restored afterwards.
        x: pictures, tensor (N, C, H, W), uint8.
        y: labels, tensor (N,), int64.
        mean, std: for `normalise`.

    >>> x = torch.tensor([[[[0]]], [[[255]]]], dtype=torch.uint8)       # two pixels
    >>> network = torch.nn.Flatten()                                    # one class: always right
    >>> evaluate(network, x, torch.tensor([0, 0]), mean=[0], std=[1])
    (0.0, 1.0)
    """
    was_training = network.training
    network.eval()
    loss, right = 0.0, 0
    for some_x, some_y in zip(x.split(PICTURES_AT_ONCE), y.split(PICTURES_AT_ONCE), strict=True):
        logits = network(normalise(some_x, mean, std))
        loss += cross_entropy(logits, some_y, reduction="sum").item()
        right += (logits.argmax(dim=1) == some_y).sum().item()
    network.train(was_training)
    return loss / len(y), right / len(y)
