"""Run every cell of a notebook a second time at once, as readers do, while nbval runs it.

The second time, a cell may print something else, but it must not fail. What the next cells print
is compared with what is stored, so a second run doesn't change them, either. Cells that take longer
than SECONDS, most of which train, run once; `make fuzz` runs them twice as well.
"""

import os
import time

import pytest
from nbval.plugin import IPyNbCell, NbCellError

SECONDS = float("inf") if "CNNEDU_THOROUGH" in os.environ else 2


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item):
    """Run a cell's test, then the cell again; its time and memory count only the first time."""
    begin = time.perf_counter()
    result = yield
    if isinstance(item, IPyNbCell) and time.perf_counter() - begin < SECONDS:
        item.options |= {"check": False, "check_exception": False}
        try:
            item.runtest()
        except NbCellError as error:
            error.args = ("Run a second time, the cell fails",)
            raise
    return result
