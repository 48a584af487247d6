"""Let nbval compare the notebooks' pictures, too: a figure that went out of date is a failure."""

import base64
import io

import numpy as np
import pytest
from nbval.plugin import IPyNbCell
from PIL import Image

# Two drawings of the same figure differ by a shade here and there (another build of a font, a
# palette); another number or line differs by much more, but in one place only. So tiles are
# compared.
TILE = 16
SHADES = 8


def pytest_collection_modifyitems(items):
    """Extend the comparison of every notebook cell; say which tests go to one process together.

    A file's tests share what they set up, and all tests in the browser share one JupyterLab.
    """
    for item in items:
        in_browser = "tests/browser/" in item.nodeid
        group = "browser" if in_browser else item.nodeid.split("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
        if isinstance(item, IPyNbCell):
            item.compare_outputs = comparison_with_pictures(item)


def comparison_with_pictures(item):
    """Return nbval's comparison of a cell's outputs, followed by that of its pictures."""
    compare_texts = item.compare_outputs

    def compare(test, ref, skip_compare=None):
        if not compare_texts(test, ref, skip_compare):
            return False
        for number, (now, stored) in enumerate(zip(pictures(test), pictures(ref), strict=True), 1):
            difference = largest_difference(now, stored)
            if difference > SHADES:
                item.comparison_traceback.append(
                    f"picture {number} is not the stored one (a part differs by {difference:.0f} "
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
    """Return the mean difference in shades of the tile where two pictures differ most."""
    if a.shape != b.shape:
        return 255.0
    height, width = (size // TILE * TILE for size in a.shape)
    difference = np.abs(a - b)[:height, :width]
    tiles = difference.reshape(height // TILE, TILE, width // TILE, TILE)
    return tiles.mean(axis=(1, 3)).max()
