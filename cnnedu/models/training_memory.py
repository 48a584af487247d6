"""What training keeps of a network's maps until the way back, layer by layer."""

import copy


def kept_for_training(network, input_shape):
    """Measure what PyTorch keeps of one picture between the forward and the backward pass.

    A layer keeps what its gradient needs: a convolution, a dense layer and a batch norm their
    input, a ReLU its output, a max pooling its input and the places of the largest numbers. A
    tensor that two layers need is kept once. Weights aren't counted, nor is anything that no
    gradient needs because layers are frozen.

    Args:
        network: `torch.nn.Module`, on any device; a copy of it is run in training mode. On the
            device "meta" that takes no memory.
        input_shape: (C, H, W) of one picture.

    Returns:
        {name of the layer: bytes}, in the order of computation; a tensor counts for the layer
        that first needs it. What operations outside of such layers keep is named "elsewhere".

    Source
        `torch.autograd.graph.saved_tensors_hooks` shows each tensor that PyTorch keeps.

    >>> from torch import nn
    >>> network = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2))
    >>> kept_for_training(network, (1, 6, 6))  # 4·36 of the picture, 4·8·16, and 8·8·4
    {'0': 144, '1': 512, '2': 256}
    """
    import torch

    with torch.random.fork_rng(devices=[]):  # dropout draws
        two, three = (_kept(copy.deepcopy(network).train(), input_shape, n) for n in (2, 3))
    kept = {layer: size - two.get(layer, 0) for layer, size in three.items()}
    return {layer: size for layer, size in kept.items() if size}


def _kept(network, input_shape, count):
    """Return {layer: bytes} that are kept for so many pictures."""
    import torch

    own = {_storage(tensor) for tensor in [*network.parameters(), *network.buffers()]}
    found, alive, running = {}, [], []

    def keep(tensor):
        if _storage(tensor) not in own:
            own.add(_storage(tensor))
            alive.append(tensor)  # or another tensor might be given the same place
            layer = running[-1] if running else "elsewhere"
            found[layer] = found.get(layer, 0) + tensor.untyped_storage().nbytes()
        return tensor

    for name, module in network.named_modules():
        if not list(module.children()):
            module.register_forward_pre_hook(lambda *_, name=name: running.append(name))
            module.register_forward_hook(lambda *_: running.pop() and None)
    device = next((parameter.device for parameter in network.parameters()), None)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        network(torch.zeros(count, *input_shape, device=device))
    return found


def _storage(tensor):
    return tensor.untyped_storage()._cdata
