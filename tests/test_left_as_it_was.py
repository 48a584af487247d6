"""Whoever looks at a reader's network leaves it as it was, after an error too."""

import importlib
import inspect
import pkgutil
import tempfile

import numpy as np
import pytest
import torch
from PIL import Image

from cnnedu import nn as ours
from cnnedu.explain import (
    attack,
    effective_field,
    excitation,
    faithfulness,
    grad_cam,
    hi_res_cam,
    layers,
    occlusion,
    probing,
    randomisation,
    saliency,
)
from cnnedu.models import (
    accounting,
    detectors,
    embedding,
    training_memory,
    two_stage,
    unet,
    whitened,
)
from cnnedu.models.pretrained import Pretrained
from cnnedu.plots.unet import show_unet
from cnnedu.predict import predict
from cnnedu.tasks import detection, distortions, faces, segmentation, transfer
from cnnedu.tasks.page.export import to_onnx
from cnnedu.training import evaluate
from cnnedu.widgets.attack_slider import AttackSlider
from cnnedu.widgets.digit_pad import DigitPad
from cnnedu.widgets.heatmap_viewer import HeatmapViewer
from cnnedu.widgets.network_explorer import NetworkExplorer
from cnnedu.widgets.receptive_field import ReceptiveField
from cnnedu.widgets.shift_lab import ShiftLab

X = torch.linspace(0, 1, 3 * 32 * 32).view(1, 3, 32, 32)
Y = torch.tensor([1])
PIXELS = (X[0] * 255).byte().permute(1, 2, 0).numpy()
PICTURES = (X * 255).byte().numpy()
PHOTOGRAPH = np.arange(40 * 40 * 3, dtype=np.uint8).reshape(40, 40, 3)
FACES = torch.linspace(0, 1, 2 * 625).sin().view(2, 1, 25, 25)


def small():
    """A network for colour pictures with everything that behaves differently in training."""
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3),
        torch.nn.BatchNorm2d(4),
        torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Dropout(0.5),
        torch.nn.Linear(4, 3),
    )


def with_dense():
    """The same; its last layer has the name that `cnnedu finetune` gives it."""
    *parts, dense = small()
    network = torch.nn.Sequential(*parts)
    network.add_module("dense", dense)
    return network


def digits():
    """A network of the course's own library for 8×8 digits."""
    random = np.random.default_rng(0)
    return ours.Sequential(
        ours.Conv2d(1, 2, 3, rng=random),
        ours.BatchNorm2d(2),
        ours.ReLU(),
        ours.Conv2d(2, 2, 3, rng=random),
        ours.Flatten(),
        ours.Dropout(0.5, rng=random),
        ours.Linear(32, 10, rng=random),
    )


def known(network):
    return Pretrained(network, ("cat", "dog", "frog"), (0.5,) * 3, (0.25,) * 3, 0.5, "no", "0")


def predicted(network):
    with tempfile.TemporaryDirectory() as folder:
        Image.fromarray(PIXELS).save(f"{folder}/cat.png")
        list(predict(known(network), [f"{folder}/cat.png"]))


# What looks at a network, the network, and how.
LOOKS = {
    attack.fgsm: (small, lambda n: attack.fgsm(n, X, Y, 0.1)),
    attack.pgd: (small, lambda n: attack.pgd(n, X, Y, 0.1, 0.05, 2)),
    attack.loss_sign: (small, lambda n: attack.loss_sign(n, X, Y)),
    effective_field.effective_field: (
        small,
        lambda n: effective_field.effective_field(list(n)[:3], X.numpy(), (0, 0)),
    ),
    excitation.most_exciting: (small, lambda n: excitation.most_exciting(n, X, "0", 1)),
    excitation.visualise_feature: (
        small,
        lambda n: excitation.visualise_feature(n, "0", 1, (3, 32, 32), steps=2),
    ),
    faithfulness.deletion_curve: (
        small,
        lambda n: faithfulness.deletion_curve(n, X[0], 1, X[0, 0], [0, 0.5]),
    ),
    excitation.visualise_diversely: (
        small,
        lambda n: excitation.visualise_diversely(n, "0", 1, (3, 32, 32), steps=2),
    ),
    grad_cam.grad_cam: (small, lambda n: grad_cam.grad_cam(n, X[0], 1, "0")),
    hi_res_cam.hi_res_cam: (small, lambda n: hi_res_cam.hi_res_cam(n, X[0], 1, "0")),
    layers.maps_and_gradient: (
        small,
        lambda n: layers.maps_and_gradient(n, X[0], 1, "0", "maps_and_gradient"),
    ),
    occlusion.occlusion: (small, lambda n: occlusion.occlusion(n, X[0], 1, 16, 16)),
    probing.layer_features: (small, lambda n: probing.layer_features(n, X, ["0", "2"])),
    saliency.saliency: (small, lambda n: saliency.saliency(n, X[0], 1)),
    saliency.smooth_grad: (small, lambda n: saliency.smooth_grad(n, X[0], 1, samples=2)),
    saliency.integrated_gradients: (
        small,
        lambda n: saliency.integrated_gradients(n, X[0], 1, steps=2),
    ),
    saliency.guided_backpropagation: (
        small,
        lambda n: saliency.guided_backpropagation(n, X[0], 1),
    ),
    show_unet: (lambda: unet.UNet(4), lambda n: show_unet(n, X)),
    accounting.ledger: (small, lambda n: accounting.ledger(n, (3, 32, 32))),
    training_memory.kept_for_training: (
        small,
        lambda n: training_memory.kept_for_training(n, (3, 32, 32)),
    ),
    Pretrained: (small, lambda n: known(n).probabilities(PICTURES)),
    detectors.detect: (lambda: detectors.OneStage(3), lambda n: detectors.detect(n, X)),
    detection.find: (lambda: two_stage.TwoStage(3), lambda n: detection.find(n, PICTURES)),
    faces.distances_of_pairs: (
        embedding.Embedding,
        lambda n: faces.distances_of_pairs(n, FACES, times=1),
    ),
    segmentation.segment: (lambda: unet.UNet(4), lambda n: segmentation.segment(n, PICTURES)),
    transfer.features: (whitened.fast, lambda n: transfer.features(n, X)),
    transfer.after_each_block: (whitened.fast, lambda n: transfer.after_each_block(n, X)),
    to_onnx: (with_dense, lambda n: to_onnx(known(n))),
    AttackSlider: (small, lambda n: AttackSlider(n, PIXELS).draw()),
    HeatmapViewer: (small, lambda n: HeatmapViewer(n, PIXELS).draw()),
    NetworkExplorer: (small, lambda n: NetworkExplorer(n, PIXELS).draw()),
    ReceptiveField: (digits, lambda n: ReceptiveField(n, (1, 8, 8))),
    ShiftLab: (small, lambda n: ShiftLab(PHOTOGRAPH, n).draw()),
    DigitPad: (digits, lambda n: repr(DigitPad(n, np.full((8, 8), 3)))),
    ours.evaluate: (digits, lambda n: ours.evaluate(n, np.ones((2, 1, 8, 8)), np.zeros(2, int))),
    evaluate.evaluate: (small, lambda n: evaluate.evaluate(n, X, Y)),
    predict: (small, predicted),
}
# What makes another network of it.
COPIES = {
    randomisation.randomised: (small, randomisation.randomised),
    distortions.FromPixels: (small, lambda n: distortions.FromPixels(known(n))),
    transfer.with_head: (whitened.fast, lambda n: transfer.with_head(n, 3)),
}
# What trains or saves a network, or only reads how it is built.
OTHERS = {
    "explain.arguments": "check_batch check_picture logits_of",
    "explain.layers": "find_layer outputs_of",
    "models.accounting": "receptive_field chain",
    "models.classic": "equipped",
    "models.descriptions": "parts_of",
    "models.pretrained": "save_network",
    "plots.atlas": "show_chosen_unit",
    "plots.explanations": "show_readable",
    "plots.heatmaps": "show_heatmaps",
    "tasks.detection": "one_stage_loss two_stage_loss",
    "tasks.faces": "learn_faces",
    "tasks.finetune": "Finetuned",
    "tasks.page.export": "Answers",
    "tasks.page.write": "page write_page",
    "tasks.scenes": "learn",
    "tasks.segmentation": "segmentation_loss",
    "tasks.transfer": "fine_tune",
    "training.evaluate": "logits_of_views",
    "widgets.feature_atlas": "FeatureAtlas",
    "widgets.classifier": "Classifier classified as_classifier",
    "widgets.page_layers": "page_layers",
}


def state(network):
    """Return all that could be changed in a network and in the random numbers."""
    found = {"torch": torch.get_rng_state().tolist(), "numpy": np.random.get_state()[1].tolist()}
    for number, part in enumerate(network.modules()):
        if isinstance(part, ours.Layer):
            found[number] = dict(vars(part)) | {"training": part.training}
            values = [(p.value.tolist(), p.grad.tolist()) for p in part.parameters()]
            found[number, "values"] = values
            continue
        hooks = [kept for name, kept in vars(part).items() if name.endswith("_hooks")]
        found[number] = part.training, [list(kept) for kept in hooks if kept is not None]
        for name, p in part.named_parameters(recurse=False):
            found[number, name] = p.requires_grad, p.dtype, p.tolist(), p.grad.tolist()
        for name, buffer in part.named_buffers(recurse=False):
            found[number, name] = buffer.tolist()
    return found


def in_use(network):
    """Leave a network in the middle of its training: a part frozen, gradients there."""
    network.train()
    list(network.modules())[2].eval()
    if isinstance(network, ours.Layer):
        network.backward(network(np.ones((2, 1, 8, 8), np.float32)))
    else:
        for p in network.parameters():
            p.grad = torch.full_like(p, 0.5)
        next(network.parameters()).requires_grad_(False)
    return network


@pytest.mark.parametrize("look", LOOKS | COPIES, ids=lambda look: look.__name__)
def test_a_network_is_left_as_it_was(look):
    build, use = (LOOKS | COPIES)[look]
    network = in_use(build())
    before = state(network)
    use(network)
    assert state(network) == before


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_a_network_is_left_as_it_was_after_an_error(look, monkeypatch):
    build, use = LOOKS[look]
    network = in_use(build())
    before = state(network)

    def broken(*_):
        raise RuntimeError("broken on purpose")

    for kind in (torch.nn.BatchNorm2d, ours.BatchNorm2d):
        monkeypatch.setattr(kind, "forward", broken)
    with pytest.raises((RuntimeError, ValueError), match="broken on purpose"):
        use(network)
    assert state(network) == before


def test_nothing_that_takes_a_network_is_forgotten():
    looks = {f"{look.__module__}.{look.__name__}" for look in LOOKS | COPIES}
    known = looks | {
        f"cnnedu.{module}.{name}" for module, names in OTHERS.items() for name in names.split()
    }
    assert set(takers("explain plots models tasks widgets predict training.evaluate")) <= known


def takers(places):
    """Yield the full names of what takes a network in these parts of the package."""
    for place in places.split():
        top = importlib.import_module(f"cnnedu.{place}")
        inside = pkgutil.walk_packages(getattr(top, "__path__", []), f"{top.__name__}.")
        for module in [top, *(importlib.import_module(found.name) for found in inside)]:
            for name, kind in vars(module).items():
                ours = getattr(kind, "__module__", "") == module.__name__ and name[0] != "_"
                if ours and callable(kind):
                    arguments = inspect.signature(kind).parameters
                    if {"network", "model", "trained", "module", "point_of"} & set(arguments):
                        yield f"{module.__name__}.{name}"
