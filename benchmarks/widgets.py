"""Time the widgets in a real JupyterLab: frames while dragging, and the first picture.

Prints one table and one JSON line. Run it from anywhere: python benchmarks/widgets.py

- A frame's time is what the page spends on one in which the mouse has moved: handling the
  pointer, computing, drawing, style and layout, up to the moment the browser has painted.
- The first picture's time runs from the moment the page hears that the cell has ended until the
  widget stands in the page and the browser has painted it.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser.lab import INSTALL, Lab, launch, start_server

CELL = "from cnnedu.widgets import ConvolutionStepper\nstepper = ConvolutionStepper(); stepper"
REPEATS = 5

# Only frames in which the pointer moved are counted. A message posted before drawing comes back
# after style, layout and paint.
WATCH_FRAMES = """() => {
  window.frames_ms = [];
  const watching = new AbortController();
  window.stopWatching = () => watching.abort();
  let start = null;
  const measure = () => {
    const { port1, port2 } = new MessageChannel();
    const moved = start;
    start = null;
    port2.onmessage = () => window.frames_ms.push(performance.now() - moved);
    port1.postMessage(null);
  };
  const onMove = () => {
    if (start === null) requestAnimationFrame(measure);
    start ??= performance.now();
  };
  addEventListener("pointermove", onMove, { capture: true, signal: watching.signal });
}"""

RUN_AND_TIME = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  let ended;
  panel.sessionContext.iopubMessage.connect((_, message) => {
    if (message.header.msg_type === "status" && message.content.execution_state === "idle") {
      ended = performance.now();
    }
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


def drag(page, grid):
    """Drag over the whole of a grid in a spiral of small steps, once with every row."""
    box = grid.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    for row in range(8):
        ends = (5, box["width"] - 5) if row % 2 == 0 else (box["width"] - 5, 5)
        y = box["y"] + box["height"] * (row + 0.5) / 8
        for x in ends:
            page.mouse.move(box["x"] + x, y, steps=30)
    page.mouse.up()


def measure(lab):
    """Return the times of the first picture and of all frames of a drag, in milliseconds."""
    notebook = lab.open_cells(CELL)
    first = lab.page.evaluate(RUN_AND_TIME)
    grid = notebook.output(0).get_by_role("grid", name="Picture")
    lab.page.evaluate(WATCH_FRAMES)
    drag(lab.page, grid)
    frames = lab.page.evaluate("stopWatching(), window.frames_ms")
    lab.close_all()
    return first, frames


def main():
    with (
        tempfile.TemporaryDirectory() as folder,
        start_server(folder) as url,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        if browser is None:
            sys.exit(INSTALL)
        lab = Lab(browser.new_page(viewport={"width": 1280, "height": 900}), url, folder)
        runs = [measure(lab) for _ in range(REPEATS)]
        browser.close()
    firsts = [first for first, _ in runs]
    frames = [frame for _, frames in runs for frame in frames]
    result = {
        "benchmark": "widgets",
        "cores": os.cpu_count(),
        "frames": len(frames),
        "frame_median_ms": round(statistics.median(frames), 2),
        "frame_p95_ms": round(statistics.quantiles(frames, n=20)[-1], 2),
        "frame_worst_ms": round(max(frames), 2),
        "first_picture_median_ms": round(statistics.median(firsts), 1),
        "first_picture_worst_ms": round(max(firsts), 1),
    }
    print(f"ConvolutionStepper in JupyterLab, {REPEATS} runs")
    for name, value in result.items():
        print(f"  {name:<26}{value:>10}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
