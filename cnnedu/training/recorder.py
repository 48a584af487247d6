"""Record how a PyTorch network learns: the activations, gradients and updates of each layer."""

import numpy as np
import torch

# Activations keep their sign: bin edges in ±log10(1 + 100·|value|), so up to ±1,000.
ACTIVATION_EDGES = np.linspace(-5, 5, 41)
# Gradients: bin edges in log10 of their size.
GRADIENT_EDGES = np.linspace(-8, 2, 41)


class Recorder:
    """Watch a network while a loop of your own trains it.

    Layers are all modules whose weight has two axes or more. A layer's activations are its outputs
    before the ReLU. `add` records the loss of every step, and at every `every`-th step for each
    layer

        activations  share of the outputs in each of 40 bins between `ACTIVATION_EDGES`
        gradients    share of the weight's gradients in each of 40 bins between `GRADIENT_EDGES`
        ratios       ‖w after the step − w before‖ / ‖w before‖
        silent       share of the channels that are above 0 nowhere in the batch

    What lies beyond the edges counts in the first or last bin.

    Args:
        network: the module; it gets hooks, which `close` takes off.
        optimiser: holds its parameters.
        every: steps from one snapshot to the next, at least 1.
        show: called with the recorder after every snapshot, or None.

    `losses` and `rates` are lists with a number for each step, `held_out` one of (step, accuracy),
    `layers` the names; `snapshots` holds lists by name, and `steps` among them.

    >>> network = torch.nn.Linear(2, 1, bias=False)
    >>> network.weight.data = torch.tensor([[3.0, 4.0]])
    >>> optimiser = torch.optim.SGD(network.parameters(), lr=0.1)
    >>> recorder = Recorder(network, optimiser, every=1)
    >>> loss = network(torch.tensor([[1.0, 0.0]])).sum()
    >>> loss.backward(); optimiser.step(); recorder.add(loss.item(), 0.1)
    >>> recorder.losses, round(recorder.snapshots["ratios"][0][0], 4)
    ([3.0], 0.02)
    """

    def __init__(self, network, optimiser, every=5, show=None):
        if every < 1:
            raise ValueError(f"Recorder: every must be 1 or more steps, but is {every}")
        watched = {
            name or "layer": module
            for name, module in network.named_modules()
            if getattr(module, "weight", None) is not None and module.weight.ndim >= 2
        }
        self.layers, self._weights = list(watched), [m.weight for m in watched.values()]
        self.losses, self.rates, self.held_out = [], [], []
        kinds = ("steps", "activations", "gradients", "ratios", "silent")
        self.snapshots = {kind: [] for kind in kinds}
        self._every, self._show, self._outputs = every, show, {}
        self._hooks = [
            module.register_forward_hook(self._keep(name)) for name, module in watched.items()
        ]
        self._hooks.append(optimiser.register_step_pre_hook(self._before_step))

    def _keep(self, name):
        def hook(module, inputs, output):
            self._outputs[name] = output.detach()

        return hook

    def _before_step(self, *_):
        """Keep what the step, the next batch and `zero_grad` overwrite."""
        if (len(self.losses) + 1) % self._every == 0:
            self._before = [weight.detach().clone() for weight in self._weights]
            self._kept = [
                (self._outputs[name], torch.zeros(1) if w.grad is None else w.grad.clone())
                for name, w in zip(self.layers, self._weights, strict=True)
            ]

    def add(self, loss, rate):
        """Record a step that has just been taken: its batch's mean loss, and its learning rate."""
        self.losses.append(float(loss))
        self.rates.append(float(rate))
        if len(self.losses) % self._every == 0:
            self._snapshot()
            if self._show:
                self._show(self)

    def _snapshot(self):
        found = {
            "steps": len(self.losses),
            "activations": [_shares(signed_log(out), ACTIVATION_EDGES) for out, _ in self._kept],
            "gradients": [_shares(g.abs().log10(), GRADIENT_EDGES) for _, g in self._kept],
            "ratios": [
                _ratio((weight.detach() - before).norm(), before.norm())
                for weight, before in zip(self._weights, self._before, strict=True)
            ],
            "silent": [_silent(out) for out, _ in self._kept],
        }
        for kind, value in found.items():
            self.snapshots[kind].append(value)

    def close(self):
        """Take the hooks off the network and the optimiser."""
        for hook in self._hooks:
            hook.remove()


def signed_log(values):
    """Return ±log10(1 + 100·|value|), with the sign of the value.

    >>> signed_log(torch.tensor([-0.09, 0.0, 0.99]))
    tensor([-1.,  0.,  2.])
    """
    return values.sign() * (1 + 100 * values.abs()).log10()


def _ratio(update, size):
    """Return update / size; 0 if nothing has moved, infinity if it started from 0."""
    return 0.0 if update == 0 else float(update / size)


def _silent(outputs):
    """Return the share of the channels that are above 0 nowhere in the batch."""
    return float((outputs.transpose(0, 1).flatten(1) <= 0).all(dim=1).float().mean())


def _shares(values, edges):
    """Return the share of the values in each bin, those beyond the edges in the outermost."""
    inside = np.nan_to_num(values.numpy(), nan=edges[-1]).clip(edges[0], edges[-1])
    return np.histogram(inside, edges)[0] / inside.size
