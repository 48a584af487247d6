"""Exercise 15: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e15_when_networks_fail import (
    calibration,
    choice,
    counterfactual,
    push,
    scaling,
    steps,
)
from cnnedu.checks.answers.e15_when_networks_fail.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e15_when_networks_fail.calibration import calibration_error
from cnnedu.checks.answers.e15_when_networks_fail.choice import fair_choice
from cnnedu.checks.answers.e15_when_networks_fail.counterfactual import shortcut_as_numbers
from cnnedu.checks.answers.e15_when_networks_fail.push import fgsm
from cnnedu.checks.answers.e15_when_networks_fail.scaling import temperature
from cnnedu.checks.answers.e15_when_networks_fail.steps import pgd_step

MISTAKES = {
    "fgsm": push.MISTAKES,
    "pgd_step": steps.MISTAKES,
    "calibration_error": calibration.MISTAKES,
    "temperature": scaling.MISTAKES,
    "fair_choice": choice.MISTAKES,
    "shortcut_as_numbers": counterfactual.MISTAKES,
}
