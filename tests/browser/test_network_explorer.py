"""`NetworkExplorer`: what the page computes, and how a reader gets down to one product."""

import io
import re

import numpy as np
import pytest
from browser.pages import javascript
from PIL import Image
from playwright.sync_api import expect

from cnnedu.kernels import avg_pool2d, conv2d, linear, max_pool2d, relu, softmax
from cnnedu.widgets.assets import module

IMPORT = "from cnnedu.widgets import NetworkExplorer"

RUN = """({ openNetwork, runNetwork, explainOutput }, layers, weights, shape, x, outputs) => {
  const opened = openNetwork(layers, Float32Array.from(weights));
  const [channels, height, width] = shape;
  const input = { channels, height, width, data: Float64Array.from(x) };
  const volumes = [input, ...runNetwork(opened, input)];
  const made = outputs.map(([layer, ...at]) => explainOutput(opened[layer], volumes[layer], at));
  return [volumes.slice(1).map((volume) => [...volume.data]), made];
}"""


@pytest.fixture
def explorer(lab):
    notebook = lab.open_cells(IMPORT, "explorer = NetworkExplorer(); explorer")
    notebook.run_all()
    return notebook, notebook.output(1)


def test_the_page_computes_what_the_kernels_compute(browser):
    from torch import nn

    from cnnedu.widgets.page_layers import page_layers

    network = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, stride=2),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2, 1),
        nn.AvgPool2d(2, 1),
        nn.Flatten(),
        nn.Linear(4 * 4 * 3, 5),
    ).eval()
    random = np.random.default_rng(0)
    layers, weights = page_layers("NetworkExplorer", network)
    weights = random.normal(0, 1, weights.shape).astype(np.float32)
    x = random.normal(0, 1, (1, 2, 12, 10))
    w, b, scale, shift, w2, b2 = np.split(weights.astype(float), np.cumsum([72, 4, 4, 4, 240]))
    expected = [conv2d(x, w.reshape(4, 2, 3, 3), b, stride=2, padding=1)]
    expected.append(expected[-1] * scale[:, None, None] + shift[:, None, None])
    expected += [relu(expected[-1])]
    expected += [max_pool2d(expected[-1], 2, 1)]
    expected += [avg_pool2d(expected[-1], 2, 1)]
    expected += [expected[-1].reshape(1, -1)]
    expected += [linear(expected[-1], w2.reshape(5, 48), b2)]

    outputs = [[0, 3, 0, 4], [0, 1, 5, 0], [1, 2, 3, 3], [3, 1, 2, 1], [6, 4, 0, 0]]
    with javascript(browser, module("network")) as call:
        found, made = call(RUN, layers, weights.tolist(), x.shape[1:], x.ravel().tolist(), outputs)
    for values, wanted in zip(found, expected, strict=True):
        np.testing.assert_allclose(values, wanted.ravel(), rtol=0, atol=1e-6)
    for (layer, *at), groups in zip(outputs, made, strict=True):
        wanted = expected[layer][0][tuple(at)] if layer < 5 else expected[layer][0, at[0]]
        if layer == 3:
            assert np.max(groups["groups"][0]["x"]) == pytest.approx(wanted)
        else:
            total = groups["bias"] + sum(np.sum(group["products"]) for group in groups["groups"])
            assert total == pytest.approx(wanted, abs=1e-6)


def test_the_page_computes_the_network_of_the_recipe_fast(browser):
    import torch

    from cnnedu.models.whitened import Whitened
    from cnnedu.widgets.page_layers import page_layers

    torch.manual_seed(0)
    network = Whitened((4, 6, 8)).double().eval()
    layers, weights = page_layers("NetworkExplorer", network)
    x = torch.randn(1, 3, 32, 32, dtype=torch.float64)
    peak = next(k for k, layer in enumerate(layers) if layer["kind"] == "peak")
    outputs = [[1, 5, 3, 4], [peak, 2, 0, 0], [len(layers) - 1, 3, 0, 0]]
    with javascript(browser, module("network")) as call:
        found, made = call(RUN, layers, weights.tolist(), [3, 32, 32], x.ravel().tolist(), outputs)
    values = x
    steps = [m for m in network.modules() if not isinstance(m, torch.nn.Sequential)]
    for step, computed in zip(steps, found, strict=True):
        values = step(values)
        np.testing.assert_allclose(computed, values.detach().ravel(), rtol=0, atol=1e-6)
    assert max(map(max, made[1]["groups"][0]["x"])) == pytest.approx(found[peak][2])
    assert made[2]["groups"][0]["sum"] == pytest.approx(found[-1][3])


def test_from_the_network_to_a_product_in_one_click_each(explorer):
    notebook, output = explorer
    probabilities = softmax(notebook.value("explorer.logits"))
    answers = output.get_by_role("list", name="Answer").get_by_role("listitem").all_inner_texts()
    found = dict(re.match(r"(\w+)\s+([\d.]+) %", answer).groups() for answer in answers)
    names = notebook.value("explorer.classes")
    likeliest = np.argsort(-probabilities)[:5]
    assert list(found) == [names[k] for k in likeliest]
    shown = np.array(list(found.values()), float)
    np.testing.assert_allclose(shown, 100 * probabilities[likeliest], atol=0.51)
    tiles = output.get_by_role("group", name="Layers").locator(".cnn-tiles").nth(3)
    box = tiles.bounding_box()
    tiles.click(position={"x": box["width"] * 1.5 / 8, "y": box["height"] * 2.5 / 8})
    assert notebook.value("explorer.focus[:2]") == [3, 17]
    map_view = output.get_by_role("application", name="Feature map")
    box = map_view.bounding_box()
    map_view.click(position={"x": box["width"] * 6.5 / 13, "y": box["height"] * 4.5 / 13})
    assert notebook.value("explorer.focus") == [3, 17, 4, 6]
    value = notebook.value("round(explorer.outputs['conv2'][17, 4, 6].item(), 3)")
    expect(output.locator(".cnn-equation")).to_contain_text(f"= {value}".replace("-", "−"))
    expect(output.locator(".cnn-equation")).to_contain_text("the sum of 288 products")
    assert output.get_by_role("grid", name="Products").get_by_role("gridcell").count() == 9


def test_keyboard_alone(explorer, lab):
    notebook, output = explorer
    keys = lab.page.keyboard
    output.get_by_role("button", name="conv3").focus()
    keys.press("Enter")
    assert notebook.value("explorer.focus") == [6, 0, 2, 2]
    output.get_by_role("slider", name="Map", exact=True).focus()
    keys.press("End")
    assert notebook.value("explorer.focus") == [6, 63, 2, 2]
    output.get_by_role("application", name="Feature map").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp"):
        keys.press(key)
    assert notebook.value("explorer.focus") == [6, 63, 1, 3]
    output.get_by_role("slider", name="Input map").focus()
    keys.press("Home")
    expect(output.get_by_text("Window x, map 0", exact=True)).to_be_visible()


def test_every_kind_of_layer_says_how_it_computes(offline, tmp_path):
    from torch import nn

    from cnnedu.models.whitened import Scale
    from cnnedu.widgets import NetworkExplorer

    network = nn.Sequential()
    for name, layer, _ in (
        layers := [
            ("conv", nn.Conv2d(3, 4, 3), "the sum of 27 products"),
            ("norm", nn.BatchNorm2d(4), " · "),
            ("relu", nn.ReLU(), "max(0, "),
            ("gelu", nn.GELU(), "x · Φ(x) with x = "),
            ("tanh", nn.Tanh(), "tanh("),
            ("sigmoid", nn.Sigmoid(), "1 / (1 + exp(−x)) with x = "),
            ("largest", nn.MaxPool2d(2), "the largest of 4 numbers"),
            ("average", nn.AvgPool2d(3), "the mean of 9 numbers"),
            ("scaled", Scale(0.5), "0.5 · "),
            ("peak", nn.AdaptiveMaxPool2d(1), "the largest of map 0, 25 numbers"),
            ("flat", nn.Flatten(), "number 0, 0 of map 0"),
            ("dense", nn.Linear(4, 2), "the sum of 4 products"),
        ]
    ):
        network.add_module(name, layer)
    page = offline(NetworkExplorer(network).save_html(tmp_path / "page.html"))
    for name, _, words in layers:
        page.get_by_role("button", name=name).click()
        expect(page.locator(".cnn-equation")).to_contain_text(words)


def test_the_reader_s_own_picture_offline(offline, tmp_path):
    from cnnedu.widgets import NetworkExplorer

    page = offline(NetworkExplorer().save_html(tmp_path / "page.html"))
    answer = page.get_by_role("list", name="Answer")
    before = answer.inner_text()
    file = io.BytesIO()
    Image.fromarray(np.full((90, 60, 3), (20, 60, 220), np.uint8)).save(file, "png")
    page.get_by_label("Your own picture").set_input_files(
        {"name": "blue.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    expect(answer).not_to_have_text(before, use_inner_text=True)
    pixel = page.evaluate(  # once: the browser complains of a canvas that is read again and again
        "[...document.querySelector('[aria-label=Picture] canvas').getContext('2d')"
        ".getImageData(5, 5, 1, 1).data]"
    )
    assert pixel == [20, 60, 220, 255]
