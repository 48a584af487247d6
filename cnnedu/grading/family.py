"""A process and its children where no control group counts for them: looked at from /proc."""

import re
import signal
from contextlib import suppress
from pathlib import Path

import psutil

# Of what is shared with others, each holds its part; page tables are the process's own.
HELD = re.compile(rb"^(?:Pss_Anon|Pss_Shmem|SwapPss): +(\d+) kB", re.MULTILINE)
TABLES = re.compile(rb"^VmPTE:\s+(\d+) kB", re.MULTILINE)


def members(number):
    """Return the numbers of a process and of all that descend from it."""
    try:
        first = psutil.Process(number)
        return [number, *(child.pid for child in first.children(recursive=True))]
    except psutil.Error:
        return []


def memory(number):
    """Return the bytes that a process and its children hold together; what is shared counts once.

    Files in memory that nobody has open or mapped aren't seen; a control group sees them.
    """
    return sum(map(_memory, members(number)))


def seconds(number):
    """Return the processor time of a process and its children, those that ended included."""
    total = 0.0
    for member in members(number):
        with suppress(psutil.Error):
            total += sum(psutil.Process(member).cpu_times()[:4])
    return total


def waited(number):
    """Return the seconds that a process and its children stood in line for a processor."""
    total = 0
    for member in members(number):
        for task in Path(f"/proc/{member}/task").glob("*/schedstat"):
            with suppress(OSError):
                total += int(task.read_text().split()[1])  # nanoseconds
    return total / 1e9


def kill(number):
    """Kill what descends from a process, and what that leaves behind."""
    for _ in range(10):
        found = members(number)[1:]
        for member in found:
            with suppress(psutil.Error):
                psutil.Process(member).send_signal(signal.SIGKILL)
        if not found:
            return


def _memory(number):
    """Return the bytes that a process holds, also if its first thread has ended."""
    for task in sorted(Path(f"/proc/{number}/task").glob("*")):
        with suppress(OSError):
            held = HELD.findall((task / "smaps_rollup").read_bytes())
            if held:
                tables = TABLES.findall((task / "status").read_bytes())
                return 1024 * sum(map(int, [*held, *tables]))
    return 0
