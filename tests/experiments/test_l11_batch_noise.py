"""Batch norm taken apart: each of the four layers does what lesson 11's table says."""

import pytest
import torch
from torch import nn

from cnnedu.experiments import l11_batch_noise as noise


def layer(arm):
    return noise.Company(4, *noise.ARMS[arm])


def maps(count=100):
    return 3 + 2 * torch.randn(count, 4, 3, 3, generator=torch.Generator().manual_seed(0))


def test_with_noise_and_normalising_it_is_batch_norm():
    expected = nn.BatchNorm2d(4)(maps()[: noise.BATCH])
    torch.testing.assert_close(layer("batch norm")(maps())[: noise.BATCH], expected)


def test_normalising_alone_is_batch_norm_of_all_pictures():
    torch.testing.assert_close(layer("normalising alone")(maps()), nn.BatchNorm2d(4)(maps()))


def test_noise_alone_is_what_batch_norm_adds_to_normalising_alone():
    """Undo the normalising with the moments of all pictures: the noise is left, the same one."""
    x = maps()
    mean, deviation = noise._moments(x)
    expected = layer("batch norm")(x) * deviation + mean
    torch.testing.assert_close(layer("noise alone")(x), expected)
    assert (layer("noise alone")(x) - x).abs().max() > 0.1


def test_neither_leaves_the_maps_as_they_are():
    torch.testing.assert_close(layer("neither")(maps()), maps())


@pytest.mark.parametrize("arm", noise.ARMS)
def test_in_evaluation_no_picture_depends_on_its_company(arm):
    tested = layer(arm)
    tested(maps())
    tested.eval()
    torch.testing.assert_close(tested(maps())[:3], tested(maps()[:3]))
    normalised = abs(tested(maps()).mean()) < 0.01
    assert normalised == noise.ARMS[arm][0]


def test_all_have_the_same_parameters_and_the_same_first_weights():
    networks = []
    for arm in noise.ARMS:
        torch.manual_seed(0)
        networks.append(noise.network(arm))
    first, *others = ([p.tolist() for p in network.parameters()] for network in networks)
    assert all(other == first for other in others)


def test_training_learns_and_can_be_repeated(monkeypatch):
    monkeypatch.setattr(noise, "EPOCHS", 8)
    drawn = noise.drawn_digits(0)
    for arm in noise.ARMS:
        once, again = (noise.trained(arm, drawn, 3e-3, 0) for _ in range(2))
        assert once == again and once[0] > 40


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(noise, "EPOCHS", 1)
    monkeypatch.setattr(noise, "TUNING_SEEDS", (1000,))
    assert noise.tune().keys() == noise.figures["rates"].keys()
    assert noise.compare(0).keys() == noise.figures["held_out"].keys()
    assert {len(runs) for runs in noise.figures["held_out"].values()} == {12}


def test_no_chosen_rate_is_at_the_end_of_the_range():
    assert {min(noise.RATES), max(noise.RATES)}.isdisjoint(noise.figures["rates"].values())
