"""`FeatureAtlas` in the page: by mouse, by keyboard, by touch, and which pictures it shows."""

import numpy as np
import pytest
from browser.pages import pixels, sticking_out
from playwright.sync_api import expect

from cnnedu.widgets.gallery import EXAMPLES


def test_pointed_at_by_mouse_and_chosen_by_click_and_keys(lab, axe):
    notebook = lab.open_cells(
        "from cnnedu.widgets.gallery import EXAMPLES",
        "atlas = EXAMPLES['FeatureAtlas'](); atlas",
    )
    notebook.run_all()
    output = notebook.output(1)
    status = output.get_by_role("status")
    expect(status).to_have_text(
        "stage2, map 2, trained: its drawings excite it 2.0 × as much as the best patch."
    )
    cells = output.get_by_role("gridcell")
    assert [cell.get_attribute("aria-label") for cell in cells.all()] == [
        f"stage{stage}, map {number}" for stage in (1, 2) for number in (0, 1, 2)
    ]
    cells.nth(1).hover()
    expect(status).to_contain_text("stage1, map 1, trained")
    expect(cells.nth(5)).to_have_attribute("aria-selected", "true")
    status.hover()
    expect(status).to_contain_text("stage2, map 2, trained")
    cells.nth(1).click()
    assert notebook.value("atlas.place") == [0, 1]
    cells.nth(1).press("ArrowDown")
    expect(cells.nth(4)).to_be_focused()
    expect(status).to_contain_text("stage2, map 1")
    lab.page.keyboard.press("ArrowDown")  # there is no row below
    lab.page.keyboard.press("ArrowRight")
    assert notebook.value("atlas.place") == [1, 2]
    output.get_by_role("button", name="random weights").click()
    expect(cells).to_have_count(4)
    expect(status).to_contain_text("stage2, map 1, random weights")
    assert notebook.value("atlas.network") == "random weights"
    cells.nth(3).press("ArrowLeft")
    assert notebook.value("atlas.place") == [1, 0]
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.set_theme(theme)
        assert axe(lab.page, ".cnnedu") == []


def shown(picture):
    """Return the pixels of a canvas, (tile, tile, 3)."""
    values = np.array(pixels(picture)).reshape(-1, 4)
    side = int(len(values) ** 0.5)
    return values[:, :3].reshape(side, side, 3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offline_by_touch_in_320_pixels(offline, tmp_path, axe, scheme):
    atlas = EXAMPLES["FeatureAtlas"]()
    page = offline(
        atlas.save_html(tmp_path / "page.html"),
        color_scheme=scheme,
        viewport={"width": 320, "height": 900},
        has_touch=True,
    )
    page.get_by_role("gridcell", name="stage2, map 1").tap()
    expect(page.get_by_role("status")).to_contain_text("stage2, map 1, trained")
    expect(page.get_by_role("img", name="Drawing")).to_have_count(3)
    atlas.place = (1, 1)  # its pictures are in two rows of the sheet
    given = [*atlas.shown[1].drawings, *atlas.shown[1].patches]
    for canvas, picture in zip(page.get_by_role("img").all(), given, strict=True):
        small = shown(canvas).reshape(48, 2, 48, 2, 3).mean(axis=(1, 3))
        assert np.abs(small - picture).mean() < 6  # what JPEG and resizing leave
    assert axe(page, "main") == []
    assert sticking_out(page) == []
