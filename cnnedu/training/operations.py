"""How much arithmetic a training run takes, on any machine."""

from cnnedu.data.cifar10 import PICTURES_PER_FILE, TRAIN_FILES
from cnnedu.models.accounting import ledger, totals


def operations(recipe):
    """Estimate how many operations a recipe's run on CIFAR-10 takes.

    Equation
        6 · epochs · M · Σ_s f_s · a_s

        M pictures are seen in each epoch; for the share f_s of the run they have s × s pixels, and
        each takes a_s multiply-adds, of two operations each. The backward pass takes twice as many
        as the forward pass, for the gradients of the inputs and of the weights. The count ignores
        that the first layer needs no gradient of its input, and a frozen layer none of its weights.

    Args:
        recipe: `cnnedu.training.recipes.Recipe`.

    Source
        Counted as by Kaplan and others, "Scaling laws for neural language models" (2020), 2.1.

    >>> from cnnedu.training.recipes import RECIPES
    >>> f"{operations(RECIPES['fast']):.1e}"
    '5.5e+13'
    """
    network, settings = recipe.build(), recipe.settings
    per_picture, before = 0, 0
    for pixels, until in settings.sizes:
        multiply_adds = totals(ledger(network, (3, pixels, pixels)))["multiply_adds"]
        per_picture += (until - before) * multiply_adds
        before = until
    pictures = len(TRAIN_FILES) * PICTURES_PER_FILE
    learnt = pictures * (1 - settings.held_out) * (1 - settings.left_out)
    return 6 * settings.epochs * learnt * per_picture
