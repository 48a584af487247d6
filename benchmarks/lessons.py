"""Time each lesson and solution from "Run All" to its end, and measure its memory.

    python benchmarks/lessons.py [NUMBER] [--repeats 1]

Each notebook runs in a fresh kernel. Of several runs the best times and the largest memory count.
"First picture" is the time until the first cell with a picture has ended; like the time of all
cells it includes the start of the kernel and the imports.
"""

import argparse
import json
import os
import subprocess
import time

import nbclient
import nbformat

from harness.course import ROOT
from harness.spent import peak_megabytes


def run(path):
    """Return (seconds to the first picture, seconds to the end, peak memory in MB)."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    start = time.perf_counter()
    first = None
    with client.setup_kernel(stderr=subprocess.DEVNULL):  # it warns at every start
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
            pictures = [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
            if pictures and first is None:
                first = time.perf_counter() - start
        end = time.perf_counter() - start
        return first, end, peak_megabytes(client.km.provisioner.pid)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", nargs="?", default="", help="of one notebook, such as 05")
    parser.add_argument("--repeats", type=int, default=1, help="runs of each (default: 1)")
    options = parser.parse_args()
    paths = sorted(ROOT.glob(f"lessons/{options.number}*.ipynb"))
    paths += sorted(ROOT.glob(f"solutions/{options.number}*/*.ipynb"))
    rows = []
    print(f"{'notebook':<46}{'first picture':>15}{'all cells':>12}{'memory':>12}")
    for path in paths:
        firsts, ends, peaks = zip(*(run(path) for _ in range(options.repeats)), strict=True)
        first = min(firsts) if all(firsts) else None
        name = f"{path.relative_to(ROOT).parts[0]}/{path.stem}"
        rows.append({"notebook": name, "first_s": first, "all_s": min(ends), "mb": max(peaks)})
        shown = f"{first:.1f} s" if first else "none"
        print(f"{name:<46}{shown:>15}{min(ends):>10.1f} s{max(peaks):>9.0f} MB", flush=True)
    print(json.dumps({"benchmark": "lessons", "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
