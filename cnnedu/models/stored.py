"""The files of weights that come with the course, and what to say when one can't be read."""

from contextlib import contextmanager

from safetensors import SafetensorError


@contextmanager
def reading(path):
    """Say in one line that a file of weights is damaged or missing, if the block finds it so.

    Raises:
        ValueError: the block couldn't read the file, or found in it another network's weights.
    """
    try:
        yield
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as problem:
        raise ValueError(
            f"{path} is damaged or missing: restore it with git, or install the course again"
        ) from problem
