"""A run: what it learns, what it leaves behind, and that stopping it anywhere changes nothing."""

import csv
import errno
import io
import json

import numpy as np
import pytest
import torch
from filelock import FileLock
from safetensors import safe_open
from safetensors.torch import load, load_file, save
from torch import nn

from cnnedu.data import cifar10, whole_file
from cnnedu.models.classic import classic
from cnnedu.training import checkpoint, loop, run
from cnnedu.training.loop import train
from cnnedu.training.settings import Settings, TrainingError


def tiny():
    """A network with everything a checkpoint must hold: layers, buffers and random numbers."""
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, stride=2),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Dropout(0.3),
        nn.Flatten(),
        nn.Linear(4 * 15 * 15, 10),
    )


@pytest.fixture
def data(small_cifar10):
    return small_cifar10(pictures=30)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture
def whole(data, runs):
    """A run of two epochs that nothing stopped; the tests share it."""
    if not (runs / "whole").exists():
        train(tiny, data, Settings(epochs=2), runs / "whole")
    return runs / "whole"


def refused(*args, **kwargs):
    with pytest.raises(TrainingError) as caught:
        train(*args, **kwargs)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def rows(out):
    """Return the CSV log without the column of seconds."""
    log = csv.DictReader(io.StringIO((out / "log.csv").read_text()))
    return [{key: value for key, value in row.items() if key != "seconds"} for row in log]


def same_run(one, other):
    assert (one / "model.safetensors").read_bytes() == (other / "model.safetensors").read_bytes()
    assert rows(one) == rows(other)


def test_it_learns_and_leaves_log_curves_and_weights(small_cifar10, tmp_path):
    data = small_cifar10(pictures=100)
    history = train(classic, data, Settings(epochs=4), tmp_path / "run")
    assert [row["epoch"] for row in history] == [1, 2, 3, 4]
    assert history[-1]["train_loss"] < 0.6 * history[0]["train_loss"]
    assert history[-1]["validation_accuracy"] > 0.6
    log = rows(tmp_path / "run")
    assert [row["epoch"] for row in log] == ["1", "2", "3", "4"]
    assert [row["test_accuracy"] != "" for row in log] == [False, False, False, True]
    assert (tmp_path / "run/curves.png").read_bytes().startswith(b"\x89PNG")
    with safe_open(tmp_path / "run/model.safetensors", framework="pt") as file:
        about = json.loads(file.metadata()["about"])
    assert about["network"] == "classic" and about["epochs"] == 4
    assert about["classes"] == list(cifar10.CLASSES)
    assert about["test_accuracy"] == history[-1]["test_accuracy"]


def test_weights_in_the_file_give_the_accuracy_in_the_log(data, tmp_path):
    history = train(tiny, data, Settings(epochs=2), tmp_path)
    network = tiny().eval()
    network.load_state_dict(load_file(tmp_path / "model.safetensors"))
    mean, std = (np.reshape(values, (3, 1, 1)) for values in (cifar10.MEAN, cifar10.STD))
    x = torch.tensor((data.x_test / 255 - mean) / std, dtype=torch.float32)
    with torch.no_grad():
        logits = network(x)
    loss = nn.functional.cross_entropy(logits, torch.tensor(data.y_test)).item()
    assert history[-1]["test_loss"] == pytest.approx(loss, rel=1e-5)
    assert history[-1]["test_accuracy"] == (logits.argmax(dim=1).numpy() == data.y_test).mean()


def test_the_seed_decides_and_nothing_else(data, tmp_path):
    train(tiny, data, Settings(epochs=2, seed=5), tmp_path / "a")
    torch.rand(7)
    train(tiny, data, Settings(epochs=2, seed=5), tmp_path / "b")
    train(tiny, data, Settings(epochs=2, seed=6), tmp_path / "c")
    same_run(tmp_path / "a", tmp_path / "b")
    a, c = (load_file(tmp_path / name / "model.safetensors") for name in "ac")
    assert not torch.equal(a["0.weight"], c["0.weight"])


def test_the_callers_random_numbers_are_left_alone(data, tmp_path):
    torch.manual_seed(1)
    expected = torch.rand(3)
    torch.manual_seed(1)
    train(tiny, data, Settings(epochs=1), tmp_path)
    assert torch.equal(torch.rand(3), expected)


def test_the_test_set_is_read_once_and_never_learnt_from(data, tmp_path, monkeypatch):
    read = []
    evaluate = run.evaluate

    def spy(network, x, y, *rest):
        read.append(len(y))
        return evaluate(network, x, y, *rest)

    monkeypatch.setattr(run, "evaluate", spy)
    history = train(tiny, data, Settings(epochs=3), tmp_path / "a")
    assert read == [15, 15, 15, 30], "validation after each epoch, the test set at the end"
    other = data._replace(x_test=255 - data.x_test, y_test=data.y_test[::-1].copy())
    again = train(tiny, other, Settings(epochs=3), tmp_path / "b")
    for row, other_row in zip(history, again, strict=True):
        assert row["train_loss"] == other_row["train_loss"]
        assert row["validation_loss"] == other_row["validation_loss"]


def test_pictures_for_validation_are_not_learnt_from(data, tmp_path):
    x = data.x_train.copy()
    x[-15:] = 0
    history = train(tiny, data, Settings(epochs=2), tmp_path / "a")
    changed = train(tiny, data._replace(x_train=x), Settings(epochs=2), tmp_path / "b")
    assert [row["train_loss"] for row in history] == [row["train_loss"] for row in changed]
    assert history[-1]["validation_loss"] != changed[-1]["validation_loss"]


def test_one_epoch_is_adam_with_a_falling_rate_written_out(data, tmp_path):
    """Three steps written out in PyTorch end with the same weights."""
    settings = Settings(epochs=1, seed=2, batch_size=64, learning_rate=0.01)
    train(classic, data, settings, tmp_path)
    torch.manual_seed(2)
    network = classic()
    optimizer = torch.optim.Adam(network.parameters())
    order = torch.randperm(135)
    mean, std = torch.tensor(cifar10.MEAN).view(3, 1, 1), torch.tensor(cifar10.STD).view(3, 1, 1)
    for step, rate in enumerate([0.01, 0.01 * 2 / 3, 0.01 / 3]):
        batch = order[64 * step : 64 * (step + 1)].numpy()
        x = (torch.tensor(data.x_train[batch]) / 255 - mean) / std
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(x), torch.tensor(data.y_train[batch])).backward()
        optimizer.step()
    for name, value in load_file(tmp_path / "model.safetensors").items():
        torch.testing.assert_close(network.state_dict()[name], value, rtol=0, atol=1e-4)


class Killed(BaseException):
    """Stand in for kill −9: nothing may catch it."""


def killed_at(write, data, out, monkeypatch):
    """Train into `out`, killed just before file number `write` takes its place."""
    count = iter(range(1000))
    replace = whole_file.os.replace

    def deadly_replace(*names):
        if next(count) == write:
            raise Killed
        replace(*names)

    with monkeypatch.context() as patch:
        patch.setattr(whole_file.os, "replace", deadly_replace)
        with pytest.raises(Killed):
            train(tiny, data, Settings(epochs=2), out)


# Files: the checkpoint and two logs; after each epoch these and the curves; at last the weights.
@pytest.mark.parametrize("write", range(1, 12))
def test_killed_at_any_file_and_resumed_it_ends_the_same(write, data, whole, tmp_path, monkeypatch):
    killed_at(write, data, tmp_path / "killed", monkeypatch)
    train(tiny, data, Settings(epochs=2), tmp_path / "killed", resume=True)
    same_run(whole, tmp_path / "killed")
    assert not list(tmp_path.rglob("*.tmp"))


def test_killed_before_its_first_checkpoint_it_starts_again(data, tmp_path, monkeypatch):
    killed_at(0, data, tmp_path / "run", monkeypatch)
    assert "no run to resume" in refused(
        tiny, data, Settings(epochs=2), tmp_path / "run", resume=True
    )
    train(tiny, data, Settings(epochs=2), tmp_path / "run")


def test_a_finished_run_resumed_reads_nothing_and_changes_nothing(data, tmp_path, monkeypatch):
    history = train(tiny, data, Settings(epochs=2), tmp_path)
    weights = (tmp_path / "model.safetensors").read_bytes()
    monkeypatch.setattr(run, "evaluate", lambda *args: pytest.fail("the test set was read again"))
    assert train(tiny, data, Settings(epochs=2), tmp_path, resume=True) == history
    assert (tmp_path / "model.safetensors").read_bytes() == weights


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Settings(epochs=3), "started with epochs 2, not 3"),
        (Settings(epochs=2, seed=1), "started with seed 0, not 1"),
        (Settings(epochs=2, learning_rate=0.1), "started with learning_rate 0.001, not 0.1"),
    ],
)
def test_resuming_with_other_settings(data, tmp_path, other, words):
    train(tiny, data, Settings(epochs=2), tmp_path)
    assert words in refused(tiny, data, other, tmp_path, resume=True)


def test_resuming_with_another_network_or_other_data(data, tmp_path):
    train(tiny, data, Settings(epochs=1), tmp_path)
    message = refused(classic, data, Settings(epochs=1), tmp_path, resume=True)
    assert "started with network tiny, not classic" in message
    other = data._replace(y_train=data.y_train[::-1].copy())
    assert "started with data" in refused(tiny, other, Settings(epochs=1), tmp_path, resume=True)


def test_folders_that_cannot_be_used(data, tmp_path):
    settings = Settings(epochs=1)
    train(tiny, data, settings, tmp_path / "run")
    assert "add --resume" in refused(tiny, data, settings, tmp_path / "run")
    assert "no run to resume" in refused(tiny, data, settings, tmp_path / "new", resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/log.csv").write_text("precious")
    assert "is not empty" in refused(tiny, data, settings, tmp_path / "mine")
    assert (tmp_path / "mine/log.csv").read_text() == "precious"
    assert "cannot write in" in refused(tiny, data, settings, tmp_path / "mine/log.csv")
    with FileLock(tmp_path / "run" / loop.LOCK):
        message = refused(tiny, data, settings, tmp_path / "run", resume=True)
    assert "another process is training" in message


def damaged(content):
    """Return what a disk, a hand or time can make of a checkpoint."""
    size = len(content)
    tensors = load(content)
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])["__metadata__"]
    record = json.loads(header["record"])
    del record["average"]
    other = {n: torch.zeros(9) if n == "network/0.bias" else t for n, t in tensors.items()}
    return {
        "empty": b"",
        "cut": content[:-100],
        "zeros": bytes(size),
        "zeros at its end": content[: size // 2] + bytes(size - size // 2),
        "one bit": content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        "no metadata": save(tensors),
        "no history": save(tensors, {k: v for k, v in header.items() if k != "history"}),
        "half a record": save(tensors, header | {"record": header["record"][:9]}),
        "a setting less": save(tensors, header | {"record": json.dumps(record)}),
        "another network": save(other, header | {"checksum": checkpoint._checksum(other)}),
    }


def test_a_damaged_checkpoint(data, whole, tmp_path):
    content = (whole / run.CHECKPOINT).read_bytes()
    for way, changed in damaged(content).items():
        (tmp_path / run.CHECKPOINT).write_bytes(changed)
        message = refused(tiny, data, Settings(epochs=2), tmp_path, resume=True)
        assert "is damaged or from an earlier version: delete its folder" in message, way


def test_a_loss_that_is_not_finite(data, tmp_path):
    message = refused(classic, data, Settings(learning_rate=1e30), tmp_path)
    assert "the loss became" in message
    assert "smaller learning rate than 1e+30 and another --out" in message


def test_weights_that_the_last_step_ruins_are_not_a_finished_run(data, tmp_path):
    settings = Settings(epochs=1, batch_size=1000, learning_rate=1e30)
    message = refused(classic, data, settings, tmp_path)
    assert "after training, the validation loss is nan" in message
    assert not (tmp_path / "model.safetensors").exists()


def test_weights_do_not_depend_on_the_drawing(data, tmp_path, monkeypatch):
    def broken(history):
        raise RuntimeError("no font")

    monkeypatch.setattr(run, "show_history", broken)
    with pytest.raises(RuntimeError):
        train(tiny, data, Settings(epochs=1), tmp_path)
    assert load_file(tmp_path / "model.safetensors")


def test_only_trouble_with_the_folder_is_called_that(data, tmp_path):
    def unheard(*_):
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        train(tiny, data, Settings(epochs=1), tmp_path, progress=unheard)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(whitened=True), "whitened must be False"),
        (Settings(sizes=((20, 0.5), (32, 1))), "can't take pictures of 20×20 pixels"),
    ],
)
def test_settings_that_do_not_suit_the_network(data, tmp_path, settings, words):
    assert words in refused(tiny, data, settings, tmp_path)


@pytest.mark.parametrize("problem", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch, problem):
    def broken(_):
        raise problem

    (tmp_path / "file").write_bytes(b"before")
    monkeypatch.setattr(whole_file.os, "fsync", broken)
    with pytest.raises(type(problem)):
        whole_file.write_whole(tmp_path / "file", b"after")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_a_full_disk_keeps_the_last_checkpoint(data, whole, tmp_path, monkeypatch):
    count, fsync = iter(range(1000)), whole_file.os.fsync

    def full(descriptor):
        if next(count) == 7:  # the checkpoint of epoch 2
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(whole_file.os, "fsync", full)
        message = refused(tiny, data, Settings(epochs=2), tmp_path / "run")
    assert "No space left on device" in message
    assert len(rows(tmp_path / "run")) == 1
    train(tiny, data, Settings(epochs=2), tmp_path / "run", resume=True)
    same_run(whole, tmp_path / "run")


@pytest.mark.parametrize(
    "wrong",
    [
        {"epochs": 0},
        {"epochs": 2.5},
        {"seed": -1},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"learning_rate": "abc"},
        {"seed": 10**20},
        {"batch_size": 10**20},
        {"shift": 32},
        {"cutout": 33},
        {"sizes": ((20.5, 0.5), (32, 1))},
        {"sizes": ((20, "a"), (32, 1))},
    ],
)
def test_settings_out_of_range(wrong):
    with pytest.raises(TrainingError, match=next(iter(wrong))):
        Settings(**wrong)


class Stopped(Exception):
    """What a `progress` raises to end a run."""


def test_progress_sees_every_batch_and_changes_nothing(data, whole, tmp_path):
    calls = []
    train(tiny, data, Settings(epochs=2), tmp_path / "a", progress=lambda *args: calls.append(args))
    same_run(tmp_path / "a", whole)
    assert [args[:2] for args in calls] == [(done, 10) for done in [*range(1, 11), 10]]
    history = calls[-1][2]
    last = rows(tmp_path / "a")[-1]
    assert history["loss"][-1] == float(last["train_loss"])
    assert history["held_out_accuracy"][-1] == float(last["validation_accuracy"])
    batches = [batch for *_, batch in calls[5:10]]
    assert sum(len(batch.y) for batch in batches) == 135
    right = sum((batch.logits.argmax(dim=1) == batch.y).sum().item() for batch in batches)
    assert right / 135 == history["accuracy"][-1]
    assert batches[-1].learning_rate == float(last["learning_rate"])


@pytest.mark.parametrize("at", [1, 5, 6, 9, 10])
def test_stopped_by_progress_at_any_batch_and_resumed_it_ends_the_same(data, whole, tmp_path, at):
    def stop(done, *_):
        if done == at:
            raise Stopped

    with pytest.raises(Stopped):
        train(tiny, data, Settings(epochs=2), tmp_path / "run", progress=stop)
    assert len(rows(tmp_path / "run")) == (at - 1) // 5
    seen = []
    train(tiny, data, Settings(epochs=2), tmp_path / "run", True, lambda *args: seen.append(args))
    assert seen[0][0] == 5 * ((at - 1) // 5) + 1, "counted from the whole run's start"
    same_run(whole, tmp_path / "run")
