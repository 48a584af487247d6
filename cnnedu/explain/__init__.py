"""Methods that show what a network looks at, how it is fooled, and how far to trust it."""

from cnnedu.explain.attack import fgsm, pgd
from cnnedu.explain.calibration import best_temperature, expected_calibration_error, reliability
from cnnedu.explain.excitation import most_exciting, visualise_feature
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.randomisation import randomised, sanity_check
from cnnedu.explain.saliency import guided_backpropagation, saliency, smooth_grad

__all__ = [
    "best_temperature",
    "expected_calibration_error",
    "fgsm",
    "grad_cam",
    "guided_backpropagation",
    "most_exciting",
    "occlusion",
    "pgd",
    "randomised",
    "reliability",
    "saliency",
    "sanity_check",
    "smooth_grad",
    "visualise_feature",
]
