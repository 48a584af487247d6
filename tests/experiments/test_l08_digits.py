"""The network behind DigitPad: shifted digits, figures, and the file that the widget reads."""

import errno

import numpy as np
import pytest

from cnnedu.data import whole_file
from cnnedu.data.digits import load_digits
from cnnedu.experiments import l08_digits as digits
from cnnedu.models import digit_network


def test_shifted_pictures_lose_a_border_and_gain_zeros():
    x = np.arange(64).reshape(1, 1, 8, 8)
    down = digits.shifted(x, 1, 0)
    assert np.array_equal(down[0, 0, 1:], x[0, 0, :-1]) and not down[0, 0, 0].any()
    left = digits.shifted(x, 0, -1)
    assert np.array_equal(left[..., :-1], x[..., 1:]) and not left[..., -1].any()
    assert np.array_equal(digits.shifted(x, 0, 0), x)


def test_weights_that_cannot_be_written_leave_the_old_ones(tmp_path, monkeypatch):
    (tmp_path / "digits.safetensors").write_bytes(b"old")
    monkeypatch.setattr(digits, "WEIGHTS", tmp_path / "digits.safetensors")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        digits._save(digit_network.digit_network(), {})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_what_is_saved_is_the_network_that_the_widget_loads(tmp_path, monkeypatch):
    monkeypatch.setattr(digits, "SHIFTS", [(0, 0), (1, 0)])
    monkeypatch.setattr(digits, "EPOCHS", 1)
    found, network = digits.train()
    assert found.keys() == digits.figures["digits"].keys()
    assert 0.5 < found["held_out_accuracy_moved"] <= found["held_out_accuracy"] + 0.1
    for module in (digits, digit_network):
        monkeypatch.setattr(module, "WEIGHTS", tmp_path / "digits.safetensors")
    digits._save(network, found)
    loaded, examples = digit_network.trained_digit_network()
    x = examples[:, None] / np.float32(16)
    held_x, held_y = load_digits()[1]
    for digit in range(10):
        np.testing.assert_allclose(x[digit], held_x[held_y == digit][0])
    np.testing.assert_allclose(loaded(x), network(x), rtol=1e-5)
