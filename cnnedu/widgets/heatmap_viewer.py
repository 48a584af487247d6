"""`HeatmapViewer`: where a trained network looks, and where one that has learnt nothing does."""

import traitlets

from cnnedu.data.photos import middle_squares
from cnnedu.nn import evaluating
from cnnedu.widgets.arrays import Numbers, encode
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.classifier import chosen_class, classified
from cnnedu.widgets.traits import Choice, Flag

GRAD_CAM, OCCLUSION, SALIENCY = "Grad-CAM", "Occlusion", "Saliency"


class HeatmapViewer(Widget):
    """Lay the maps of three explanations over a picture, for a trained and a random network.

    A map that looks the same when the weights are random does not explain what was learnt. The
    random network's batch norms are measured on the course's ten photographs, without which its
    numbers would fade away. All maps are computed when the widget is made; the page switches,
    fades and compares them.

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, 3, H, W), or what
            `load_pretrained` returns; the course's `classic` by default.
        picture: uint8 array (H, W, 3); the cat of 32×32 pixels by default.
        target: index of the class to explain; the network's answer by default.
        classes, mean, std: for a module, as for `NetworkExplorer`.
        layers: names of the layers for Grad-CAM; by default all that produce feature maps.
        seed: seed for the random weights.

    `method`, `layer`, `opacity` and `same_scale` are traits. With `same_scale` the two maps share
    one range of colours; without it, each has its own.

    Raises:
        TypeError, ValueError: a network, picture, class or layer that does not fit.

    >>> HeatmapViewer(layers=["conv3", "relu3"])
    HeatmapViewer(Grad-CAM at relu3, class cat, picture 32×32)
    """

    _esm = module("heatmap_viewer")
    _css = stylesheet("maps", "heatmap_viewer")

    picture = Numbers(dtype="uint8", ndim=3)
    maps = traitlets.List(read_only=True).tag(sync=True)  # method, layer, trained, random
    answer = traitlets.Unicode(read_only=True).tag(sync=True)
    method = Choice(GRAD_CAM, OCCLUSION, SALIENCY)
    layer = traitlets.Unicode().tag(sync=True)
    opacity = traitlets.Float(0.6, min=0, max=1).tag(sync=True)
    same_scale = Flag(True)

    def __init__(
        self,
        network=None,
        picture=None,
        *,
        target=None,
        classes=None,
        mean=None,
        std=None,
        layers=None,
        seed=0,
    ):
        from cnnedu.explain.randomisation import randomised

        classifier, picture, logits = classified(
            "HeatmapViewer", network, picture, classes, mean, std
        )
        target = chosen_class("HeatmapViewer", "target", target, logits)
        x, trained = classifier.prepare(picture)[0], classifier.network
        layers = _map_layers(trained, x) if layers is None else layers
        forgetful = randomised(trained, seed=seed, pictures=_photographs(classifier, picture))
        networks = {"trained": trained, "random": forgetful}
        found = {name: _explanations(net, x, target, layers) for name, net in networks.items()}
        self._maps = [
            {"method": method, "layer": layer}
            | {name: found[name][method, layer] for name in found}
            for method, layer in found["trained"]
        ]
        super().__init__(picture=picture, layer=layers[-1])
        self.set_trait("answer", classifier.classes[target] if classifier.classes else str(target))
        self.set_trait(
            "maps",
            [row | {name: encode(row[name]) for name in networks} for row in self._maps],
        )

    @traitlets.validate("layer")
    def _layer_exists(self, proposal):
        names = [row["layer"] for row in self._maps if row["method"] == GRAD_CAM]
        if proposal.value not in names:
            raise ValueError(
                f"HeatmapViewer: layer must be one of {', '.join(names)}, but is {proposal.value!r}"
            )
        return proposal.value

    @property
    def shown(self):
        """The two maps on show, float32 arrays: that of the trained and of the random network."""
        layer = self.layer if self.method == GRAD_CAM else ""
        (row,) = [
            row for row in self._maps if (row["method"], row["layer"]) == (self.method, layer)
        ]
        return row["trained"], row["random"]

    def draw(self):
        """Return a figure of the picture and of the two maps over it."""
        from cnnedu.plots.heatmaps import show_heatmaps

        return show_heatmaps(self.picture, *self.shown, self._title(), self.same_scale)

    def _title(self):
        return f"{self.method} at {self.layer}" if self.method == GRAD_CAM else self.method

    def __repr__(self):
        height, width, _ = self.picture.shape
        return f"HeatmapViewer({self._title()}, class {self.answer}, picture {height}×{width})"


def _photographs(classifier, picture):
    """Return the middles of the course's photographs, as large as the picture: (10, 3, H, W)."""
    import torch

    height, width, _ = picture.shape
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    squares = middle_squares(side)[:, top : top + height, left : left + width]
    return torch.cat([classifier.prepare(one) for one in squares])


def _map_layers(network, x):
    """Return the names of the layers that produce feature maps of more than one pixel."""
    import torch

    names, hooks = [], []
    for name, part in network.named_modules():
        if name and not list(part.children()):

            def note(part, inputs, output, name=name):
                if output.ndim == 4 and output.shape[2:].numel() > 1:
                    names.append(name)

            hooks.append(part.register_forward_hook(note))
    try:
        with torch.no_grad(), evaluating(network):
            network(x[None])
    finally:
        for hook in hooks:
            hook.remove()
    if not names:
        raise ValueError("HeatmapViewer: no layer of the network produces feature maps")
    return names


def _explanations(network, x, target, layers):
    """Return the maps by (method, layer), float32 arrays."""
    from cnnedu.explain.grad_cam import grad_cam
    from cnnedu.explain.occlusion import occlusion
    from cnnedu.explain.saliency import saliency

    size = max(1, min(x.shape[1:]) // 4)
    maps = {(GRAD_CAM, layer): grad_cam(network, x, target, layer) for layer in layers}
    maps[OCCLUSION, ""] = occlusion(network, x, target, size, stride=max(1, size // 4))
    maps[SALIENCY, ""] = saliency(network, x, target).amax(dim=0)
    return {key: found.numpy() for key, found in maps.items()}
