"""Lesson 15: what is done to pictures, and what is stored about it."""

import numpy as np
import pytest
import torch

from cnnedu.experiments import l15_failures as failures
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.distortions import FromPixels


def test_a_push_stays_within_epsilon_and_ten_steps_do_more_harm():
    network = FromPixels(load_pretrained("classic"))
    x = torch.rand(4, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    y = network(x).argmax(dim=1)
    own = []
    for push in failures.PUSHES:
        out = failures.pushed(network, x, y, 2, push)
        assert (out - x).abs().max() <= 2 / 255 + 1e-6
        own.append(network(out).softmax(dim=1)[range(4), y].mean().item())
    assert own[0] > own[1] > own[2]


def test_stored_curves_have_all_their_points():
    found = failures.figures
    assert {len(curve) for curve in found["attack"].values()} == {len(failures.EPSILONS)}
    runs = [*found["distortions"].values()]
    runs += [run for seeds in found["shapes"].values() for run in seeds]
    assert len(runs) == 2 + 2 * 3
    for run in runs:
        for kind, amounts in failures.AMOUNTS.items():
            assert len(run[kind]) == len(amounts)


def test_stored_logits_belong_to_the_networks_in_the_package():
    answers = failures.figures["answers"]
    for name in ("classic", "fast"):
        right = answers[f"{name} test"].argmax(axis=1) == answers["y test"]
        assert right.mean() == pytest.approx(load_pretrained(name).test_accuracy, abs=0.02)
        assert np.isfinite(answers[f"{name} kept"]).all()
