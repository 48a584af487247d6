"""Keep memory from step to step and, if it runs out, say which batch size would fit."""

import ctypes
import sys
from contextlib import contextmanager

import torch

from cnnedu.training.settings import TrainingError

# Names and numbers from malloc.h; the defaults are those of mallopt(3).
TRIM_THRESHOLD, MMAP_MAX = -1, -4
DEFAULTS = {TRIM_THRESHOLD: 128 * 1024, MMAP_MAX: 65536}
KEEP = {TRIM_THRESHOLD: 2**31 - 1, MMAP_MAX: 0}
LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None
IS_GLIBC = hasattr(LIBRARY, "malloc_trim")


@contextmanager
def memory_kept():
    """Keep the memory of one step for the next one, in the main thread and with glibc.

    By default, glibc gives every large array back to the system, which clears its pages before it
    hands them out again, step after step.
    """
    try:
        _set(KEEP)
        yield
    finally:
        _set(DEFAULTS)
        give_back()


def give_back():
    """Give memory that is kept but not in use back to the system.

    Call this when the sizes of the arrays change: new ones wouldn't fit into the old places.
    """
    if IS_GLIBC:
        LIBRARY.malloc_trim(0)


def _set(values):
    if IS_GLIBC:
        for name, value in values.items():
            LIBRARY.mallopt(name, value)


def run_or_explain(step, size):
    """Return `step(size)`; if memory runs out, find the size that fits and say so.

    Args:
        step: function of the number of pictures; it may be called again with a smaller one.
        size: number of pictures.

    Raises:
        TrainingError: memory ran out; the message names the largest of size/2, size/4, … that fits.
    """
    fits = size
    while fits:
        try:
            result = step(fits)
            break
        except RuntimeError as problem:
            if not _is_out_of_memory(problem):
                raise
        fits //= 2
    if fits == size:
        return result
    again = "start again with that batch_size and another --out"
    advice = f"{fits} fits: {again}" if fits else "not even 1 fits"
    raise TrainingError(f"out of memory with a batch of {size} pictures; {advice}")


def _is_out_of_memory(problem):
    """Return whether this is what PyTorch raises, on a GPU or on a CPU."""
    return isinstance(problem, torch.OutOfMemoryError) or "can't allocate memory" in str(problem)
