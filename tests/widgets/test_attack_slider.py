"""`AttackSlider` on the Python side: the answers it holds are those of `fgsm`."""

import numpy as np
import pytest
import torch
from widgets.refusal import assert_refused

from cnnedu.explain.attack import fgsm
from cnnedu.models.classic import classic
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import AttackSlider


@pytest.fixture(scope="module")
def slider():
    return AttackSlider()


def test_attack_is_fgsm(slider):
    trained = load_pretrained("classic")
    mean, std = (torch.tensor(v).view(3, 1, 1) for v in (trained.mean, trained.std))

    class Pixels(torch.nn.Module):
        def forward(self, x):
            return trained.network((x - mean) / std)

    x = torch.from_numpy(slider.picture.transpose(2, 0, 1)[None].copy()) / 255
    for step, epsilon in ((0, 0), (16, 4), (64, 16)):
        wanted = fgsm(Pixels(), x, torch.tensor([slider.label]), epsilon / 255)
        slider.epsilon = epsilon
        pixels = slider.pushed.transpose(2, 0, 1)[None] / 255
        np.testing.assert_allclose(pixels, wanted, atol=1e-6)
        found = slider.probabilities[0, step]
        with torch.no_grad():
            answer = Pixels()(wanted).softmax(dim=1)[0]
        np.testing.assert_allclose(found, answer, atol=1e-5)


def test_attack_hurts_and_noise_of_the_same_size_hurts_less(slider):
    attack, noise = slider.probabilities[:, 32, slider.label]
    assert attack < 0.1 < 0.5 < noise
    np.testing.assert_array_equal(slider.probabilities[0, 0], slider.probabilities[1, 0])
    assert set(np.unique(slider.signs[1])) == {-1, 1}


def test_what_is_shown_follows_the_traits(slider):
    slider.set_state({"push": "noise", "epsilon": 2.5})
    assert repr(slider) == "AttackSlider(noise, ε 2.5 of 255, class cat)"
    np.testing.assert_array_equal(
        slider.pushed, np.clip(slider.picture + 2.5 * slider.signs[1], 0, 255)
    )


def test_another_label_and_another_network():
    slider = AttackSlider(classic(), label=7, most=8)
    assert slider.classes == [str(k) for k in range(10)]
    assert repr(slider) == "AttackSlider(attack, ε 0 of 255, class 7)"
    with pytest.raises(ValueError, match="epsilon must be from 0 to 8 grey levels, but is 9"):
        slider.epsilon = 9


@pytest.mark.parametrize("arguments, error, message", [
    (dict(network="classic"), TypeError, "network must be a torch.nn.Module"),
    (dict(picture=np.zeros((4, 4, 3), np.uint8)), ValueError, "can't take a picture"),
    (dict(label=10), ValueError, "label must be a whole number from 0 to 9"),
    (dict(label="cat"), ValueError, "label must be a whole number"),
    (dict(most=0), ValueError, "most must be above 0"),
])  # fmt: skip
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: AttackSlider(**arguments), error, message)
