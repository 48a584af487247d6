"""What lesson 15 does to pictures, and what was stored of it."""

import numpy as np
import pytest
import torch

from cnnedu.experiments import l15_failures as failures
from cnnedu.models.pretrained import load_pretrained


def test_pictures_are_moved_as_they_say():
    x = torch.arange(9.0).reshape(1, 1, 3, 3) / 9
    assert torch.allclose(failures.distorted(x, "rotation", 90), x.rot90(1, dims=(2, 3)), atol=1e-6)
    right = failures.distorted(x, "shift", 1)
    assert torch.allclose(right[..., 1:], x[..., :-1], atol=1e-6)
    assert torch.allclose(right[..., 0], x[..., 0], atol=1e-6)  # the border repeats
    large = failures.distorted(x, "scale", 3.0)
    assert torch.allclose(large, x[..., 1:2, 1:2].expand_as(x), atol=0.2)  # its middle fills all


@pytest.mark.parametrize(("kind", "amount"), [("rotation", 0), ("scale", 1.0), ("noise", 0)])
def test_nothing_is_done_for_nothing(kind, amount):
    x = torch.rand(1, 3, 8, 8)
    assert failures.distorted(x, kind, amount) is x


def test_a_push_stays_within_epsilon_and_ten_steps_do_more_harm():
    network = failures.FromPixels(load_pretrained("classic"))
    x = torch.rand(4, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    y = network(x).argmax(dim=1)
    own = []
    for push in failures.PUSHES:
        out = failures.pushed(network, x, y, 2, push)
        assert (out - x).abs().max() <= 2 / 255 + 1e-6
        own.append(network(out).softmax(dim=1)[range(4), y].mean().item())
    assert own[0] > own[1] > own[2]


def test_stored_curves_have_all_their_points():
    found = failures.figures()
    assert {len(curve) for curve in found["attack"].values()} == {len(failures.EPSILONS)}
    runs = [*found["distortions"].values()]
    runs += [run for seeds in found["shapes"].values() for run in seeds]
    assert len(runs) == 2 + 2 * failures.SEEDS
    for run in runs:
        for kind, amounts in failures.AMOUNTS.items():
            assert len(run[kind]) == len(amounts)


def test_stored_logits_belong_to_the_networks_in_the_package():
    answers = failures.answers()
    for name in ("classic", "fast"):
        right = answers[f"{name} test"].argmax(axis=1) == answers["y test"]
        assert right.mean() == pytest.approx(load_pretrained(name).test_accuracy, abs=0.02)
        assert np.isfinite(answers[f"{name} kept"]).all()
