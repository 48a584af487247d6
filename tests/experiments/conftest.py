"""The small CIFAR-10 of the engine's tests, for experiments that train on it."""

from training.conftest import small_cifar10

__all__ = ["small_cifar10"]
