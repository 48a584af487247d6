"""`FeatureAtlas` on the Python side: what is shown, and what travels to the page."""

import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from widgets.refusal import assert_refused

from cnnedu.widgets import FeatureAtlas


def flat(level, side=20):
    return np.full((side, side, 3), level, np.uint8)


def unit(number, *levels, gain=1.5):
    *drawings, patch = map(flat, levels)
    return SimpleNamespace(number=number, drawings=drawings, patches=[patch], gain=gain)


NETWORKS = {
    "trained": {
        "stage1": [unit(0, 10, 20, 30), unit(8, 40, 50, 60)],
        "stage2": [unit(0, 70, 80, 90), unit(16, 100, 110, 120, gain=7.125)],
    },
    "random weights": {"stage1": [unit(0, 130, 140, 150)], "stage2": [unit(0, 160, 170)]},
}


def test_the_page_finds_each_picture_in_the_sheet():
    atlas = FeatureAtlas(NETWORKS)
    sheet = np.array(Image.open(io.BytesIO(atlas.sheet.tobytes())))
    columns = sheet.shape[1] // atlas.tile
    for sent, (name, stages) in zip(atlas.networks, NETWORKS.items(), strict=True):
        assert sent["name"] == name
        for row, (stage, units) in zip(sent["rows"], stages.items(), strict=True):
            assert row["stage"] == stage
            for placed, given in zip(row["units"], units, strict=True):
                assert placed["number"] == given.number
                assert placed["gain"] == pytest.approx(given.gain, abs=0.01)
                for kind in ("drawings", "patches"):
                    pictures = getattr(given, kind)
                    for k, picture in zip(placed[kind], pictures, strict=True):
                        top, left = (atlas.tile * at for at in divmod(k, columns))
                        tile = sheet[top : top + atlas.tile, left : left + atlas.tile]
                        assert np.abs(tile.astype(int) - picture[0, 0]).max() < 5


def test_the_last_unit_stands_in_where_a_network_has_fewer():
    atlas = FeatureAtlas(NETWORKS, place=(1, 1))
    assert repr(atlas) == "FeatureAtlas(trained, stage2, map 16)"
    atlas.network = "random weights"
    assert repr(atlas) == "FeatureAtlas(random weights, stage2, map 0)"
    assert atlas.shown[1] is NETWORKS["random weights"]["stage2"][0] and atlas.place == (1, 1)
    assert atlas.draw().texts[0].get_text() == "random weights"


def changed(**what):
    return {"trained": {"stage1": [SimpleNamespace(**vars(unit(0, 1, 2)) | what)]}}


@pytest.mark.parametrize("arguments, error, message", [
    (dict(networks=[]), TypeError, "networks must be a dict"),
    (dict(networks={"trained": {}}), ValueError, "'trained' has none"),
    (dict(networks=NETWORKS | {"other": {"stage1": []}}), ValueError, "'other' has stage1"),
    (dict(networks={"trained": {"stage1": []}}), ValueError, "must have units"),
    (dict(networks=changed(drawings=[])), ValueError, "a drawing and a patch or more"),
    (dict(networks=changed(patches=[flat(1)[:9]])), ValueError, r"shape \(9, 20, 3\)"),
    (dict(networks=changed(patches=[flat(1) / 2])), ValueError, "dtype float64"),
    (dict(networks=NETWORKS, network="other"), ValueError, "one of 'trained', 'random weights'"),
    (dict(networks=NETWORKS, place=(2, 0)), ValueError, "one of the 2×2 units"),
])  # fmt: skip
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: FeatureAtlas(**arguments), error, f"FeatureAtlas: .*{message}")
