"""Timing that is fair on a busy machine: in turns, the best of several."""

import contextlib
import ctypes
import time

SETTLE = 0.01  # seconds in which the threads of the one before stop spinning and go to sleep


def best_in_turns(functions, repeats=7, least=2e-3):
    """Time functions in turns; return the best seconds per call of each, by name.

    A sample of a fast function is as many calls as take `least` seconds, after one that doesn't
    count and a pause: a library's threads spin for some time after their work, and would take
    the cores from the next in turn.
    """
    counts = {}
    for name, function in functions.items():
        function()
        begin = time.perf_counter()
        function()
        counts[name] = max(1, int(least / (time.perf_counter() - begin)))
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(repeats):
        for name, function in functions.items():
            time.sleep(SETTLE)
            function()
            begin = time.perf_counter()
            for _ in range(counts[name]):
                function()
            best[name] = min(best[name], (time.perf_counter() - begin) / counts[name])
    return best


def keep_memory():
    """Let the C library keep freed memory, where it can.

    Otherwise it gives large blocks back and takes them anew, and which of two libraries pays for
    the page faults of that is luck.
    """
    with contextlib.suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD
        mallopt(-3, 2**30)  # M_MMAP_THRESHOLD
