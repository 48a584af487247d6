"""Exercise 11: what a reader sees of a network that was trained with one remedy, to guess which."""

import torch

from cnnedu.experiments.l11_regularisation import Task, drawn_digits
from cnnedu.experiments.store import Experiment, Part
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import seeded

TASK = Task(drawn_digits, epochs=40, remedies=())


def clues(rate=3e-3):
    """Return {remedy: what a reader sees of one run}, for exercise 11.

    That is `epochs`; `loss` and `accuracy` (%) as the last epoch reported them; `plain_loss`, of
    the same digits in evaluation mode; `twice`, their accuracies (%) in training mode, measured
    twice; and `length`, the root of the sum of all squared parameters.
    """
    drawn = drawn_digits(0)
    known, _, _ = drawn
    strengths = {"early stopping": 5, "weight decay": 1.0, "dropout": 0.5, "label smoothing": 0.1}
    found = {}
    for name in ("nothing", *strengths, "shift"):
        chosen = strengths.get(name, 1 / 8), rate
        trained, history = TASK.train(name, chosen, drawn, seed=0)
        plain_loss, _ = evaluate(trained, *known)
        trained.train()
        with seeded(0), torch.no_grad():
            twice = [(trained(known[0]).argmax(dim=1) == known[1]).sum().item() for _ in range(2)]
        squares = sum((p.detach() ** 2).sum().item() for p in trained.parameters())
        found[name] = {
            "epochs": len(history["loss"]),
            "loss": round(history["loss"][-1], 2),
            "accuracy": round(100 * history["accuracy"][-1]),
            "plain_loss": round(plain_loss, 2),
            "twice": twice,
            "length": round(squares**0.5, 1),
        }
    return found


figures = Experiment(
    "l11_clues",
    "what shows which remedy a network was trained with",
    {"clues": Part(clues, minutes=0.1, needs_cifar10=False)},
)
