"""The blocks of lesson 12: shapes, and what each idea promises."""

import pytest
import torch

from cnnedu.models import skeleton

BLOCKS = (
    skeleton.Plain,
    skeleton.Pair,
    skeleton.Residual,
    skeleton.Bottleneck,
    skeleton.Separable,
    skeleton.InvertedResidual,
    skeleton.Shuffle,
    skeleton.SqueezeExcitation,
    skeleton.ConvNeXt,
    skeleton.Attention,
)


def maps(channels=16):
    return torch.randn(2, channels, 8, 8, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_keeps_the_shape_and_learns_with_all_its_weights(block):
    made = block(16)
    out = made(maps())
    assert out.shape == maps().shape
    out.square().sum().backward()
    assert all(parameter.grad.abs().max() > 0 for parameter in made.parameters())


@pytest.mark.parametrize("block", [skeleton.Residual, skeleton.SqueezeExcitation])
def test_with_a_scale_of_zero_a_residual_block_passes_light_on(block):
    made = block(16)
    torch.nn.init.zeros_(made.conv2[1].weight)
    assert torch.equal(made(maps().abs()), maps().abs())
    pair = skeleton.Pair(16)
    torch.nn.init.zeros_(pair.conv2[1].weight)
    assert not pair(maps().abs()).any()


@pytest.mark.parametrize("shuffles", [True, False])
def test_groups_hear_of_each_other_by_the_shuffle_alone(shuffles):
    block = skeleton.Shuffle(16, shuffles).eval()
    x = maps()
    changed = x.clone()
    changed[:, 0] += 1
    differs = (block(changed) - block(x)).abs().amax(dim=(0, 2, 3)) > 1e-6
    assert differs[8:].any() == shuffles


def test_attention_is_what_its_equation_says():
    block, x = skeleton.Attention(16), maps()
    pixels = x.flatten(2).transpose(1, 2)
    q, k, v = block.ask(block.norm1(pixels)).chunk(3, dim=2)
    found = torch.softmax(q @ k.transpose(1, 2) / 4, dim=2) @ v
    pixels = pixels + block.join(found)
    pixels = pixels + block.narrow(torch.nn.functional.gelu(block.widen(block.norm2(pixels))))
    expected = pixels.transpose(1, 2).reshape(x.shape)
    torch.testing.assert_close(block(x), expected, rtol=1e-4, atol=1e-5)


def test_only_places_tell_a_network_of_attention_where_a_pixel_is():
    network = skeleton.Skeleton(skeleton.Attention, places=True)
    assert network.places.shape == (16, 16, 16)
    assert isinstance(skeleton.Skeleton(skeleton.Attention).places, int)


def test_a_dense_head_has_a_weight_for_each_place():
    counts = [
        sum(p.numel() for p in skeleton.Skeleton(skeleton.Pair, dense_head=dense).head.parameters())
        for dense in (False, True)
    ]
    assert counts == [32 * 10 + 10, 32 * 64 * 128 + 128 + 1290]
