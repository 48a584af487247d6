from typing import NamedTuple

import numpy as np

from cnnedu.plots.atlas import DPI, GAP, LARGE, MADE, PATCH, THUMB, show_atlas, show_chosen_unit


class Unit(NamedTuple):
    number: int
    drawings: list
    patches: list
    gain: float = 2.0


def flat(level, side):
    return np.full((side, side, 3), level, np.uint8)


def test_each_unit_stands_above_its_patches_pixel_by_pixel():
    rows = {
        stage: [Unit(n, [flat(40 * n, 7)], [flat(200, 9), flat(100, 300)]) for n in (1, 2)]
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


def test_the_chosen_unit_is_framed_and_shown_large():
    rows = {
        stage: [Unit(n, [flat(40 * n, 7), flat(9, 7)], [flat(200, 9)], n / 2) for n in (1, 2, 3)]
        for stage in ("stage3", "stage5")
    }
    figure = show_chosen_unit(rows, "stage5", rows["stage5"][1], "random weights")
    sides = [round(ax.get_position().width * figure.get_figwidth() * DPI) for ax in figure.axes]
    assert sides == [THUMB] * 6 + [LARGE] * 3
    framed = [ax.spines["top"].get_visible() for ax in figure.axes[:6]]
    assert framed == [False] * 4 + [True, False]
    levels = [ax.images[0].get_array().mean() for ax in figure.axes[6:]]
    assert levels == [80, 9, 200]
    words = [text.get_text() for text in figure.texts]
    assert words[:3] == ["random weights", "stage3", "stage5"]
    assert words[3].startswith("stage5, map 2") and "1.0 × as exciting" in words[4]
