from typing import NamedTuple

import numpy as np

from cnnedu.plots.atlas import GAP, MADE, PATCH, show_atlas


class Unit(NamedTuple):
    number: int
    made: np.ndarray
    patches: list


def flat(level, side):
    return np.full((side, side, 3), level, np.uint8)


def test_each_unit_stands_above_its_patches_pixel_by_pixel():
    rows = {
        stage: [Unit(n, flat(40 * n, 7), [flat(200, 9), flat(100, 300)]) for n in (1, 2)]
        for stage in ("stage3", "stage5")
    }
    figure = show_atlas(rows)
    assert [ax.get_ylabel() for ax in figure.axes] == list(rows)
    assert [text.get_text() for text in figure.axes[1].texts] == ["map 1", "map 2"]
    picture = figure.axes[0].images[0].get_array()
    assert (picture[:MADE, :MADE] == 40).all() and (picture[:MADE, -MADE:] == 80).all()
    assert (picture[-PATCH:, :PATCH] == 200).all()
    assert (picture[-PATCH:, PATCH + GAP : MADE] == 100).all()
    shown = figure.axes[0].get_window_extent()
    assert (round(shown.height), round(shown.width)) == picture.shape[:2]
