"""Share the tests out among processes, and let nbval compare the notebooks' pictures, too."""

import base64
import io

import numpy as np
from nbval.plugin import IPyNbCell
from PIL import Image
from xdist.scheduler import LoadFileScheduling

pytest_plugins = ["notebook_budget", "notebook_twice", "notebook_waiting"]

# Two drawings of the same figure differ by a shade here and there (another build of a font, another
# palette). Another number or line differs by much more, but in one place only: so compare tiles.
TILE = 16
SHADES = 8

# The longest begin first, so that no process is left with one of them at the end.
FIRST = [
    "tests/grading/test_attacks",
    "tests/browser/test_lessons",
    "tests/browser/test_every",
    "tests/classroom/",
    "tests/grading/",
    "tests/browser/",
    "tests/exercises/test_answers",
    "tests/benchmarks/",
    "lessons/",
]


class ByFile(LoadFileScheduling):
    """Share the tests out among processes, a file or notebook at a time.

    Most browser tests share one JupyterLab. The tests of grading go together as well: each starts
    processes of its own.
    """

    def _split_scope(self, nodeid):
        together = ("tests/browser/test_lessons", "tests/browser/test_every")
        if nodeid.startswith(together):
            return "lessons and widgets in the browser"
        if nodeid.startswith("tests/benchmarks/") and nodeid.endswith("[site]"):
            return "browser"  # they need the site, too
        if nodeid.startswith("tests/grading/test_attacks"):
            return "attacks"  # as long as all other tests of grading together
        if nodeid.startswith(("tests/exercises/test_draws", "tests/grading/test_honest")):
            return nodeid.partition("[")[2]  # an exercise at a time
        if nodeid.startswith(("tests/browser/", "tests/classroom/", "tests/grading/")):
            return nodeid.split("/")[1]
        return super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Let xdist share the tests out that way, in the order of collection."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items):
    """Put the longest tests first, and extend the comparison of every notebook cell."""
    items.sort(
        key=lambda item: next(
            (k for k, s in enumerate(FIRST) if item.nodeid.startswith(s)), len(FIRST)
        )
    )
    for item in items:
        if isinstance(item, IPyNbCell):
            item.compare_outputs = comparison_with_pictures(item)


def comparison_with_pictures(item):
    """Return a comparison of a cell's outputs: nbval's, then that of the pictures."""
    compare_texts = item.compare_outputs

    def compare(test, ref, skip_compare=None):
        if not compare_texts(test, ref, skip_compare):
            return False
        shown, expected = pictures(test), pictures(ref)
        if len(shown) != len(expected):
            item.comparison_traceback.append(
                f"the cell shows {len(shown)} pictures, and {len(expected)} are stored; "
                f"it gave {[output.get('text', output.get('data')) for output in test]}"
            )
            return False
        for number, (now, stored) in enumerate(zip(shown, expected, strict=True), 1):
            difference = largest_difference(now, stored)
            if difference > SHADES:
                item.comparison_traceback.append(
                    f"picture {number} differs from the stored one (somewhere by {difference:.0f} "
                    "of 255 shades): run `make notebooks` and look at it"
                )
                return False
        return True

    return compare


def pictures(outputs):
    """Return the PNG pictures among a cell's outputs as float arrays (H, W)."""
    encoded = [
        output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})
    ]
    grey = [
        Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB").convert("L") for png in encoded
    ]
    return [np.asarray(image, dtype=float) for image in grey]


def largest_difference(a, b):
    """Return the mean difference, in shades, of the tile in which two pictures differ most."""
    if a.shape != b.shape:
        return 255.0
    height, width = (size // TILE * TILE for size in a.shape)
    difference = np.abs(a - b)[:height, :width]
    tiles = difference.reshape(height // TILE, TILE, width // TILE, TILE)
    return tiles.mean(axis=(1, 3)).max()
