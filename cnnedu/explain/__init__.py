"""Methods that show what a network looks at, how it is fooled, and how far to trust it."""

from cnnedu.explain.attack import fgsm
from cnnedu.explain.calibration import best_temperature, expected_calibration_error, reliability
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.saliency import saliency

__all__ = [
    "best_temperature",
    "expected_calibration_error",
    "fgsm",
    "grad_cam",
    "occlusion",
    "reliability",
    "saliency",
]
