"""Train a published network with its author's program, to measure what a JPEG copy costs.

On the original test pictures, airbench94 has a mean accuracy of 94.01 % over 1,000 runs (Jordan,
"94% on CIFAR-10 in 3.29 seconds on a single GPU", 2024). Its accuracy on a copy of CIFAR-10 tells
how far figures from that copy are from published ones. The program is made for a GPU; without one,
the CPU does its work in float32, with 6 GB of memory.
"""

import contextlib
import sys
import tempfile
import types
from pathlib import Path
from unittest.mock import Mock

import torch

from cnnedu.data import cifar10

FOLDER = "cifar10"  # where the program looks for its data


def train_published(data, seed):
    """Train the network; return its accuracy on the test pictures, which it sees once."""
    airbench = load_program()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(FOLDER).mkdir()
        write_part("train", data.x_train, data.y_train)
        write_part("test", data.x_test, data.y_test)
        torch.manual_seed(seed)
        network = airbench.train94(verbose=False)
        test = airbench.CifarLoader(FOLDER, train=False, batch_size=2000)
        return round(airbench.evaluate(network, test, tta_level=2), 4)


def load_program():
    """Import `airbench`, without torchvision and, if there is none, without a GPU.

    For that it changes torchvision and torch for the rest of the process.
    """
    vision, transforms = types.ModuleType("torchvision"), types.ModuleType("torchvision.transforms")
    vision.transforms, transforms.Normalize = transforms, Normalize  # all that it uses here
    sys.modules |= {vision.__name__: vision, transforms.__name__: transforms}
    import airbench
    from airbench import utils

    if not torch.cuda.is_available():
        torch.Tensor.half = torch.nn.Module.half = lambda values: values.float()
        torch.nn.Module.cuda = lambda network: network
        torch.cuda.synchronize = lambda: None
        torch.cuda.Event = Mock()  # the GPU's timer, whose times nobody uses
        torch.cuda.Event.return_value.elapsed_time.return_value = 0.0
        *others, _ = utils.CifarLoader.__init__.__defaults__
        utils.CifarLoader.__init__.__defaults__ = (*others, "cpu")  # instead of the first GPU
    return airbench


class Normalize:
    """The only transform that the program takes from torchvision."""

    def __init__(self, mean, deviation):
        self.mean, self.deviation = mean.view(-1, 1, 1), deviation.view(-1, 1, 1)

    def __call__(self, x):
        """Return x normalised."""
        return (x - self.mean.to(x)) / self.deviation.to(x)


def write_part(part, x, y):
    """Write one part of the data where the program looks for it, in its format."""
    pictures = torch.from_numpy(x).permute(0, 2, 3, 1).contiguous()
    torch.save(
        {"images": pictures, "labels": torch.from_numpy(y), "classes": cifar10.CLASSES},
        Path(FOLDER, f"{part}.pt"),
    )
