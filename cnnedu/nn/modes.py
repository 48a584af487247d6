"""Evaluation for a while: look at a network and leave it as it was."""

from contextlib import contextmanager

from cnnedu.nn.layers import Layer


@contextmanager
def evaluating(*networks):
    """Put networks in evaluation mode in this block; afterwards each part is as it was.

    A part that was in another mode than the rest, such as a frozen batch norm, gets its own mode
    back, after an error too. Layers of `cnnedu.nn` also keep the input that they remember for
    `backward`.

    Args:
        networks: modules of `torch.nn` or layers of `cnnedu.nn`; a plain function has no mode, so
            nothing happens to it.

    >>> from cnnedu.nn import Dropout, Sequential
    >>> network = Sequential(Dropout(0.5), Dropout(0.5).eval())
    >>> with evaluating(network):
    ...     [part.training for part in network.layers]
    [False, False]
    >>> [part.training for part in network.layers]
    [True, False]
    """
    networks = [network for network in networks if hasattr(network, "modules")]
    kept = [(part, _state(part)) for network in networks for part in network.modules()]
    try:
        for network in networks:
            network.eval()
        yield
    finally:
        for part, state in kept:
            for name, value in state.items():
                setattr(part, name, value)


def _state(part):
    remembered = vars(part) if isinstance(part, Layer) else {}
    return {"training": part.training, **remembered}
