"""The networks between lesson 10's `classic` and lesson 13's `fast`."""

from torch import nn


def tower(widths, convolutions=1, batch_norm=False, gelu=False, pooled=False):
    """Build blocks of 3×3 convolutions that keep the size, each with one max pooling, and a head.

    Shapes, for x (N, 3, 32, 32) and widths (a, b, c)
        block 1                       (N, a, 16, 16)
        block 2                       (N, b, 8, 8)
        block 3                       (N, c, 4, 4)
        head    flatten, dense 64, activation, dense 10; or global max, dense 10

    Args:
        widths: number of filters in each block.
        convolutions: in each block, at least 1; the pooling follows the first.
        batch_norm: whether batch norm follows each convolution.
        gelu: whether the activation is GELU; otherwise it is ReLU.
        pooled: whether the head is a global max and one dense layer.

    Returns:
        `nn.Sequential`, with PyTorch's own initialisation; it gives logits.

    >>> sum(p.numel() for p in tower((32, 64, 64)).parameters())
    122570
    """
    activation = nn.GELU if gelu else nn.ReLU
    layers, channels = [], 3
    for filters in widths:
        for number in range(convolutions):
            layers.append(nn.Conv2d(channels, filters, 3, padding=1, bias=not batch_norm))
            layers += [nn.MaxPool2d(2)] * (number == 0)
            layers += [nn.BatchNorm2d(filters)] * batch_norm
            layers.append(activation())
            channels = filters
    if pooled:
        head = [nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(channels, 10)]
    else:
        head = [nn.Flatten(), nn.Linear(16 * channels, 64), activation(), nn.Linear(64, 10)]
    return nn.Sequential(*layers, *head)
