"""Distortions: pictures are turned, scaled, shifted and made noisy as asked."""

import pytest
import torch

from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.distortions import FromPixels, distorted


def test_pictures_are_turned_shifted_and_scaled():
    x = torch.arange(9.0).reshape(1, 1, 3, 3) / 9
    assert torch.allclose(distorted(x, "rotation", 90), x.rot90(1, dims=(2, 3)), atol=1e-6)
    right = distorted(x, "shift", 1)
    assert torch.allclose(right[..., 1:], x[..., :-1], atol=1e-6)
    assert torch.allclose(right[..., 0], x[..., 0], atol=1e-6)  # the border repeats
    large = distorted(x, "scale", 3.0)
    assert torch.allclose(large, x[..., 1:2, 1:2].expand_as(x), atol=0.2)  # its middle fills all


@pytest.mark.parametrize(
    ("kind", "amount"), [("rotation", 0), ("scale", 1.0), ("noise", 0), ("blur", 0)]
)
def test_an_amount_that_changes_nothing_returns_the_pictures_themselves(kind, amount):
    x = torch.rand(1, 3, 8, 8)
    assert distorted(x, kind, amount) is x


def test_noise_has_the_deviation_asked_for_and_repeats_with_the_seed():
    x = torch.full((4, 3, 32, 32), 0.5)
    noisy = distorted(x, "noise", 10)
    assert (noisy - x).std().item() == pytest.approx(10 / 255, rel=0.05)
    assert torch.equal(noisy, distorted(x, "noise", 10))
    assert not torch.equal(noisy, distorted(x, "noise", 10, seed=1))
    bright = distorted(x + 0.5, "noise", 40)
    assert bright.min() < 1 == bright.max(), "never brighter than white"


def test_blur_spreads_each_colour_and_keeps_its_sum():
    x = torch.zeros(1, 3, 21, 21)
    x[0, 1, 10, 10] = 1
    blurred = distorted(x, "blur", 1)
    assert blurred[0, [0, 2]].abs().max() == 0
    assert blurred[0, 1].sum().item() == pytest.approx(1, abs=1e-4)
    assert blurred[0, 1, 10, 10] < 0.2
    assert blurred[0, 1, 10, 9] > 0.05


def test_a_jpeg_of_low_quality_loses_more():
    x = torch.rand(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    lost = [(distorted(x, "JPEG", quality) - x).abs().mean() for quality in (95, 5)]
    assert 0 < lost[0] < lost[1]


def test_a_network_of_pixels_normalises_them_itself():
    trained = load_pretrained("classic")
    x = torch.randint(0, 256, (2, 3, 32, 32), dtype=torch.uint8)
    expected = trained.network(trained.prepare(x))
    torch.testing.assert_close(FromPixels(trained)(x / 255), expected)
