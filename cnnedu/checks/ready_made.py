"""Switch ready-made functions off while a student's own function is checked."""

import builtins
import functools
import importlib.util
import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType

from cnnedu.checks.compare import CheckFailed

# What shows things and computes no answer: a figure or a progress bar may stay in the function.
HARMLESS = ("__main__", "builtins", "IPython", "matplotlib", "tqdm")
_ALLOWED = ContextVar("allowed", default=None)


def allowed_now():
    """Return the modules that the check at work allows, or None if none is at work.

    A grader that calls the student's function in another process switches the others off there.
    """
    return _ALLOWED.get()


@contextmanager
def switched_off(namespace, allowed):
    """Let code in `namespace` use Python's own modules and those in `allowed`, no others.

    Modules beside the notebook are the student's own: they may be used, under the same rule.
    Anything else that was imported stays in place but raises an error when used, and an import
    inside the function is refused. This keeps an honest student on the path; only the grader's
    sandbox stops a dishonest one.

    Args:
        namespace: the notebook's `globals()`.
        allowed: names of modules, such as ("numpy",).

    Raises:
        CheckFailed: inside the context, when something switched off is used.
    """
    spaces = _own_namespaces(namespace)
    kept = [_foreign(space, homes, allowed) for space, homes in spaces]
    spaces = [space for space, _ in spaces]
    real_import = builtins.__import__

    def guarded_import(name, globals=None, locals=None, fromlist=(), level=0):
        own = any(globals is space for space in spaces)
        if own and level == 0 and not _is_allowed(name, allowed):
            raise _refusal(name)
        return real_import(name, globals, locals, fromlist, level)

    for space, foreign in zip(spaces, kept, strict=True):
        space.update({name: _SwitchedOff(name) for name in foreign})
    builtins.__import__ = guarded_import
    token = _ALLOWED.set(allowed)
    try:
        yield
    finally:
        _ALLOWED.reset(token)
        builtins.__import__ = real_import
        for space, foreign in zip(spaces, kept, strict=True):
            space.update(foreign)


class _SwitchedOff:
    """Takes the place of a ready-made function or module."""

    def __init__(self, name):
        self._name = name

    def __call__(self, *args, **kwargs):
        raise _refusal(self._name)

    def __getattr__(self, attribute):
        raise _refusal(self._name)


def _refusal(name):
    return CheckFailed(
        f"`{name}` is switched off while your function is checked: write that part yourself, or "
        "use it in another cell"
    )


def _own_namespaces(namespace):
    """Return [(names, their homes)] of the notebook and of the student's own modules in use."""
    waiting, found, seen = [namespace], [], {None}
    for space in waiting:  # it grows
        homes = {name: _home(value) for name, value in space.items()}
        found.append((space, homes))
        for home in set(homes.values()) - seen:
            seen.add(home)
            if _is_own(home) and home in sys.modules:
                waiting.append(vars(sys.modules[home]))
    return found


def _foreign(space, homes, allowed):
    """Return the part of a namespace that comes from modules that aren't allowed."""
    off = {home for home in set(homes.values()) - {None} if not _is_allowed(home, allowed)}
    return {name: space[name] for name, home in homes.items() if home in off}


def _home(value):
    """Return the module that a value is, or comes from; None if it is data."""
    if isinstance(value, ModuleType):
        return value.__name__
    # Functions and classes know where they come from; other values are data.
    home = getattr(value, "__module__", None) if callable(value) else None
    return home if isinstance(home, str) else None


def _is_allowed(module, allowed):
    top = module.split(".")[0]
    if top in HARMLESS or top in sys.stdlib_module_names or _is_own(module):
        return True
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def _is_own(module):
    """Return whether a module lies beside the notebook, and so is the student's own."""
    top = module.split(".")[0]
    return top != "cnnedu" and _lies_in(top, os.getcwd())


@functools.lru_cache(maxsize=2**10)
def _lies_in(module, folder):
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):  # `__main__` has no spec
        return False
    if spec is None:
        return False
    paths = [spec.origin] if spec.has_location else spec.submodule_search_locations or ()
    return any(
        Path(folder).resolve() in Path(path).resolve().parents and "-packages" not in str(path)
        for path in paths
    )
