"""`AttackSlider` in a real JupyterLab and offline."""

import numpy as np
from browser.pages import pixels
from playwright.sync_api import expect


def colours(page, name):
    """Return the colours of a picture on the page, shape (H, W, 3)."""
    return np.reshape(pixels(page.get_by_role("img", name=name, exact=True)), (32, 32, 4))[..., :3]


def test_drag_and_keys_move_epsilon(lab):
    notebook = lab.open_cells(
        "from cnnedu.widgets import AttackSlider", "slider = AttackSlider(); slider"
    )
    notebook.run_all()
    output = notebook.output(1)
    epsilon = output.get_by_role("slider", name="Epsilon")
    box = epsilon.bounding_box()
    lab.page.mouse.move(box["x"] + 9, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=10)
    lab.page.mouse.up()
    assert 8 < notebook.value("slider.epsilon") < 11
    expect(output.get_by_role("status")).to_contain_text("The network says dog")
    lab.page.keyboard.press("Home")
    assert notebook.value("slider.epsilon") == 0
    expect(output.get_by_role("status")).to_contain_text("The network says cat")
    for _ in range(4):
        lab.page.keyboard.press("ArrowRight")
    assert notebook.value("slider.epsilon") == 1
    output.get_by_role("combobox", name="Push").select_option("noise")
    assert notebook.value("slider.push") == "noise"
    notebook.value("slider.set_trait('epsilon', 16.0)")
    expect(output.get_by_text("16 of 255", exact=True)).to_be_visible()


def test_the_page_makes_the_picture_that_python_makes(offline, tmp_path):
    from cnnedu.widgets import AttackSlider

    slider = AttackSlider()
    page = offline(slider.save_html(tmp_path / "page.html"))
    slider.epsilon = 16
    page.get_by_role("slider", name="Epsilon").press("End")
    expect(page.get_by_text("16 of 255", exact=True)).to_be_visible()
    np.testing.assert_array_equal(colours(page, "The picture after it"), slider.pushed.round())
    np.testing.assert_array_equal(colours(page, "The picture"), slider.picture)
