"""`cnnedu train` as a user runs it: a process of its own, killed, interrupted, resumed."""

import csv
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cnnedu.cli import main
from cnnedu.data import cifar10

PICTURES = 100  # per file: four batches an epoch

PROGRAM = f"""
import signal
# A shell that starts the tests in the background has them ignore this signal.
signal.signal(signal.SIGINT, signal.default_int_handler)
from cnnedu.data import cifar10
cifar10.PICTURES_PER_FILE = {PICTURES}
from cnnedu.training.run import Run
learn = Run.learn

def learn_until_stopped(run, epoch, report):
    def report_and_pause(batch):
        report(batch)
        if epoch == PAUSE_IN:
            print("paused", flush=True)
            signal.pause()
    return learn(run, epoch, report_and_pause)

Run.learn = learn_until_stopped
from cnnedu.cli import main
main()
"""


@pytest.fixture
def command(small_cifar10, tmp_path):
    """Start `cnnedu train` on a small data set, with these options and output folder.

    It pauses after the first batch of epoch `pause_in`.
    """
    small_cifar10(PICTURES)

    def start(out, *options, pause_in=None):
        arguments = ["train", "--epochs", "3", "--out", str(tmp_path / out), *options]
        return subprocess.Popen(
            [sys.executable, "-c", f"PAUSE_IN = {pause_in}\n{PROGRAM}", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},  # several of them share the cores
        )

    return start


def log(out):
    return list(csv.DictReader((out / "log.csv").open()))


def wait_until_paused(process):
    assert "paused\n" in process.stdout, process.communicate()


def finish(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


def test_killed_and_interrupted_and_resumed_it_ends_with_the_same_weights(command, tmp_path):
    whole = command("whole")
    stopped = command("stopped", pause_in=2)
    wait_until_paused(stopped)
    stopped.send_signal(signal.SIGKILL)
    stopped.wait()

    stopped = command("stopped", "--resume", pause_in=3)
    wait_until_paused(stopped)
    stopped.send_signal(signal.SIGINT)
    _, err = stopped.communicate(timeout=300)
    assert stopped.returncode == 130, err
    assert err.strip().splitlines()[-1].startswith("Stopped. Finished epochs are kept in")
    assert "Traceback" not in err

    said = finish(command("stopped", "--resume"))
    assert "epoch  3" in said and "epoch  1" not in said
    assert "Test accuracy" in said and "read once, after the last epoch" in said

    finish(whole)
    expected, found = (tmp_path / out / "model.safetensors" for out in ("whole", "stopped"))
    assert expected.read_bytes() == found.read_bytes(), "weights differ"
    logs = log(tmp_path / "whole"), log(tmp_path / "stopped")
    assert [row.pop("seconds") for rows in logs for row in rows]
    assert logs[0] == logs[1]


def test_a_problem_is_one_line_and_an_exit_code(small_cifar10, tmp_path, monkeypatch):
    small_cifar10(20)
    run = [*"train --epochs 1 --out".split(), str(tmp_path / "run")]
    assert CliRunner().invoke(main, run).exit_code == 0
    for options, words in (
        (run, "holds a run already: add --resume"),
        ([*run, "--resume", "--seed", "3"], "was started with seed 0, not 3"),
        (
            ["train", "--epochs", "0"],
            "epochs must be a whole number from 1 to 1,000,000,000,000, but",
        ),
        (["train", "--lr", "-1"], "learning_rate must be above 0"),
        (["train", "--lr", "1e30", "--out", str(tmp_path / "nan")], "the loss became"),
    ):
        refused(options, words)
    monkeypatch.setenv("CNNEDU_DATA", str(tmp_path / "nothing"))
    monkeypatch.setattr(cifar10.pooch, "os_cache", lambda name: tmp_path / "no-cache")
    refused(["train", "--out", str(tmp_path / "x")], "run `cnnedu download`")
    assert not os.path.exists(tmp_path / "x"), "no run, no folder"


def test_stopped_before_anything_is_kept_it_does_not_promise_to_continue(tmp_path, monkeypatch):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr(cifar10, "load", stopped)
    result = CliRunner().invoke(main, ["train", "--out", str(tmp_path / "run")])
    assert result.exit_code == 130
    assert result.output == "\nStopped. No epoch had begun; the same command starts again.\n"


def refused(options, words):
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("Error: ") and result.output.count("\n") == 1, result.output
    assert words in result.output
