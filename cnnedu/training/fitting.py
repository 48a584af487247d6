"""One training loop for small PyTorch networks, as `cnnedu.nn.fit` is for NumPy networks."""

import copy
import math
from contextlib import contextmanager

import torch
from torch.nn.functional import cross_entropy
from torch.optim.lr_scheduler import LambdaLR

from cnnedu.nn import Batch
from cnnedu.training.evaluate import evaluate


@contextmanager
def seeded(seed):
    """Seed PyTorch's random numbers in this block; afterwards the caller's continue as before."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield


def falling(optimiser, steps):
    """Return a schedule that lets the learning rate fall in a straight line to 0."""
    return LambdaLR(optimiser, lambda done: 1 - done / steps)


def take_step(loss, optimiser, schedule=None):
    """Take one step of gradient descent on `loss`, a scalar tensor."""
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    if schedule:
        schedule.step()


def losses_at_rising_rates(optimiser, batch_loss, rates):
    """Return the loss before each of a rate finder's steps, one for each learning rate.

    Args:
        optimiser: `torch.optim.Optimizer` with one group of parameters.
        batch_loss: function without arguments: the loss on the next batch, a scalar tensor.
        rates: as from `cnnedu.training.rate_finder.rising`; `steepest` chooses among them.
    """
    losses = []
    for rate in rates:
        optimiser.param_groups[0]["lr"] = rate
        loss = batch_loss()
        take_step(loss, optimiser)
        losses.append(loss.item())
    return losses


def fit(
    network,
    data,
    optimiser,
    epochs,
    batch_size=32,
    schedule=falling,
    feed=None,
    label_smoothing=0.0,
    held_out=None,
    patience=None,
    least_gain=0.0,
    start_epoch=None,
    generator=None,
    progress=None,
):
    """Train a network to classify, by gradient descent on the cross-entropy.

    Args:
        network: module that maps (N, …) to logits (N, K); it is changed.
        data: (x, y): inputs (N, …) and labels (N,), tensors.
        optimiser: holds the parameters to train.
        epochs: passes over the data.
        batch_size: examples per step.
        schedule: function of (optimiser, number of steps) that returns a scheduler of
            `torch.optim`; None keeps the learning rate fixed.
        feed: function from a batch of x to the network's input, such as an augmentation; None
            feeds x as it is.
        label_smoothing: share of the target spread evenly over all classes.
        held_out: (x, y) to evaluate after each epoch, without `feed`; or None.
        patience: stop when the held-out loss has reached no new low for this many epochs; in the
            end, stopped or not, return to the weights that had the lowest. None runs all epochs
            and keeps the last weights.
        least_gain: how far a new low must lie below the last to count.
        start_epoch: function without arguments that switches the network to training mode;
            `network.train` by default.
        generator: `torch.Generator` for the shuffling; None for PyTorch's own.
        progress: called as `cnnedu.nn.fit` calls it; or None.

    Returns:
        The history: lists with one entry per epoch, named loss and accuracy (of the batches, each
        before its step), held_out_loss and held_out_accuracy. The network is left in evaluation
        mode.

    >>> with seeded(0):
    ...     network = torch.nn.Linear(1, 2)
    >>> x, y = torch.tensor([[-1.0], [1.0]]), torch.tensor([0, 1])
    >>> fit(network, (x, y), torch.optim.SGD(network.parameters(), 1.0), 50)["accuracy"][-1]
    1.0
    """
    if patience and not held_out:
        raise ValueError("fit: patience watches the held-out loss, so it needs held_out")
    x, y = data
    total, done = epochs * -(-len(y) // batch_size), 0
    schedule = schedule and schedule(optimiser, total)
    history, seen, best, lowest, kept = {}, None, 0, math.inf, None
    for epoch in range(epochs):
        (start_epoch or network.train)()
        loss_sum = right = 0.0
        for some in torch.randperm(len(y), generator=generator).split(batch_size):
            shown = feed(x[some]) if feed else x[some]
            logits = network(shown)
            loss = cross_entropy(logits, y[some], label_smoothing=label_smoothing)
            rate = optimiser.param_groups[-1]["lr"]
            take_step(loss, optimiser, schedule)
            done += 1
            loss_sum += loss.item() * len(some)
            right += (logits.argmax(dim=1) == y[some]).sum().item()
            seen = Batch(shown, y[some], logits.detach(), loss.item(), rate)
            if progress:
                progress(done, total, history, seen)
        found = {"loss": loss_sum / len(y), "accuracy": right / len(y)}
        if held_out:
            found["held_out_loss"], found["held_out_accuracy"] = evaluate(network, *held_out)
        for name, value in found.items():
            history.setdefault(name, []).append(value)
        if patience and found["held_out_loss"] < lowest - least_gain:
            best, lowest = epoch, found["held_out_loss"]
            kept = copy.deepcopy(network.state_dict())
        elif patience and epoch - best >= patience:
            break
    if kept:
        network.load_state_dict(kept)
    network.eval()
    if progress:
        progress(done, done, history, seen)
    return history


def teach(
    build,
    data,
    held_out=None,
    epochs=40,
    learning_rate=1e-3,
    batch_size=25,
    augment=None,
    l2=0.0,
    decay=0.0,
    seed=0,
    **options,
):
    """Build a network and train it with Adam, and with remedies against over-fitting.

    Args:
        build: function without arguments that returns the network.
        data, held_out, epochs, batch_size: as for `fit`.
        learning_rate: at the start; it falls in a straight line to 0.
        augment: function from a batch of pictures to a new one, or None.
        l2: strength of the L2 penalty in the loss, on all parameters; `decay` switches it off.
        decay: strength of weight decay outside the loss (AdamW).
        seed: for the initial weights, the shuffling, dropout and the augmentation.
        options: more arguments of `fit`, such as label_smoothing, patience and progress.

    Returns:
        The network in evaluation mode, and its history.
    """
    with seeded(seed):
        network = build().to(memory_format=torch.channels_last)
        adam = torch.optim.AdamW if decay else torch.optim.Adam
        optimiser = adam(
            network.parameters(), lr=learning_rate, weight_decay=decay or l2, fused=True
        )
        options |= {"feed": augment, "held_out": held_out}
        history = fit(network, data, optimiser, epochs, batch_size, **options)
    return network, history
