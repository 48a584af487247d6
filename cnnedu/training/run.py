"""One training run: everything that changes while a network learns, and what it leaves behind."""

import io
import json
import math

import torch
from safetensors.torch import save
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from cnnedu.data.cifar10 import CLASSES, MEAN, STD
from cnnedu.data.whole_file import write_whole
from cnnedu.models.normalise import normalise
from cnnedu.nn import Batch, evaluating
from cnnedu.plots.learning_curves import show_history
from cnnedu.training import processes
from cnnedu.training.batches import augmented, shrink, size_at, without_easy
from cnnedu.training.checkpoint import load_checkpoint, save_checkpoint
from cnnedu.training.evaluate import evaluate
from cnnedu.training.log import as_csv, as_json
from cnnedu.training.memory import give_back, run_or_explain
from cnnedu.training.optimisers import make_optimisers
from cnnedu.training.precision import arithmetic, precision_for
from cnnedu.training.schedule import triangle
from cnnedu.training.settings import TrainingError

CHECKPOINT = "checkpoint.safetensors"
WHITENED_BY = 5000  # pictures; more would hardly change the covariance of their patches


class Run:
    """A network, its optimisers, its random numbers and its log, and the data it learns from.

    Args:
        build: function without arguments that returns the network.
        data: `cnnedu.data.cifar10.CIFAR10`.
        settings: `Settings`.
        record: dict that JSON can hold and that tells this run from others.
    """

    def __init__(self, build, data, settings, record):
        self.settings, self.record, self.history = settings, record, []
        device = processes.device()
        tensors = (torch.from_numpy(array).to(device) for array in data)
        x, y, *self.test = tensors
        kept = max(1, int(len(y) * settings.held_out))
        self.training = x[:-kept], y[:-kept]
        self.validation = x[-kept:], y[-kept:]
        # Each picture's loss when it was last seen; infinite if it never was.
        self.losses = torch.full(self.training[1].shape, math.inf, dtype=torch.float32)
        torch.manual_seed(settings.seed)
        # Channels last in memory: the same numbers, but faster convolutions.
        self.network = build().to(device, memory_format=torch.channels_last)
        _must_suit(self.network, settings)
        if settings.whitened:
            self.network.whiten_patches(normalise(self.training[0][:WHITENED_BY], MEAN, STD))
        self.optimizers = make_optimisers(self.network, settings)
        averaging = get_ema_multi_avg_fn(settings.average)
        self.average = AveragedModel(self.network, multi_avg_fn=averaging, use_buffers=True)
        # The run's own, so that random numbers drawn elsewhere don't change the order.
        self.generator = torch.Generator().set_state(torch.get_rng_state())
        self.learner = processes.data_parallel(self.network)
        if device.type == "cuda":
            self.learner = torch.compile(self.learner)
        self.computed_in = precision_for(settings.precision, device)

    def resume(self, path):
        """Restore everything that changes from a checkpoint."""
        self.history, self.computed_in = load_checkpoint(path, *self.state, self.record)

    @property
    def state(self):
        """Everything that a checkpoint holds besides the history and the record."""
        return self.network, self.average, self.optimizers, self.generator, self.losses

    @property
    def arithmetic(self):
        """The context in which the network computes."""
        return arithmetic(self.computed_in, processes.device())

    @property
    def steps(self):
        """The number of steps in an epoch."""
        everyone = torch.arange(len(self.losses))
        learnt = without_easy(everyone, self.losses, self.settings.left_out)
        return -(-len(learnt) // self.settings.batch_size)

    def learn(self, epoch, report):
        """Train on every picture that isn't left out, once, in a new random order."""
        settings, (x, y) = self.settings, self.training
        order = torch.randperm(len(y), generator=self.generator)
        order = without_easy(order, self.losses, settings.left_out)
        batches, losses = order.split(settings.batch_size), torch.zeros_like(self.losses)
        loss_sum, right, size = 0.0, 0, None
        for i, numbers in enumerate(batches):
            done = (epoch - 1 + i / len(batches)) / settings.epochs
            last, size = size, size_at(done, settings.sizes)
            if size != last:  # also after validation, whose arrays have other sizes
                give_back()
            factor = triangle(done, settings.warm_up)
            for optimizer in self.optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = group["highest"] * factor
            loss, logits, seen = self.step(numbers, epoch, done)
            self.must_be_finite(loss, f"the loss became {loss} in epoch {epoch}, step {i + 1}")
            loss_sum += loss * len(seen)
            losses[seen.cpu()] = cross_entropy(logits, y[seen], reduction="none").cpu()
            right += (logits.argmax(dim=1) == y[seen]).sum().item()
            rate = self.optimizers[0].param_groups[0]["lr"]
            report(Batch(x[seen], y[seen], logits, loss, rate))
        loss_sum, right = processes.summed(loss_sum, right)
        self.losses[order] = processes.tensor_summed(losses)[order]
        return {
            "learning_rate": rate,
            "train_loss": loss_sum / len(order),
            "train_accuracy": right / len(order),
        }

    def step(self, numbers, epoch, done):
        """Train on one batch.

        Returns:
            The mean loss and the logits of this process's part of the batch, before the step,
            and the numbers of its pictures.
        """
        x, y = self.training
        state = self.generator.get_state()

        def gradients(size):
            self.generator.set_state(state)
            some = numbers[:size]
            batch = augmented(x, some, epoch, done, self.settings, self.generator)
            mine = processes.my_part(some).to(y.device)
            with self.arithmetic:
                logits = self.learner(processes.my_part(batch)).float()
            smoothing = self.settings.label_smoothing
            # With more processes than pictures, some have no picture: their mean would be NaN.
            loss = (
                cross_entropy(logits, y[mine], label_smoothing=smoothing)
                if len(mine)
                else logits.sum()
            )
            for optimizer in self.optimizers:
                optimizer.zero_grad()
            # Averaged over the processes, this is the gradient of the whole batch's mean.
            (loss * (processes.count() * len(mine) / len(some))).backward()
            return loss.item(), logits.detach(), mine

        result = run_or_explain(gradients, len(numbers))
        with self.arithmetic:  # for Muon's products of matrices
            for optimizer in self.optimizers:
                optimizer.step()
        self.average.update_parameters(self.network)
        return result

    def measure(self, part, done, views):
        """Evaluate the averaged weights on one part of the data; return two entries of the log.

        Args:
            part: "validation" or "test".
            done: share of the run that is over, which decides the size of the pictures.
            views: number of views of each picture: 1, 2 or 6.
        """
        size = size_at(done, self.settings.sizes)
        x, y = getattr(self, part)

        def feed(pictures):
            pictures = shrink(normalise(pictures, MEAN, STD), size)
            return pictures.contiguous(memory_format=torch.channels_last)

        with self.arithmetic:
            loss, accuracy = evaluate(self.average.module, x, y, feed, views)
        self.must_be_finite(loss, f"after training, the {part} loss is {loss}")
        return {f"{part}_loss": loss, f"{part}_accuracy": accuracy}

    def must_be_finite(self, loss, seen):
        """Raise an error that begins with `seen` if the loss is infinite or not a number."""
        if not math.isfinite(loss):
            rate = self.settings.learning_rate
            raise TrainingError(
                f"{seen}: start again with a smaller learning rate than {rate:g} and another --out"
            )

    def write(self, out):
        """Write the checkpoint, then what follows from it: a kill in between loses nothing."""
        if not processes.is_first():
            return
        history = self.history
        save_checkpoint(out / CHECKPOINT, *self.state, history, self.record, self.computed_in)
        write_whole(out / "log.csv", as_csv(history).encode())
        write_whole(out / "log.json", as_json(history, self.record, self.computed_in).encode())
        if history and "test_accuracy" in history[-1]:
            measured = {key: history[-1][key] for key in ("validation_accuracy", "test_accuracy")}
            about = {"classes": CLASSES, "mean": MEAN, "std": STD, **self.record, **measured}
            # Weights trained in bfloat16 lose nothing that matters in float16, at half the size.
            half = self.settings.precision == "bfloat16"
            weights = {
                name: (value.half() if half and value.is_floating_point() else value).contiguous()
                for name, value in self.average.module.state_dict().items()
            }
            # One entry of metadata: safetensors writes several in no fixed order.
            write_whole(out / "model.safetensors", save(weights, {"about": json.dumps(about)}))
        if history:
            picture = io.BytesIO()
            show_history(history).savefig(picture, format="png")
            write_whole(out / "curves.png", picture.getvalue())


def _must_suit(network, settings):
    """Raise an error if the network can't be trained with these settings."""
    if settings.whitened and not hasattr(network, "whiten_patches"):
        raise TrainingError("whitened must be False: the network has no filters to whiten")
    for pixels in {pixels for pixels, _ in settings.sizes} - {32}:
        x = torch.zeros(1, 3, pixels, pixels, device=processes.device())
        try:
            with torch.no_grad(), evaluating(network):
                network(x)
        except RuntimeError as problem:
            raise TrainingError(
                f"sizes: the network can't take pictures of {pixels}×{pixels} pixels; choose "
                "larger ones, or sizes=((32, 1),)"
            ) from problem
