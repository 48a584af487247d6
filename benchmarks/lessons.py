"""How long each lesson and solution takes from "Run All" to its end, and how much memory.

    .venv/bin/python benchmarks/lessons.py [NUMBER]

Each notebook runs in a fresh kernel, three times; the best time and the largest memory count.
"First picture" is the time until the first cell with a picture is done, imports and the start of
the kernel included.
"""

import json
import sys
import time
from pathlib import Path

import nbclient
import nbformat

ROOT = Path(__file__).parent.parent
PEAK = "import resource\nresource.getrusage(resource.RUSAGE_SELF).ru_maxrss"


def run(path):
    """Return (seconds to the first picture, seconds to the end, peak memory in MiB)."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    start = time.perf_counter()
    first = None
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
            pictures = [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
            if pictures and first is None:
                first = time.perf_counter() - start
        end = time.perf_counter() - start
        asked = client.execute_cell(nbformat.v4.new_code_cell(PEAK), 0, store_history=False)
    return first, end, int(asked.outputs[0].data["text/plain"]) / 1024


def main(number=""):
    paths = sorted(ROOT.glob(f"lessons/{number}*.ipynb"))
    paths += sorted(ROOT.glob(f"solutions/{number}*/*.ipynb"))
    rows = []
    print(f"{'notebook':<46}{'first picture':>15}{'all cells':>12}{'memory':>12}")
    for path in paths:
        firsts, ends, peaks = zip(*(run(path) for _ in range(3)), strict=True)
        first = min(f for f in firsts if f) if any(firsts) else None
        name = path.relative_to(ROOT).parts[0] + "/" + path.stem
        rows.append({"notebook": name, "first": first, "all": min(ends), "MiB": max(peaks)})
        shown = f"{first:.1f} s" if first else "none"
        print(f"{name:<46}{shown:>15}{min(ends):>10.1f} s{max(peaks):>8.0f} MiB", flush=True)
    print(json.dumps({"benchmark": "lessons", "rows": rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
