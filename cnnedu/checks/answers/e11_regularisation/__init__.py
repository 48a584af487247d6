"""Exercise 11: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e11_regularisation import augmentation, mask, penalty, stopping
from cnnedu.checks.answers.e11_regularisation.augmentation import augment
from cnnedu.checks.answers.e11_regularisation.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e11_regularisation.mask import dropout, dropout_backward
from cnnedu.checks.answers.e11_regularisation.penalty import l2_gradient, l2_loss
from cnnedu.checks.answers.e11_regularisation.stopping import early_stop

MISTAKES = {
    "dropout": mask.MISTAKES,
    "dropout_backward": mask.BACKWARD_MISTAKES,
    "augment": augmentation.MISTAKES,
    "l2_loss": penalty.LOSS_MISTAKES,
    "l2_gradient": penalty.GRADIENT_MISTAKES,
    "early_stop": stopping.MISTAKES,
}
