"""`cnnedu finetune --page`: the page in a browser, without a network, held to PyTorch."""

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from torch import nn

from cnnedu.data import photo
from cnnedu.data.pictures import middle_square, open_picture
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.page import write_page

# Classes of the network, and what the page shall call them.
KINDS = {
    "tabby cat": "<i>tabby", "Egyptian cat": "Egyptian cat", "espresso": "coffee & cup",
    "missile": "rocket", "bee": "bee", "palace": "temple",
}  # fmt: skip
TRANSPOSED = 5  # of the orientations in EXIF, one in which width and height are exchanged


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The page's path, and the network that it holds: ImageNet's, for six classes."""
    known, path = load_pretrained("imagenet"), tmp_path_factory.mktemp("made") / "new/try it.html"
    rows, dense = [known.classes.index(kind) for kind in KINDS], known.network.dense
    dense.weight, dense.bias = (nn.Parameter(w.data[rows]) for w in (dense.weight, dense.bias))
    trained = replace(known, classes=tuple(KINDS.values()))
    write_page(trained, "{{network}} & <more>", path)
    assert 21e6 < path.stat().st_size < 23e6  # README says "about 22 MB"
    return path, trained


@pytest.fixture
def page(offline, made):
    """The page, opened from the disk with the network off, when the network is ready."""
    page = offline(made[0])
    page.get_by_text("Ready.").wait_for()
    return page


def whole(name):
    return Image.fromarray(photo(name))


def transparent():
    picture = whole("coffee").convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def turned():
    exif = Image.Exif()
    exif[0x112] = TRANSPOSED
    return exif


PICTURES = {
    "landscape.png": lambda path: whole("cat").save(path),
    "portrait.png": lambda path: whole("flower").rotate(90, expand=True).save(path),
    "square.webp": lambda path: whole("tissue").crop((0, 0, 301, 301)).save(path, lossless=True),
    "small.png": lambda path: whole("rocket").resize((61, 97)).save(path),
    "transparent.png": lambda path: transparent().save(path),
    "turned.jpg": lambda path: whole("temple").save(path, exif=turned(), quality=90),
}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """The paths of pictures of many kinds."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, save in PICTURES.items():
        save(folder / name)
    return [folder / name for name in PICTURES]


def ask(page, path):
    """Choose a picture and wait for the answer to it."""
    page.get_by_label("Choose a picture").set_input_files(path)
    page.get_by_role("img", name=f"Picture {path.name}", exact=True).wait_for()


def shown_map(page):
    """Return how red the page draws each place of the square that the network sees."""
    url = page.locator("#heat").evaluate("canvas => canvas.toDataURL()")
    drawn = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    side, (width, height) = min(drawn.size), drawn.size
    left, top = (width - side) // 2, (height - side) // 2
    alpha = np.asarray(drawn)[top : top + side, left : left + side, 3]
    assert 0.68 < alpha.max() / 255 < 0.72
    return alpha


def seen(trained, path):
    """Return what the network sees of a picture in Python: uint8 (1, 3, size, size)."""
    return middle_square(open_picture(path)[0], trained.size).transpose(2, 0, 1)[None]


def agreement(page, trained, x, label):
    """Return the correlation of the page's map with Grad-CAM's, enlarged as smoothly."""
    heat = grad_cam(trained.network, trained.prepare(x)[0], label, trained.maps).numpy()
    shown = shown_map(page)
    smooth = Image.fromarray(heat).resize(shown.shape, Image.Resampling.BILINEAR)
    return np.corrcoef(shown.ravel(), np.asarray(smooth).ravel())[0, 1]


def test_the_page_says_what_pytorch_says_and_where(page, made, pictures):
    trained = made[1]
    for path in pictures:
        ask(page, path)
        x = seen(trained, path)
        wanted = trained.probabilities(x)[0]
        best = wanted.argsort()[::-1][:5]
        shown = page.locator("#classes button").all()
        names = [trained.classes[label] for label in best]
        assert [button.locator("span").inner_text() for button in shown] == names, path.name
        percents = [button.locator("b").inner_text().replace("\xa0", " ") for button in shown]
        assert percents == [f"{100 * wanted[label]:.1f} %" for label in best], path.name
        found = page.evaluate("[...latest.probabilities]")
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-3, err_msg=path.name)
        assert agreement(page, trained, x, best[0]) > 0.99, path.name
        expect(shown[0]).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_role("status")).to_contain_text(f"{names[0]}, {percents[0]}.")


# Wide, tall (its height is reduced first), one direction as it is, enlarged.
SIZES = (451, 300), (300, 451), (260, 275), (224, 300), (223, 500), (37, 900), (1, 1)


def test_the_pixels_are_pillows_to_the_last_bit(page):
    rng = np.random.default_rng(0)
    for width, height in SIZES:
        picture = Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=np.uint8))
        content = io.BytesIO()
        picture.save(content, "png")
        square = page.evaluate(
            """async (text) => {
              const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
              const bitmap = await createImageBitmap(new Blob([content]));
              return middleSquare(bitmap, 224).join();
            }""",
            base64.b64encode(content.getvalue()).decode(),
        )
        found = np.array(square.split(","), int).reshape(224, 224, 3)
        assert np.array_equal(found, middle_square(picture, 224)), (width, height)


def test_by_keyboard_another_class_and_a_weaker_map(page, made, pictures):
    ask(page, pictures[0])
    button = page.locator("#classes button").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    name = button.locator("span").inner_text()
    places = r"(in|at|on) the [a-z ]+"
    caption = f"Red: the evidence for {name}, strongest {places}. Dark: what the network"
    trained = made[1]
    x = seen(trained, pictures[0])
    assert agreement(page, trained, x, trained.classes.index(name)) > 0.99
    expect(page.locator("figcaption")).to_have_text(re.compile(caption))
    page.get_by_label("Heat map").focus()
    page.keyboard.press("Home")
    expect(page.locator("#heat")).to_have_css("opacity", "0")
    expect(page.locator("#photo")).to_have_css("filter", "grayscale(0)")
    ask(page, pictures[1])  # a new picture begins with its likeliest class
    expect(page.locator("#classes button").first).to_have_attribute("aria-pressed", "true")


def test_what_is_no_picture_is_refused_in_one_line(page, pictures, tmp_path):
    (tmp_path / "notes.txt").write_text("buy milk")
    status = page.get_by_role("status")
    page.get_by_label("Choose a picture").set_input_files(tmp_path / "notes.txt")
    expect(status).to_contain_text("notes.txt is no picture that this browser can read")
    page.evaluate("ABOUT.mostPixels = 451 * 300 - 1")
    page.get_by_label("Choose a picture").set_input_files(pictures[0])
    expect(status).to_contain_text("landscape.png: 451 × 300 pixels are too many")
    drop = """(text) => {
      const dataTransfer = new DataTransfer();
      if (text) {
        const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([content], "dropped.png"));
      }
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }"""
    page.evaluate(drop, "")
    expect(status).to_contain_text("That is no file")
    small = next(path for path in pictures if path.name == "small.png")
    page.evaluate(drop, base64.b64encode(small.read_bytes()).decode())
    page.get_by_role("img", name="Picture dropped.png").wait_for()


CAMERA = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, 320, 240), 50);
  window.lent = canvas.captureStream();
  navigator.mediaDevices.getUserMedia = async () => window.lent;
}"""


def test_the_camera_is_watched_until_it_is_stopped(page, pictures):
    page.evaluate(CAMERA)
    page.get_by_role("button", name="Use the camera").click()
    page.get_by_role("img", name="The camera’s picture").wait_for()
    expect(page.get_by_role("status")).to_contain_text("The likeliest: ")
    turns = page.evaluate("turns")
    page.wait_for_function("before => turns > before + 1", arg=turns)
    page.get_by_role("button", name="Stop the camera").click()
    assert page.evaluate("lent.getTracks()[0].readyState") == "ended"
    page.evaluate("""() => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new Error("Permission denied");
      };
    }""")
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_role("status")).to_contain_text("No camera (Permission denied). Take")
    ask(page, pictures[0])  # and the rest works on


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_and_within_320_pixels(offline, made, pictures, axe, scheme):
    # Without its policy, or axe's scripts may not run in it.
    how = {"color_scheme": scheme, "viewport": {"width": 320, "height": 600}, "bypass_csp": True}
    page = offline(made[0], **how)
    ask(page, pictures[0])  # before the network is ready
    page.get_by_text("How it was made").click()
    assert axe(page, "main") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    text = page.locator("main").inner_text()
    assert "{{network}} & <more>: what is in the picture?" in text
    assert (
        "knows only 6 classes: <i>tabby, Egyptian cat, coffee & cup, rocket, bee, temple." in text
    )
    assert "ONNX Runtime Web 1." in text and "Copyright (c) Microsoft Corporation" in text


def test_it_may_load_nothing_and_says_if_a_browser_is_too_old(browser, made):
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(made[0].as_uri())
    expect(page.get_by_role("status")).to_contain_text("doesn’t work in this browser")
    loads = "fetch('data:,hello').then(() => 'loaded', () => 'refused')"
    assert page.evaluate(loads) == "refused"
    page.close()
