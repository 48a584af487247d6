"""Exercise 11: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e11_regularisation import augmentation, mask, penalty, stopping
from cnnedu.checks.answers.e11_regularisation.augmentation import augment
from cnnedu.checks.answers.e11_regularisation.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e11_regularisation.mask import dropout, dropout_backward
from cnnedu.checks.answers.e11_regularisation.penalty import l2_gradient
from cnnedu.checks.answers.e11_regularisation.stopping import early_stop

MISTAKES = {
    "dropout_backward": mask.MISTAKES,
    "augment": augmentation.MISTAKES,
    "l2_gradient": penalty.MISTAKES,
    "early_stop": stopping.MISTAKES,
}
