"""AlexNet, which won the ImageNet contest of 2012."""

from torch import nn


def alexnet(classes=1000):
    """Build the one-device version of AlexNet, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224)
        64 filters 11×11, stride 4   (N, 64, 55, 55)    pooled to (N, 64, 27, 27)
        192 filters 5×5              (N, 192, 27, 27)   pooled to (N, 192, 13, 13)
        384, 256, 256 filters 3×3    (N, 256, 13, 13)   pooled to (N, 256, 6, 6)
        dense 4096, 4096, classes    (N, classes)

    The pooling windows (3×3, stride 2) overlap. Of the 61.1 million parameters, 58.6 million are in
    the three dense layers. The paper of 2012 split the filters over two GPUs and normalised across
    neighbouring maps; this version, of 2014, does neither.

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential` of `features` and `classifier`: 61,100,840 parameters for 1,000 classes. It
        gives logits.

    Source
        Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural
        networks" (2012); Krizhevsky, "One weird trick for parallelizing convolutional neural
        networks" (2014), for the numbers of filters.
    """
    features = nn.Sequential(
        *(nn.Conv2d(3, 64, kernel_size=11, stride=4, padding=2), nn.ReLU()),
        nn.MaxPool2d(3, stride=2),
        *(nn.Conv2d(64, 192, kernel_size=5, padding=2), nn.ReLU()),
        nn.MaxPool2d(3, stride=2),
        *(nn.Conv2d(192, 384, kernel_size=3, padding=1), nn.ReLU()),
        *(nn.Conv2d(384, 256, kernel_size=3, padding=1), nn.ReLU()),
        *(nn.Conv2d(256, 256, kernel_size=3, padding=1), nn.ReLU()),
        nn.MaxPool2d(3, stride=2),
    )
    classifier = nn.Sequential(
        nn.Flatten(),
        *(nn.Dropout(0.5), nn.Linear(256 * 6 * 6, 4096), nn.ReLU()),
        *(nn.Dropout(0.5), nn.Linear(4096, 4096), nn.ReLU()),
        nn.Linear(4096, classes),
    )
    return nn.Sequential(features, classifier)
