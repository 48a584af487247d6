"""Turn a classifier into ONNX, the format that browsers' runtimes read."""

import contextlib
import importlib.util
import io
import logging
import warnings

import torch
from torch import nn
from torch.nn.functional import conv2d

from cnnedu.nn import evaluating
from cnnedu.training.settings import TrainingError

NEEDED = "onnx", "onnxscript"  # what PyTorch's exporter imports


def check_exporter():
    """Raise a TrainingError that says what to install, if the exporter lacks a package."""
    if not all(map(importlib.util.find_spec, NEEDED)):
        raise TrainingError(
            '--page needs packages that are missing: run pip install "cnnedu[page]"'
        )


class Answers(nn.Module):
    """What a page asks a classifier for: probabilities, and a map of the evidence for each class.

    Equation
        map[k, i, j] = Σ_f w[k, f] · A[f, i, j]

    A are the last feature maps and w the dense layer's weights. Between the two there may only be
    global average pooling, so the mean of map k, plus the bias, is logit k. The gradient of that
    logit by A[f, i, j] is w[k, f] / (h·w) at each place, so Grad-CAM's map is what is positive of
    map k, divided by h·w.

    Source
        Zhou, Khosla, Lapedriza, Oliva, Torralba, "Learning deep features for discriminative
        localization", CVPR 2016; Selvaraju et al. 2017, section 3 and appendix A.
    """

    def __init__(self, trained):
        super().__init__()
        self.trained, self.network = trained, trained.network

    def forward(self, pixels):
        """Return probabilities (K,) and maps (K, h, w) of one picture (size, size, 3), uint8."""
        x = self.trained.prepare(pixels.permute(2, 0, 1)[None])
        for name, part in self.network.named_children():
            x = part(x)
            if name == self.trained.maps:
                maps = conv2d(x, self.network.dense.weight[:, :, None, None])
        return x.softmax(dim=1)[0], maps[0]


def to_onnx(trained):
    """Return a classifier as the bytes of an ONNX model that takes pixels.

    Its input is `pixels` (size, size, 3), uint8. Its outputs are `probabilities` (K,) and `maps`
    (K, h, w), as in `Answers`. The weights stay float32: rounded to float16, the file would be half
    as large, but probabilities would move by more than 0.001.

    Args:
        trained: `cnnedu.models.pretrained.Pretrained` whose network is a `Sequential` that ends
            with the layer `maps`, global average pooling and the layer `dense`.

    Raises:
        TrainingError: a package that the exporter needs is missing.
    """
    check_exporter()
    pixels = torch.zeros(trained.size, trained.size, 3, dtype=torch.uint8)
    with _quiet(), torch.no_grad(), evaluating(trained.network):
        program = torch.onnx.export(
            Answers(trained).eval(), (pixels,), dynamo=True, verbose=False,
            input_names=["pixels"], output_names=["probabilities", "maps"],
        )  # fmt: skip
    model = program.model_proto
    for node in model.graph.node:  # where each operation was written: paths of this computer
        del node.metadata_props[:]
    return model.SerializeToString()


@contextlib.contextmanager
def _quiet():
    """Keep to itself what the exporter says of packages and of its own future."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
