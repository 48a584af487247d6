"""Memory: keep it from step to step; where it doesn't suffice, say which batch would fit."""

import ctypes
import sys
from contextlib import contextmanager

import torch

from cnnedu.training.settings import TrainingError

# Names and numbers of mallopt(3), as malloc.h has them; the defaults are those of mallopt(3).
TRIM_THRESHOLD, MMAP_MAX = -1, -4
DEFAULTS = {TRIM_THRESHOLD: 128 * 1024, MMAP_MAX: 65536}
KEEP = {TRIM_THRESHOLD: 2**31 - 1, MMAP_MAX: 0}
LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None
IS_GLIBC = hasattr(LIBRARY, "malloc_trim")


@contextmanager
def memory_kept():
    """Keep the memory of one step for the next one: in the main thread, with glibc.

    It would give every large array back to the system, which clears each page anew when it is
    handed out again, step after step.
    """
    try:
        _set(KEEP)
        yield
    finally:
        _set(DEFAULTS)
        give_back()


def give_back():
    """Give the memory that is kept, and not in use, back to the system.

    To be called when the arrays' sizes change: the new ones would not fit into the old places.
    """
    if IS_GLIBC:
        LIBRARY.malloc_trim(0)


def _set(values):
    if IS_GLIBC:
        for name, value in values.items():
            LIBRARY.mallopt(name, value)


def run_or_explain(step, size):
    """Return `step(size)`; where the memory doesn't suffice, find the size that fits.

    Args:
        step: function of the number of pictures; it may be called again with fewer.
        size: number of pictures.

    Raises:
        TrainingError: out of memory; names the largest of size/2, size/4, … that worked.
    """
    try:
        return step(size)
    except RuntimeError as problem:
        if not _is_out_of_memory(problem):
            raise
    fits = size // 2
    while fits and not _works(step, fits):
        fits //= 2
    advice = f"{fits} fits: start again with that batch_size" if fits else "not even 1 fits"
    raise TrainingError(f"out of memory with a batch of {size} pictures; {advice}")


def _works(step, size):
    try:
        step(size)
    except RuntimeError as problem:
        if not _is_out_of_memory(problem):
            raise
        return False
    return True


def _is_out_of_memory(problem):
    """Whether this is what PyTorch raises, for a GPU or for a CPU."""
    return isinstance(problem, torch.OutOfMemoryError) or "can't allocate memory" in str(problem)
