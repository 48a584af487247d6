"""The measured figures that lessons show: one module per lesson, its results in `figures/`.

store               one way to read, measure and save figures, and the rule for the budget
catalogue           all experiments, by name, for `cnnedu experiment`
many_networks       lesson 08: networks on digits, many trained at once
l08_digits          lesson 08: the network behind `DigitPad`
l08_features        lesson 08: first layers learnt or frozen, edge detectors, digits that moved
l08_rates           lesson 08: optimisers, first weights and schedules, each at its own rate
l10_first_network   lesson 10: CIFAR-10, the classic network, and 64 networks to choose among
l10_photos          lesson 10: Ten Photos, the scale of inputs, features made by hand
l11_regularisation  lesson 11: each remedy against over-fitting, on digits
l11_photographs     lesson 11: the same on photographs
l11_batch_noise     lesson 11: whether batch norm helps because it is noise
l11_clues           exercise 11: what shows which remedy a network was trained with
l12_blocks          lesson 12: the blocks of famous networks, exchanged in one skeleton
l12_depth           lesson 12: depth with and without skips
l12_time            lesson 12: how long a separable convolution takes
l13_climb           lesson 13: from `classic` to `fast`, one rung at a time
l13_recipes         lesson 13: the recipes of `cnnedu train`, against time and piece by piece
published           lesson 13: a published network, to tell what JPEG costs
l14_seeing          lesson 14: what units like, what explanations are worth, on small networks
l14_atlas           lesson 14: pictures drawn for units of the ImageNet network, patches they like
l14_depth           lesson 14: what a probe reads from each of its stages
l14_photographs     lesson 14: maps of the ImageNet network
amounts             lesson 15: how much is done to pictures
l15_failures        lesson 15: attacks, distortions, confidence
l15_suspects        exercise 15: eight networks, and which of them learnt a shortcut
l16_near            lesson 16: transfer from ImageNet to photographs, CIFAR-10 and shapes
l16_transfer        lesson 16: transfer by pictures per class
l17_beyond          lesson 17: segmentation, detection, faces
l17_coins           lesson 17: coins on a photograph
l17_faces           lesson 17: the embedding of faces, by seed
l18_splits          lesson 18: splits at random and by object
"""

from importlib import import_module, util


class _Later:
    """Stands for a module that is imported when something of it is first used."""

    __slots__ = ("_name",)

    def __init__(self, name):
        object.__setattr__(self, "_name", name)

    @property
    def __dict__(self):
        return vars(import_module(self._name))

    def __getattr__(self, attribute):
        return getattr(import_module(self._name), attribute)

    def __setattr__(self, attribute, value):
        setattr(import_module(self._name), attribute, value)

    def __delattr__(self, attribute):
        delattr(import_module(self._name), attribute)


def __getattr__(name):
    """Return an experiment; its module is imported when something of it is first used.

    Most import PyTorch, which takes seconds. So a lesson may name in its first cell what it reads
    much later: `from cnnedu.experiments import l04_shifts`.
    """
    name = f"{__name__}.{name}"
    if util.find_spec(name) is None:
        raise AttributeError(f"there is no {name}")
    return _Later(name)
