"""Imports inside `cnnedu` run downwards only, those inside functions included."""

import ast
import sys

import pytest

from harness.course import ROOT

LEVELS = (
    "cli doctor predict",
    "grading classroom authoring experiments study",
    "training tasks",
    "explain models plots widgets checks",
    "nn data",
    "kernels",
)
LEVEL = {part: number for number, parts in enumerate(LEVELS) for part in parts.split()}
# Within a level, only these.
SIDEWAYS = {
    ("cli", "doctor"),
    ("cli", "predict"),
    ("classroom", "grading"),
    ("tasks", "training"),
    ("checks", "models"),
    ("plots", "models"),
    ("widgets", "explain"),
    ("widgets", "models"),
    ("widgets", "plots"),
}
NUMPY_ALONE = {"numpy", *sys.stdlib_module_names}


def imports(part):
    """Yield (file:line, dotted name) of everything that a part of the package imports."""
    folder = ROOT / "cnnedu" / part
    for path in folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [
                    f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names
                ]
            else:
                continue
            yield from ((f"{path.relative_to(ROOT)}:{node.lineno}", name) for name in names)


def may_import(part, name):
    """Return whether a part of the package may import the module or object of this name."""
    top, _, rest = name.partition(".")
    if top != "cnnedu":
        return bool(top) and (part not in ("kernels", "nn") or top in NUMPY_ALONE)
    other = rest.partition(".")[0]
    return other in ("", part) or LEVEL[part] < LEVEL[other] or (part, other) in SIDEWAYS


def test_every_part_of_the_package_has_a_level():
    parts = {path.stem for path in (ROOT / "cnnedu").iterdir() if not path.name.startswith("__")}
    assert parts == set(LEVEL)


@pytest.mark.parametrize("part", LEVEL)
def test_a_part_imports_only_what_lies_below_it(part):
    found = list(imports(part))
    assert found, f"cnnedu/{part} imports nothing: has it moved?"
    wrong = [f"{place} imports {name}" for place, name in found if not may_import(part, name)]
    assert not wrong, "\n".join(wrong)
