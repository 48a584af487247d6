"""Trained networks that come with the course: weights, with model cards beside them."""

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save

from cnnedu.data import imagenet
from cnnedu.data.shapes import CLASSES
from cnnedu.data.whole_file import write_whole
from cnnedu.models import efficientnet
from cnnedu.models.classic import classic
from cnnedu.models.detectors import OneStage
from cnnedu.models.embedding import Embedding
from cnnedu.models.normalise import normalise
from cnnedu.models.pretrained.lite0_package import trained_lite0
from cnnedu.models.stored import reading
from cnnedu.models.two_stage import TwoStage
from cnnedu.models.unet import UNet
from cnnedu.models.whitened import fast
from cnnedu.nn import evaluating

FOLDER = files(__name__)
PIXELS = 2**20  # at a time, which bounds the memory: 20 pictures of 224×224, or 1,024 of 32×32
CLASSIFIERS = {"classic": classic, "fast": fast}  # trained by the course, on CIFAR-10
BUILDERS = CLASSIFIERS | {
    "unet": lambda: UNet(1 + len(CLASSES)),
    "one_stage": lambda: OneStage(len(CLASSES)),
    "two_stage": lambda: TwoStage(len(CLASSES)),
    "embedding": Embedding,
}


@dataclass(frozen=True)
class Pretrained:
    """A trained network and what is needed to use it."""

    network: torch.nn.Module  # in evaluation mode
    classes: tuple  # the class names, in the order of the logits
    mean: tuple  # of the training pixels, red, green and blue, from 0 to 1
    std: tuple
    test_accuracy: float  # 0 to 1
    tested_on: str  # which pictures
    maps: str  # name of the layer whose feature maps Grad-CAM weighs
    size: int = 32  # pixels along each side of a picture

    def prepare(self, x):
        """Turn uint8 pictures (N, 3, size, size), NumPy or PyTorch, into the network's input."""
        return normalise(torch.as_tensor(x), self.mean, self.std)

    @torch.no_grad()
    def probabilities(self, x):
        """Return the network's softmax probabilities, a NumPy array (N, classes).

        Args:
            x: pictures (N, 3, size, size), uint8, NumPy or PyTorch.

        Raises:
            TypeError: `x` is not uint8.
            ValueError: `x` has another shape.

        >>> load_pretrained("classic").probabilities(np.zeros((1, 3, 32, 32), np.uint8)).shape
        (1, 10)
        """
        if tuple(np.shape(x))[1:] != (3, self.size, self.size):
            raise ValueError(
                f"probabilities: x must be (N, 3, {self.size}, {self.size}), but has shape "
                f"{tuple(np.shape(x))}; crop to a square, resize, put the channels first"
            )
        parts = torch.as_tensor(x).split(PIXELS // self.size**2)
        with evaluating(self.network):
            logits = torch.cat([self.network(self.prepare(part)) for part in parts])
        return logits.softmax(dim=1).numpy()


def load_pretrained(name):
    """Load a trained classifier by name; nothing is downloaded.

    Args:
        name: "classic" or "fast", which know ten classes and see 32×32 pixels, trained by
            `cnnedu train`; or "imagenet", which knows a thousand and sees 224×224 pixels:
            EfficientNet-Lite0, with the weights of the package that the course installs. Their
            cards are in this folder: `classic.md`, `fast.md`, `imagenet.md`. Or the path of a
            folder that `cnnedu finetune` wrote.

    Returns:
        `Pretrained`, with `.network`, `.classes`, `.mean`, `.std`, `.test_accuracy`, `.size`.

    Raises:
        ValueError: there is no classifier of that name, or its file is damaged or missing.

    >>> load_pretrained("classic").classes[3], load_pretrained("imagenet").classes[281]
    ('cat', 'tabby cat')
    """
    if name == "imagenet":
        return Pretrained(
            trained_lite0(),
            imagenet.CLASSES,
            efficientnet.MEAN,
            efficientnet.STD,
            test_accuracy=0.751,
            tested_on="the 50,000 validation pictures of ImageNet, as published",
            maps="stage9",
            size=efficientnet.SIZE,
        )
    if name not in CLASSIFIERS and Path(name).is_dir():
        return load_finetuned(Path(name))
    if name not in CLASSIFIERS:
        known = ", ".join([*CLASSIFIERS, "imagenet"])
        raise ValueError(f"load_pretrained: no network {name!r}; choose from {known}")
    network, about = load_network(name)
    return Pretrained(
        network,
        classes=tuple(about["classes"]),
        mean=tuple(about["mean"]),
        std=tuple(about["std"]),
        test_accuracy=about["test_accuracy"],
        tested_on="the test pictures of CIFAR-10 (JPEG copy)",
        maps={"classic": "conv3", "fast": "block3.conv2"}[name],
    )


def load_finetuned(folder):
    """Load what `cnnedu finetune` made of EfficientNet-Lite0.

    Args:
        folder: the `Path` that it wrote to.

    Returns:
        `Pretrained`.

    Raises:
        ValueError: there is no such network in the folder, or its file is damaged.
    """
    path = folder / "model.safetensors"
    try:
        with safe_open(path, framework="pt") as weights:
            about = json.loads(weights.metadata()["about"])
            with torch.device("meta"):  # no memory and no random numbers for what is replaced
                network = efficientnet.efficientnet_lite0(len(about["classes"]))
            tensors = {key: weights.get_tensor(key) for key in weights.keys()}
        network.load_state_dict(tensors, assign=True)
    except Exception as problem:  # it may be anything
        raise ValueError(
            f"{path} is damaged, missing, or from something else than `cnnedu finetune`"
        ) from problem
    return Pretrained(
        network.eval(),
        tuple(about["classes"]),
        efficientnet.MEAN,
        efficientnet.STD,
        about["test_accuracy"],
        about["tested_on"],
        maps="stage9",
        size=efficientnet.SIZE,
    )


def load_network(name):
    """Load any trained network of the course by name; nothing is downloaded.

    Args:
        name: "classic", "fast", or one of lesson 17: "unet", "one_stage", "two_stage",
            "embedding"; their card is `beyond.md`.

    Returns:
        (network, about): `torch.nn.Module` in evaluation mode, float32; a dict that says how it
        was trained and how well it does.

    Raises:
        ValueError: there is no network of that name, or its file is damaged or missing.

    >>> network, about = load_network("unet")
    >>> about["mean IoU"] >= 0.9
    True
    """
    if name not in BUILDERS:
        raise ValueError(f"load_network: no network {name!r}; choose from {', '.join(BUILDERS)}")
    network = BUILDERS[name]()
    with (
        as_file(FOLDER / f"{name}.safetensors") as path,
        reading(path),
        safe_open(path, framework="pt") as weights,
    ):
        about = json.loads(weights.metadata()["about"])
        network.load_state_dict({key: weights.get_tensor(key) for key in weights.keys()})
    return network.eval(), about


def save_network(network, path, about):
    """Save a network's weights, rounded to float16, with what is known about them.

    Args:
        network: any module.
        path: of the file, `….safetensors`.
        about: dict that JSON can hold.
    """
    weights = network.state_dict()
    small = {k: v.half() if v.is_floating_point() else v for k, v in weights.items()}
    write_whole(path, save(small, {"about": json.dumps(about)}))
