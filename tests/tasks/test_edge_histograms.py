"""Edge histograms: they turn with the picture, and neither brightness nor flatness upsets them."""

import torch

from cnnedu.tasks.edge_histograms import DIRECTIONS, edge_histograms


def pictures(count=3):
    generator = torch.Generator().manual_seed(0)
    return torch.randint(0, 256, (count, 3, 16, 16), dtype=torch.uint8, generator=generator)


def test_a_picture_turned_by_a_quarter_has_its_directions_turned_by_a_quarter():
    x = pictures()
    cells = edge_histograms(x).unflatten(1, (DIRECTIONS, 4, 4))
    turned = edge_histograms(x.rot90(-1, dims=(2, 3))).unflatten(1, (DIRECTIONS, 4, 4))
    # Clockwise, "to the right" (0) becomes "down" (2): rows count downwards.
    expected = cells.rot90(-1, dims=(2, 3)).roll(DIRECTIONS // 4, dims=1)
    # An angle on the border between two directions may fall to either side.
    assert ((turned - expected).abs() < 1e-4).float().mean() > 0.95


def test_brightness_and_contrast_change_little_and_flat_pictures_have_no_edges():
    x = pictures() // 2
    strong, weak = edge_histograms(2 * x), edge_histograms(x + 50)
    assert ((strong - weak).abs() <= 0.05 * strong).float().mean() > 0.95 and strong.max() > 0.1
    assert (edge_histograms(torch.full((1, 3, 8, 8), 200, dtype=torch.uint8)) == 0).all()


def test_many_pictures_are_as_good_as_one():
    x = pictures(1001)
    assert torch.equal(edge_histograms(x)[-1], edge_histograms(x[-1:])[0])
