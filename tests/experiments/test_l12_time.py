"""Timing a separable convolution: what lesson 12 measures."""

import torch

from cnnedu.experiments import l12_time as timed


def test_the_shortest_time_of_each_is_kept(monkeypatch):
    clock = iter([0, 0, 0.003, 0.003, 0.004, 0.004, 0.005, 0.005, 0.009, 0.009])
    monkeypatch.setattr(timed.time, "thread_time", lambda: next(clock))
    called = []
    calls = {name: lambda name=name: called.append(name) for name in ("a", "b")}
    best = timed.best_times(calls, rounds=2, seconds=0)
    assert {name: round(ms, 6) for name, ms in best.items()} == {"a": 1, "b": 1}
    assert called == ["a", "b"] * 3  # once to warm up, and then in turns


def test_the_two_parts_stand_in_for_the_whole():
    x = torch.zeros(2, 8, 5, 5)
    some = timed.layers(8)
    assert some["1×1"](some["depthwise"](x)).shape == some["3×3"](x).shape


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(timed, "SIZES", ((8, 6),))
    stored, fresh = timed.figures["times"], timed.times(rounds=1, seconds=0)
    assert len(fresh) == 4 and len(stored) == 12
    assert fresh[0].keys() == stored[0].keys()
    for part in ("milliseconds", "routine"):
        assert fresh[0][part].keys() == stored[0][part].keys()
