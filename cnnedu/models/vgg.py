"""VGG: nothing but 3×3 filters, in stacks between max poolings."""

from torch import nn

# Filters of the convolutions between two poolings, from the paper's table 1, configuration D.
D = [64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]


def vgg16(classes=1000):
    """Build VGG-16, the paper's configuration D, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224); a 2×2 max pooling ends each stack of 3×3 filters
        2 × 64 filters     (N, 64, 112, 112)
        2 × 128            (N, 128, 56, 56)
        3 × 256            (N, 256, 28, 28)
        3 × 512            (N, 512, 14, 14)
        3 × 512            (N, 512, 7, 7)
        dense 4096, 4096, classes

    Two 3×3 filters see as much as one of 5×5 and three as one of 7×7, with fewer weights.

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential` of `features` and `classifier`: 138,357,544 parameters for 1,000 classes.
        It gives logits.

    Source
        Simonyan, Zisserman, "Very deep convolutional networks for large-scale image recognition"
        (2015).
    """
    return _vgg(D, classes)


def _vgg(stacks, classes):
    layers, channels = [], 3
    for stack in stacks:
        for filters in stack:
            layers += [nn.Conv2d(channels, filters, kernel_size=3, padding=1), nn.ReLU()]
            channels = filters
        layers.append(nn.MaxPool2d(2))
    classifier = nn.Sequential(
        *(nn.Flatten(), nn.Linear(channels * 7 * 7, 4096), nn.ReLU(), nn.Dropout(0.5)),
        *(nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(0.5)),
        nn.Linear(4096, classes),
    )
    return nn.Sequential(nn.Sequential(*layers), classifier)
