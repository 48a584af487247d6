"""A small network built like torchvision's ResNets, and maps of it as a function on arrays."""

import torch
from torch import nn

from cnnedu.checks.compare import CheckFailed
from cnnedu.checks.torch_networks import quiet

CLASSES = 5


class BasicBlock(nn.Module):
    """relu(x + bn2(conv2(relu(bn1(conv1(x))))); where the shape changes, x is convolved, too."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample = None
        if stride > 1 or channels != filters:
            conv = nn.Conv2d(channels, filters, 1, stride, bias=False)
            self.downsample = nn.Sequential(conv, nn.BatchNorm2d(filters))

    def forward(self, x):
        """Return maps (N, filters, H / stride, W / stride)."""
        around = x if self.downsample is None else self.downsample(x)
        return self.relu(around + self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x))))))


class SmallResNet(nn.Module):
    """The parts of torchvision's `resnet18`, by the same names, with few filters and blocks."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, 2, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(BasicBlock(8, 8, 1))
        self.layer2 = nn.Sequential(BasicBlock(8, 12, 2))
        self.layer3 = nn.Sequential(BasicBlock(12, 12, 1))
        self.layer4 = nn.Sequential(BasicBlock(12, 16, 1), BasicBlock(16, 16, 1))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(16, CLASSES)

    def forward(self, x):
        """Return logits (N, 5) for pictures (N, 3, H, W)."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


@torch.no_grad()
def small_resnet(seed, training=False):
    """Build a `SmallResNet` with random weights, whose batch norms have statistics of their own.

    Args:
        seed: whole number from which everything is drawn.
        training: whether it is in training mode.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.device("meta"):  # PyTorch's own first weights would take most of the time
        network = SmallResNet()
    network.to_empty(device="cpu")
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.reset_parameters()
            part.running_mean.normal_(0, 0.3, generator=generator)
            part.running_var.uniform_(0.5, 2, generator=generator)
        elif isinstance(part, nn.Conv2d | nn.Linear):
            part.weight.normal_(0, (2 / part.weight[0].numel()) ** 0.5, generator=generator)
    network.fc.bias.zero_()
    return network.train(training)


def cam_function(network_cam):
    """Return a function of (x, seed, training, target) that maps a picture with `network_cam`."""

    def cam_as_numbers(x, seed, training, target):
        network = small_resnet(seed, training)
        found = network_cam(network, torch.tensor(x, dtype=torch.float32), target)
        if any(part.training != training for part in network.modules()):
            raise CheckFailed("leave the network in the mode in which you got it, `.training`")
        if any(part._forward_hooks or part._backward_hooks for part in network.modules()):
            raise CheckFailed("a hook of yours is still in the network: call its `.remove()`")
        if not isinstance(found, torch.Tensor):
            raise CheckFailed(f"return a tensor (H, W), not a {type(found).__name__}")
        return found.detach().numpy()

    return quiet(cam_as_numbers)
