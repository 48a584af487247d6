"""Run a notebook and keep what a reader should see."""

import base64
import copy
from pathlib import Path

import nbclient

from cnnedu.authoring.source import AuthoringError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MAX_PNG_BYTES = 100_000


def execute(notebook, folder: Path, shown: str):
    """Run `notebook` in `folder` and store its outputs in it.

    A widget is stored as its picture alone: a stored reference to a live widget would show
    as an error until the notebook is run.

    Raises:
        AuthoringError: a cell fails, warns, or draws a picture over 100 KB.
    """
    metadata = copy.deepcopy(notebook.metadata)
    client = nbclient.NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        coalesce_streams=True,
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        raise AuthoringError(f"{shown}: a cell fails:\n{error}") from None
    # The kernel adds its exact version of Python, which says nothing about the notebook.
    notebook.metadata = metadata
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            _tidy(output, cell, shown)
    return notebook


def _tidy(output, cell, shown):
    first_line = cell.source.partition("\n")[0]
    if output.get("name") == "stderr":
        raise AuthoringError(f"{shown}: the cell {first_line!r} warns:\n{output.text}")
    data = output.get("data", {})
    data.pop(WIDGET_VIEW, None)
    size = len(base64.b64decode(data.get("image/png", "")))
    if size > MAX_PNG_BYTES:
        raise AuthoringError(
            f"{shown}: the picture of the cell {first_line!r} has {size:,} bytes; "
            f"keep pictures under {MAX_PNG_BYTES:,} (smaller figure, fewer pixels)"
        )
