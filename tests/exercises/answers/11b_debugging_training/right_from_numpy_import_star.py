# loses nothing: uses NumPy's names

# %% grade_id="11b-by-hand"
from numpy import *

by_hand = [log(7), log(1 + 6 / e), 2, 0.004]


# %% grade_id="11b-prepare"
def prepare(pictures, training):
    flat = training.reshape(-1, training.shape[-1])
    return moveaxis((pictures - flat.mean(0)) / flat.std(0), -1, 1)


# %% grade_id="11b-clean"
def clean(pictures, labels):
    keep = any(pictures != pictures[:, :1, :1], axis=(1, 2))
    return pictures[keep], labels[keep]


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks


# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            layer.weight.data = torch.randn_like(layer.weight) * sqrt(2 / fan_in)
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
