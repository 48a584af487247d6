"""Lesson 09: how far rounding drives two trainings apart that are the same in mathematics.

The second run has the same seed and the same batches, but the pictures of each batch are in reverse
order, so that sums are rounded differently.
"""

import torch
from torch.nn import functional as F
from torch.nn.utils import parameters_to_vector
from torch.optim.lr_scheduler import OneCycleLR

from cnnedu.data.digits import load_digits
from cnnedu.experiments.l09_sizes import digit_network
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.training.fitting import take_step

RATES = 0.003, 0.01, 0.03  # the top of one cycle
EPOCHS, BATCH, EVERY = 10, 32, 10  # all weights are compared every 10 steps


def weights(seed, rate, reverse=False):
    """Train lesson 08's network with Adam and one cycle; return its weights every 10 steps."""
    (x, y), _ = load_digits()
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    torch.manual_seed(seed)
    network, done, kept = digit_network(1), 0, []
    optimiser, steps = torch.optim.Adam(network.parameters()), EPOCHS * -(-len(y) // BATCH)
    schedule = OneCycleLR(optimiser, rate, total_steps=steps, cycle_momentum=False)
    for _ in range(EPOCHS):
        for some in torch.randperm(len(y)).split(BATCH):
            some = some.flip(0) if reverse else some
            take_step(F.cross_entropy(network(x[some]), y[some]), optimiser, schedule)
            done += 1
            if done % EVERY == 0:
                kept.append(parameters_to_vector(network.parameters()).detach())
    return torch.stack(kept)


def apart(first, second):
    """Return the distance of two runs' weights, as a share of the first's length, row by row.

    >>> apart(torch.tensor([[3.0, 4.0]]), torch.tensor([[3.0, 4.5]]))
    [0.1]
    """
    shares = (first - second).norm(dim=1) / first.norm(dim=1)
    return [float(f"{share:.2e}") for share in shares.tolist()]


def compare(seed):
    """Return {"another seed" or a rate: distances every 10 steps}."""
    runs = {rate: weights(seed, rate) for rate in RATES}
    found = {str(rate): apart(run, weights(seed, rate, reverse=True)) for rate, run in runs.items()}
    return {"another seed": apart(runs[0.01], weights(seed + 1000, 0.01)), **found}


figures = Experiment(
    "l09_rounding",
    "how far rounding drives two trainings apart, at three learning rates",
    {
        "apart": Part(
            compare, minutes=1, seeds=tuple(range(5)), arrange=by_name, needs_cifar10=False
        )
    },
)
