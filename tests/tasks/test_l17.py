"""Losses, turned scenes and stored networks of lesson 17."""

import json

import numpy as np
import pytest
import torch

from cnnedu.data.shapes import box_of, make_scenes
from cnnedu.experiments import l17_beyond as beyond
from cnnedu.models.pretrained import BUILDERS, CLASSIFIERS, FOLDER, load_network, save_network
from cnnedu.tasks.detection import best_match, flock, one_stage_loss, two_stage_loss
from cnnedu.tasks.faces import LEARN, TEST, face_patches, learn_faces, triplet_loss, views
from cnnedu.tasks.scenes import learn, prepared, turned

CARD = (FOLDER / "beyond.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scenes():
    return make_scenes(6, seed=3)


def test_boxes_and_masks_turn_with_the_picture(scenes):
    batch = prepared(scenes)
    for ways in np.ndindex(2, 2, 2):
        out = turned(batch, *map(bool, ways), colours=[2, 0, 1])
        for n, labels in enumerate(scenes.y):
            for k, label in enumerate(labels):
                left, top, right, bottom = out.boxes[n, k].long().tolist()
                inside = out.masks[n, top:bottom, left:right] == 1 + label
                assert box_of(inside.numpy()) == (0, 0, right - left, bottom - top)
            assert (out.boxes[n, len(labels) :] == 0).all()
    straight = turned(batch, False, False, False, [2, 0, 1])
    assert torch.equal(straight.x[:, 0], batch.x[:, 2])
    assert torch.equal(straight.boxes, batch.boxes)


def test_each_true_box_has_an_anchor_that_stands_for_it():
    boxes = torch.tensor([[[0.0, 0, 4, 4], [8, 8, 12, 12], [20, 20, 24, 24]]])
    truth = torch.tensor([[[0.0, 0, 4, 2], [9, 9, 20, 20], [0, 0, 0, 0]]])
    best, of = best_match(boxes, truth, torch.tensor([[5, 6, -1]]))
    assert best.tolist() == [[1, 1, 0]]  # 0.5 and 0.06, but the best there are
    assert of.tolist() == [[0, 1, 0]]
    alone, _ = best_match(boxes[:, :1], truth, torch.tensor([[5, 6, -1]]))
    assert alone.tolist() == [[0.5]]


@pytest.mark.parametrize("name", beyond.RECIPES)
def test_a_loss_falls_and_two_runs_are_one(name, scenes):
    data, losses = prepared(scenes), []
    for _ in range(2):
        torch.manual_seed(0)
        network = beyond.NETWORKS[name]()
        losses.append(learn(network, beyond.RECIPES[name].loss, data, 5, 5e-3, batch=3))
    # Threads add up what falls on one place of a map in no fixed order.
    assert losses[0] == pytest.approx(losses[1], rel=1e-4) and not network.training
    assert losses[0][-1] < losses[0][0]


def test_the_losses_of_right_answers_are_small(scenes):
    """A network that answers the target itself."""
    from cnnedu.models.detectors import encode

    batch = prepared(scenes)
    target = encode(batch.boxes, batch.y, (8, 8))
    place = target[:, 1:3].clamp(1e-6, 1 - 1e-6).logit()
    named = 30.0 * torch.nn.functional.one_hot(target[:, 5].long(), 10).movedim(3, 1)
    answer = torch.cat([40 * target[:, :1] - 20, place, target[:, 3:5], named], dim=1)
    assert one_stage_loss(lambda x: answer, batch) < 1e-4
    worse = answer.clone()
    worse[:, 3] += 0.1  # boxes too wide
    assert one_stage_loss(lambda x: worse, batch).item() == pytest.approx(0.2, rel=1e-3)


def test_both_stages_are_taught(scenes):
    network = BUILDERS["two_stage"]()
    two_stage_loss(network, prepared(scenes)).backward()
    parts = ("score", "shift", "name", "adjust", "features.0.0")
    for part in parts:
        assert network.get_submodule(part).weight.grad.abs().sum() > 0, part


def test_triplets():
    a = torch.tensor([[0.0, 0], [3, 4]])
    assert triplet_loss(a, a, margin=1.0) == 0  # the other is 25 away
    assert triplet_loss(a, a.flip(0), margin=1.0) == 26
    assert triplet_loss(a, a, margin=30.0) == 5


def test_views_are_views_of_their_faces_and_repeat_with_the_seed():
    faces = face_patches()
    assert faces.shape == (100, 1, 25, 25) and 0 <= faces.min() and faces.max() <= 1
    assert LEARN.stop <= TEST.start
    first, again = (views(faces[:7], torch.Generator().manual_seed(4)) for _ in range(2))
    assert torch.equal(first, again) and first.shape == (7, 1, 21, 21)
    assert first.mean(dim=(2, 3)).abs().max() < 1e-5
    assert torch.allclose(first.std(dim=(2, 3)), torch.ones(7, 1))


def test_an_embedding_learns():
    torch.manual_seed(0)
    losses = learn_faces(BUILDERS["embedding"](), face_patches()[:8], steps=12)
    assert len(losses) == 12 and losses[-1] < losses[0]


STORED = [name for name in BUILDERS if name not in CLASSIFIERS]


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


def test_a_flock_is_found_twice():
    boxes, found = flock(7, seed=1)
    assert np.array_equal(found.boxes[:7], boxes) and np.allclose(boxes[:, 2:] - boxes[:, :2], 12)
    assert np.allclose(found.boxes[7:, 2:] - found.boxes[7:, :2], 12)
    assert 0 < np.abs(found.boxes[7:] - boxes).max() < 4
    assert np.allclose(found.scores[7:], 0.9 * found.scores[:7]) and not found.y.any()


def test_what_is_saved_is_what_is_loaded(tmp_path):
    from safetensors import safe_open

    network = BUILDERS["embedding"]()
    save_network(network, tmp_path / "e.safetensors", {"made": "here"})
    with safe_open(tmp_path / "e.safetensors", framework="pt") as file:
        assert json.loads(file.metadata()["about"]) == {"made": "here"}
        for key, value in network.half().state_dict().items():
            assert torch.equal(file.get_tensor(key), value)
