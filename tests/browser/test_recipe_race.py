"""`RecipeRace` in the page: its arithmetic, and climbing by slider, box and keyboard."""

import numpy as np
import pytest
from browser.pages import javascript, sticking_out
from playwright.sync_api import expect

from cnnedu.widgets import RecipeRace
from cnnedu.widgets.assets import module
from cnnedu.widgets.gallery import EXAMPLES


@pytest.fixture(scope="module")
def figures(browser):
    """Return a function: call(name, *arguments) of static/race_figures.js."""
    with javascript(browser, module("race_figures")) as call:
        yield lambda *given: call("(module, name, ...given) => module[name](...given)", *given)


def test_the_page_works_out_what_python_does(figures):
    random = np.random.default_rng(0)
    for seeds in (1, 2, 3, 5):
        accuracies = random.uniform(0.7, 0.9, (5, seeds))
        names = ["plain", "a", "b", "c", "d"]
        climb = {
            name: {"validation_accuracy": row.tolist(), "seconds": [9] * seeds}
            for name, row in zip(names, accuracies, strict=True)
        }
        race = RecipeRace(
            climb,
            without={"b": random.uniform(0.7, 0.9, seeds), "c": random.uniform(0.7, 0.9, seeds)},
            whole=random.uniform(0.7, 0.9, seeds),
            words={"a": "x=1", "c": "y=(1,2) z=0.5", "d": "w=2"},
            command="train",
        )
        gains, error = race.gains()
        found = figures("gainsOf", race.rungs)
        np.testing.assert_allclose(found["means"], gains)
        np.testing.assert_allclose(found["error"], error)
        losses, error = race.losses()
        found = figures("lossesOf", race.without, race.whole)
        assert found["means"] == pytest.approx(losses)
        np.testing.assert_allclose(found["error"], error)
        for bits in range(16):
            race.chosen = [name for k, name in enumerate("abcd") if bits >> k & 1]
            state = figures("stateOf", race.rungs, race.without, race.chosen)
            assert state == {
                "height": race.height,
                "leftOut": race.left_out,
                "measured": race.is_measured,
            }
            command = figures("commandFor", race.rungs, race.chosen, race.command)
            assert command == race.to_measure


def test_climbed_by_slider_and_by_boxes(lab, axe):
    notebook = lab.open_cells(
        "from cnnedu.widgets.gallery import EXAMPLES",
        "race = EXAMPLES['RecipeRace'](); race",
    )
    notebook.run_all()
    output = notebook.output(1)
    slider = output.get_by_role("slider", name="Rungs from the bottom up")
    expect(slider).to_have_value("3")
    slider.focus()
    slider.press("Home")
    status = output.get_by_role("status")
    expect(status).to_have_text("“plain”: 70.5 ± 0.3 % in 100 s.")
    slider.press("ArrowRight")
    expect(status).to_contain_text(
        "With “flips”: 74.3 ± 0.2 % in 104 s. Against the rung below: +3.8"
    )
    assert notebook.value("race.chosen") == ["+ flips"]
    output.get_by_role("checkbox", name="+ views").check()
    expect(status).to_have_text("This choice isn't measured. This measures it, for one seed:")
    expect(output.get_by_text("cnnedu train --recipe fast --set shift=0")).to_be_visible()
    output.get_by_role("checkbox", name="+ shifts").press("Space")
    expect(status).to_contain_text("With “views”: 77.1")
    output.get_by_role("checkbox", name="+ flips").uncheck()
    expect(status).to_contain_text("All but “flips”: 73.6 ± 0.3 %. Against the whole recipe")
    assert notebook.value("race.chosen") == ["+ shifts", "+ views"]
    output.get_by_role("checkbox", name="+ views").uncheck()
    expect(output.locator("code")).to_be_hidden()  # there is no word that takes the views back
    expect(status).to_contain_text("No recipe of cnnedu train")
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.set_theme(theme)
        assert axe(lab.page, ".cnnedu") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offline_by_touch_in_320_pixels(offline, tmp_path, axe, scheme):
    page = offline(
        EXAMPLES["RecipeRace"]().save_html(tmp_path / "page.html"),
        color_scheme=scheme,
        viewport={"width": 320, "height": 800},
        has_touch=True,
    )
    gains = page.locator(".cnn-gain")
    expect(gains).to_have_text(["+1.9 ± 0.2", "+0.9 ± 0.2", "+3.8 ± 0.2"])
    page.get_by_role("checkbox", name="+ views").tap()
    expect(gains).to_have_text(["", "+0.9 ± 0.2", "+3.8 ± 0.2"])
    expect(page.get_by_role("status")).to_contain_text("With “shifts”")
    assert axe(page, "main") == []
    assert sticking_out(page) == []
