"""Run a notebook and keep the outputs that a reader should see."""

import base64
import copy
import io
import json
import zlib
from pathlib import Path

import nbclient
from PIL import Image

from cnnedu.authoring.source import AuthoringError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MAX_PNG_BYTES = 100_000
MAX_SECONDS = 300  # for one cell
STATE = "cnnedu"  # where an output's metadata keep the state of a widget, for the site
INHERITED = {"layout", "tabbable", "tooltip"}  # traits of every widget
PIXELS = "cifar10-pixels"  # tag of cells that show CIFAR-10's pictures, which aren't stored


def execute(notebook, folder: Path, shown: str):
    """Run `notebook` in `folder` and store the outputs in it; return it.

    A widget is stored as its picture: a stored reference to a live widget would show as an error
    until the notebook is run. What it held at the notebook's end goes into the output's metadata:
    the site makes it live from that.

    Raises:
        AuthoringError: a cell fails, takes over five minutes, ends the kernel, warns, or draws a
            picture over 100 KB.
    """
    metadata = copy.deepcopy(notebook.metadata)
    client = nbclient.NotebookClient(
        notebook,
        timeout=MAX_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # else it warns that it listens on this machine
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        raise AuthoringError(f"{shown}: a cell fails:\n{error}") from None
    except nbclient.exceptions.CellTimeoutError:
        raise AuthoringError(f"{shown}: a cell takes more than {MAX_SECONDS} s") from None
    except nbclient.exceptions.DeadKernelError:
        raise AuthoringError(f"{shown}: a cell ends the kernel; is there enough memory?") from None
    # The kernel adds its own Python version, which has nothing to do with the notebook.
    notebook.metadata = metadata
    for cell in notebook.cells:
        if PIXELS in cell.metadata.get("tags", []):
            cell.outputs = []
        for output in cell.get("outputs", []):
            _keep_state(output, client.widget_state)
            _tidy(output, cell, shown)
    return notebook


def _keep_state(output, states):
    """Store a widget's module in static/ and its traits, as JSON, in its output's metadata."""
    view = output.get("data", {}).get(WIDGET_VIEW)
    if view is None:
        return
    state = states[view["model_id"]]
    module = state["_anywidget_id"].split(".")[-2]
    traits = {
        name: value for name, value in state.items() if name[0] != "_" and name not in INHERITED
    }
    output.metadata[STATE] = {"widget": module, "state": packed(traits)}


def packed(traits):
    """Return traits as one short text: JSON, compressed, as base64."""
    as_text = json.dumps(traits, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.b64encode(zlib.compress(as_text.encode(), 9)).decode()


def unpacked(text):
    """Return the JSON of traits that `packed` has made short.

    >>> unpacked(packed({"stride": 2}))
    '{"stride":2}'
    """
    return zlib.decompress(base64.b64decode(text)).decode()


def _tidy(output, cell, shown):
    first_line = cell.source.partition("\n")[0]
    if output.get("name") == "stderr":
        raise AuthoringError(f"{shown}: the cell {first_line!r} warns:\n{output.text}")
    data = output.get("data", {})
    data.pop(WIDGET_VIEW, None)
    if "image/png" in data:
        png = base64.b64decode(data["image/png"])
        png = small_enough(png, f"{shown}: the cell {first_line!r}")
        data["image/png"] = base64.b64encode(png).decode()


def small_enough(png, where):
    """Return the PNG's bytes; if they are too many, reduce the picture to 256 colours."""
    if len(png) <= MAX_PNG_BYTES:
        return png
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for rounds in (1, 0):  # first the colours that fit best, so that white stays white
        smaller = io.BytesIO()
        look = {"dither": Image.Dither.NONE, "kmeans": rounds}
        image.quantize(256, Image.Quantize.MAXCOVERAGE, **look).save(smaller, "png", optimize=True)
        if len(smaller.getvalue()) <= MAX_PNG_BYTES:
            return smaller.getvalue()
    raise AuthoringError(
        f"{where} draws a picture of {len(smaller.getvalue()):,} bytes; keep pictures under "
        f"{MAX_PNG_BYTES:,} (a smaller figure, fewer photographs)"
    )
