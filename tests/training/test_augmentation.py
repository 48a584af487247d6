"""Augmentation of whole batches: what may change, and what may not."""

import pytest
import torch
import torch.nn.functional as F

from cnnedu.training.augmentation import (
    alternating_flip,
    cutout,
    flip,
    random_flip,
    random_rotation,
    random_shift,
)


def pictures(count, kind=torch.uint8):
    generator = torch.Generator().manual_seed(count)
    return torch.randint(1, 256, (count, 3, 9, 12), generator=generator).to(kind)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("kind", [torch.uint8, torch.float32])
@pytest.mark.parametrize(
    "change",
    [
        lambda x, generator: random_flip(x, generator),
        lambda x, generator: random_shift(x, 3, generator),
        lambda x, generator: cutout(x, 4, generator=generator),
    ],
    ids=["flip", "shift", "cutout"],
)
def test_shape_type_and_the_original_are_kept_and_the_seed_decides(change, kind):
    x = pictures(50, kind)
    before = x.clone()
    out = change(x, seeded())
    assert out.shape == x.shape and out.dtype == kind
    assert torch.equal(x, before) and not torch.equal(out, x)
    assert torch.equal(out, change(x, seeded()))
    assert not torch.equal(out, change(x, seeded(1)))


def test_random_flip_mirrors_about_half():
    x = pictures(400)
    out = random_flip(x, seeded())
    same = (out == x).all(dim=(1, 2, 3))
    mirrored = (out == x.flip(3)).all(dim=(1, 2, 3))
    assert (same ^ mirrored).all() and 160 < mirrored.sum() < 240


def test_alternating_flip_shows_both_ways_in_two_epochs():
    x, numbers = pictures(1000), torch.arange(1000) + 5000
    epochs = [alternating_flip(x, numbers, epoch) for epoch in range(3)]
    assert torch.equal(epochs[0], epochs[1].flip(3)) and torch.equal(epochs[0], epochs[2])
    mirrored = (epochs[0] == x.flip(3)).all(dim=(1, 2, 3))
    assert 440 < mirrored.sum() < 560
    assert abs(torch.corrcoef(torch.stack([mirrored.float(), numbers.float()]))[0, 1]) < 0.1
    part = alternating_flip(x[30:40], numbers[30:40], 0)
    assert torch.equal(part, epochs[0][30:40]), "a picture's flip doesn't depend on its batch"
    other = alternating_flip(x, numbers, 0, seed=1)
    changed = (other != epochs[0]).any(dim=(1, 2, 3))
    assert 400 < changed.sum() < 600


def test_a_shift_is_a_crop_of_the_mirrored_picture():
    x = pictures(60)
    out = random_shift(x, 2, seeded())
    padded = F.pad(x.float(), (2, 2, 2, 2), mode="reflect").to(torch.uint8)
    seen = set()
    for before, after in zip(padded, out, strict=True):
        fits = {
            (i, j)
            for i in range(5)
            for j in range(5)
            if torch.equal(before[:, i : i + 9, j : j + 12], after)
        }
        assert len(fits) == 1
        seen |= fits
    assert len(seen) > 18, "all 25 shifts occur"
    assert torch.equal(random_shift(x, 0), x)


def test_cutout_covers_one_square_anywhere():
    x = pictures(300)
    out = cutout(x, 4, value=0, generator=seeded())
    corners = set()
    for before, after in zip(x, out, strict=True):
        covered = (after == 0).all(dim=0)
        rows, columns = covered.any(dim=1).nonzero()[:, 0], covered.any(dim=0).nonzero()[:, 0]
        assert len(rows) == len(columns) == 4 and covered.sum() == 16
        assert torch.equal(after[:, ~covered], before[:, ~covered])
        corners.add((int(rows[0]), int(columns[0])))
    assert {row for row, _ in corners} == set(range(6))
    assert {column for _, column in corners} == set(range(9))
    assert (cutout(x, 9, generator=seeded()) == 0).any()


def test_rotation_about_the_middle():
    x = torch.zeros(1, 1, 11, 11)
    x[0, 0, 5, 5], x[0, 0, 5, 9] = 1, 1
    middle = torch.arange(11) - 5
    away, angles = torch.hypot(middle[:, None].float(), middle.float()), set()
    for seed in range(30):
        out = random_rotation(x, 90, seeded(seed))
        assert out[0, 0, 5, 5] == pytest.approx(1, abs=1e-4), "the middle stays"
        ring = (away > 2.5) & (away < 5.5)
        place = (out[0, 0] * ring).flatten().argmax().item()
        assert out[0, 0].flatten()[place] > 0.2, "the other point stays as far away"
        row = place // 11 - 5
        angles.add(row)
    assert min(angles) < -2 and max(angles) > 2, "it turns both ways"
    torch.testing.assert_close(random_rotation(x, 0), x)
    with pytest.raises(TypeError, match="floats"):
        random_rotation(pictures(1), 10)


def test_flip_takes_the_ones_named():
    x = pictures(2)
    out = flip(x, torch.tensor([False, True]))
    assert torch.equal(out[0], x[0]) and torch.equal(out[1], x[1].flip(2))


@pytest.mark.parametrize(
    "call", [lambda x: random_shift(x, 9), lambda x: random_shift(x, -1), lambda x: cutout(x, 10)]
)
def test_what_does_not_fit(call):
    with pytest.raises(ValueError, match="must be from 0 to"):
        call(pictures(2))
