"""The gallery page, opened from the disk with all network refused."""

import pytest
from browser.pages import sticking_out

from cnnedu.widgets.gallery import gallery, names


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The path of the page."""
    path = tmp_path_factory.mktemp("gallery") / "widgets.html"
    path.write_text(gallery(), encoding="utf-8")
    return path


def test_every_widget_is_alive(offline, path):
    page = offline(path)
    page.locator(".cnnedu").nth(len(names()) - 1).wait_for()
    assert page.locator("h2").all_inner_texts() == names()
    for place in page.locator(".cnnedu-place").all():
        assert place.locator(".cnnedu").count() == 1
        assert place.bounding_box()["height"] > 60
    page.locator(".cnnedu-stepper").get_by_role("button", name="Next").click()
    page.locator(".cnnedu-stepper").get_by_text("17 of 36").wait_for()
    page.locator(".cnnedu-shapes").get_by_role("combobox", name="Stack").select_option("AlexNet")
    page.get_by_text("61,100,840").wait_for()


def test_nothing_sticks_out_of_320_pixels(offline, path):
    page = offline(path, viewport={"width": 320, "height": 600})
    page.locator(".cnnedu").nth(len(names()) - 1).wait_for()
    assert sticking_out(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_in_320_pixels(offline, path, axe, scheme):
    page = offline(path, viewport={"width": 320, "height": 600}, color_scheme=scheme)
    page.locator(".cnnedu").nth(len(names()) - 1).wait_for()
    assert axe(page, "main") == []
