"""`TrainingMonitor` on the Python side: records, runs of the lab, what they leave."""

import threading

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from cnnedu.training.recorder import Recorder
from cnnedu.widgets import TrainingMonitor

PATIENCE = 60  # seconds; only a training that hangs needs them


def run(show=None, steps=20, ready=None, loss_of=cross_entropy):
    """Train a small network on noise."""
    network = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3))
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1)
    recorder = Recorder(network, optimiser, every=2, show=show)
    for _ in range(steps):
        if ready:
            assert ready.wait(PATIENCE)
        loss = loss_of(network(torch.ones(5, 4)), torch.tensor([0, 1, 2, 0, 1]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        recorder.add(loss.item(), 0.1)
    recorder.held_out.append((steps, 0.5))
    return recorder


def test_a_run_of_the_lab_is_recorded():
    monitor = TrainingMonitor({"healthy": run()}, lab={"A": run})
    assert monitor.names == ["healthy", "A"] and monitor.compare == "healthy"
    monitor.start("A").wait()
    assert (monitor.status, monitor.chosen, monitor.live) == ("done", "A", {})
    record = monitor.records["A"]
    assert record["steps"] == list(range(2, 21, 2)) and len(record["losses"]) == 20
    assert record["activations"]["shape"] == [10, 2, 40]
    assert record["held_out"] == [[20, 0.5]]
    assert repr(monitor) == f"TrainingMonitor(A, step 20 of 20, loss {record['losses'][-1]:.3f})"
    assert monitor.picture_png()
    monitor.start("A").wait()  # once more


def test_a_run_that_has_not_begun_has_a_picture():
    monitor = TrainingMonitor({}, lab={"A": run})
    assert repr(monitor) == "TrainingMonitor(A, not started)" and monitor.picture_png()


def test_a_run_can_be_watched_and_stopped():
    ready, shown = threading.Event(), threading.Event()

    def slow(show):
        def watched(recorder):
            show(recorder)
            if monitor.live:
                ready.clear()
                shown.set()

        return run(watched, 10_000, ready)

    monitor = TrainingMonitor({}, lab={"A": slow})
    ready.set()
    monitor.start("A")
    assert shown.wait(PATIENCE)
    assert monitor.status == "running" and len(monitor.live["A"]["losses"]) < 10_000
    monitor.stop()
    ready.set()
    monitor.wait()
    assert monitor.status == "stopped" and len(monitor.records["A"]["losses"]) < 10_000


def test_a_failure_is_reported():
    def broken(show):
        raise ValueError("no data")

    monitor = TrainingMonitor({}, lab={"A": broken}).start("A")
    with pytest.raises(ValueError, match="no data"):
        monitor.wait()
    assert (monitor.status, monitor.error) == ("failed", "ValueError: no data")


def test_a_loss_that_is_no_number_can_be_shown():
    record = run(loss_of=lambda scores, y: cross_entropy(scores, y) * float("nan"))
    monitor = TrainingMonitor({"A": record})
    assert repr(monitor) == "TrainingMonitor(A, step 20 of 20, loss not a number)"
    assert monitor.records["A"]["losses"] == [None] * 20
    assert monitor.picture_png()


def test_wrong_arguments():
    record = run()
    with pytest.raises(TypeError, match="records must be a dict"):
        TrainingMonitor([record])
    with pytest.raises(ValueError, match="at least one run"):
        TrainingMonitor({})
    with pytest.raises(ValueError, match="compare must be one of A, but is 'B'"):
        TrainingMonitor({"A": record}, compare="B")
    with pytest.raises(ValueError, match="start one of no runs, not 'A'"):
        TrainingMonitor({"A": record}).start("A")
    with pytest.raises(RuntimeError, match="before wait"):
        TrainingMonitor({"A": record}).wait()


def test_the_picture_shows_the_chosen_moment():
    monitor = TrainingMonitor({"A": run()})
    last = monitor.picture_png()
    monitor.moment = 0
    assert monitor.picture_png() != last
    assert np.isclose(
        float(repr(monitor).split()[-1][:-1]), monitor.records["A"]["losses"][1], 1e-3
    )
