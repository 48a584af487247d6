"""The well-known mistakes in the two blocks, whose references are in `answers.blocks`."""

from torch.nn import functional as F

from cnnedu.checks.answers.blocks import (
    LARGEST,
    OF_THE_BATCH,
    SUM,
    residual_in_evaluation,
    residual_in_training,
    residual_slopes,
    squeezed_in_evaluation,
    squeezed_in_training,
)
from cnnedu.checks.case import Mistake

RELU6 = "You used ReLU6, which cuts off at 6; use ReLU."
SKIP_CUT = "No gradient flows back along the skip: add the input itself, without `detach`."
ALWAYS = (
    "In evaluation mode the norms still use the batch's own mean and variance: `nn.BatchNorm2d` "
    "changes to its running ones by itself."
)


def _changed(says, function, **changed):
    return Mistake(says, lambda *arguments: function(*arguments, **changed))


def _late(says, function):
    """Return the mistake of striding in the second convolution."""
    return Mistake(
        says, lambda *arguments: function(*arguments, late=True) if arguments[2] > 1 else None
    )


MISTAKES = {
    "residual_in_training": (
        _changed("The input isn't added: there is no skip.", residual_in_training, skip=False),
        _changed(
            "The last ReLU comes after the addition, not before it.",
            residual_in_training,
            end="relu, add",
        ),
        _changed(
            "There is a ReLU before the addition, so F(x) can never subtract anything.",
            residual_in_training,
            end="relu, add, relu",
        ),
        _changed("The ReLU after the addition is missing.", residual_in_training, end="add"),
        _changed(
            "`norm2` comes before the addition, not after it.",
            residual_in_training,
            end="add, norm, relu",
        ),
        _changed(
            "The ReLU between the two convolutions is missing.",
            residual_in_training,
            middle="norm",
        ),
        _changed(
            "`norm1` comes before the first ReLU, not after it.",
            residual_in_training,
            middle="relu, norm",
        ),
        _late("The stride belongs to `conv1`; yours is in `conv2`.", residual_in_training),
        _changed(
            "You don't use `norm3`, which follows `conv3`.", residual_in_training, end="no norm3"
        ),
        _changed(RELU6, residual_in_training, activation=F.relu6),
    ),
    "residual_in_evaluation": (_changed(ALWAYS, residual_in_evaluation, evaluation=False),),
    "residual_slopes": (
        _changed(SKIP_CUT, residual_slopes, cut="skip"),
        Mistake(
            SKIP_CUT,  # where the input itself is added
            lambda x, filters, stride, numbers: (
                residual_slopes(x, filters, stride, numbers, cut="skip")
                if stride == 1 and filters == x.shape[1]
                else None
            ),
        ),
        _changed(
            "No gradient flows back through F to the input: give it the input itself, without "
            "`detach`.",
            residual_slopes,
            cut="F",
        ),
    ),
    "squeezed_in_training": (
        _changed("The ReLU after `norm1` is missing.", squeezed_in_training, relus=(2,)),
        _changed("The ReLU at the end is missing.", squeezed_in_training, relus=(1,)),
        _changed("The ReLUs after both norms are missing.", squeezed_in_training, relus=()),
        _late("The stride belongs to `depthwise`; yours is in `pointwise`.", squeezed_in_training),
        _changed(
            "You don't use the norms: each follows its convolution.",
            squeezed_in_training,
            norms=False,
        ),
        _changed(
            "Each norm follows its convolution; the ReLU comes after it.",
            squeezed_in_training,
            norm_first=False,
        ),
        _changed(
            "You don't use s: multiply each channel by its number.",
            squeezed_in_training,
            use="nothing",
        ),
        _changed("Multiply by s, don't add it.", squeezed_in_training, use="add"),
        _changed("The sigmoid is missing.", squeezed_in_training, gate="relu"),
        _changed(
            "The ReLU between `squeeze` and `excite` is missing.",
            squeezed_in_training,
            gate="sigmoid",
        ),
        _changed(
            "The ReLU and the sigmoid around `excite` are missing.", squeezed_in_training, gate=""
        ),
        _changed(
            "The means are taken of m, not of the block's input.",
            squeezed_in_training,
            asked="input",
        ),
        _changed(
            "The means are taken of m, after its norm and ReLU.",
            squeezed_in_training,
            asked="before the norm",
        ),
        _changed(
            "Take each map's mean, not its largest number.",
            squeezed_in_training,
            pooling=LARGEST,
        ),
        _changed(
            "Take each map's mean, not its sum.",
            squeezed_in_training,
            pooling=SUM,
        ),
        _changed(
            "Each picture has its own means: don't average over the batch.",
            squeezed_in_training,
            pooling=OF_THE_BATCH,
        ),
        _changed(RELU6, squeezed_in_training, activation=F.relu6),
    ),
    "squeezed_in_evaluation": (_changed(ALWAYS, squeezed_in_evaluation, evaluation=False),),
}
