"""When a batch is too large for the memory, say which one isn't."""

import torch

from cnnedu.training.settings import TrainingError


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
