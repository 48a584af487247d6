"""`AttackSlider`: how small a push at every pixel changes a network's mind."""

import numpy as np
import traitlets

from cnnedu.nn import evaluating
from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.classifier import chosen_class, classified
from cnnedu.widgets.traits import Choice

STEPS = 64  # of ε, from 0 to the most
PUSHES = ("attack", "noise")


class AttackSlider(Widget):
    """Push every pixel by ε grey levels, and see what the network says.

    The attack pushes where the loss rises fastest (`cnnedu.explain.fgsm`); noise pushes as far,
    each number up or down at random. The answers for all ε are computed when the widget is made.

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, 3, H, W), or what
            `load_pretrained` returns; the course's `classic` by default.
        picture: uint8 array (H, W, 3); the cat of 32×32 pixels by default.
        label: index of the right class; the network's own answer by default.
        classes, mean, std: for a module, as for `NetworkExplorer`.
        most: largest ε, in grey levels of 255.
        seed: seed for the noise.

    `epsilon`, in grey levels, and `push`, "attack" or "noise", are traits.

    Raises:
        TypeError, ValueError: a network, picture, label or ε that does not fit.

    >>> slider = AttackSlider()
    >>> slider.epsilon = 4
    >>> slider
    AttackSlider(attack, ε 4 of 255, class cat)
    """

    _esm = module("attack_slider")
    _css = stylesheet("chart", "maps", "attack_slider")

    picture = Numbers(dtype="uint8", ndim=3)
    signs = Numbers(dtype="float32", ndim=4)  # (2, H, W, 3): −1, 0 or 1, of attack and noise
    probabilities = Numbers(dtype="float32", ndim=3)  # (2, STEPS + 1, K)
    classes = traitlets.List(read_only=True).tag(sync=True)
    label = traitlets.Int(read_only=True).tag(sync=True)
    most = traitlets.Float(read_only=True).tag(sync=True)
    epsilon = traitlets.Float(0.0).tag(sync=True)
    push = Choice(*PUSHES)

    def __init__(
        self,
        network=None,
        picture=None,
        *,
        label=None,
        classes=None,
        mean=None,
        std=None,
        most=16,
        seed=0,
    ):
        import torch

        classifier, picture, logits = classified(
            "AttackSlider", network, picture, classes, mean, std
        )
        label = chosen_class("AttackSlider", "label", label, logits)
        if not 0 < most <= 255:
            raise ValueError(f"AttackSlider: most must be above 0 and at most 255, but is {most!r}")
        pixels_to_logits = _from_pixels(classifier)
        x = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None] / 255
        signs = _signs(pixels_to_logits, x, label, seed)
        super().__init__(
            picture=picture,
            signs=[sign[0].permute(1, 2, 0).numpy() for sign in signs],
            probabilities=[_answers(pixels_to_logits, x, sign, most) for sign in signs],
        )
        self.set_trait("classes", list(classifier.classes or map(str, range(len(logits)))))
        self.set_trait("label", label)
        self.set_trait("most", float(most))

    @traitlets.validate("epsilon")
    def _epsilon_in_range(self, proposal):
        if not 0 <= proposal.value <= self.most:
            raise ValueError(
                f"AttackSlider: epsilon must be from 0 to {self.most:g} grey levels, but is "
                f"{proposal.value!r}"
            )
        return proposal.value

    @property
    def pushed(self):
        """The picture after the push, shape (H, W, 3), from 0 to 255."""
        sign = self.signs[PUSHES.index(self.push)]
        return np.clip(self.picture + self.epsilon * sign, 0, 255)

    def draw(self):
        """Return a figure of the picture, the push, the pushed picture, and all answers."""
        from cnnedu.plots.attack import show_attack

        sign = self.signs[PUSHES.index(self.push)]
        of_label = self.probabilities[:, :, self.label]
        epsilons = np.linspace(0, self.most, STEPS + 1)
        name = self.classes[self.label]
        return show_attack(self.picture, sign, self.pushed, epsilons, of_label, self.epsilon, name)

    def __repr__(self):
        return (
            f"AttackSlider({self.push}, ε {self.epsilon:g} of 255, "
            f"class {self.classes[self.label]})"
        )


def _from_pixels(classifier):
    """Return a network for pictures from 0 to 1: the normalisation, then the classifier."""
    import torch
    from torch import nn

    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (classifier.mean, classifier.std))

    class Normalise(nn.Module):
        def forward(self, x):
            return (x - mean) / std

    return nn.Sequential(Normalise(), classifier.network)


def _signs(network, x, label, seed):
    """Return the direction of each push, tensors like `x`."""
    import torch

    from cnnedu.explain.attack import loss_sign

    generator = torch.Generator().manual_seed(seed)
    noise = torch.randint(0, 2, x.shape, generator=generator) * 2.0 - 1
    return loss_sign(network, x, torch.tensor([label])), noise


def _answers(network, x, sign, most):
    """Return the probabilities (STEPS + 1, K) of the pushed pictures, from ε = 0 to `most`."""
    import torch

    epsilons = torch.linspace(0, most / 255, STEPS + 1).view(-1, 1, 1, 1)
    with torch.no_grad(), evaluating(network):
        return network((x + epsilons * sign).clamp(0, 1)).softmax(dim=1).numpy()
