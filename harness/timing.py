"""Fair timing on a busy machine: take turns, and count the best of several samples."""

import contextlib
import ctypes
import time

SETTLE = 0.01  # seconds in which the threads of the previous function stop spinning


def best_in_turns(functions, repeats=7, least=2e-3, most=0.5):
    """Time functions in turn; return each one's best time per call, in seconds, by name.

    A sample is as many calls as take `least` seconds. A pause and one call that doesn't count come
    before it: a library's threads go on spinning for a while after their work, and would keep the
    cores from the next function. A slow function, whose times vary little, misses its turn once its
    samples have taken `most` seconds.
    """
    best = {}
    for name, function in functions.items():
        function()
        best[name] = _seconds(function, 1)
    counts = {name: max(1, int(least / seconds)) for name, seconds in best.items()}
    spent = dict(best)
    for _ in range(repeats):
        for name, function in functions.items():
            if spent[name] > most:
                continue
            time.sleep(SETTLE)
            function()
            seconds = _seconds(function, counts[name])
            spent[name] += seconds
            best[name] = min(best[name], seconds / counts[name])
    return best


def _seconds(function, count):
    begin = time.perf_counter()
    for _ in range(count):
        function()
    return time.perf_counter() - begin


def keep_memory():
    """Let the C library keep freed memory, where it can.

    Otherwise it returns large blocks and fetches them again, and which of two libraries pays for
    those page faults is a matter of luck.
    """
    with contextlib.suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD
        mallopt(-3, 2**30)  # M_MMAP_THRESHOLD
