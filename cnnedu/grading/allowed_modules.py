"""The modules in the sandbox: those that an exercise allows, and what they need."""

import ast
import importlib.metadata
import re
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement

import cnnedu
from cnnedu.grading.sandbox import packages_folders

ROOT = Path(cnnedu.__file__).parent
EVERYTHING = ("*",)  # all modules that are installed, but for the answers
ANSWERS = ROOT / "checks/answers", ROOT / "checks/exercises"
# What a notebook needs to run, to draw and to show its progress.
NEEDED = ("numpy", "ipython", "matplotlib", "matplotlib-inline", "comm", "tqdm")
# Modules of the course that hold no answers: `checks` itself, without its `exercises`.
HARMLESS = ("cnnedu.checks.__init__", "cnnedu.checks.case", "cnnedu.checks.compare")
OUTLINE = ROOT / "grading/inside/outline.py"
INSIDE = tuple(
    f"cnnedu.grading.inside.{name}"
    for name in ("absent_modules", "confine", "server", "shell", "student", "values", "wire")
)


@cache
def shown(allowed):
    """Return {where: what} of the files of the allowed modules and of those that they import.

    Args:
        allowed: names of modules, such as ("numpy", "cnnedu.data"), or `EVERYTHING`; None for the
            judge, who has the answers as well.
    """
    if allowed in (None, EVERYTHING):
        own = [ROOT] if allowed is None else _beside(*ANSWERS)
        return {path: path for path in (*packages_folders(), *own)}
    own = [name for name in allowed if name.split(".")[0] == "cnnedu"]
    others = [name.split(".")[0] for name in allowed if name.split(".")[0] != "cnnedu"]
    files = {}
    for name in _with_requirements((*NEEDED, *map(_distribution, others))):
        files |= {path: path for path in _paths(name)}
    return files | _own_files((*own, *HARMLESS, *INSIDE))


@cache
def absent(allowed):
    """Return the names of modules that are installed outside the sandbox and missing inside."""
    files, known = set(shown(allowed)), {}

    def is_missing(path):
        """Return whether neither a path nor a folder above it is shown; each folder once."""
        if path not in known:
            known[path] = path not in files and (path == path.parent or is_missing(path.parent))
        return known[path]

    tops = [path for folder in packages_folders() for path in folder.iterdir()]
    names = {path.name.split(".")[0] for path in tops if is_missing(path)} - {"cnnedu"}
    names = {name for name in names if name.isidentifier()}
    return sorted(names | {_module_name(path) for path in ROOT.rglob("*.py") if is_missing(path)})


def _beside(*hidden):
    """Return the course's files and folders that hold none of these."""
    found, waiting = [], [ROOT]
    while waiting:
        path = waiting.pop()
        if not any(path == other or path in other.parents for other in hidden):
            found.append(path)
        elif path not in hidden:
            waiting += path.iterdir()
    return found


@cache
def _with_requirements(names):
    """Return the names of these distributions and of all that they require."""
    found, waiting = set(), list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        found.add(name)
        for text in needs:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return sorted(found)


def _distribution(module):
    """Return the name of the distribution that installed a module."""
    try:
        if module in {top.removesuffix(".py") for top in _tops(module)}:
            return module
    except importlib.metadata.PackageNotFoundError:
        pass
    return _distributions().get(module, [module])[0]


@cache
def _distributions():
    """Return the distributions that installed each module; this reads all lists of files."""
    return importlib.metadata.packages_distributions()


def _paths(name):
    """Return the files and folders that a distribution has installed at top level."""
    folder = Path(importlib.metadata.distribution(name).locate_file(""))
    return [folder / top for top in _tops(name) if not top.endswith(".pth")]


@cache
def _tops(name):
    """Return the names at top level that a distribution has installed."""
    distribution = importlib.metadata.distribution(name)
    # The list of files as text: `distribution.files` makes an object for each of 10,000 paths.
    listed = (distribution.read_text("RECORD") or "").splitlines()
    paths = listed or [f"{file}," for file in distribution.files or ()]
    tops = {path.strip('"').partition(",")[0].partition("/")[0] for path in paths}
    return frozenset(tops - {"..", "__pycache__", ""})


def _own_files(names):
    """Return {where: what} for modules of this package, and modules beside them that they import.

    A package around an allowed module appears as an outline: its other modules aren't allowed.
    """
    found, waiting = {}, [part for name in names for part in _with_parts(name)]
    while waiting:
        name = waiting.pop()
        path = _file(name)
        if path and name not in found:
            found[name] = path
            # Modules elsewhere in the course, such as the kernels, stay out of sight.
            near = path.relative_to(ROOT).parts[0]
            used = _imports(path.read_text(encoding="utf-8"))
            waiting += [other for other in used if other.split(".")[1:2] == [near]]
    files = {path: path for path in found.values()}
    for path in list(files):
        for parent in path.relative_to(ROOT).parents:
            package = ROOT / parent / "__init__.py"
            full = any(_imports(package.read_text(encoding="utf-8")))
            files.setdefault(package, OUTLINE if full else package)
    return files


def _with_parts(name):
    """Return the name of a module, or of all modules in it if it is a package."""
    path = _file(name)
    if path and path.name == "__init__.py" and not name.endswith(".__init__"):
        return [_module_name(part) for part in path.parent.rglob("*.py")]
    return [name]


def _imports(source):
    """Yield the modules of this package that are imported at the top of a module."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cnnedu":
            for alias in node.names:
                part = f"{node.module}.{alias.name}"
                yield part if _file(part) else node.module
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "cnnedu")


def _file(name):
    """Return the file of a module of this package, or None."""
    path = ROOT.parent.joinpath(*name.split("."))
    for candidate in (path / "__init__.py", path.with_suffix(".py")):
        if candidate.is_file():
            return candidate
    return None


def _module_name(path):
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
