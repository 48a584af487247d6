"""The remedies on photographs: nothing that is judged was seen while learning."""

import numpy as np
import torch
from experiments.test_l11_regularisation import check_form

from cnnedu.data import ten_photos
from cnnedu.experiments import l11_photographs as photographs


def test_photographs_are_drawn_by_region(monkeypatch):
    """A picture that tells its region: none is in two parts, and the test part stays untouched."""
    known = ten_photos.load()
    marked = [
        part._replace(
            x=np.broadcast_to(
                part.regions.astype(np.uint8)[:, None, None, None], (len(part.y), 3, 2, 2)
            ).copy()
        )
        for part in known
    ]
    monkeypatch.setattr(ten_photos, "load", lambda: ten_photos.TenPhotos(*marked))
    parts = photographs.drawn_photos(0)
    regions = [set(np.unique(x[:, 0, 0, 0].numpy()).tolist()) for x, _ in parts]
    assert not regions[0] & regions[1] and not regions[1] & regions[2]
    assert not regions[0] & regions[2] and [len(some) for some in regions[:2]] == [40, 20]
    assert torch.bincount(parts[0][1]).tolist() == [30] * 10
    in_use = len(set(known.train.regions) | set(known.validation.regions))
    assert sum(map(len, regions)) == in_use


def test_cifar10_is_drawn_from_the_training_pictures(small_cifar10):
    data = small_cifar10(pictures=600)
    parts = photographs.drawn_cifar10(data, 0)
    assert [len(y) for _, y in parts] == [300, 500, 2000]


def test_what_is_measured_has_the_form_of_what_is_stored():
    drawn = photographs.drawn_photos(0)
    assert drawn[0][0].shape == (300, 3, 16, 16)
    check_form(photographs.figures, "photos", photographs.PHOTOS, drawn)
