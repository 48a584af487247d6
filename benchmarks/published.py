"""Train a published network by its author's program: what JPEG costs on this copy of CIFAR-10.

    CNNEDU_DATA=… python benchmarks/published.py [--seeds 0 1] [--save]

airbench94 gets 94.01 % of the original's test pictures right, the mean of 1,000 runs (Jordan, "94%
on CIFAR-10 in 3.29 seconds on a single GPU", 2024). What the same program gets here says how far
figures of a copy are from published ones. It wants a GPU; where there is none, the CPU does its
work in float32: 40 minutes per seed on two cores, and 6 GB of memory. The test pictures are looked
at once, at the end. With --save the accuracies replace those in `cnnedu/training/measured.json`,
which lesson 13 draws.
"""

import argparse
import contextlib
import json
import statistics
import sys
import tempfile
import types
from pathlib import Path

import torch
from tqdm import tqdm

from cnnedu.data import cifar10
from cnnedu.experiments.store import STORED, save_parts

FOLDER = "cifar10"  # where the program looks for its data


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    airbench, data, found = load_program(), cifar10.load(), []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(FOLDER).mkdir()
        store("train", data.x_train, data.y_train)
        store("test", data.x_test, data.y_test)
        for seed in tqdm(wanted.seeds, unit="run"):
            torch.manual_seed(seed)
            network = airbench.train94(verbose=False)
            test = airbench.CifarLoader(FOLDER, train=False, batch_size=2000)
            found.append(airbench.evaluate(network, test, tta_level=2))
    for seed, accuracy in zip(wanted.seeds, found, strict=True):
        print(f"seed {seed}: {accuracy:.2%}")
    print(f"mean: {statistics.mean(found):.2%} (published: 94.01 %)")
    result = {"seeds": wanted.seeds, "accuracy": [round(accuracy, 4) for accuracy in found]}
    if wanted.save:
        save_parts(STORED, {"published": result})
    print(json.dumps({"benchmark": "published"} | result))


def load_program():
    """Import `airbench`, without torchvision and, where there is none, without a GPU."""
    vision, transforms = types.ModuleType("torchvision"), types.ModuleType("torchvision.transforms")
    vision.transforms, transforms.Normalize = transforms, Normalize  # all it needs, data at hand
    sys.modules |= {vision.__name__: vision, transforms.__name__: transforms}
    import airbench
    from airbench import utils

    if not torch.cuda.is_available():
        torch.Tensor.half = torch.nn.Module.half = lambda values: values.float()
        torch.nn.Module.cuda = lambda network: network
        torch.cuda.synchronize, torch.cuda.Event = lambda: None, Event
        *others, _ = utils.CifarLoader.__init__.__defaults__
        utils.CifarLoader.__init__.__defaults__ = (*others, "cpu")  # instead of the first GPU
    return airbench


class Normalize:
    def __init__(self, mean, deviation):
        self.mean, self.deviation = mean.view(-1, 1, 1), deviation.view(-1, 1, 1)

    def __call__(self, x):
        return (x - self.mean.to(x)) / self.deviation.to(x)


class Event:
    """A moment that nobody asks for the time."""

    def __init__(self, enable_timing):
        pass

    def record(self):
        pass

    def elapsed_time(self, other):
        return 0.0


def store(part, x, y):
    pictures = torch.from_numpy(x).permute(0, 2, 3, 1).contiguous()
    torch.save(
        {"images": pictures, "labels": torch.from_numpy(y), "classes": cifar10.CLASSES},
        Path(FOLDER, f"{part}.pt"),
    )


if __name__ == "__main__":
    main()
