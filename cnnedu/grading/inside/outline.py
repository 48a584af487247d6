"""Shown in the place of a package's `__init__.py` when only parts of it are in the sandbox."""

import importlib


def __getattr__(name):
    """Return a module that is there, or a stand-in that says what isn't."""
    from cnnedu.grading.inside.absent_modules import Absent

    # Only in the place of a package are there parts to look for.
    if name.startswith("__") or "__path__" not in globals():
        raise AttributeError(name)
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError:
        return Absent(f"{__name__}.{name}")
