"""Exercise 16: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e16_transfer_learning import features, folder, folds, probe
from cnnedu.checks.answers.e16_transfer_learning.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e16_transfer_learning.features import frozen_features
from cnnedu.checks.answers.e16_transfer_learning.folder import folder_as_numbers
from cnnedu.checks.answers.e16_transfer_learning.folds import group_folds
from cnnedu.checks.answers.e16_transfer_learning.probe import fit_probe

MISTAKES = {
    "frozen_features": features.MISTAKES,
    "fit_probe": probe.MISTAKES,
    "folder_as_numbers": folder.MISTAKES,
    "group_folds": folds.MISTAKES,
}
