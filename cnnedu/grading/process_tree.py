"""What a process and its children use, from /proc: for machines without control groups."""

import re
import signal
from contextlib import suppress
from pathlib import Path

import psutil

# Pss divides a shared page among those that share it; page tables belong to the process alone.
HELD = re.compile(rb"^(?:Pss_Anon|Pss_Shmem|SwapPss): +(\d+) kB", re.MULTILINE)
TABLES = re.compile(rb"^VmPTE:\s+(\d+) kB", re.MULTILINE)


def members(number):
    """Return the numbers of a process and all its descendants."""
    try:
        first = psutil.Process(number)
        return [number, *(child.pid for child in first.children(recursive=True))]
    except psutil.Error:
        return []


def memory(number):
    """Return the bytes that a process and its children hold; shared pages count once.

    Files in memory that no process has open or mapped aren't counted; a control group counts them.
    """
    return sum(map(_memory, members(number)))


def seconds(number):
    """Return the processor time of a process and its children, including those that have ended."""
    total = 0.0
    for member in members(number):
        with suppress(psutil.Error):
            total += sum(psutil.Process(member).cpu_times()[:4])
    return total


def waited(number):
    """Return the seconds that a process and its children have stood in line for a processor."""
    total = 0
    for member in members(number):
        for task in Path(f"/proc/{member}/task").glob("*/schedstat"):
            with suppress(OSError):
                total += int(task.read_text("utf-8").split()[1])  # nanoseconds
    return total / 1e9


def kill(number):
    """Kill the descendants of a process, until none is left."""
    for _ in range(10):
        found = members(number)[1:]
        for member in found:
            with suppress(psutil.Error):
                psutil.Process(member).send_signal(signal.SIGKILL)
        if not found:
            return


def _memory(number):
    """Return the bytes that a process holds, even if its first thread has ended."""
    for task in sorted(Path(f"/proc/{number}/task").glob("*")):
        with suppress(OSError):
            held = HELD.findall((task / "smaps_rollup").read_bytes())
            if held:
                tables = TABLES.findall((task / "status").read_bytes())
                return 1024 * sum(map(int, [*held, *tables]))
    return 0
