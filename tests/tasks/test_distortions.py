"""Pictures are turned, scaled, moved and made noisy as asked."""

import pytest
import torch

from cnnedu.tasks.distortions import distorted


def test_pictures_are_moved_as_they_say():
    x = torch.arange(9.0).reshape(1, 1, 3, 3) / 9
    assert torch.allclose(distorted(x, "rotation", 90), x.rot90(1, dims=(2, 3)), atol=1e-6)
    right = distorted(x, "shift", 1)
    assert torch.allclose(right[..., 1:], x[..., :-1], atol=1e-6)
    assert torch.allclose(right[..., 0], x[..., 0], atol=1e-6)  # the border repeats
    large = distorted(x, "scale", 3.0)
    assert torch.allclose(large, x[..., 1:2, 1:2].expand_as(x), atol=0.2)  # its middle fills all


@pytest.mark.parametrize(("kind", "amount"), [("rotation", 0), ("scale", 1.0), ("noise", 0)])
def test_nothing_is_done_for_nothing(kind, amount):
    x = torch.rand(1, 3, 8, 8)
    assert distorted(x, kind, amount) is x
