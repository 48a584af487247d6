"""The measured figures that lessons show: one module per lesson, its results in `figures/`.

store               one way to read, measure and save figures, and the rule for the budget
catalogue           all experiments, by name, for `cnnedu experiment`
l08_digits          lesson 08: the network behind `DigitPad`
l10_first_network   lesson 10: CIFAR-10, the classic network, and 64 networks to choose among
l11_regularisation  lesson 11: each remedy against over-fitting
l12_depth           lesson 12: depth with and without skips
l13_recipes         lesson 13: the recipes of `cnnedu train`, against time and piece by piece
published           lesson 13: a published network, to tell what JPEG costs
l14_seeing          lesson 14: probes of each layer, and what explanations are worth
l15_failures        lesson 15: attacks, distortions, confidence
l16_transfer        lesson 16: transfer by pictures per class
l17_beyond          lesson 17: segmentation, detection, faces
l18_splits          lesson 18: splits at random and by object
"""
