"""How much memory a process has needed."""

import re
from pathlib import Path

import psutil


def peak_megabytes(pid):
    """Return a process's peak memory so far, or its current memory where no file has the peak."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return psutil.Process(pid).memory_info().rss / 1e6
    return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))[1]) * 1024 / 1e6
