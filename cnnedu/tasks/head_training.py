"""Train the last layers of a network on stored maps, epoch by epoch, in a way that can go on."""

import copy
import io

import torch
from torch.nn.functional import cross_entropy

from cnnedu.data.whole_file import write_whole
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import seeded, take_step
from cnnedu.training.schedule import triangle

BATCH = 16
WARM_UP = 0.2  # share of the training during which the rates rise


def train_head(head, data, validation, rates, epochs, seed, state, progress=None):
    """Train the last layers of a network; keep the epoch with the lowest validation loss.

    The optimiser is AdamW; all rates rise in a straight line, and then fall to 0. Batch norms stay
    in evaluation mode: with so few pictures, their statistics would come from too little. After
    each epoch everything is written to a file; called again, training goes on from there and ends
    with the same weights.

    Args:
        head: `torch.nn.Sequential` with named parts; it is changed. As it comes, it is the first
            candidate.
        data: (maps, y, pictures): maps (V, C, h, w) of views, labels (V,), and the number of the
            picture that each view shows (V,). In an epoch each picture is seen once, as one of
            its views.
        validation: (maps, y).
        rates: {name of a part: initial learning rate}; other parts stay as they are.
        epochs: passes over the pictures.
        seed: for the order, the views and dropout.
        state: path of the file to go on from, which may not exist yet; its name must tell this
            training from all others.
        progress: function that is told how many epochs more are done; or None.

    Returns:
        The history: a dict per epoch, from 0, with validation_loss and validation_accuracy. The
        head is left with its best weights, in evaluation mode.
    """
    maps, y, pictures = data
    parts = dict(head.named_children())
    for name, part in parts.items():
        part.requires_grad_(name in rates)
    groups = [{"params": parts[name].parameters(), "lr": rate} for name, rate in rates.items()]
    optimiser = torch.optim.AdamW(groups)
    highest = [group["lr"] for group in optimiser.param_groups]
    head.eval()
    history = [_measured(head, validation)]
    best = copy.deepcopy(head.state_dict())
    found = _read(state)
    if found:
        head.load_state_dict(found["now"])
        optimiser.load_state_dict(found["optimiser"])
        history, best = found["history"], found["best"]
        if progress:
            progress(len(history) - 1)
    numbers = pictures.unique()
    steps = -(-len(numbers) // BATCH)
    for epoch in range(len(history), epochs + 1):
        generator = torch.Generator().manual_seed(seed * 10_007 + epoch)
        chosen = torch.rand(len(y), generator=generator)
        order = numbers[torch.randperm(len(numbers), generator=generator)]
        head.eval()
        head.dropout.train()
        with seeded(seed * 10_007 + epoch):
            for step, some in enumerate(order.split(BATCH)):
                done = (epoch - 1 + step / steps) / epochs
                for group, rate in zip(optimiser.param_groups, highest, strict=True):
                    group["lr"] = rate * triangle(done, WARM_UP)
                seen = torch.stack([_one_view(pictures, chosen, number) for number in some])
                take_step(cross_entropy(head(maps[seen].float()), y[seen]), optimiser)
        head.eval()
        history.append(_measured(head, validation))
        if history[-1]["validation_loss"] < min(row["validation_loss"] for row in history[:-1]):
            best = copy.deepcopy(head.state_dict())
        _write(state, head, optimiser, history, best)
        if progress:
            progress(1)
    head.load_state_dict(best)
    return history


def _one_view(pictures, chosen, number):
    """Return the place of the view of a picture whose random number is the largest."""
    places = (pictures == number).nonzero().ravel()
    return places[chosen[places].argmax()]


def _measured(head, validation):
    loss, accuracy = evaluate(head, *validation, feed=lambda maps: maps.float())
    return {"validation_loss": loss, "validation_accuracy": accuracy}


def _write(path, head, optimiser, history, best):
    content = io.BytesIO()
    whole = {
        "now": head.state_dict(),
        "optimiser": optimiser.state_dict(),
        "history": history,
        "best": best,
    }
    torch.save(whole, content)
    write_whole(path, content.getvalue())


def _read(path):
    """Return what was written, or None. Only numbers and text are read, no code."""
    try:
        return torch.load(path, weights_only=True)
    except Exception:  # a missing or damaged file: PyTorch stumbles over anything
        return None
