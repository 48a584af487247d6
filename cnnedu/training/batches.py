"""From uint8 pictures to the batches that a network trains on."""

import torch
import torch.nn.functional as F

from cnnedu.data.cifar10 import MEAN, STD
from cnnedu.models.normalise import normalise
from cnnedu.training.augmentation import alternating_flip, cutout, random_flip, random_shift


def augmented(x, numbers, epoch, done, settings, generator):
    """Return a batch as the network sees it: augmented, normalised, shrunk.

    Args:
        x: all training pictures (M, 3, 32, 32), uint8.
        numbers: the places of the batch's pictures in x, whole numbers (N,), on the CPU.
        epoch: from 1.
        done: share of the run that is over.
        settings: `Settings`: flip, shift, cutout and sizes.
        generator: `torch.Generator` of the CPU.

    Returns:
        float32 (N, 3, S, S), channels last in memory, S from `settings.sizes`.
    """
    batch = x[numbers.to(x.device)]
    if settings.flip == "random":
        batch = random_flip(batch, generator)
    elif settings.flip == "alternating":
        batch = alternating_flip(batch, numbers, epoch, settings.seed)
    if settings.shift:
        batch = random_shift(batch, settings.shift, generator)
    batch = shrink(normalise(batch, MEAN, STD), size_at(done, settings.sizes))
    if settings.cutout:
        side = round(settings.cutout * batch.shape[-1] / 32)
        batch = cutout(batch, side, generator=generator)
    return batch.contiguous(memory_format=torch.channels_last)


def without_easy(numbers, losses, share):
    """Leave out every other one of the pictures that were easiest when they were last seen.

    A picture that the network already knows teaches it little, and takes as much time as any
    other. Half of the easy ones stay, so that each is soon seen again and its loss stays current.

    Args:
        numbers: the pictures' places in the training set, in random order, whole numbers (M,).
        losses: the loss of each picture when it was last seen, (M,); infinite if it never was.
        share: share of the pictures to leave out, from 0 to 1/2. They are taken from the share
            2 · `share` that had the lowest losses.

    Returns:
        The other numbers, in the same order; how many depends on M and `share` alone.

    Source
        Qin and others, "InfoBatch: lossless training speed up by unbiased dynamic data pruning"
        (2024); there the gradients of the remaining easy pictures are scaled up.

    >>> without_easy(torch.tensor([3, 0, 2, 1]), torch.tensor([0.1, 2.0, 0.2, 3.0]), 1 / 4)
    tensor([3, 0, 1])
    """
    count = int(share * len(numbers))
    easy = losses[numbers].argsort(stable=True)[: 2 * count].sort().values
    stays = torch.ones(len(numbers), dtype=torch.bool)
    stays[easy[1::2]] = False
    return numbers[stays]


def shrink(x, size):
    """Shrink float pictures (N, C, H, H) to (N, C, size, size), each pixel a local mean."""
    if x.shape[-1] == size:
        return x
    return F.interpolate(x, size=(size, size), mode="bilinear", antialias=True)


def size_at(done, sizes):
    """Return the size of the pictures, in pixels, when the share `done` of the run is over.

    >>> [size_at(done, ((20, 0.4), (32, 1))) for done in (0, 0.39, 0.4, 1)]
    [20, 20, 32, 32]
    """
    return next((pixels for pixels, until in sizes if done < until), sizes[-1][0])
