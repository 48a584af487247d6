"""Occlusion: cover part of the picture and see how much the answer suffers."""

import torch

from cnnedu.explain.arguments import check_picture, check_target, logits_of
from cnnedu.nn import evaluating

PIXELS = 4 * 224 * 224  # of covered pictures at a time: four times as many take 180 MB more


@torch.no_grad()
def occlusion(network, x, target, size=8, stride=2):
    """Measure for each pixel how much covering it lowers the class's probability.

    A grey patch is laid over the picture at every `stride`-th place. A pixel's value is the mean
    loss of probability over all patches that cover it.

    Equation
        out[i, j] = mean over patches P that contain (i, j) of  p(target | x) − p(target | x, P)

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W).
        x: one normalised picture, tensor (C, H, W); the patch has the value 0, mean grey.
        target: the class's index.
        size: height and width of the patch in pixels.
        stride: pixels from one place of the patch to the next.

    Returns:
        Tensor (H, W) of probabilities between −1 and 1: positive where covering hurts.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: `x` isn't one picture, the patch doesn't fit, or there is no such class.

    Source
        Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014.
    """
    check_picture("occlusion", network, x)
    with evaluating(network):
        check_target("occlusion", target, logits_of("occlusion", network, x[None]))
    if not 1 <= size <= min(x.shape[1:]) or stride < 1:
        raise ValueError(
            f"occlusion: size must be from 1 to {min(x.shape[1:])}, so that the patch fits into "
            f"the picture, and stride at least 1, but they are {size} and {stride}"
        )
    height, width = x.shape[1:]
    places = [
        (slice(top, top + size), slice(left, left + size))
        for top in range(0, height - size + 1, stride)
        for left in range(0, width - size + 1, stride)
    ]
    covered = x.repeat(len(places) + 1, 1, 1, 1)
    for picture, (rows, columns) in zip(covered[1:], places, strict=True):
        picture[:, rows, columns] = 0
    with evaluating(network):
        batch = max(1, PIXELS // (height * width))
        logits = torch.cat([network(part) for part in covered.split(batch)])
    probability = logits.softmax(dim=1)[:, target]
    loss, times = torch.zeros(2, height, width, device=x.device)
    for (rows, columns), left_over in zip(places, probability[1:], strict=True):
        loss[rows, columns] += probability[0] - left_over
        times[rows, columns] += 1
    return loss / times.clamp(min=1)
