"""What the widgets about a trained network share: the network and the picture it is shown."""

from typing import Any, NamedTuple

import numpy as np

from cnnedu.data import photo, shrink, square
from cnnedu.nn import evaluating


class Classifier(NamedTuple):
    """A network for colour pictures, and how its input is prepared."""

    network: Any  # torch.nn.Module: (N, 3, H, W) to logits (N, K)
    classes: tuple  # K names
    mean: tuple  # red, green, blue, on the scale 0 to 1
    std: tuple

    def prepare(self, picture):
        """Turn a uint8 picture (H, W, 3) into the network's input (1, 3, H, W)."""
        import torch

        from cnnedu.models.normalise import normalise

        x = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None]
        return normalise(x, self.mean, self.std)


def classified(caller, network, picture, classes, mean, std):
    """Return the `Classifier`, the picture and its logits (K,) that a widget starts with.

    Args:
        caller: the widget's name, for messages.
        network, classes, mean, std: as for `as_classifier`.
        picture: as for `chosen_picture`.
    """
    classifier = as_classifier(caller, network, classes, mean, std)
    picture = chosen_picture(caller, picture)
    return classifier, picture, logits_of(caller, classifier, picture)


def chosen_class(caller, name, index, logits):
    """Return the index given as a widget's argument `name`, or the network's answer for None.

    Raises:
        ValueError: there is no such class.
    """
    index = int(logits.argmax()) if index is None else index
    if not (isinstance(index, int) and 0 <= index < len(logits)):
        raise ValueError(
            f"{caller}: {name} must be a whole number from 0 to {len(logits) - 1}, but is {index!r}"
        )
    return index


def as_classifier(caller, network, classes, mean, std):
    """Return the `Classifier` described by a widget's arguments, or the course's own for None.

    Args:
        caller: the widget's name, for messages.
        network: `torch.nn.Module`, what `load_pretrained` returns, or None.
        classes, mean, std: for a module; None means that classes are numbered, and that pixels
            are only divided by 255.

    Raises:
        TypeError: `network` is neither.
    """
    import torch

    from cnnedu.models.pretrained import Pretrained, load_pretrained

    network = load_pretrained("classic") if network is None else network
    if isinstance(network, Pretrained):
        return Classifier(network.network, network.classes, network.mean, network.std)
    if not isinstance(network, torch.nn.Module):
        raise TypeError(
            f"{caller}: network must be a torch.nn.Module or what load_pretrained returns, but is "
            f"of type {type(network).__name__}"
        )
    mean, std = mean or (0.0, 0.0, 0.0), std or (1.0, 1.0, 1.0)
    return Classifier(network, tuple(classes or ()), tuple(mean), tuple(std))


def chosen_picture(caller, picture):
    """Return the picture that a widget shows, or the cat of 32×32 pixels for None.

    Raises:
        TypeError, ValueError: it isn't a uint8 array of shape (H, W, 3).
    """
    if picture is None:
        return shrink(square(photo("cat"), top=0, left=45, size=300), 32)
    dtype, shape = getattr(picture, "dtype", type(picture).__name__), np.shape(picture)
    if dtype != np.uint8:
        raise TypeError(f"{caller}: picture must be uint8, from 0 to 255, but is {dtype}")
    if len(shape) != 3 or shape[2] != 3:
        raise ValueError(f"{caller}: picture must be (H, W, 3), but has shape {shape}")
    return np.asarray(picture)


def logits_of(caller, classifier, picture):
    """Return the network's scores (K,) for a picture, as a float32 array.

    Raises:
        ValueError: the network can't take a picture of this size.
    """
    import torch

    try:
        with torch.no_grad(), evaluating(classifier.network):
            return classifier.network(classifier.prepare(picture))[0].numpy()
    except RuntimeError as problem:
        raise ValueError(
            f"{caller}: the network can't take a picture of shape {picture.shape}: "
            f"{str(problem).splitlines()[0]}"
        ) from None
