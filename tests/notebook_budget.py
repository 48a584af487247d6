"""Hold every notebook to its budget while nbval runs it: 60 seconds and 1 GB of memory.

What else the machine does must not count. So a cell's time is that on the clock, or that of the
processor if it is shorter. The tests' report ends with a table of what each notebook took.
"""

import time

import pytest
from nbval.plugin import IPyNbCell

from harness.spent import peak_megabytes, processor_seconds

SECONDS, MEGABYTES = 60, 1000
TAKEN = pytest.StashKey[float]()
PROPERTY = "notebook took"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Run a cell; fail it if the notebook has exceeded its budget by then."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    notebook = item.parent
    pid = notebook.kernel.km.provisioner.pid
    begin, worked = time.perf_counter(), processor_seconds(pid)
    result = yield
    seconds = min(time.perf_counter() - begin, processor_seconds(pid) - worked)
    notebook.stash[TAKEN] = notebook.stash.get(TAKEN, 0) + seconds
    megabytes = peak_megabytes(pid)
    item.user_properties.append((PROPERTY, (notebook.stash[TAKEN], megabytes)))
    if notebook.stash[TAKEN] > SECONDS:
        pytest.fail(f"up to this cell the notebook took more than {SECONDS} s")
    if megabytes > MEGABYTES:
        pytest.fail(f"up to this cell the notebook's kernel took {megabytes:.0f} MB")
    return result


def pytest_terminal_summary(terminalreporter):
    """Print the table."""
    taken = {}
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        cell = dict(getattr(report, "user_properties", ()))
        if PROPERTY in cell:
            notebook = report.nodeid.split("::")[0]
            seconds, megabytes = cell[PROPERTY]
            most = taken.get(notebook, (0, 0))
            taken[notebook] = max(seconds, most[0]), max(megabytes, most[1])
    if taken:
        terminalreporter.section(f"notebooks: at most {SECONDS} s, {MEGABYTES} MB")
        for notebook, (seconds, megabytes) in sorted(taken.items()):
            terminalreporter.line(f"{notebook:<90}{seconds:6.1f} s{megabytes:6.0f} MB")
