"""Transfer: a trained network gets a new last layer, and chosen parts of it learn on."""

import copy

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from cnnedu.nn import evaluating
from cnnedu.training.augmentation import quarter_turns
from cnnedu.training.fitting import fit

BATCH = 32


def with_head(network, classes):
    """Return a copy of a `Whitened` network whose new last layer is all zeros.

    Args:
        network: `cnnedu.models.whitened.Whitened`; it stays as it is.
        classes: number of classes K.

    Returns:
        The copy; its layer `dense` has K outputs and a bias, and its logits aren't scaled.

    >>> from cnnedu.models.whitened import fast
    >>> with_head(fast(), 3).eval()(torch.zeros(2, 3, 32, 32)).tolist()
    [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    network = copy.deepcopy(network)
    network.dense = _zeros(network.dense.in_features, classes)
    network.scale = nn.Identity()
    return network


@torch.no_grad()
def features(network, x):
    """Return the features that the last layer sees, (N, D).

    Args:
        network: `cnnedu.models.whitened.Whitened`, with any head.
        x: normalised pictures (N, 3, H, W).
    """
    body = nn.Sequential(*list(network)[:-2])  # all but `dense` and `scale`
    with evaluating(body):
        return torch.cat([body(part) for part in x.split(250)])


@torch.no_grad()
def after_each_block(network, x):
    """Return {name of a block: the largest number of each of its C maps, (N, C)}.

    Args:
        network: `cnnedu.models.whitened.Whitened`, with any head.
        x: normalised pictures (N, 3, H, W).

    >>> from cnnedu.models.whitened import fast
    >>> found = after_each_block(fast(), torch.zeros(2, 3, 32, 32))
    >>> {block: tuple(numbers.shape) for block, numbers in found.items()}
    {'block1': (2, 32), 'block2': (2, 96), 'block3': (2, 192)}
    """
    found = {}
    with evaluating(network):
        for name, part in network.named_children():
            if name == "pool":
                break
            x = torch.cat([part(some) for some in x.split(250)])
            if name.startswith("block"):
                found[name] = x.amax(dim=(2, 3))
    return found


def fit_probe(found, y, classes, decay=1e-2):
    """Fit a linear probe, which is logistic regression on features, to the lowest loss (L-BFGS).

    Equation
        minimise  (1/N) Σ_n −log softmax(w f_n + b)[y_n] + (decay/2) Σ w²

    Args:
        found: features (N, D).
        y: labels (N,).
        classes: number of classes K.
        decay: strength of the L2 penalty on w.

    Returns:
        `nn.Linear` with D inputs and K outputs.

    >>> f = torch.tensor([[3.0, 0], [2, 1], [0, 3], [1, 2]])
    >>> fit_probe(f, torch.tensor([1, 1, 0, 0]), 2)(f).argmax(dim=1)
    tensor([1, 1, 0, 0])
    """
    probe = _zeros(found.shape[1], classes)
    optimiser = torch.optim.LBFGS(probe.parameters(), max_iter=100, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        value = cross_entropy(probe(found), y) + decay / 2 * probe.weight.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return probe.requires_grad_(False)


def fine_tune(network, data, rates, held_out=None, epochs=30, seed=0, progress=None):
    """Train the named parts of a network, each at its own rate; all others stay as they are.

    The optimiser is Adam, and all rates fall in a straight line to 0. Other parts are frozen: they
    get no gradient, and their batch norms are in evaluation mode, so that the running statistics
    stay too. Each batch is randomly mirrored and turned.

    Args:
        network: any module; it is changed, and left in evaluation mode.
        data: (x, y): normalised pictures, float tensor (N, 3, H, H), and labels (N,).
        rates: {name of a direct child, such as "block3": its initial learning rate}. Parameters
            that are already frozen stay so.
        held_out: (x, y) to evaluate after each epoch; or None.
        epochs: passes over the data.
        seed: for the shuffling, mirroring and turning.
        progress: called as `cnnedu.nn.fit` calls it; or None.

    Returns:
        The network.

    Raises:
        ValueError: `rates` is empty or names a part that the network doesn't have.

    >>> from cnnedu.models.whitened import fast
    >>> fine_tune(fast(), ([], []), {"last": 0.01})
    Traceback (most recent call last):
    ValueError: fine_tune: rates must name parts out of whiten, block1, block2, block3, dense; it
    names last
    """
    generator = torch.Generator().manual_seed(seed)

    def start_epoch():
        for name, part in network.named_children():
            part.train(name in rates)

    fit(
        network,
        data,
        torch.optim.Adam(_groups(network, rates)),
        epochs,
        BATCH,
        feed=lambda x: quarter_turns(x, generator),
        held_out=held_out,
        start_epoch=start_epoch,
        generator=generator,
        progress=progress,
    )
    return network


def _groups(network, rates):
    """Freeze the parts that aren't named; return the others as groups for an optimiser."""
    parts = dict(network.named_children())
    trainable = [name for name, p in parts.items() if any(w.requires_grad for w in p.parameters())]
    if not rates or not rates.keys() <= parts.keys():
        raise ValueError(
            f"fine_tune: rates must name parts out of {', '.join(trainable)}; it names "
            f"{', '.join(rates) or 'none'}"
        )
    for name, part in parts.items():
        if name not in rates:
            part.requires_grad_(False)
    return [
        {"params": [w for w in parts[name].parameters() if w.requires_grad], "lr": rate}
        for name, rate in rates.items()
    ]


def _zeros(inputs, classes):
    dense = nn.utils.skip_init(nn.Linear, inputs, classes)  # draws no random numbers
    nn.init.zeros_(dense.weight)
    nn.init.zeros_(dense.bias)
    return dense
