"""While nbval runs a lesson, fail it if its kernel has loaded PyTorch and the like too early.

That is before the first picture. Importing PyTorch takes longer than all else that a lesson imports
together. Compiled libraries show in the list of files that the kernel has in memory, so nothing is
asked of the kernel itself. `python benchmarks/waiting.py` measures the time.
"""

import re
from pathlib import Path

import psutil
import pytest
from nbval.plugin import IPyNbCell

SLOW = {"torch", "scipy", "skimage", "sklearn"}
LOOKED_AT = pytest.StashKey[bool]()


def slow_packages(files):
    """Return which of the slow packages these files belong to.

    >>> slow_packages(["/env/site-packages/torch/lib/libtorch.so", "/lib/torch.so", "/torch/a.so"])
    {'torch'}
    """
    found = (re.search(r"[/\\](?:site|dist)-packages[/\\](\w+)[/\\]", file) for file in files)
    return SLOW & {match[1] for match in found if match}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After the first cell with a picture, fail it if the kernel has loaded too much."""
    result = yield
    if not isinstance(item, IPyNbCell) or LOOKED_AT in item.parent.stash:
        return result
    path = Path(item.parent.path)
    if path.parent.name == "lessons" and any(
        "image/png" in output.get("data", {}) for output in item.cell.outputs
    ):
        item.parent.stash[LOOKED_AT] = True
        kernel = psutil.Process(item.parent.kernel.km.provisioner.pid)
        if hasattr(kernel, "memory_maps"):  # not on macOS
            early = slow_packages(part.path for part in kernel.memory_maps())
            if early:
                pytest.fail(
                    f"up to its first picture the lesson imports {', '.join(sorted(early))}, "
                    "which it needs only later"
                )
    return result
