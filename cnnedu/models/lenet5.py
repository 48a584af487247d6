"""LeNet-5, the network that read the digits on cheques."""

from collections import OrderedDict

from torch import nn


def lenet5(classes=10):
    """Build LeNet-5, with PyTorch's own initialisation.

    Shapes, for x (N, 1, 32, 32), with the paper's names
        C1  6 filters 5×5     (N, 6, 28, 28)      156 parameters
        S2  average 2×2       (N, 6, 14, 14)
        C3  16 filters 5×5    (N, 16, 10, 10)   2,416
        S4  average 2×2       (N, 16, 5, 5)
        C5  120 filters 5×5   (N, 120, 1, 1)   48,120
        F6                    (N, 84)          10,164
        output                (N, 10)             850

    Three things are simpler than in the paper: each filter of C3 sees all six maps, not a chosen
    few; S2 and S4 learn no scale and shift; the output is linear, not a distance to drawn digits.
    The paper's network has 60,000 parameters: 156 + 12 + 1,516 + 32 + 48,120 + 10,164.

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential` with the layers above by name, and a tanh after C1, C3, C5 and F6: 61,706
        parameters for ten classes. It gives logits.

    Source
        LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition"
        (1998), section II.B.

    >>> sum(p.numel() for p in lenet5().parameters())
    61706
    """
    return nn.Sequential(
        OrderedDict(
            C1=nn.Conv2d(1, 6, kernel_size=5),
            tanh1=nn.Tanh(),
            S2=nn.AvgPool2d(2),
            C3=nn.Conv2d(6, 16, kernel_size=5),
            tanh3=nn.Tanh(),
            S4=nn.AvgPool2d(2),
            C5=nn.Conv2d(16, 120, kernel_size=5),
            tanh5=nn.Tanh(),
            flatten=nn.Flatten(),
            F6=nn.Linear(120, 84),
            tanh6=nn.Tanh(),
            output=nn.Linear(84, classes),
        )
    )
