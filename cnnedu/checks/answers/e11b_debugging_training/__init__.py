"""Exercise 11b: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e11b_debugging_training import loops, networks, pictures
from cnnedu.checks.answers.e11b_debugging_training.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e11b_debugging_training.loops import after_epochs, after_steps
from cnnedu.checks.answers.e11b_debugging_training.networks import (
    first_weights,
    losses,
    measured,
    shares,
)
from cnnedu.checks.answers.e11b_debugging_training.pictures import (
    labels_kept,
    pictures_kept,
    prepare,
    to_hold,
    to_learn,
)

MISTAKES = {
    "after_epochs": loops.EPOCHS_MISTAKES,
    "losses": networks.LOSSES_MISTAKES,
    "shares": networks.SHARES_MISTAKES,
    "prepare": pictures.PREPARE_MISTAKES,
    "pictures_kept": pictures.PICTURES_MISTAKES,
    "labels_kept": pictures.LABELS_MISTAKES,
    "measured": networks.MEASURED_MISTAKES,
    "first_weights": networks.WEIGHTS_MISTAKES,
    "after_steps": loops.STEPS_MISTAKES,
    "to_learn": pictures.LEARN_MISTAKES,
    "to_hold": pictures.HOLD_MISTAKES,
}
