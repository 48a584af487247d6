"""Memory is kept while a network trains; with too little, the batch that fits is named."""

import resource

import psutil
import pytest
import torch

from cnnedu.training.loop import train
from cnnedu.training.memory import give_back, memory_kept
from cnnedu.training.settings import Settings, TrainingError


class Large(torch.nn.Flatten):
    """A network that needs more memory than there is for more than `fits` pictures."""

    fits = 20

    def __init__(self):
        super().__init__()
        self.dense = torch.nn.Linear(3072, 10)

    def forward(self, x):
        if len(x) > self.fits:
            raise self.error
        return self.dense(super().forward(x))


ERRORS = [
    torch.OutOfMemoryError("CUDA out of memory"),
    RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"),
]


@pytest.mark.parametrize("error", ERRORS)
def test_the_message_names_the_batch_that_fits(small_cifar10, tmp_path, monkeypatch, error):
    monkeypatch.setattr(Large, "error", error, raising=False)
    data = small_cifar10(30)
    with pytest.raises(TrainingError) as caught:
        train(Large, data, Settings(batch_size=128), tmp_path / "run")
    message = str(caught.value)
    assert message == (
        "out of memory with a batch of 128 pictures; 16 fits: start again with that batch_size"
    )
    monkeypatch.setattr(Large, "fits", 0)
    with pytest.raises(TrainingError, match="not even 1 fits"):
        train(Large, data, Settings(batch_size=4), tmp_path / "other")


def test_other_errors_are_not_taken_for_it(small_cifar10, tmp_path, monkeypatch):
    monkeypatch.setattr(Large, "error", RuntimeError("shapes differ"), raising=False)
    with pytest.raises(RuntimeError, match="shapes differ"):
        train(Large, small_cifar10(30), Settings(batch_size=128), tmp_path)


def test_memory_is_kept_from_step_to_step_and_given_back_when_it_is_time():
    def resident():
        return psutil.Process().memory_info().rss

    pages = []
    with memory_kept():
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
            torch.ones(20_000_000)
            pages.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
        held = resident()
        give_back()
        assert held - resident() > 60e6
        torch.ones(20_000_000)
        held = resident()
    assert pages[-1] < 0.05 * pages[0], "as many pages anew"
    assert held - resident() > 60e6
