"""What the source version of an exercise says: its tests, what they need, what they look at."""

import ast
from dataclasses import dataclass, field

from cnnedu.checks import Case

DEFAULT_IMPORTS = Case.__dataclass_fields__["imports"].default
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


@dataclass(frozen=True)
class Test:
    """One graded code cell.

    Args:
        before: sources of the instructor's own cells that come before it, in order.
        names: what the cells for students define up to here: all that the test may look at.
        imports: the modules a solution may use.
    """

    before: tuple[str, ...]
    names: tuple[str, ...]
    imports: tuple[str, ...]


@dataclass
class Exercise:
    """What an instructor's notebook says.

    Args:
        tests: by grade_id.
        order: the place of each marked cell.
        used: the modules that are imported.
        texts: the sources of its own Markdown.
    """

    tests: dict[str, Test] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    @property
    def imports(self):
        """Return the sets of modules that its tests allow, each once, in order."""
        found = list(dict.fromkeys(test.imports for test in self.tests.values()))
        return found or [DEFAULT_IMPORTS]


def read(notebook):
    """Return the `Exercise` in a source notebook (nbformat 4)."""
    exercise, before, names = Exercise(), [], []
    allowed = {cell_id: _allowed(source) for cell_id, source in _test_sources(notebook)}
    # A value worked out by hand is looked at wherever the first function is.
    usual = next(filter(None, allowed.values()), DEFAULT_IMPORTS)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark:
            exercise.order[mark["grade_id"]] = len(exercise.order)
        if cell.cell_type != "code":
            exercise.texts |= set() if mark.get("solution") else {cell.source}
            continue
        if mark.get("solution"):
            names += _defined(cell.source)
        elif mark.get("grade"):
            imports = allowed[mark["grade_id"]] or usual
            exercise.tests[mark["grade_id"]] = Test(tuple(before), tuple(names), imports)
        else:
            before.append(cell.source)
            exercise.used += _imported(cell.source)
    return exercise


def visible(source):
    """Return a test cell's source without the hidden tests."""
    lines, hidden = [], False
    for line in source.splitlines():
        hidden = hidden or line.strip().startswith(BEGIN_HIDDEN)
        if not hidden:
            lines.append(line)
        if line.strip().startswith(END_HIDDEN):
            hidden = False
    return "\n".join(lines)


def _test_sources(notebook):
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and mark.get("grade") and not mark.get("solution"):
            yield mark["grade_id"], cell.source


def _defined(source):
    """Return the names that a cell defines at its top level."""
    names = []
    for node in _parsed(source):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
        else:
            stored = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
            names += [part.id for part in stored if isinstance(part.ctx, ast.Store)]
    return names


def _imported(source):
    """Return the modules that a cell imports."""
    names = []
    for node in _parsed(source):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _allowed(source):
    """Return the modules that the cases of a test cell allow; none if it has no case."""
    allowed = []
    for node in (part for top in _parsed(source) for part in ast.walk(top)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Case":
            given = [word.value for word in node.keywords if word.arg == "imports"]
            allowed += ast.literal_eval(given[0]) if given else DEFAULT_IMPORTS
    return tuple(dict.fromkeys(allowed))


def _parsed(source):
    """Return a cell's statements; lines for IPython itself define nothing."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    return ast.parse("\n".join(lines)).body
