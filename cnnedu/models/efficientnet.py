"""EfficientNet-Lite0: the blocks of MobileNet v2 in a shape that a search found."""

from collections import OrderedDict

from torch import nn

from cnnedu.models.blocks import pooled_scores
from cnnedu.models.mobilenet import InvertedResidual

SIZE = 224  # pixels along each side of the picture
# The published weights expect (pixel − 127) / 128 in each channel; on the scale from 0 to 1:
MEAN = (127 / 255,) * 3
STD = (128 / 255,) * 3
# expansion, kernel size, filters, blocks, stride of the first block: stages 2 to 8 of table 1
STAGES = (
    *((1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2)),
    *((6, 5, 112, 3, 1), (6, 5, 192, 4, 2), (6, 3, 320, 1, 1)),
)


def conv_norm_relu6(channels, filters, kernel_size=3, stride=1, groups=1):
    """Return a convolution padded as TensorFlow does it, its batch norm and a ReLU6.

    At stride 2, with an even size, TensorFlow puts the odd line of zeros at the bottom and on the
    right, and none opposite it: weights trained with this padding need it.

    >>> conv_norm_relu6(3, 8, stride=2)[0]
    ZeroPad2d((0, 1, 0, 1))
    """
    zeros = kernel_size - stride
    before, after = zeros // 2, zeros - zeros // 2
    even = before == after
    conv = nn.Conv2d(
        channels, filters, kernel_size, stride, before if even else 0, groups=groups, bias=False
    )
    pad = () if even else (nn.ZeroPad2d((before, after, before, after)),)
    # TensorFlow's momentum of 0.99 is PyTorch's of 0.01.
    return nn.Sequential(*pad, conv, nn.BatchNorm2d(filters, 1e-3, 0.01), nn.ReLU6())


def efficientnet_lite0(classes=1000):
    """Build EfficientNet-Lite0, with PyTorch's own initialisation.

    EfficientNet-B0's depths, widths and kernel sizes were searched for, to get the highest accuracy
    at a given cost. Lite0 leaves out its squeeze-and-excitation and replaces swish by ReLU6, which
    8-bit processors can compute.

    Shapes, for x (N, 3, 224, 224): stage 1, a 3×3 convolution with stride 2, to (N, 32, 112, 112);
    stages 2 to 8, 16 blocks called MBConv, which are MobileNet v2's `InvertedResidual`, to
    (N, 320, 7, 7); stage 9, 1×1, to (N, 1280, 7, 7); global average; dropout; dense to
    (N, classes).

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential` with parts stage1 to stage9, pool, flatten, dropout, dense: 4,652,008
        parameters for 1,000 classes. It gives logits; all but its last part gives 1,280 features.

    Source
        Tan, Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML
        2019, table 1; the Lite variants are described in the TensorFlow repository `tpu`,
        models/official/efficientnet/lite (2020).
    """
    stages, channels = [conv_norm_relu6(3, 32, stride=2)], 32
    for expansion, kernel_size, filters, count, stride in STAGES:
        blocks = []
        for number in range(count):
            block = channels, filters, stride if number == 0 else 1, expansion
            blocks.append(InvertedResidual(*block, kernel_size, conv_norm_relu6))
            channels = filters
        stages.append(nn.Sequential(*blocks))
    stages.append(conv_norm_relu6(channels, 1280, 1))
    parts = OrderedDict((f"stage{number}", part) for number, part in enumerate(stages, start=1))
    pool, flatten, dense = pooled_scores(1280, classes)
    parts |= {"pool": pool, "flatten": flatten, "dropout": nn.Dropout(0.2), "dense": dense}
    return nn.Sequential(parts)
