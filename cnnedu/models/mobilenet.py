"""MobileNet: a filter per channel, then a mix of the channels, for a ninth of the work."""

from torch import nn

# filters and stride of the 13 depthwise separable layers, by table 1 of the first paper
SEPARABLE = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)
# expansion, filters, blocks, stride of the first, by table 2 of the second paper
BOTTLENECKS = (
    *((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)),
    *((6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)),
)


class InvertedResidual(nn.Module):
    """Widen with 1×1 filters, look with one 3×3 filter per channel, narrow again; add the input.

    Equation
        out = x + narrow(look(widen(x))); without x where the shape changes

    Nothing follows `narrow`: a ReLU in few channels would lose too much (a linear bottleneck).

    Args:
        channels: of the input.
        filters: of the output.
        stride: of the 3×3 filters.
        expansion: how many times as many channels there are in the middle.

    Source
        Sandler, Howard, Zhu, Zhmoginov, Chen, "MobileNetV2: inverted residuals and linear
        bottlenecks" (2018), section 3.
    """

    def __init__(self, channels, filters, stride, expansion):
        super().__init__()
        middle = channels * expansion
        self.widen = nn.Sequential(*_conv(channels, middle, 1) if expansion > 1 else ())
        self.look = nn.Sequential(*_conv(middle, middle, 3, stride, groups=middle))
        self.narrow = nn.Sequential(*_conv(middle, filters, 1)[:2])
        self.adds_input = channels == filters and stride == 1

    def forward(self, x):
        """Return the block's output: (N, C, H, W) → (N, filters, H / stride, W / stride)."""
        out = self.narrow(self.look(self.widen(x)))
        return x + out if self.adds_input else out


def mobilenet_v1(classes=1000):
    """Build MobileNet v1 with width 1, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224): a 3×3 convolution with stride 2 to (N, 32, 112, 112); 13
    depthwise separable layers to (N, 1024, 7, 7); global average; dense to (N, classes).

    A 3×3 convolution of C channels to F takes 9·C·F multiply-adds per output pixel; a filter per
    channel and then a 1×1 mix take 9·C + C·F.

    Args:
        classes: how many there are to tell apart.

    Returns:
        `nn.Sequential`: 4,231,976 parameters for 1,000 classes. It gives logits.

    Source
        Howard and others, "MobileNets: efficient convolutional neural networks for mobile vision
        applications" (2017), table 1, whose last layer but one must have stride 1.
    """
    layers, channels = list(_conv(3, 32, 3, stride=2, activation=nn.ReLU)), 32
    for filters, stride in SEPARABLE:
        layers += _conv(channels, channels, 3, stride, groups=channels, activation=nn.ReLU)
        layers += _conv(channels, filters, 1, activation=nn.ReLU)
        channels = filters
    return nn.Sequential(*layers, *_end(channels, classes))


def mobilenet_v2(classes=1000):
    """Build MobileNet v2 with width 1, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224): a 3×3 convolution with stride 2 to (N, 32, 112, 112); 17
    `InvertedResidual` blocks to (N, 320, 7, 7); 1×1 to (N, 1280, 7, 7); global average; dropout;
    dense to (N, classes).

    Args:
        classes: how many there are to tell apart.

    Returns:
        `nn.Sequential`: 3,504,872 parameters for 1,000 classes. It gives logits.

    Source
        Sandler, Howard, Zhu, Zhmoginov, Chen (2018), see `InvertedResidual`, table 2.
    """
    layers, channels = list(_conv(3, 32, 3, stride=2)), 32
    for expansion, filters, count, stride in BOTTLENECKS:
        for number in range(count):
            block = channels, filters, stride if number == 0 else 1, expansion
            layers.append(InvertedResidual(*block))
            channels = filters
    layers += _conv(channels, 1280, 1)
    pool, flatten, dense = _end(1280, classes)
    return nn.Sequential(*layers, pool, flatten, nn.Dropout(0.2), dense)


def _conv(channels, filters, kernel_size, stride=1, groups=1, activation=nn.ReLU6):
    """Return a convolution that keeps the size at stride 1, its batch norm and its activation."""
    padding = kernel_size // 2
    conv = nn.Conv2d(channels, filters, kernel_size, stride, padding, groups=groups, bias=False)
    return conv, nn.BatchNorm2d(filters), activation()


def _end(channels, classes):
    return nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes)
