"""Exercise 14: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e14_what_the_network_sees import cam, fault, gradient, occlusion
from cnnedu.checks.answers.e14_what_the_network_sees.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e14_what_the_network_sees.cam import cam_as_numbers
from cnnedu.checks.answers.e14_what_the_network_sees.fault import fault_as_numbers, is_clear
from cnnedu.checks.answers.e14_what_the_network_sees.gradient import saliency
from cnnedu.checks.answers.e14_what_the_network_sees.occlusion import occlusion_map

MISTAKES = {
    "occlusion_map": occlusion.MISTAKES,
    "saliency": gradient.MISTAKES,
    "cam_as_numbers": cam.MISTAKES,
    "fault_as_numbers": fault.MISTAKES,
}
