"""Trained networks that come with the course: weights beside a model card of the same name."""

import json
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import torch
from safetensors import safe_open

from cnnedu.models.classic import classic
from cnnedu.models.normalise import normalise
from cnnedu.models.whitened import fast

BUILDERS = {"classic": classic, "fast": fast}


@dataclass(frozen=True)
class Pretrained:
    """A trained network and what is needed to use it."""

    network: torch.nn.Module  # in evaluation mode
    classes: tuple  # the class names, in the order of the logits
    mean: tuple  # of the training pixels: red, green, blue, scale 0 to 1
    std: tuple
    test_accuracy: float  # 0 to 1

    def prepare(self, x):
        """Turn uint8 pictures (N, 3, 32, 32), NumPy or PyTorch, into the network's float input."""
        return normalise(torch.as_tensor(x), self.mean, self.std)

    @torch.no_grad()
    def probabilities(self, x):
        """Return the softmax of the logits, NumPy (N, classes), of uint8 pictures `x`.

        Args:
            x: pictures (N, 3, 32, 32), uint8, 0 to 255, NumPy or PyTorch.

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
        return torch.softmax(self.network(self.prepare(x)), dim=1).numpy()


def load_pretrained(name):
    """Load a trained network by name; nothing is downloaded.

    Args:
        name: "classic" or "fast", trained by `cnnedu train`; see their cards, `classic.md` and
            `fast.md`, in this folder.

    Returns:
        `Pretrained`, with `.network`, `.classes`, `.mean`, `.std`, `.test_accuracy`.

    Raises:
        ValueError: there is no network of that name.

    >>> load_pretrained("classic").classes[3]
    'cat'
    """
    if name not in BUILDERS:
        raise ValueError(f"load_pretrained: no network {name!r}; there is {', '.join(BUILDERS)}")
    network, about = with_weights(BUILDERS[name](), name)
    return Pretrained(
        network,
        classes=tuple(about["classes"]),
        mean=tuple(about["mean"]),
        std=tuple(about["std"]),
        test_accuracy=about["test_accuracy"],
    )


def with_weights(network, name):
    """Give a network the weights of the file `NAME.safetensors` in this folder.

    Returns:
        (network, about): in evaluation mode; a dict that says how it was trained.
    """
    with (
        as_file(files(__name__) / f"{name}.safetensors") as path,
        safe_open(path, framework="pt") as weights,
    ):
        about = json.loads(weights.metadata()["about"])
        network.load_state_dict({key: weights.get_tensor(key) for key in weights.keys()})
    return network.eval(), about
