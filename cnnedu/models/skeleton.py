"""One small network whose block can be exchanged: ten ideas of famous networks, side by side.

Each block takes maps (N, C, H, W) to maps of the same shape, so that it fits in every place.

>>> Skeleton(Residual)(torch.zeros(2, 3, 16, 16)).shape
torch.Size([2, 10])
"""

import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.models.blocks import pooled_scores
from cnnedu.models.shufflenet import channel_shuffle


def conv_norm(C, filters, size=1, groups=1):
    """Return a convolution that keeps height and width, and its batch norm.

    >>> conv_norm(4, 8, 3)[0]
    Conv2d(4, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
    """
    conv = nn.Conv2d(C, filters, size, padding=size // 2, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(filters))


class Plain(nn.Module):
    """One 3×3 convolution: out = ReLU(conv(x)). LeNet and AlexNet are chains of such layers."""

    def __init__(self, C):
        super().__init__()
        self.conv = conv_norm(C, C, 3)

    def forward(self, x):
        """Return maps of the same shape."""
        return F.relu(self.conv(x))


class Pair(nn.Module):
    """Two 3×3 convolutions, which see 5×5 pixels.

    Source
        Simonyan, Zisserman, "Very deep convolutional networks for large-scale image recognition"
        (2015).
    """

    def __init__(self, C):
        super().__init__()
        self.conv1 = conv_norm(C, C, 3)
        self.conv2 = conv_norm(C, C, 3)

    def forward(self, x):
        """Return maps of the same shape."""
        return F.relu(self.conv2(F.relu(self.conv1(x))))


class Residual(Pair):
    """A pair that computes what to add to its input: out = ReLU(x + F(x)).

    Source
        He, Zhang, Ren, Sun, "Deep residual learning for image recognition" (2016), figure 2.
    """

    def forward(self, x):
        """Return maps of the same shape."""
        return F.relu(x + self.conv2(F.relu(self.conv1(x))))


class Bottleneck(nn.Module):
    """A 3×3 convolution on a quarter of the channels, between two of 1×1, and a skip.

    Source
        He, Zhang, Ren, Sun, "Deep residual learning for image recognition" (2016), figure 5.
    """

    def __init__(self, C):
        super().__init__()
        self.narrow = conv_norm(C, C // 4)
        self.look = conv_norm(C // 4, C // 4, 3)
        self.widen = conv_norm(C // 4, C)

    def forward(self, x):
        """Return maps of the same shape."""
        maps = F.relu(self.look(F.relu(self.narrow(x))))
        return F.relu(x + self.widen(maps))


class Separable(nn.Module):
    """One 3×3 filter per channel looks, then 1×1 filters mix.

    Source
        Howard and others, "MobileNets: efficient convolutional neural networks for mobile vision
        applications" (2017), figure 3.
    """

    def __init__(self, C):
        super().__init__()
        self.look = conv_norm(C, C, 3, groups=C)
        self.mix = conv_norm(C, C)

    def forward(self, x):
        """Return maps of the same shape."""
        return F.relu(self.mix(F.relu(self.look(x))))


class InvertedResidual(nn.Module):
    """Four times as many channels inside as outside, no ReLU at the narrow end, and a skip.

    Source
        Sandler, Howard, Zhu, Zhmoginov, Chen, "MobileNetV2: inverted residuals and linear
        bottlenecks" (2018), section 3. There the middle is six times as wide.
    """

    def __init__(self, C):
        super().__init__()
        self.widen = conv_norm(C, 4 * C)
        self.look = conv_norm(4 * C, 4 * C, 3, groups=4 * C)
        self.narrow = conv_norm(4 * C, C)

    def forward(self, x):
        """Return maps of the same shape."""
        maps = F.relu(self.look(F.relu(self.widen(x))))
        return x + self.narrow(maps)


class Shuffle(nn.Module):
    """1×1 filters in two groups, whose channels are shuffled in between, and a skip.

    Args:
        C: channels, a multiple of 4.
        shuffles: False leaves the shuffle out, as a control.

    Source
        Zhang, Zhou, Lin, Sun, "ShuffleNet: an extremely efficient convolutional neural network
        for mobile devices" (2018), figure 2 (b).
    """

    def __init__(self, C, shuffles=True):
        super().__init__()
        self.shuffles = shuffles
        self.mix1 = conv_norm(C, C, groups=2)
        self.look = conv_norm(C, C, 3, groups=C)
        self.mix2 = conv_norm(C, C, groups=2)

    def forward(self, x):
        """Return maps of the same shape."""
        maps = F.relu(self.mix1(x))
        if self.shuffles:
            maps = channel_shuffle(maps, groups=2)
        return F.relu(x + self.mix2(self.look(maps)))


class SqueezeExcitation(Residual):
    """A residual block that multiplies each channel of F(x) by a number between 0 and 1.

    Source
        Hu, Shen, Sun, "Squeeze-and-excitation networks" (2018), figure 3.
    """

    def __init__(self, C):
        super().__init__(C)
        self.squeeze = nn.Linear(C, C // 4)
        self.excite = nn.Linear(C // 4, C)

    def forward(self, x):
        """Return maps of the same shape."""
        maps = self.conv2(F.relu(self.conv1(x)))
        scale = torch.sigmoid(self.excite(F.relu(self.squeeze(maps.mean(dim=(2, 3))))))
        return F.relu(x + scale[:, :, None, None] * maps)


class ConvNeXt(nn.Module):
    """One 7×7 filter per channel, one norm, 1×1 filters around one GELU, and a skip.

    Source
        Liu, Mao, Wu, Feichtenhofer, Darrell, Xie, "A ConvNet for the 2020s" (2022), figure 4.
    """

    def __init__(self, C):
        super().__init__()
        self.look = nn.Conv2d(C, C, 7, padding=3, groups=C)
        self.norm = nn.LayerNorm(C)
        self.widen = nn.Linear(C, 4 * C)
        self.narrow = nn.Linear(4 * C, C)

    def forward(self, x):
        """Return maps of the same shape."""
        pixels = self.look(x).permute(0, 2, 3, 1)  # a dense layer on each pixel's channels is 1×1
        change = self.narrow(F.gelu(self.widen(self.norm(pixels))))
        return x + change.permute(0, 3, 1, 2)


class Attention(nn.Module):
    """Every pixel weighs all the others by what they hold; then 1×1 filters mix its channels.

    Equations, for each head of 16 channels
        p ← p + W · softmax(q kᵀ / √16) v,  then  p ← p + narrow(GELU(widen(norm(p))))

    Source
        Dosovitskiy and others, "An image is worth 16×16 words" (2021), figure 1.
    """

    def __init__(self, C):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.ask = nn.Linear(C, 3 * C)  # queries, keys and values
        self.join = nn.Linear(C, C)
        self.widen = nn.Linear(C, 4 * C)
        self.narrow = nn.Linear(4 * C, C)

    def forward(self, x):
        """Return maps of the same shape."""
        pixels = x.flatten(2).transpose(1, 2)  # (N, H·W, C)
        q, k, v = self.ask(self.norm1(pixels)).unflatten(2, (3, -1, 16)).permute(2, 0, 3, 1, 4)
        found = F.scaled_dot_product_attention(q, k, v)  # (N, heads, H·W, 16)
        pixels = pixels + self.join(found.transpose(1, 2).flatten(2))
        pixels = pixels + self.narrow(F.gelu(self.widen(self.norm2(pixels))))
        return pixels.transpose(1, 2).reshape(x.shape)


class Skeleton(nn.Module):
    """A stem, two stages of blocks, and a head: x (N, 3, 16, 16) → logits (N, 10).

    Args:
        block: class or function that makes a block from its number of channels.
        width: channels of the first stage; the second has twice as many, on a quarter of the
            pixels.
        count: blocks in each stage.
        dense_head: end in two dense layers, as VGG does, in place of global average pooling.
        places: add a learnt map after the stem that tells pixels apart by their place, as ViT does.
    """

    def __init__(self, block, width=16, count=2, dense_head=False, places=False):
        super().__init__()
        self.stem = conv_norm(3, width, 3)
        self.places = nn.Parameter(torch.zeros(width, 16, 16)) if places else 0
        self.first = nn.Sequential(*(block(width) for _ in range(count)))
        self.halve = nn.Conv2d(width, 2 * width, 2, stride=2)
        self.second = nn.Sequential(*(block(2 * width) for _ in range(count)))
        self.head = pooled_scores(2 * width, 10)
        if dense_head:
            inputs = 2 * width * 8 * 8
            self.head = nn.Sequential(
                nn.Flatten(), nn.Linear(inputs, 128), nn.ReLU(), nn.Linear(128, 10)
            )

    def forward(self, x):
        """Return the logits."""
        maps = self.first(F.relu(self.stem(x)) + self.places)
        return self.head(self.second(self.halve(maps)))
