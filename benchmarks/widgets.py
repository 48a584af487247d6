"""Time the widgets in a real JupyterLab: frames while dragging, and the first picture.

    python benchmarks/widgets.py [WIDGET …] [--repeats 2]

- A frame's time is what the page spends on a frame in which the mouse has moved or a number has
  changed: handling the event, computing, drawing, style and layout, until the browser has painted.
- The first picture's time runs from the moment the page hears that the cell has ended until the
  browser has painted the widget.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile

from playwright.sync_api import sync_playwright

from harness.lab import INSTALL, Lab, launch, start_server

# Only frames in which the pointer moved or a number changed count. A message posted before drawing
# comes back after style, layout and paint. A key may be pressed at any moment, and the wait for the
# screen's next frame is not the page's work.
WATCH_FRAMES = """() => {
  window.frames_ms = [];
  const watching = new AbortController();
  window.stopWatching = () => watching.abort();
  let began = 0;
  let handled = null;
  const measure = () => {
    const { port1, port2 } = new MessageChannel();
    const start = performance.now() - handled;
    handled = null;
    port2.onmessage = () => window.frames_ms.push(performance.now() - start);
    port1.postMessage(null);
  };
  const onEvent = () => {
    began = performance.now();
    if (handled === null) requestAnimationFrame(measure);
    handled ??= 0;
  };
  const onHandled = () => (handled += performance.now() - began);
  for (const kind of ["pointermove", "input"]) {
    addEventListener(kind, onEvent, { capture: true, signal: watching.signal });
    addEventListener(kind, onHandled, { signal: watching.signal });
  }
}"""

RUN_AND_TIME = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  let ended;
  panel.sessionContext.iopubMessage.connect((_, message) => {
    const ofCell = message.parent_header.msg_type === "execute_request";
    if (ofCell && message.content.execution_state === "idle") ended = performance.now();
  });
  const shown = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!panel.node.querySelector(".cnnedu")) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    }).observe(panel.node, { childList: true, subtree: true });
  });
  await jupyterapp.commands.execute("notebook:run-all-cells");
  return Math.max(0, (await shown) - ended);
}"""


def drag(page, node):
    """Drag over the whole of an element in a spiral of small steps, once with every eighth."""
    box = node.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    for row in range(8):
        ends = (5, box["width"] - 5) if row % 2 == 0 else (box["width"] - 5, 5)
        y = box["y"] + box["height"] * (row + 0.5) / 8
        for x in ends:
            page.mouse.move(box["x"] + x, y, steps=30)
    page.mouse.up()


def paint(page, output):
    drag(page, output.get_by_role("grid", name="Picture"))


def filter_photograph(page, output):
    """Drag the window over the photograph, then raise a weight: each step filters all of it."""
    drag(page, output.get_by_role("application", name="Picture x"))
    output.get_by_role("combobox", name="Size").select_option("5×5")
    output.get_by_label("weight in row 2, column 2").focus()
    for _ in range(120):
        page.keyboard.press("ArrowUp", delay=33)  # as a key that is held down repeats


def raise_number(page, output):
    """Raise one of the sixteen numbers as fast as a key that is held down repeats."""
    output.get_by_label("number in row 0, column 0").focus()
    for _ in range(90):
        page.keyboard.press("ArrowUp", delay=33)


def resize_input(page, output):
    """Drag the size of VGG-16's input up and down: each step accounts for all 37 layers."""
    output.get_by_role("combobox", name="Stack").select_option("VGG-16")
    box = output.get_by_role("slider", name="input height and width").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.1, 0.9, 0.2, 0.8):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=60)
    page.mouse.up()


def choose_units(page, output):
    """Drag over the units of the layer with the largest receptive field."""
    drag(page, output.get_by_role("application", name="Output"))


def move_window(page, output):
    drag(page, output.get_by_role("grid", name="Picture x"))


def sketch(page, output):
    drag(page, output.get_by_role("grid", name="Your sketch"))


def point_at_units(page, output):
    drag(page, output.get_by_role("grid", name="Units"))


def draw_curve(page, output):
    drag(page, output.get_by_role("slider", name="y over x"))


def paint_input(page, output):
    """Paint over the picture with all gradients shown: each pixel runs the network twice."""
    output.get_by_role("slider", name="Position").fill("12")
    drag(page, output.get_by_role("grid", name="x: Space"))


def choose_gradients(page, output):
    drag(page, output.get_by_role("grid", name="dout"))


def draw_digit(page, output):
    drag(page, output.get_by_role("grid", name="Pad"))


def slide(name):
    """Return a function: drag the slider of this name up and down."""

    def drag_slider(page, output):
        drag(page, output.get_by_role("slider", name=name))

    return drag_slider


def explore_outputs(page, output):
    """Drag over one feature map of conv2: each output is explained by its 288 products."""
    output.get_by_role("button", name="conv2").click()
    drag(page, output.get_by_role("application", name="Feature map"))


def read_off(page, output):
    """Train for a few seconds, then drag along the curve."""
    output.get_by_role("button", name="Start").click()
    output.get_by_text("Finished").wait_for(timeout=60_000)
    drag(page, output.get_by_role("slider", name="Batch to look at"))


def search_kernel(page, output):
    """Drag one weight up and down with all slopes shown: each step filters the picture 20 times."""
    output.get_by_role("checkbox", name="Slopes").check()
    drag(page, output.get_by_role("slider", name="weight in row 1, column 1"))


def slide_photograph(page, output):
    drag(page, output.get_by_role("application", name="Photograph"))


# What is done to each widget while its frames are timed.
ACTIONS = {
    "ConvolutionStepper": paint,
    "DigitPad": draw_digit,
    "KernelLab": filter_photograph,
    "KernelSearch": search_kernel,
    "PoolingLab": raise_number,
    "ShapeCalculator": resize_input,
    "ShiftLab": slide_photograph,
    "ReceptiveField": choose_units,
    "BackpropStepper": choose_gradients,
    "GraphStepper": paint_input,
    "Im2colStepper": move_window,
    "TrainingDashboard": read_off,
    "TrainingMonitor": slide("Step"),
    "NetworkExplorer": explore_outputs,
    "HeatmapViewer": slide("Layer"),
    "AttackSlider": slide("Epsilon"),
    "CalibrationLab": slide("Temperature"),
    "DenseToConvolution": slide("Reach"),
    "RecipeRace": slide("Rungs from the bottom up"),
    "DrawCurve": draw_curve,
    "FeatureAtlas": point_at_units,
    "DrawMap": sketch,
}

# How to make a widget that needs arguments.
MAKE = {
    "TrainingMonitor": """
import torch
from torch.nn.functional import cross_entropy
from cnnedu.training.recorder import Recorder

def run(seed):
    torch.manual_seed(seed)
    network = torch.nn.Sequential(*[torch.nn.Linear(32, 32) for _ in range(4)])
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1)
    recorder = Recorder(network, optimiser)
    for _ in range(500):
        optimiser.zero_grad()
        loss = cross_entropy(network(torch.randn(32, 32)), torch.randint(10, (32,)))
        loss.backward()
        optimiser.step()
        recorder.add(loss.item(), 0.1)
    return recorder

widget = TrainingMonitor({str(seed): run(seed) for seed in range(2)})
widget""",
    "RecipeRace": """
runs = {"validation_accuracy": [0.7, 0.8, 0.9], "seconds": [100, 100, 100]}
widget = RecipeRace({f"rung {k}": runs for k in range(18)})
widget""",
    "FeatureAtlas": """
from cnnedu.widgets.gallery import EXAMPLES
widget = EXAMPLES["FeatureAtlas"]()
widget""",
    "DrawCurve": """
x = range(200)
widget = DrawCurve(x, {name: x for name in "abc"}, "x", "y", ylim=(0, 200))
widget""",
    "TrainingDashboard": """
from cnnedu import nn
from cnnedu.data.digits import load_digits
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
widget = TrainingDashboard(
    nn.fit, model, load_digits()[0], nn.SGD(model.parameters(), 0.1), epochs=20
)
widget""",
}


def measure(lab, name):
    """Return the times of the first picture and of all frames of a drag, in milliseconds."""
    make = MAKE.get(name, f"widget = {name}(); widget")
    notebook = lab.open_cells(f"from cnnedu.widgets import {name}\n{make}")
    first = lab.page.evaluate(RUN_AND_TIME)
    output = notebook.output(0)
    lab.page.evaluate(WATCH_FRAMES)
    ACTIONS[name](lab.page, output)
    frames = lab.page.evaluate("stopWatching(), window.frames_ms")
    lab.close_all()
    return first, frames


def row(name, runs):
    """Return what all runs of one widget say."""
    firsts = [first for first, _ in runs]
    frames = [frame for _, frames in runs for frame in frames]
    return {
        "widget": name,
        "frames": len(frames),
        "frame_median_ms": round(statistics.median(frames), 2),
        "frame_p95_ms": round(statistics.quantiles(frames, n=20)[-1], 2),
        "frame_worst_ms": round(max(frames), 2),
        "first_median_ms": round(statistics.median(firsts), 1),
        "first_worst_ms": round(max(firsts), 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "widgets", nargs="*", metavar="WIDGET", help="such as KernelLab (default: all)"
    )
    parser.add_argument("--repeats", type=int, default=2, help="runs of each (default: 2)")
    options = parser.parse_args()
    rows = []
    print(f"{'milliseconds':<22}{'frames: median':>15}{'95 %':>8}{'worst':>8}", end="")
    print(f"{'first picture: median':>24}{'worst':>9}")
    with (
        tempfile.TemporaryDirectory() as folder,
        start_server(folder) as url,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        if browser is None:
            sys.exit(INSTALL)
        lab = Lab(browser.new_page(viewport={"width": 1280, "height": 900}), url, folder)
        for name in options.widgets or ACTIONS:
            rows.append(row(name, [measure(lab, name) for _ in range(options.repeats)]))
            name, _, *values = rows[-1].values()
            shown = zip(values, (15, 8, 8, 24, 9), strict=True)
            print(
                f"{name:<22}", *(f"{value:>{width}}" for value, width in shown), sep="", flush=True
            )
        browser.close()
    print(json.dumps({"benchmark": "widgets", "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
