import json
import re
from dataclasses import asdict
from importlib.resources import files

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import save
from skimage.data import chelsea
from skimage.transform import resize

from cnnedu.data import cifar10
from cnnedu.models import digit_network, pretrained
from cnnedu.models.normalise import normalise
from cnnedu.models.pretrained import CLASSIFIERS, load_network, load_pretrained
from cnnedu.training.recipes import RECIPES

FOLDER = files("cnnedu.models.pretrained")


@pytest.fixture(scope="module", params=CLASSIFIERS)
def trained(request):
    return load_pretrained(request.param)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_card_says_what_the_weights_say(name):
    card = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    with safe_open(FOLDER / f"{name}.safetensors", framework="pt") as file:
        about = json.loads(file.metadata()["about"])
    assert about["network"] == name
    assert f"**{100 * about['test_accuracy']:.1f} %** on the test set" in card
    assert f"{100 * about['validation_accuracy']:.1f} % on the validation pictures" in card
    for option, key in (("epochs", "epochs"), ("seed", "seed"), ("batch-size", "batch_size")):
        assert re.search(rf"--{option} {about[key]}\b", card)
    assert f"--lr {about['learning_rate']}" in card
    now = json.loads(json.dumps(asdict(RECIPES[name].settings)))
    assert all(key in card for key in now if about.get(key, now[key]) != now[key])
    assert about["classes"] == list(cifar10.CLASSES)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_weights_are_small_enough_to_come_with_the_package(name):
    assert (FOLDER / f"{name}.safetensors").stat().st_size < 2_000_000


def test_a_photograph_of_a_cat_is_called_a_cat(trained):
    """Weights, normalisation and the order of the classes fit together."""
    square = resize(chelsea()[:, 75:375], (32, 32), anti_aliasing=True)
    x = (255 * square).round().astype(np.uint8).transpose(2, 0, 1)[None]
    assert trained.classes[trained.probabilities(x).argmax()] == "cat"


def test_probabilities_are_the_softmax_of_the_logits(trained):
    x = np.random.default_rng(0).integers(0, 256, (3, 3, 32, 32), np.uint8)
    with torch.no_grad():
        logits = trained.network(normalise(torch.tensor(x), trained.mean, trained.std)).numpy()
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(trained.probabilities(x), expected, rtol=1e-5)
    np.testing.assert_array_equal(trained.probabilities(torch.tensor(x)), trained.probabilities(x))
    assert not trained.network.training


def test_a_damaged_file_is_named(tmp_path, monkeypatch):
    whole = (FOLDER / "classic.safetensors").read_bytes()
    other = (FOLDER / "unet.safetensors").read_bytes()
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path)
    monkeypatch.setattr(digit_network, "WEIGHTS", tmp_path / "digits.safetensors")
    for content in (None, b"", whole[:-9], bytes(len(whole)), save({}), other):
        for name in ("classic", "digits") if content is not None else ():
            (tmp_path / f"{name}.safetensors").write_bytes(content)
        for name, load in (
            ("classic", lambda: load_pretrained("classic")),
            ("digits", digit_network.trained_digit_network),
        ):
            with pytest.raises(ValueError, match=f"{name}.safetensors is damaged or missing: rest"):
                load()


def test_input_that_is_not_ready(trained):
    with pytest.raises(ValueError, match=r"\(N, 3, 32, 32\), but has shape \(32, 32, 3\); crop"):
        trained.probabilities(np.zeros((32, 32, 3), np.uint8))
    with pytest.raises(TypeError, match="uint8"):
        trained.probabilities(np.zeros((1, 3, 32, 32)))
    with pytest.raises(
        ValueError, match="no network 'resnet'; choose from classic, fast, imagenet"
    ):
        load_pretrained("resnet")
    with pytest.raises(ValueError, match="no network 'yolo'; choose from classic, fast, unet"):
        load_network("yolo")
