"""`TrainingDashboard` on the Python side: it trains in the background, pauses, stops, fails."""

import itertools
import threading

import numpy as np
import pytest

from cnnedu import nn
from cnnedu.widgets import TrainingDashboard

PATIENCE = 60  # seconds; only a training that hangs needs them


def fit(progress, batches=20, epoch=5, ready=None):
    """A training with known figures: batch k has the loss k and the accuracy 1/2."""
    history = {}
    for k in range(1, batches + 1):
        if ready:
            ready.wait()
        x = np.zeros((4, 3, 2, 2), np.uint8)
        x[1::2] = k % 256
        logits = np.tile([[0.0, 1.0]], (4, 1))
        progress(k, batches, history, nn.Batch(x, np.array([1, 0, 1, 0]), logits, k, 1 / k))
        if k % epoch == 0:
            for name in ("loss", "accuracy", "held_out_loss"):
                history.setdefault(name, []).append(k / 100)
    progress(batches, batches, history, nn.Batch(x, np.array([1, 0, 1, 0]), logits, k, 1 / k))
    return "result"


class Gate(threading.Event):
    """An event that tells when somebody waits for it."""

    def __init__(self):
        super().__init__()
        self.reached = threading.Event()

    def wait(self):
        self.reached.set()
        return super().wait()


def paused():
    """Return a dashboard whose training stands still after its first batch, and its gate."""
    ready, gate = threading.Event(), Gate()
    dashboard = TrainingDashboard(fit, ready=ready)
    dashboard._go = gate
    dashboard.start().pause()
    ready.set()
    assert gate.reached.wait(PATIENCE), "it did not pause"
    return dashboard, gate


def test_figures_of_a_whole_run():
    dashboard = TrainingDashboard(fit, classes=["cat", "dog"])
    assert repr(dashboard) == "TrainingDashboard(ready)"
    assert dashboard.picture_png()
    assert dashboard.start().wait() == dashboard.result == "result"
    assert dashboard.status == "done" and dashboard.batches == [20, 20]
    np.testing.assert_allclose(dashboard.curve[:, 0], np.arange(1, 21))
    np.testing.assert_allclose(dashboard.curve[:, 1], np.arange(1, 21))
    np.testing.assert_allclose(dashboard.curve[:, 2], 0.5)
    assert dashboard.epoch_length == 5
    assert dashboard.epochs["held_out_loss"] == [0.05, 0.1, 0.15, 0.2]
    assert dashboard.learning_rate == 1 / 20
    assert repr(dashboard) == "TrainingDashboard(done, 20 of 20 batches, accuracy 50.0 %)"
    assert dashboard.captions == [["cat", "dog"], ["cat", "dog"]]
    assert dashboard.mistakes.shape == (2, 2, 2, 3) and dashboard.mistakes.min() == 20


def test_the_caller_can_go_on_and_the_training_pauses_and_continues(monkeypatch):
    milliseconds = itertools.count()
    pause = [0]
    monkeypatch.setattr(
        "cnnedu.widgets.training_dashboard.time.perf_counter",
        lambda: next(milliseconds) / 1000 + pause[0],
    )
    dashboard, gate = paused()
    assert (dashboard.status, dashboard.batches) == ("paused", [1, 20])
    assert not gate.is_set(), "it would continue at once"
    pause[0] = 1000
    dashboard.start().wait()
    assert dashboard.batches == [20, 20]
    assert dashboard.seconds < 10, "the pause counts as training"


def test_stopped_while_paused_keeps_the_figures():
    dashboard, _ = paused()
    dashboard.stop()
    assert dashboard.wait() is None
    assert dashboard.status == "stopped" and dashboard.batches == [1, 20]
    dashboard.start()
    assert dashboard.status == "stopped", "a stopped training starts again"


def test_the_page_s_wish_is_obeyed():
    dashboard = TrainingDashboard(fit)
    dashboard.set_state({"wish": "run"})
    assert dashboard.wait() == "result"


def test_a_failure_is_shown_and_raised():
    def broken(progress):
        raise ZeroDivisionError("by zero\nand more")

    dashboard = TrainingDashboard(broken).start()
    with pytest.raises(ZeroDivisionError):
        dashboard.wait()
    assert dashboard.status == "failed"
    assert dashboard.error == "ZeroDivisionError: by zero"
    assert repr(dashboard) == "TrainingDashboard(ZeroDivisionError: by zero)"


def test_numbers_that_are_not_finite_reach_the_page_as_none():
    def diverging(progress):
        batch = nn.Batch(np.zeros((1, 2)), np.array([0]), np.array([[np.nan, 0]]), np.nan, 0.1)
        for done in (1, 2, 2):
            progress(done, 2, {"loss": [np.nan] * (done - 1)}, batch)

    dashboard = TrainingDashboard(diverging).start()
    dashboard.wait()
    assert dashboard.epochs == {"loss": [None]}
    assert dashboard.captions == [], "inputs that are no pictures are not shown"
    assert dashboard.picture_png()


def test_a_long_training_keeps_few_points():
    dashboard = TrainingDashboard(fit, batches=3000, epoch=1000).start()
    dashboard.wait()
    assert 200 <= len(dashboard.curve) < 400
    np.testing.assert_allclose(dashboard.curve[:, 1], dashboard.curve[:, 0])
    np.testing.assert_allclose(np.diff(dashboard.curve[:, 0]), 8)


def test_the_torch_recipe_is_shown_alike(tmp_path):
    """`cnnedu.training.loop.train` in the background, stopped, and resumed to the same end."""
    import torch

    from cnnedu.data.cifar10 import CIFAR10
    from cnnedu.training.loop import train
    from cnnedu.training.settings import Settings

    def tiny():
        return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3072, 10))

    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 256, (n, 3, 32, 32), dtype=np.uint8) for n in (100, 20)]
    labels = [rng.integers(0, 10, n) for n in (100, 20)]
    data = CIFAR10(pictures[0], labels[0], pictures[1], labels[1])
    settings = Settings(epochs=3)
    whole = TrainingDashboard(train, tiny, data, settings, tmp_path / "whole").start()
    assert [row["epoch"] for row in whole.wait()] == [1, 2, 3]
    assert whole.batches == [9, 9] and whole.epoch_length == 3
    assert len(whole.epochs["held_out_accuracy"]) == 3
    assert whole.mistakes.shape[1:] == (32, 32, 3)

    class Stopping(TrainingDashboard):
        def _progress(self, done, *rest):
            if done == 5:
                self.stop()
            super()._progress(done, *rest)

    stopped = Stopping(train, tiny, data, settings, tmp_path / "run").start()
    assert stopped.wait() is None and stopped.batches == [5, 9]
    TrainingDashboard(train, tiny, data, settings, tmp_path / "run", resume=True).start().wait()
    assert "held-out accuracy" in repr(whole)
    weights = [(tmp_path / run / "model.safetensors").read_bytes() for run in ("whole", "run")]
    assert weights[0] == weights[1]


@pytest.mark.parametrize("make, message", [
    (lambda: TrainingDashboard(3), "give the function that trains"),
    (lambda: TrainingDashboard(fit, progress=print), "leave progress out"),
    (lambda: TrainingDashboard(), "train"),
])  # fmt: skip
def test_wrong_arguments(make, message):
    with pytest.raises(TypeError, match=message):
        make()
    with pytest.raises(RuntimeError, match="before wait"):
        TrainingDashboard(fit).wait()
