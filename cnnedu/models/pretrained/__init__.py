"""Trained networks that come with the course: weights, with model cards beside them."""

import json
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save

from cnnedu.data.shapes import CLASSES
from cnnedu.data.whole_file import write_whole
from cnnedu.models.classic import classic
from cnnedu.models.detectors import OneStage
from cnnedu.models.embedding import Embedding
from cnnedu.models.normalise import normalise
from cnnedu.models.stored import reading
from cnnedu.models.two_stage import TwoStage
from cnnedu.models.unet import UNet
from cnnedu.models.whitened import fast
from cnnedu.nn import evaluating

FOLDER = files(__name__)
CLASSIFIERS = {"classic": classic, "fast": fast}
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

    def prepare(self, x):
        """Turn uint8 pictures (N, 3, 32, 32), NumPy or PyTorch, into the network's float input."""
        return normalise(torch.as_tensor(x), self.mean, self.std)

    @torch.no_grad()
    def probabilities(self, x):
        """Return the network's softmax probabilities, a NumPy array (N, classes).

        Args:
            x: pictures (N, 3, 32, 32), uint8, NumPy or PyTorch.

        Raises:
            TypeError: `x` is not uint8.
            ValueError: `x` has another shape.

        >>> load_pretrained("classic").probabilities(np.zeros((1, 3, 32, 32), np.uint8)).shape
        (1, 10)
        """
        if tuple(np.shape(x))[1:] != (3, 32, 32):
            raise ValueError(
                f"probabilities: x must be (N, 3, 32, 32), but has shape {tuple(np.shape(x))}; "
                "crop to a square, resize, put the channels first"
            )
        with evaluating(self.network):
            return torch.softmax(self.network(self.prepare(x)), dim=1).numpy()


def load_pretrained(name):
    """Load a trained classifier by name; nothing is downloaded.

    Args:
        name: "classic" or "fast", trained by `cnnedu train`; see their cards, `classic.md` and
            `fast.md`, in this folder.

    Returns:
        `Pretrained`, with `.network`, `.classes`, `.mean`, `.std`, `.test_accuracy`.

    Raises:
        ValueError: there is no classifier of that name, or its file is damaged or missing.

    >>> load_pretrained("classic").classes[3]
    'cat'
    """
    if name not in CLASSIFIERS:
        raise ValueError(
            f"load_pretrained: no network {name!r}; choose from {', '.join(CLASSIFIERS)}"
        )
    network, about = load_network(name)
    return Pretrained(
        network,
        classes=tuple(about["classes"]),
        mean=tuple(about["mean"]),
        std=tuple(about["std"]),
        test_accuracy=about["test_accuracy"],
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
