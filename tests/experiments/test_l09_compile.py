"""What `torch.compile` costs and saves: how it is timed, and what lesson 09 says."""

import os
import shutil

import pytest
import torch

from cnnedu.experiments import l09_compile as compiling


def test_the_runs_take_turns_and_the_first_steps_do_not_count(monkeypatch):
    monkeypatch.setattr(compiling, "WARM_UP", 1)
    monkeypatch.setattr(compiling, "TIMED", 2)
    order, clock = [], iter(range(100))
    monkeypatch.setattr(compiling.time, "perf_counter", lambda: next(clock))
    runs = {name: lambda name=name: order.append(name) for name in ("plain", "compiled")}
    assert compiling.step_times(runs) == {"plain": 1000, "compiled": 1000}
    assert order == ["plain", "compiled"] * 3


@pytest.mark.skipif(
    not shutil.which("g++") and "CI" not in os.environ,  # CI must have one
    reason="torch.compile needs a C++ compiler",
)
def test_a_compiled_network_gives_the_same_scores_and_gradients(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    torch.manual_seed(0)
    build, shape = compiling.NETWORKS["lesson 08's digits, batch 32"]
    network, x = build(), torch.randn(shape)
    compiled = torch.compile(network)
    found = []
    for way in (network, compiled):
        network.zero_grad()
        scores = way(x)
        scores.square().mean().backward()
        found.append([scores.detach(), *(p.grad.clone() for p in network.parameters())])
    torch.testing.assert_close(*found, rtol=1e-4, atol=1e-5)


def test_what_lesson_09_says_came_out():
    """Six epochs of the small network take less than its first compiled step.

    Steps gain with batch norm alone; compiled, lesson 10's take nearly twice as long.
    """
    rows = compiling.figures["steps"]
    small = rows["lesson 08's digits, batch 32"]
    assert small["start"] > 6 * 45 * small["plain"] / 1000
    cost = {name: row["compiled"] / row["plain"] for name, row in rows.items()}
    assert cost["lesson 08's digits, batch 32"] > 1
    assert 1.7 < cost["lesson 10's network, batch 128"] < 2
    assert cost["with batch norm, batch 128"] < 1
