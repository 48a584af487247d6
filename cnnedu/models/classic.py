"""The classic small network for CIFAR-10: three convolutions and two dense layers."""

from collections import OrderedDict

from torch import nn


def classic():
    """Build the classic three-convolution network, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 32, 32); a convolution takes no padding and so loses a ring of pixels
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
        TensorFlow, "Convolutional Neural Network (CNN)", the tutorial with this network.

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
