import numpy as np
import pytest
import torch

from cnnedu.models.normalise import normalise


def test_each_channel_has_its_own_mean_and_deviation():
    x = torch.randint(0, 256, (2, 3, 4, 5), dtype=torch.uint8)
    mean, std = [0.1, 0.2, 0.3], [0.4, 0.5, 0.6]
    out = normalise(x, mean, std)
    assert out.dtype == torch.float32 and out.shape == x.shape
    for c in range(3):
        expected = (x[:, c].numpy() / 255 - mean[c]) / std[c]
        np.testing.assert_allclose(out[:, c].numpy(), expected, rtol=0, atol=1e-5)


def test_pixels_that_were_scaled_before_are_refused():
    with pytest.raises(
        TypeError, match=r"uint8 tensor with values 0 to 255, but is torch\.float32"
    ):
        normalise(torch.zeros(1, 3, 4, 4), [0] * 3, [1] * 3)
    with pytest.raises(TypeError, match="but is uint8"):
        normalise(np.zeros((1, 3, 4, 4), np.uint8), [0] * 3, [1] * 3)


@pytest.mark.parametrize("shape", [(3, 4, 4), (1, 4, 4, 3)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"\(N, 3, H, W\)"):
        normalise(torch.zeros(shape, dtype=torch.uint8), [0] * 3, [1] * 3)
