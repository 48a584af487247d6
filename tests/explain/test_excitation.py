"""What excites a unit, and what remains when a network forgets."""

import pytest
import torch
from torch import nn

from cnnedu.explain.attack import pgd
from cnnedu.explain.excitation import (
    colour_directions,
    likeness,
    most_exciting,
    visualise_diversely,
    visualise_feature,
)
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import guided_backpropagation, saliency, smooth_grad
from cnnedu.models.classic import classic
from cnnedu.models.lenet5 import lenet5
from cnnedu.models.pretrained import load_pretrained


def copying_network():
    """Return a network whose second filter is 1 in the middle, so that its map is the picture."""
    network = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1, bias=False), nn.Dropout(0.9))
    network[0].weight.data.zero_()
    network[0].weight.data[1, 0, 1, 1] = 1
    return network.train()


def test_most_exciting_finds_pictures_and_places_in_falling_order():
    x = torch.zeros(300, 1, 5, 6)
    x[7, 0, 4, 1], x[299, 0, 0, 5], x[20, 0, 2, 2] = 3, 9, 6
    network = copying_network()
    value, picture, place = most_exciting(network, x, "0", unit=1, count=3)
    assert value.tolist() == [9, 6, 3]
    assert picture.tolist() == [299, 20, 7]
    assert place.tolist() == [[0, 5], [2, 2], [4, 1]]
    assert network.training and not network[0]._forward_hooks


def test_most_exciting_of_a_dense_layer():
    torch.manual_seed(0)
    network, x = classic().eval(), torch.randn(20, 3, 32, 32)
    value, picture, place = most_exciting(network, x, "dense2", unit=4, count=2)
    scores = network(x)[:, 4].detach()
    torch.testing.assert_close(value, scores.topk(2).values)
    assert picture.tolist() == scores.topk(2).indices.tolist()
    assert place.tolist() == [[0, 0], [0, 0]]


def test_a_drawn_feature_excites_its_unit_more_than_any_other_picture():
    torch.manual_seed(0)
    network = lenet5().eval()
    picture, history = visualise_feature(network, "C3", 5, (1, 32, 32), steps=60)
    assert picture.shape == (1, 32, 32) and 0 <= picture.min() and picture.max() <= 1
    among = torch.rand(200, 1, 32, 32)
    maps = {}
    network.C3.register_forward_hook(lambda module, into, out: maps.update(out=out.detach()))
    network(torch.cat([picture[None], among]))
    middle = maps["out"][:, 5, 5, 5]  # C3's maps have 10 × 10 places
    assert middle[0] > maps["out"][1:, 5].max() + 3 * maps["out"][1:, 5].std()
    assert history[-1] > history[0]
    again, _ = visualise_feature(network, "C3", 5, (1, 32, 32), steps=60)
    torch.testing.assert_close(picture, again)


def test_drawn_colours_are_those_of_the_given_directions_with_a_fixed_contrast():
    torch.manual_seed(0)
    network = nn.Conv2d(3, 2, 3)
    one_colour = torch.zeros(3, 3)
    one_colour[:, 0] = torch.tensor([0.6, 0.0, -0.8])
    picture, _ = visualise_feature(
        nn.Sequential(network), "0", 1, (3, 16, 16), steps=20, colours=one_colour
    )
    red, green, blue = picture.logit()
    torch.testing.assert_close(green, torch.zeros(16, 16))
    # Near 0 and 1 a float32 has lost digits of its logit, so the pictures are compared.
    torch.testing.assert_close((-0.75 * blue).sigmoid(), red.sigmoid(), atol=1e-4, rtol=0)
    free, _ = visualise_feature(nn.Sequential(network), "0", 1, (3, 16, 16), steps=20)
    assert free.logit().square().mean().sqrt() == pytest.approx(2, abs=1e-3)


def in_the_middle_of_c3(network, pictures):
    """Return what all maps of C3 hold in the middle, (N, 16)."""
    kept = []
    hook = network.C3.register_forward_hook(lambda module, into, out: kept.append(out.detach()))
    network(pictures)
    hook.remove()
    return kept[0][:, :, 5, 5]


def test_pictures_drawn_together_are_less_alike_and_still_excite_the_unit():
    torch.manual_seed(0)
    network, shape = lenet5().eval(), (1, 32, 32)
    alike = {}
    for diversity in (0, 1):
        pictures, values = visualise_diversely(
            network, "C3", 5, shape, diversity=diversity, steps=60
        )
        assert pictures.shape == (3, *shape) and values.shape == (60, 3)
        found = in_the_middle_of_c3(network, pictures)
        among = in_the_middle_of_c3(network, torch.rand(200, *shape))
        assert found[:, 5].mean() > among[:, 5].max()
        alike[diversity] = (likeness(found).sum() - 3) / 6
    assert alike[1] < 0.8 * alike[0]
    again, _ = visualise_diversely(network, "C3", 5, shape, steps=60)
    torch.testing.assert_close(pictures, again)


def test_likeness_is_that_of_the_gram_matrices():
    numbers = torch.randn(4, 6, generator=torch.Generator().manual_seed(0))
    grams = torch.einsum("nf,ng->nfg", numbers, numbers).flatten(1)
    expected = nn.functional.cosine_similarity(grams[:, None], grams[None], dim=2)
    torch.testing.assert_close(likeness(numbers), expected)


def test_pictures_of_a_dense_unit_are_drawn_together_too():
    pictures, values = visualise_diversely(lenet5(), "output", 3, (1, 32, 32), count=2, steps=3)
    assert pictures.shape == (2, 1, 32, 32) and values.shape == (3, 2)


def test_directions_of_colour_are_uncorrelated_and_as_long_as_pictures_vary():
    generator = torch.Generator().manual_seed(0)
    amounts = torch.randn(5, 3, 40, 40, generator=generator)
    mixing = torch.tensor([[1.0, 0.3, 0.0], [1.0, 0.0, 0.2], [1.0, -0.3, -0.2]])
    pictures = torch.einsum("ck,nkhw->nchw", mixing, amounts)
    found = colour_directions(pictures)
    lengths = found.norm(dim=0)
    assert lengths[0] == pytest.approx(1, abs=1e-5) and (lengths.diff() < 0).all()
    torch.testing.assert_close(found.T @ found, torch.diag(lengths**2), atol=1e-5, rtol=0)
    covariance = torch.cov(pictures.transpose(0, 1).flatten(1))
    torch.testing.assert_close(
        found @ found.T, covariance / torch.linalg.eigvalsh(covariance)[-1], atol=1e-5, rtol=0
    )


def test_drawing_leaves_the_network_as_it_was():
    network = lenet5().train()
    visualise_feature(network, "C1", 0, (1, 32, 32), steps=2)
    assert all(parameter.grad is None for parameter in network.parameters())
    assert network.training and not network.C1._forward_hooks
    for wrong in ({"layer": "C9"}, {"unit": 6}, {"layer": "flatten", "unit": 200}):
        arguments = {"layer": "C1", "unit": 0} | wrong
        with pytest.raises(ValueError, match="visualise_feature: "):
            visualise_feature(network, **arguments, shape=(1, 32, 32), steps=1)
        assert not any(part._forward_hooks for part in network.modules())
    with pytest.raises(ValueError, match=r"shape must be \(C, H, W\)"):
        visualise_feature(network, "C1", 0, (32, 32))


def test_a_network_forgets_from_one_layer_onwards():
    network = classic().train()
    state = torch.get_rng_state()
    half, whole = randomised(network, "conv3"), randomised(network)
    assert torch.equal(torch.get_rng_state(), state)
    same = {
        name: [torch.equal(mine, copy.state_dict()[name]) for copy in (half, whole)]
        for name, mine in network.state_dict().items()
    }
    for name, found in same.items():
        kept = name.startswith(("conv1", "conv2"))
        assert found == [kept, False], name
    assert network.training and not half.training
    with pytest.raises(ValueError, match="no layer 'conv9'"):
        randomised(network, "conv9")


def test_what_was_computed_and_not_learnt_is_kept():
    network = load_pretrained("fast").network
    forgetful = randomised(network)
    assert torch.equal(forgetful.whiten.weight, network.whiten.weight)
    assert not torch.equal(forgetful.block1.conv1.weight, network.block1.conv1.weight)


def test_a_network_that_forgets_measures_its_norms_anew():
    network, x = load_pretrained("fast").network, torch.randn(20, 3, 32, 32)
    kept = []
    forgetful = randomised(network, pictures=x)
    forgetful.block2.norm1.register_forward_hook(lambda module, into, out: kept.append(out))
    forgetful(x)
    assert kept[0].mean(dim=(0, 2, 3)).abs().max() < 1e-3
    assert (kept[0].var(dim=(0, 2, 3)) - 1).abs().max() < 1e-2
    assert forgetful.block2.norm1.momentum == network.block2.norm1.momentum
    assert not any(part.training for part in forgetful.modules())


def test_guided_backpropagation_by_hand():
    """ReLU(x0 − x1) − ReLU(x1): only what raises the score through positive gradients remains."""
    network = nn.Sequential(nn.Flatten(), nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
    network[1].weight.data = torch.tensor([[1.0, -1.0], [0.0, 1.0]])
    network[3].weight.data = torch.tensor([[1.0, -1.0]])
    for layer in (network[1], network[3]):
        layer.bias.data.zero_()
    x = torch.tensor([[[3.0, 1.0]]])
    torch.testing.assert_close(guided_backpropagation(network, x, 0), torch.tensor([[[1.0, -1.0]]]))
    torch.testing.assert_close(saliency(network, x, 0), torch.tensor([[[1.0, 2.0]]]))
    assert not any(part._backward_hooks for part in network.modules())
    with pytest.raises(ValueError, match="has no"):
        guided_backpropagation(network[:2], x, 0)
    with pytest.raises(ValueError, match="one picture"):
        guided_backpropagation(network, x[None], 0)
    assert not any(part._backward_hooks for part in network.modules())


def test_smooth_grad_without_noise_is_saliency():
    torch.manual_seed(0)
    network, x = classic(), torch.randn(3, 32, 32)
    torch.testing.assert_close(smooth_grad(network, x, 1, noise=0), saliency(network, x, 1))
    with pytest.raises(ValueError, match="samples"):
        smooth_grad(network, x, 1, samples=0)


def test_pgd_starts_anywhere_and_hurts_more_than_one_step():
    torch.manual_seed(3)
    network, x, y = classic(), torch.rand(8, 3, 32, 32), torch.arange(8)
    generator = torch.Generator().manual_seed(0)
    found = pgd(network, x, y, 0.03, step=0.005, steps=10, generator=generator)
    assert (found - x).abs().max() <= 0.03 + 1e-6 and 0 <= found.min() and found.max() <= 1
    assert not torch.equal(found, pgd(network, x, y, 0.03, step=0.005, steps=10))
    loss = nn.CrossEntropyLoss()
    once = pgd(network, x, y, 0.03, step=0.03, steps=1)
    assert loss(network(found), y) > loss(network(once), y) > loss(network(x), y)
    with pytest.raises(ValueError, match="pgd: step must be above 0"):
        pgd(network, x, y, 0.03, step=0, steps=10)
    with pytest.raises(ValueError, match="pgd: epsilon must be at least 0"):
        pgd(network, x, y, -1, step=0.1, steps=10)


def test_each_part_keeps_its_mode():
    network = classic().train()
    network.conv2.eval()
    saliency(network, torch.zeros(3, 32, 32), 0)
    assert network.training and not network.conv2.training
