"""Stand-ins for modules that are not in the sandbox.

An import that is never used should cost no points. So the import succeeds, and only using the
module raises an error, which says that it isn't available while the work is graded. `asked` notes
that something of an absent module was asked for.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

asked = False


class AbsentFinder(MetaPathFinder, Loader):
    """Finds absent modules, after all other finders."""

    def __init__(self, names):
        self.names = set(names)

    def find_spec(self, name, path=None, target=None):
        """Return a spec for an absent module or a submodule of one."""
        parts = name.split(".")
        if any(".".join(parts[: n + 1]) in self.names for n in range(len(parts))):
            return ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        """Make the empty module."""
        return _AbsentModule(spec.name)

    def exec_module(self, module):
        """Leave it empty."""


class _AbsentModule(ModuleType):
    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        if name == "check" and self.__name__.startswith("cnnedu.checks.exercises."):
            return _leave_to_the_judge
        _note()
        return () if name == "__all__" else Absent(f"{self.__name__}.{name}")

    def __call__(self, *args, **kwargs):
        # A function that was taken for a module when the server imported all that is used.
        raise _not_here(self.__name__)


class Absent:
    """Anything in an absent module: raises an error as soon as it is used."""

    def __init__(self, name):
        self._name = name
        self.__module__ = name.rpartition(".")[0]

    def __call__(self, *args, **kwargs):
        """Refuse."""
        raise _not_here(self._name)

    def __getattr__(self, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        raise _not_here(self._name)


def _leave_to_the_judge(*arguments, **options):
    """Stand for an exercise's checks, which students also call in cells of their own."""


def _note():
    global asked
    asked = True


def _not_here(name):
    _note()
    return ImportError(f"`{name}` is not available while your work is graded: write it yourself")


def install(names):
    """Have imports of these modules return stand-ins if there is nothing else to import."""
    sys.meta_path.append(AbsentFinder(names))
