"""The classic small network for CIFAR-10: three convolutions and two dense layers."""

from collections import OrderedDict

from torch import nn


def classic():
    """Build the classic three-convolution network, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 32, 32); the convolutions have no padding, so each loses a ring of pixels
        conv1  32 filters 3×3   (N, 32, 30, 30)       896 parameters
        pool1  max 2×2          (N, 32, 15, 15)
        conv2  64 filters 3×3   (N, 64, 13, 13)    18,496
        pool2  max 2×2          (N, 64, 6, 6)
        conv3  64 filters 3×3   (N, 64, 4, 4)      36,928
        flatten                 (N, 1024)
        dense1                  (N, 64)            65,600
        dense2                  (N, 10)               650

    Returns:
        `nn.Sequential` with the layers above by name, a ReLU after each convolution and after
        dense1: 122,570 parameters. It gives logits, the scores before softmax.

    Source
        TensorFlow's tutorial "Convolutional Neural Network (CNN)".

    >>> sum(p.numel() for p in classic().parameters())
    122570
    """
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 32, kernel_size=3),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(32, 64, kernel_size=3),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            conv3=nn.Conv2d(64, 64, kernel_size=3),
            relu3=nn.ReLU(),
            flatten=nn.Flatten(),
            dense1=nn.Linear(1024, 64),
            relu4=nn.ReLU(),
            dense2=nn.Linear(64, 10),
        )
    )


def equipped(network, dropout=0.0, batch_norm=False):
    """Add batch norm after each convolution of a network, and dropout before each dense layer.

    Args:
        network: `nn.Sequential`; its layers are used, not copied.
        dropout: probability of a zero; 0 adds no dropout.
        batch_norm: whether to add batch norm.

    Returns:
        `nn.Sequential`.

    >>> len(equipped(nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(8, 2)), 0.5, True))
    5
    """
    layers = []
    for layer in network:
        if dropout and isinstance(layer, nn.Linear):
            layers.append(nn.Dropout(dropout))
        layers.append(layer)
        if batch_norm and isinstance(layer, nn.Conv2d):
            layers.append(nn.BatchNorm2d(layer.out_channels))
    return nn.Sequential(*layers)
