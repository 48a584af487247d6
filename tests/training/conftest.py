"""A small CIFAR-10 whose classes differ in colour, so that a few steps learn something."""

import numpy as np
import pytest

from cnnedu.data import cifar10


def records(pictures, rng):
    """Return `pictures` records of the official layout: label, then red, green, blue planes."""
    labels = rng.integers(0, 10, pictures)
    colours = np.random.default_rng(1).integers(0, 256, (10, 3, 1))
    pixels = colours[labels] + rng.normal(0, 40, (pictures, 3, 1024))
    pixels = pixels.clip(0, 255).astype(np.uint8).reshape(pictures, 3072)
    return np.concatenate([labels[:, None].astype(np.uint8), pixels], axis=1)


@pytest.fixture
def small_cifar10(tmp_path_factory, monkeypatch):
    """Write such a data set of `pictures` per file and point CNNEDU_DATA to it."""

    def write(pictures):
        rng = np.random.default_rng(0)
        folder = tmp_path_factory.mktemp("data") / cifar10.FOLDER
        folder.mkdir()
        for name in (*cifar10.TRAIN_FILES, cifar10.TEST_FILE):
            (folder / name).write_bytes(records(pictures, rng).tobytes())
        monkeypatch.setenv("CNNEDU_DATA", str(folder.parent))
        monkeypatch.setattr(cifar10, "PICTURES_PER_FILE", pictures)
        return cifar10.load()

    return write
