"""`TrainingDashboard`: watch a training, pause it, stop it, and keep using the notebook."""

import threading
import time

import numpy as np
import traitlets

from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.learning_curve import LearningCurve

SECONDS_BETWEEN_UPDATES = 0.2
SECONDS_BETWEEN_MISTAKES = 1.0
MOST_MISTAKES = 12


class TrainingDashboard(Widget):
    """Run a training in the background and show its progress.

    It shows the loss and the accuracy of the batches, the held-out figures after each epoch, the
    learning rate, pictures per second, the time left, and the mistakes in the latest batch. The
    reader starts, pauses and stops the training, and can read on and run other cells meanwhile.

    Args:
        train: the function that trains: `cnnedu.nn.fit`, `cnnedu.training.loop.train`, or one of
            yours that calls progress(done, total, history, batch) as these two do.
        *args, **kwargs: its arguments, without `progress`.
        classes: the names of the classes; None for their numbers.

    The training begins when the reader presses Start, or with `start()`. `wait()` waits until it
    has ended and returns what `train` returned; `result` is the same without waiting, None until
    then. `history` holds the figures of the epochs so far, even after a stop. To resume a `train`
    that was stopped, use its own argument `resume`, as if it had been killed.

    `status` is "ready", "running", "paused", "done", "stopped" or "failed"; `error` says in one
    line why a training failed.

    Dropout uses the random numbers that all cells share: if another cell draws some meanwhile, it
    changes how the training continues. `cnnedu.training.loop.train` restores their state at its
    end.

    Raises:
        TypeError: `train` isn't a function, or `progress` is among the arguments.

    >>> from cnnedu.nn import SGD, Linear, fit
    >>> model, x = Linear(1, 2), np.array([[-1.0], [1.0]], np.float32)
    >>> data = (x, np.array([0, 1]))
    >>> dashboard = TrainingDashboard(fit, model, data, SGD(model.parameters(), lr=1.0), epochs=50)
    >>> dashboard.start().wait()["accuracy"][-1]
    1.0
    >>> dashboard
    TrainingDashboard(done, 50 of 50 batches, accuracy 100.0 %)
    """

    _esm = module("training_dashboard")
    _css = stylesheet("chart", "training_dashboard")

    # What the reader wants, set by the page and by the methods below.
    wish = traitlets.Enum(["", "run", "pause", "stop"], "").tag(sync=True)
    status = traitlets.Unicode("ready").tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)
    batches = traitlets.List([0, 0]).tag(sync=True)  # so far, in all
    curve = Numbers(dtype="float32", ndim=2)  # (P, 3): batch, loss, accuracy
    epochs = traitlets.Dict().tag(sync=True)  # by name, one number per epoch
    epoch_length = traitlets.Float(1.0).tag(sync=True)  # batches
    learning_rate = traitlets.Float(0.0).tag(sync=True)
    images_per_second = traitlets.Float(0.0).tag(sync=True)
    seconds = traitlets.Float(0.0).tag(sync=True)  # of training, without pauses
    mistakes = Numbers(dtype="uint8", ndim=4)  # (M, H, W, 3)
    captions = traitlets.List().tag(sync=True)  # (right class, network's answer) of each
    mistakes_of = traitlets.Int(0).tag(sync=True)  # the number of their batch

    def __init__(self, train, *args, classes=None, **kwargs):
        if not callable(train):
            raise TypeError(
                f"TrainingDashboard: give the function that trains, such as cnnedu.nn.fit, and "
                f"then its arguments; the first argument is of type {type(train).__name__}"
            )
        if "progress" in kwargs:
            raise TypeError("TrainingDashboard: it shows the progress itself; leave progress out")
        self._train = lambda: train(*args, progress=self._progress, **kwargs)
        self._classes = classes
        self._thread = None
        self._go = threading.Event()
        self._failure = None
        self._points = LearningCurve()
        self._images = 0  # since the last update
        self._shown, self._mistakes_shown = 0.0, 0.0
        self.result, self.history = None, {}
        super().__init__(curve=self._points.array())

    def start(self):
        """Start, or continue after a pause; return the dashboard."""
        self.wish = "run"
        return self

    def pause(self):
        """Pause after the current batch, until `start`."""
        self.wish = "pause"

    def stop(self):
        """Stop after the current batch."""
        self.wish = "stop"

    def wait(self):
        """Wait until the training has ended; return its result.

        Raises:
            RuntimeError: it hasn't been started.
            Exception: what the training raised.
        """
        if self._thread is None:
            raise RuntimeError("TrainingDashboard: press Start, or call start() before wait()")
        self._thread.join()
        if self._failure:
            raise self._failure
        return self.result

    @traitlets.observe("wish")
    def _obey(self, change):
        if change.new == "run" and self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self.status = "running"
            self._thread.start()
        (self._go.clear if change.new == "pause" else self._go.set)()

    def _run(self):
        """Train, and record how it ended. This runs in the background."""
        self._since = time.perf_counter()
        try:
            self.result = self._train()
            self.status = "done"
        except _Stopped:
            self.status = "stopped"
        except BaseException as failure:  # nothing else would report it
            self._failure = failure
            self.error = f"{type(failure).__name__}: {failure}".splitlines()[0]
            self.status = "failed"

    def _progress(self, done, total, history, batch):
        """Record a batch; wait while paused; end the training if the reader wants to stop it."""
        now = time.perf_counter()
        again = [done, total] == self._points.last  # the final call repeats the last batch
        epochs = [len(figures.get("loss", ())) for figures in (self.history, history)]
        self.history = {name: list(values) for name, values in history.items()}
        if epochs[1] > epochs[0]:
            self.epoch_length = (done if again else done - 1) / epochs[1]
        if not again:
            scores, y = np.asarray(batch.logits), np.asarray(batch.y)
            self._points.add(done, total, batch.loss, (scores.argmax(axis=1) == y).mean())
            self._images += len(y)
        due = now - self._shown > SECONDS_BETWEEN_UPDATES or done == total
        if due or self.wish != "run":
            self._show(now, done, total, batch)
        if self.wish == "pause":
            self.status = "paused"
            self._go.wait()
            self._since += time.perf_counter() - now
            self._shown += time.perf_counter() - now
            self.status = "running"
        if self.wish == "stop":
            raise _Stopped

    def _show(self, now, done, total, batch):
        """Bring the traits, and with them the page, up to date."""
        latest = self._images / (now - max(self._shown, self._since))
        before = self.images_per_second or latest
        with self.hold_sync():
            self.images_per_second = 0.7 * before + 0.3 * latest if self._images else before
            self.batches = [done, total]
            self.curve = self._points.array()
            self.epochs = {
                name: [value if np.isfinite(value) else None for value in values]
                for name, values in self.history.items()
            }
            self.learning_rate = float(batch.learning_rate)
            self.seconds = now - self._since
            if now - self._mistakes_shown > SECONDS_BETWEEN_MISTAKES or done == total:
                self._show_mistakes(now, done, batch)
        self._shown, self._images = now, 0

    def _show_mistakes(self, now, done, batch):
        """Show what the network got wrong in a batch, if its inputs are pictures."""
        x, y, said = np.asarray(batch.x), np.asarray(batch.y), np.asarray(batch.logits).argmax(1)
        wrong = np.flatnonzero(said != y)[:MOST_MISTAKES]
        if x.ndim != 4 or x.shape[1] not in (1, 3) or not len(wrong):
            return
        self._mistakes_shown, self.mistakes_of = now, done
        name = str if self._classes is None else lambda k: self._classes[k]
        pictures = x[wrong].transpose(0, 2, 3, 1)
        if x.dtype != np.uint8:
            low, high = x.min(), x.max()
            pictures = (255 * (pictures - low) / ((high - low) or 1)).astype(np.uint8)
        self.mistakes = np.broadcast_to(pictures, (*pictures.shape[:3], 3))
        self.captions = [[name(y[i]), name(said[i])] for i in wrong]

    def draw(self):
        """Return a figure of the curves so far, without the mistakes."""
        from cnnedu.plots.learning_curves import show_learning

        figure = show_learning(self.curve, self.epochs, self.epoch_length, self.batches[1])
        figure.suptitle(repr(self)[len("TrainingDashboard(") : -1], fontsize=11)
        return figure

    def __repr__(self):
        done, total = self.batches
        parts = [self.error or self.status, f"{done} of {total} batches"]
        held_out = self.epochs.get("held_out_accuracy")
        if held_out and held_out[-1] is not None:
            parts.append(f"held-out accuracy {100 * held_out[-1]:.1f} %")
        elif len(self.curve):
            parts.append(f"accuracy {100 * self.curve[-1, 2]:.1f} %")
        return f"TrainingDashboard({', '.join(parts[: 1 if not total else None])})"


class _Stopped(Exception):
    """Ends a training that the reader has stopped."""
