"""Memory is kept while a network trains; with too little, the batch that fits is named."""

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
        "out of memory with a batch of 128 pictures; 16 fits: start again with that batch_size "
        "and another --out"
    )
    monkeypatch.setattr(Large, "fits", 0)
    with pytest.raises(TrainingError, match="not even 1 fits"):
        train(Large, data, Settings(batch_size=4), tmp_path / "other")


def test_other_errors_are_not_taken_for_it(small_cifar10, tmp_path, monkeypatch):
    monkeypatch.setattr(Large, "error", RuntimeError("shapes differ"), raising=False)
    with pytest.raises(RuntimeError, match="shapes differ"):
        train(Large, small_cifar10(30), Settings(batch_size=128), tmp_path)


def test_memory_is_kept_from_step_to_step_and_given_back_when_it_is_time():
    def kept():
        """Return how much more memory there is than at the start, in MB; no array is left."""
        return psutil.Process().memory_info().rss / 1e6 - start

    def learn():
        for _ in range(3):
            torch.ones(20_000_000)  # 80 MB

    start = 0
    give_back()
    start = kept()
    with memory_kept():
        learn()
        first = kept()
        assert first > 60
        learn()
        assert kept() < first + 20, "the same memory again"
        give_back()
        assert kept() < 20
        learn()
    assert kept() < 20
