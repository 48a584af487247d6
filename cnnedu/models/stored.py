"""Lesson 17's trained networks: small safetensors files, half precision, beside one model card."""

import json
from importlib.resources import files

from safetensors.torch import save_file

from cnnedu.data.shapes import CLASSES
from cnnedu.models.detectors import OneStage
from cnnedu.models.embedding import Embedding
from cnnedu.models.pretrained import with_weights
from cnnedu.models.two_stage import TwoStage
from cnnedu.models.unet import UNet

BUILDERS = {
    "unet": lambda: UNet(1 + len(CLASSES)),
    "one_stage": lambda: OneStage(len(CLASSES)),
    "two_stage": lambda: TwoStage(len(CLASSES)),
    "embedding": Embedding,
}
FOLDER = files("cnnedu.models") / "pretrained"


def load_stored(name):
    """Load one of the networks, ready to use; nothing is downloaded.

    Args:
        name: "unet", "one_stage", "two_stage" or "embedding"; see the card `beyond.md` in the
            folder `pretrained`. `benchmarks/beyond.py --save` made them.

    Returns:
        (network, about): `torch.nn.Module` in evaluation mode, float32; a dict that says how it
        was trained and what it reaches.

    Raises:
        ValueError: there is no network of that name.

    >>> network, about = load_stored("unet")
    >>> about["mean IoU"] >= 0.9
    True
    """
    if name not in BUILDERS:
        raise ValueError(f"load_stored: no network {name!r}; there is {', '.join(BUILDERS)}")
    return with_weights(BUILDERS[name](), name)


def save_stored(network, path, about):
    """Save a network's weights, rounded to float16, and what is to be known about them.

    Args:
        network: any module.
        path: of the file, `….safetensors`.
        about: dict that JSON can hold.
    """
    weights = network.state_dict()
    small = {k: v.half() if v.is_floating_point() else v for k, v in weights.items()}
    save_file(small, path, {"about": json.dumps(about)})
