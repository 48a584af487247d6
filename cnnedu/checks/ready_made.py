"""Switch ready-made functions off while a student's own function is checked."""

import builtins
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from types import ModuleType

from cnnedu.checks.compare import CheckFailed

_ALLOWED = ContextVar("allowed", default=None)


def allowed_now():
    """Return the modules that the check at work allows, or None if none is at work.

    A grader that calls the student's function in another process switches the others off there.
    """
    return _ALLOWED.get()


@contextmanager
def switched_off(namespace, allowed):
    """Let code in `namespace` use Python's own modules and those in `allowed`, no others.

    Anything else that the notebook has imported stays in place but raises an error when used, and
    an import inside the function is refused. This keeps an honest student on the path; only the
    grader's sandbox stops a dishonest one.

    Args:
        namespace: the notebook's `globals()`.
        allowed: names of modules, such as ("numpy",).

    Raises:
        CheckFailed: inside the context, when something switched off is used.
    """
    kept = {name: v for name, v in namespace.items() if _is_foreign(v, allowed)}
    real_import = builtins.__import__

    def guarded_import(name, globals=None, locals=None, fromlist=(), level=0):
        if globals is namespace and not _is_allowed(name, allowed):
            raise _refusal(name)
        return real_import(name, globals, locals, fromlist, level)

    namespace.update({name: _SwitchedOff(name) for name in kept})
    builtins.__import__ = guarded_import
    token = _ALLOWED.set(allowed)
    try:
        yield
    finally:
        _ALLOWED.reset(token)
        builtins.__import__ = real_import
        namespace.update(kept)


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
        f"`{name}` would do the work for you, so it is switched off here: write it yourself"
    )


def _is_foreign(value, allowed):
    if isinstance(value, ModuleType):
        return not _is_allowed(value.__name__, allowed)
    # Functions and classes know where they come from; other values are data.
    module = getattr(value, "__module__", None) if callable(value) else None
    return isinstance(module, str) and not _is_allowed(module, allowed)


def _is_allowed(module, allowed):
    if module.split(".")[0] in {"__main__", "builtins", "IPython", *sys.stdlib_module_names}:
        return True
    return any(module == name or module.startswith(f"{name}.") for name in allowed)
