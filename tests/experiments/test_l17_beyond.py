"""Lesson 17's networks: their training repeats itself, and the stored ones keep their promises."""

import errno
import json

import pytest
import torch
from safetensors import safe_open

from cnnedu.data import whole_file
from cnnedu.data.shapes import make_scenes
from cnnedu.experiments import l17_beyond as beyond
from cnnedu.models.pretrained import BUILDERS, CLASSIFIERS, FOLDER, load_network, save_network
from cnnedu.tasks.scenes import learn, prepared

CARD = (FOLDER / "beyond.md").read_text(encoding="utf-8")
STORED = [name for name in BUILDERS if name not in CLASSIFIERS]


@pytest.mark.parametrize("name", beyond.RECIPES)
def test_a_loss_falls_and_two_runs_are_one(name):
    data, losses = prepared(make_scenes(6, seed=3)), []
    for _ in range(2):
        torch.manual_seed(0)
        network = beyond.NETWORKS[name]()
        losses.append(learn(network, beyond.RECIPES[name].loss, data, 5, 5e-3, batch=3))
    # Threads add up what falls on one place of a map in no fixed order.
    assert losses[0] == pytest.approx(losses[1], rel=1e-4) and not network.training
    assert losses[0][-1] < losses[0][0]


@pytest.mark.parametrize("name", STORED)
def test_stored_networks_reach_what_is_promised(name):
    network, about = load_network(name)
    fresh = make_scenes(40, seed=1234)
    figures = beyond.measure(name, network, fresh)
    promised = {"mean IoU": 0.9, "mAP@0.5": 0.8, "pixel accuracy": 0.97}
    for what, least in promised.items():
        assert figures.get(what, 1) > least - 0.03, "40 scenes"
        assert about.get(what, 1) >= least
    assert figures.get("equal error rate", 0) < 0.1
    stored = beyond.figures[name]
    assert {key: stored[key] for key in figures} == {key: about[key] for key in figures}
    assert f"| `{name}` |" in CARD
    for what, value in about.items():
        if what in figures:
            assert f"{value:.3f}" in CARD, f"{what} of {name} in the card"
    assert f"{about['parameters']:,}" in CARD
    assert sum(p.numel() for p in network.parameters()) == about["parameters"]


def test_stored_networks_are_small():
    sizes = [(FOLDER / f"{name}.safetensors").stat().st_size for name in STORED]
    assert max(sizes) < 300_000 and sum(sizes) < 1_000_000


def test_what_is_trained_is_measured_as_it_will_be_stored(tmp_path, monkeypatch):
    monkeypatch.setattr(beyond, "FACE_STEPS", 2)
    figures, network = beyond.trained("embedding")
    assert figures.keys() == beyond.figures["embedding"].keys()
    for value in network.state_dict().values():
        assert torch.equal(value, value.half().float())
    monkeypatch.setattr(beyond, "FOLDER", tmp_path)
    beyond._save("no_skips", network, figures)
    assert not list(tmp_path.iterdir()), "a network that only the figures need"
    beyond._save("embedding", network, figures)
    with safe_open(tmp_path / "embedding.safetensors", framework="pt") as file:
        about = json.loads(file.metadata()["about"])
    assert about["network"] == "embedding" and "minutes" not in about
    assert about["equal error rate"] == figures["equal error rate"]


def test_weights_that_cannot_be_written_leave_the_old_ones(tmp_path, monkeypatch):
    (tmp_path / "embedding.safetensors").write_bytes(b"old")
    monkeypatch.setattr(beyond, "FOLDER", tmp_path)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        beyond._save("embedding", BUILDERS["embedding"](), {"parameters": 1})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_what_is_saved_is_what_is_loaded(tmp_path):
    network = BUILDERS["embedding"]()
    save_network(network, tmp_path / "e.safetensors", {"made": "here"})
    with safe_open(tmp_path / "e.safetensors", framework="pt") as file:
        assert json.loads(file.metadata()["about"]) == {"made": "here"}
        for key, value in network.half().state_dict().items():
            assert torch.equal(file.get_tensor(key), value)
