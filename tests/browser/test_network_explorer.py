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


DESCEND = """({ openNetwork, runNetwork, wayToPicture, comesFrom, seenBy },
    layers, weights, x, outputs, numbers) => {
  const opened = openNetwork(layers, Float32Array.from(weights));
  const input = { channels: 3, height: 32, width: 32, data: Float64Array.from(x) };
  const volumes = [input, ...runNetwork(opened, input)];
  return {
    ways: outputs.map((output) => wayToPicture(opened, volumes, output, null)),
    origins: numbers.map((at) => comesFrom(opened, volumes, at)),
    seen: numbers.map((at) => seenBy(opened, volumes, at)),
  };
}"""


@pytest.fixture(scope="module")
def descended(browser):
    """The default widget, and what the page says of the ways down from its outputs."""
    from cnnedu.widgets import NetworkExplorer

    explorer = NetworkExplorer()
    x = explorer._classifier.prepare(explorer.picture)[0].numpy()
    numbers = [[11, 3, 0, 0], [8, 111, 0, 0], [5, 3, 5, 5], [2, 22, 10, 12], [0, 4, 7, 9]]
    numbers += [[5, 3, i, j] for i in range(6) for j in range(6)]
    scores = [[11, k, 0, 0] for k in range(10)]
    given = (explorer.layers, explorer.weights.tolist(), x.ravel().tolist())
    text = module("network_path") + "export { openNetwork, runNetwork };"
    with javascript(browser, text) as call:
        return explorer, x, numbers, call(DESCEND, *given, scores, numbers)


@pytest.mark.parametrize("score", range(10))
def test_the_way_down_takes_the_largest_term_each_time(descended, score):
    """Every output on the way is the sum of its terms, and its largest leads to the next one."""
    explorer, x, _, found = descended
    network, outputs = explorer._classifier.network, list(explorer.outputs.values())
    way = found["ways"][score]
    steps = [*way["trail"], way["output"] + way["input"]]
    assert [step[0] for step in steps] == [11, 9, 6, 3, 0] and steps[0][1] == score
    for (layer, map_, i, j, c, u, v), below in zip(steps, [*steps[1:], None], strict=True):
        before = outputs[layer - 1] if layer else x
        part = network[layer]
        w, b = part.weight[map_].detach().numpy(), part.bias[map_].item()
        products = w * (before if w.ndim == 1 else before[:, i : i + 3, j : j + 3])
        value = outputs[layer][map_] if w.ndim == 1 else outputs[layer][map_, i, j]
        assert products.sum() + b == pytest.approx(value, abs=1e-4)
        largest = products.flat[np.abs(products).argmax()]
        assert products[c] == largest if w.ndim == 1 else products[c, u, v] == largest
        if below:  # the number used here is the one below, after ReLU and whatever else passes it
            used = before[c] if w.ndim == 1 else before[c, i + u, j + v]
            value_below = outputs[below[0]][tuple(below[1 : outputs[below[0]].ndim + 1])]
            assert max(0, value_below) == used


def test_a_number_comes_from_the_one_that_was_passed_on(descended):
    explorer, _, numbers, found = descended
    outputs = list(explorer.outputs.values())
    assert [way[-1][0] for way in found["origins"]] == [11, 6, 3, 0, 0] + 36 * [3]
    for at, way in zip(numbers, found["origins"], strict=True):
        assert way[0] == at
        values = [outputs[k][tuple(place[: outputs[k].ndim])] for k, *place in way]
        assert all(above == max(0, values[-1]) for above in values[:-1])
    assert found["origins"][1] == [[8, 111, 0, 0], [7, 6, 3, 3], [6, 6, 3, 3]]


def test_the_frame_on_the_picture_is_what_a_number_depends_on(descended):
    """With weights of 1, means for maxima and no ReLU, just the pixels inside have a slope."""
    import torch

    explorer, x, numbers, found = descended
    for (layer, *at), frame in zip(numbers, found["seen"], strict=True):
        picture = torch.tensor(x)[None].requires_grad_()
        values = picture
        for part in explorer._classifier.network[: layer + 1]:
            match part:
                case torch.nn.Conv2d():
                    values = torch.nn.functional.conv2d(values, torch.ones_like(part.weight))
                case torch.nn.Linear():
                    values = values @ torch.ones_like(part.weight).T
                case torch.nn.MaxPool2d():
                    values = torch.nn.functional.avg_pool2d(values, part.kernel_size)
                case torch.nn.Flatten():
                    values = part(values)
        values[0][tuple(at[: values.ndim - 1])].backward()
        rows, columns = np.nonzero(picture.grad[0, 0].numpy())
        top, left = rows.min(), columns.min()
        assert frame == [top, left, rows.max() - top + 1, columns.max() - left + 1]


def test_four_clicks_from_a_score_to_one_multiplication(explorer):
    notebook, output = explorer
    answer = output.get_by_role("list", name="Answer")
    answer.get_by_role("button", name="cat", exact=True).click()
    assert notebook.value("explorer.focus") == [11, 3, 0, 0]
    terms = output.locator(".cnn-terms li")
    shown = [float(text.split("= ")[1].replace("−", "-")) for text in terms.all_inner_texts()]
    score = notebook.value("explorer.logits[3].item()")
    assert sum(shown) == pytest.approx(score, abs=0.0005 * len(shown))
    zeros = notebook.value("int((explorer.outputs['relu4'] == 0).sum())")
    expect(terms.nth(-2)).to_contain_text(f"the other 53 products, {zeros} of them 0")
    terms.first.get_by_role("button").click()
    assert notebook.value("explorer.focus") == [9, 34, 0, 0]
    terms.first.get_by_role("button").click()
    assert notebook.value("explorer.focus") == [6, 6, 3, 3]
    output.get_by_role("grid", name="Products").get_by_role("gridcell").last.click()
    assert notebook.value("explorer.term") == [3, 2, 2]
    pixel, weight = notebook.value(
        "[explorer.outputs['pool2'][3, 5, 5].item(),"
        " explorer._classifier.network.conv3.weight[6, 3, 2, 2].item()]"
    )
    said = output.locator(".cnn-multiplication").inner_text()
    numbers = [float(number.replace("−", "-")) for number in re.findall(r"[−\d.]+", said)]
    assert numbers == pytest.approx([pixel, weight, pixel * weight], abs=0.00051)
    crumbs = output.get_by_role("navigation", name="Way down").get_by_role("listitem")
    assert [crumb.split()[0] for crumb in crumbs.all_inner_texts()] == [
        "cat", "dense1[34]", "conv3[6,", "one"
    ]  # fmt: skip
    crumbs.nth(1).get_by_role("button").click()
    assert notebook.value("[explorer.focus, explorer.trail]") == [
        [9, 34, 0, 0], [[11, 3, 0, 0, 34, 0, 0]]
    ]  # fmt: skip
    expect(crumbs).to_have_count(3)  # with the product of the dense layer that was followed


def test_down_to_the_picture_with_the_keyboard_alone(explorer, lab):
    notebook, output = explorer
    keys = lab.page.keyboard
    output.get_by_role("button", name="cat", exact=True).focus()
    for _ in range(3):  # each time the keyboard is where the reader goes on
        keys.press("Enter")
    assert notebook.value("explorer.focus") == [6, 6, 3, 3]
    keys.press("ArrowRight")
    assert notebook.value("explorer.term") == [3, 0, 1]
    output.get_by_role("button", name="Follow the largest to the picture").focus()
    keys.press("Enter")
    layer, *_ = notebook.value("explorer.focus")
    assert layer == 0
    c, u, v = notebook.value("explorer.term")
    _, _, i, j = notebook.value("explorer.focus")
    byte = notebook.value(f"explorer.picture[{i + u}, {j + v}, {c}].item()")
    colour = ["red", "green", "blue"][c]
    words = f"The picture: {colour} in row {i + u}, column {j + v} is {byte} of 255"
    expect(output.locator(".cnn-product")).to_contain_text(words)


def test_nothing_is_opened_until_the_reader_chooses(offline, tmp_path):
    from cnnedu.widgets import NetworkExplorer

    page = offline(NetworkExplorer(focus=()).save_html(tmp_path / "page.html"))
    expect(page.get_by_role("group", name="Layers")).to_be_visible()
    expect(page.get_by_text("How it was computed")).to_be_hidden()
    page.get_by_role("button", name="dog", exact=True).click()
    expect(page.locator(".cnn-equation")).to_contain_text("dense2[5] = the sum of 64 products")


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
    text = module("network_path") + "export { openNetwork, runNetwork };"
    given = (layers, weights.tolist(), x.ravel().tolist(), [[len(layers) - 1, 3, 0, 0]])
    with javascript(browser, text) as call:
        down = call(DESCEND, *given, [[len(layers) - 1, 3, 0, 0], [peak, 2, 0, 0]])
    by_factor, by_peak = down["origins"]
    assert by_factor[-1] == [len(layers) - 2, 3, 0, 0]
    assert [layers[at[0]]["kind"] for at in by_peak] == ["peak", "gelu", "scale", "conv"]
    height = width = 3
    values = np.reshape(found[peak - 1], (-1, height, width))
    assert values[tuple(by_peak[1][1:])] == found[peak][2] == values[2].max()
    way = [layers[step[0]]["kind"] for step in down["ways"][0]["trail"]]
    assert way == ["times", "dense"] + ["conv"] * 6


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
        page.get_by_role("button", name=f"{name}, ").click()
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
