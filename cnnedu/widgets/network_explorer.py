"""`NetworkExplorer`: from a whole network down to one multiplication."""

import numpy as np
import traitlets

from cnnedu.nn import evaluating
from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.classifier import as_classifier, chosen_picture, logits_of
from cnnedu.widgets.page_layers import page_layers


class NetworkExplorer(Widget):
    """Show everything a trained network computes on one picture.

    The page shows every map of every layer at once. A click on a class, a map or a pixel shows the
    multiplications and the sum behind that number; a click on one of them goes on to where it comes
    from, down to the picture, and leaves a trail. The page computes all of this, so readers can
    open a picture of their own, even in a saved page.

    Args:
        network: `torch.nn.Sequential` of the layers that `page_layers` lists, with at most
            2,000,000 weights, or what `load_pretrained` returns; the course's `classic` by default.
        picture: uint8 array (H, W, 3); the cat of 32×32 pixels by default.
        classes: names of the outputs, for a `Sequential`; their numbers by default.
        mean, std: of the training pixels, on the scale 0 to 1, for a `Sequential`; by default
            pixels are only divided by 255.
        focus: (layer, map, i, j), from 0: which output of which layer is shown; () for none yet.

    `picture` and `focus` are traits, and so are `term`, the chosen input of that output, (map,) or
    (map, u, v), and `trail`, the way that led there, from the top: (layer, map, i, j, map, u, v)
    for each output passed and the input through which the reader went on. `logits` are the scores
    as PyTorch computes them.

    Raises:
        TypeError, ValueError: a network, picture or focus that can't be shown.

    >>> explorer = NetworkExplorer(focus=(0, 4, 10, 12))
    >>> explorer
    NetworkExplorer(12 layers, picture 32×32, answer cat)
    """

    _esm = module("network_explorer")
    _css = stylesheet("chart", "maps", "network_explorer")

    picture = Numbers(dtype="uint8", ndim=3)
    layers = traitlets.List(read_only=True).tag(sync=True)
    weights = Numbers(dtype="float32", ndim=1)
    classes = traitlets.List(read_only=True).tag(sync=True)
    mean = traitlets.List(read_only=True).tag(sync=True)
    std = traitlets.List(read_only=True).tag(sync=True)
    focus = traitlets.Any(()).tag(sync=True)
    trail = traitlets.Any(()).tag(sync=True)
    term = traitlets.Any(()).tag(sync=True)

    def __init__(
        self, network=None, picture=None, *, classes=None, mean=None, std=None, focus=(0, 0, 0, 0)
    ):
        self._classifier = as_classifier("NetworkExplorer", network, classes, mean, std)
        layers, weights = page_layers("NetworkExplorer", self._classifier.network)
        picture = chosen_picture("NetworkExplorer", picture)
        logits = logits_of("NetworkExplorer", self._classifier, picture)
        names = self._classifier.classes or [str(k) for k in range(len(logits))]
        if len(names) != len(logits):
            raise ValueError(
                f"NetworkExplorer: classes has {len(names)} names, but the network has "
                f"{len(logits)} outputs"
            )
        super().__init__()
        self.set_trait("layers", layers)
        for name, values in (
            ("classes", names),
            ("mean", self._classifier.mean),
            ("std", self._classifier.std),
        ):
            self.set_trait(name, list(values))
        self.weights = weights
        self.picture = picture
        self._shapes = [(*output.shape, 1, 1)[:3] for output in self.outputs.values()]
        self.focus = focus

    @property
    def logits(self):
        """The scores of the classes, computed by PyTorch: float32, shape (K,)."""
        return logits_of("NetworkExplorer", self._classifier, self.picture)

    @property
    def outputs(self):
        """The output of each layer for the picture, computed by PyTorch: arrays by layer name."""
        import torch

        found = {}
        modules = dict(self._classifier.network.named_modules(remove_duplicate=False))
        x = self._classifier.prepare(self.picture)
        with torch.no_grad(), evaluating(self._classifier.network):
            for layer in self.layers:
                x = modules[layer["name"]](x)
                found[layer["name"]] = x[0].numpy().copy()
        return found

    @traitlets.validate("picture")
    def _same_size(self, proposal):
        before = self.picture.shape
        if 0 not in before and proposal.value.shape != before:
            raise ValueError(
                f"NetworkExplorer: picture must have the shape {before} of the first one, but has "
                f"{proposal.value.shape}"
            )
        return proposal.value

    @traitlets.validate("focus")
    def _focus_exists(self, proposal):
        match proposal.value:
            case ():
                return ()
            case value if self._is_output(value):
                return tuple(value)
        raise ValueError(
            f"NetworkExplorer: focus must be (layer, map, i, j), from 0, of one of the outputs of "
            f"the {len(self._shapes)} layers, or (), but is {proposal.value!r}"
        )

    @traitlets.validate("trail")
    def _trail_exists(self, proposal):
        steps = proposal.value if np.iterable(proposal.value) else [None]
        if all(_are_whole(step, (7,)) and self._is_output(step[:4]) for step in steps):
            return tuple(map(tuple, steps))
        raise ValueError(
            f"NetworkExplorer: trail must hold (layer, map, i, j, map, u, v), from 0, for each "
            f"output on the way, but is {proposal.value!r}"
        )

    @traitlets.validate("term")
    def _term_exists(self, proposal):
        if _are_whole(proposal.value, (0, 1, 3)):
            return tuple(proposal.value)
        raise ValueError(
            f"NetworkExplorer: term must be (), (map,) or (map, u, v), from 0, but is "
            f"{proposal.value!r}"
        )

    def _is_output(self, value):
        """Tell whether a value is (layer, map, i, j) of an output."""
        if not _are_whole(value, (4,)) or value[0] >= len(self._shapes):
            return False
        return all(np.less(value[1:], self._shapes[value[0]]))

    def draw(self):
        """Return a figure of the picture, some maps of every layer, and the answer."""
        from cnnedu.plots.network import show_network

        mixing = [layer["name"] for layer in self.layers if layer["kind"] == "conv"]
        return show_network(self.picture, self.outputs, self.classes, mixing)

    def __repr__(self):
        height, width, _ = self.picture.shape
        answer = self.classes[int(np.argmax(self.logits))]
        return (
            f"NetworkExplorer({len(self.layers)} layers, picture {height}×{width}, answer {answer})"
        )


def _are_whole(value, lengths):
    """Tell whether a value is a list or tuple of whole numbers from 0, of one of these lengths."""
    return (
        isinstance(value, list | tuple)
        and len(value) in lengths
        and all(isinstance(number, int) and number >= 0 for number in value)
    )
