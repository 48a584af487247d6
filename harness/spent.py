"""How much memory and processor time a process has needed."""

import contextlib
import re
from pathlib import Path

import psutil


def peak_megabytes(pid):
    """Return a process's peak memory so far, or its current memory where no file has the peak."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return psutil.Process(pid).memory_info().rss / 1e6
    return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))[1]) * 1024 / 1e6


def processor_seconds(pid):
    """Return the processor time of a process and its children so far, in seconds."""
    process = psutil.Process(pid)
    seconds = sum(process.cpu_times()[:4])  # its own, and that of children that have ended
    for child in process.children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it may have ended just now
            seconds += sum(child.cpu_times()[:4])
    return seconds
