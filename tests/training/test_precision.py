"""The precision that a run computes in."""

import pytest
import torch

from cnnedu.training import precision

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def measure_again():
    """Let each test measure the processor again."""
    precision.has_fast_bfloat16.cache_clear()
    yield
    precision.has_fast_bfloat16.cache_clear()


@pytest.mark.parametrize("avx512, amx", [(True, False), (False, True), (False, False)])
@pytest.mark.parametrize("gain", [0.5, 3.0])
def test_bfloat16_only_where_the_cpu_has_it_and_is_faster_with_it(avx512, amx, gain, monkeypatch):
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: avx512)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx)
    monkeypatch.setattr(precision, "gain_of_bfloat16", lambda: gain)
    faster = (avx512 or amx) and gain > 1
    assert precision.precision_for("bfloat16", CPU) == ("bfloat16" if faster else "float32")
    assert precision.precision_for("float32", CPU) == "float32"


@pytest.mark.parametrize("name", ["float32", "bfloat16"])
def test_products_are_computed_in_the_precision_asked_for(name):
    matrix = torch.ones(2, 2)
    with precision.arithmetic(name, CPU):
        assert (matrix @ matrix).dtype == getattr(torch, name)


def test_measuring_leaves_the_threads_as_they_were_and_is_done_once(monkeypatch):
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    precision.gain_of_bfloat16()
    after = torch.get_num_threads()
    torch.set_num_threads(before)
    assert after == 2

    made = []
    monkeypatch.setattr(precision, "gain_of_bfloat16", lambda: made.append(1) or 2.0)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: True)
    assert precision.has_fast_bfloat16(CPU) and precision.has_fast_bfloat16(CPU)
    assert len(made) == 1
