"""The optimisers of the recipes."""

import torch
from torch.optim import SGD, Adam, Optimizer

# Newton–Schulz: applied again and again, this polynomial brings every singular value between 0 and
# 1 close to 1. Jordan (2024) chose the coefficients so that it is steep at 0.
A, B, C = 3.4445, -4.7750, 2.0315


def orthogonalise(matrix, steps=3):
    """Bring the singular values of a matrix close to 1 and keep its singular vectors.

    Equation
        X₀ = G / ‖G‖_F,   X_{k+1} = a X_k + (b X_k X_kᵀ + c (X_k X_kᵀ)²) X_k

    With G = U Σ Vᵀ the result is about U Vᵀ: after three steps, singular values of at least
    0.02 ‖G‖ lie between 0.68 and 1.20, which is close enough for a training step.

    Args:
        matrix: float32 (M, N).
        steps: number of iterations.

    Source
        Jordan, "Muon: an optimizer for hidden layers in neural networks" (2024).
    """
    x = matrix / (matrix.norm() + 1e-7)
    tall = len(x) > x.shape[1]
    x = x.T if tall else x
    for _ in range(steps):
        square = x @ x.T
        x = A * x + (B * square + C * square @ square) @ x
    return x.T if tall else x


class Muon(Optimizer):
    """Momentum with an orthogonalised step: no direction of a filter bank learns faster.

    Equation, for each weight w with gradient g, as matrices (filters, the rest)
        v ← momentum · v + g
        w ← w · √filters / ‖w‖                             (batch norm cancels its size)
        w ← w − lr · orthogonalise(g + momentum · v)       (Nesterov)

    Args:
        params: weights of convolutions that are followed by batch norm.
        lr: learning rate.
        momentum: 0 to below 1.

    Source
        Jordan, "Muon: an optimizer for hidden layers in neural networks" (2024).
    """

    def __init__(self, params, lr, momentum):
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        """Take one step."""
        for group in self.param_groups:
            for w in group["params"]:
                state = self.state[w]
                if not state:
                    state["momentum_buffer"] = torch.zeros_like(w)
                v = state["momentum_buffer"].mul_(group["momentum"]).add_(w.grad)
                ahead = w.grad.add(v, alpha=group["momentum"]).flatten(1)
                w.mul_(len(w) ** 0.5 / w.norm())
                w.sub_(group["lr"] * orthogonalise(ahead).view_as(w))


def make_optimisers(network, settings):
    """Return the optimisers of a recipe, which together train every parameter of `network`.

    Each group of parameters holds its peak learning rate as "highest"; the run multiplies it by
    `cnnedu.training.schedule.triangle`.
    """
    parameters = [p for p in network.parameters() if p.requires_grad]
    if settings.optimizer == "adam":
        made = [Adam(parameters, settings.learning_rate)]
    else:
        filters = [p for p in parameters if p.ndim == 4]
        shifts = [p for p in parameters if p.ndim == 1]
        dense = [p for p in parameters if p.ndim == 2]
        decay, after = settings.weight_decay, settings.rest_momentum
        rest = SGD(
            [
                _group(shifts, settings.shift_rate, after, decay),
                _group(dense, settings.dense_rate, after, decay),
            ]
        )
        if settings.optimizer == "muon":
            made = [Muon(filters, settings.learning_rate, settings.momentum), rest]
        else:
            rest.add_param_group(_group(filters, settings.learning_rate, settings.momentum, decay))
            made = [rest]
    for optimizer in made:
        for group in optimizer.param_groups:
            group["highest"] = group["lr"]
    return made


def _group(parameters, rate, momentum, decay):
    """Return a group for SGD, with the decay divided by the rate because SGD multiplies the two."""
    return {
        "params": parameters,
        "lr": rate,
        "momentum": momentum,
        "nesterov": momentum > 0,
        "weight_decay": decay / rate if rate else 0.0,
    }
