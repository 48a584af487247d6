"""MobileNet: one filter per channel, then a mix of the channels, for a ninth of the work."""

from functools import partial

from torch import nn

from cnnedu.models.blocks import conv_norm_relu, pooled_scores

# filters and stride of the 13 depthwise separable layers, from table 1 of the first paper
SEPARABLE = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)
# expansion, filters, blocks, stride of the first block, from table 2 of the second paper
BOTTLENECKS = (
    *((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)),
    *((6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)),
)
conv_norm_relu6 = partial(conv_norm_relu, activation=nn.ReLU6)


class InvertedResidual(nn.Module):
    """Widen with 1×1 filters, look with one 3×3 filter per channel, narrow again, add the input.

    Equation
        out = x + narrow(look(widen(x))); without x if the shape changes

    `narrow` ends without a ReLU, which would lose too much in few channels (a linear bottleneck).

    Args:
        channels: number of input channels.
        filters: number of output channels.
        stride: stride of the 3×3 filters.
        expansion: how many times more channels there are in the middle.
        kernel_size: of the filters that look, 3 in the paper.
        layer: what builds a layer, `conv_norm_relu6` or a function that takes the same arguments.

    Source
        Sandler, Howard, Zhu, Zhmoginov, Chen, "MobileNetV2: inverted residuals and linear
        bottlenecks" (2018), section 3.
    """

    def __init__(self, channels, filters, stride, expansion, kernel_size=3, layer=conv_norm_relu6):
        super().__init__()
        middle = channels * expansion
        self.widen = layer(channels, middle, 1) if expansion > 1 else nn.Sequential()
        self.look = layer(middle, middle, kernel_size, stride, groups=middle)
        self.narrow = layer(middle, filters, 1)[:-1]
        self.adds_input = channels == filters and stride == 1

    def forward(self, x):
        """Return the block's output: (N, C, H, W) → (N, filters, H / stride, W / stride)."""
        out = self.narrow(self.look(self.widen(x)))
        return x + out if self.adds_input else out


def mobilenet_v1(classes=1000):
    """Build MobileNet v1 with width 1, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224): a 3×3 convolution with stride 2 to (N, 32, 112, 112); 13
    depthwise separable layers to (N, 1024, 7, 7); global average; dense to (N, classes).

    A 3×3 convolution from C channels to F takes 9·C·F multiply-adds per output pixel; one filter
    per channel and then a 1×1 mix take 9·C + C·F.

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential`: 4,231,976 parameters for 1,000 classes. It gives logits.

    Source
        Howard and others, "MobileNets: efficient convolutional neural networks for mobile vision
        applications" (2017), table 1. The stride 2 of its last depthwise layer must be 1.
    """
    layers, channels = list(conv_norm_relu(3, 32, stride=2)), 32
    for filters, stride in SEPARABLE:
        layers += conv_norm_relu(channels, channels, stride=stride, groups=channels)
        layers += conv_norm_relu(channels, filters, 1)
        channels = filters
    return nn.Sequential(*layers, *pooled_scores(channels, classes))


def mobilenet_v2(classes=1000):
    """Build MobileNet v2 with width 1, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224): a 3×3 convolution with stride 2 to (N, 32, 112, 112); 17
    `InvertedResidual` blocks to (N, 320, 7, 7); 1×1 to (N, 1280, 7, 7); global average; dropout;
    dense to (N, classes).

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential`: 3,504,872 parameters for 1,000 classes. It gives logits.

    Source
        Sandler, Howard, Zhu, Zhmoginov, Chen (2018), see `InvertedResidual`, table 2.
    """
    layers, channels = list(conv_norm_relu6(3, 32, stride=2)), 32
    for expansion, filters, count, stride in BOTTLENECKS:
        for number in range(count):
            block = channels, filters, stride if number == 0 else 1, expansion
            layers.append(InvertedResidual(*block))
            channels = filters
    layers += conv_norm_relu6(channels, 1280, 1)
    pool, flatten, dense = pooled_scores(1280, classes)
    return nn.Sequential(*layers, pool, flatten, nn.Dropout(0.2), dense)
