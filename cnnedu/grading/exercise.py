"""Read an exercise's source version: its tests, the modules they allow, the names they look at."""

import ast
from dataclasses import dataclass, field

from nbgrader import utils

from cnnedu.checks import Case

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


@dataclass(frozen=True)
class Test:
    """One graded code cell.

    Args:
        before: sources of the instructor's own cells that come before it, in order.
        names: the names that the students' cells before it define; the test may look at these.
        imports: the modules that a solution may use.
    """

    before: tuple[str, ...]
    names: tuple[str, ...]
    imports: tuple[str, ...]


@dataclass
class Exercise:
    """An instructor's notebook.

    Args:
        tests: {grade_id: `Test`}.
        order: {grade_id: place} of the marked cells.
        used: the modules that its own cells import.
        texts: the sources of its own Markdown cells.
    """

    tests: dict[str, Test] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    @property
    def imports(self):
        """The sets of modules that its tests allow, each once, in order."""
        found = list(dict.fromkeys(test.imports for test in self.tests.values()))
        return found or [Case.imports]


def read(notebook):
    """Return the `Exercise` in a source notebook (nbformat 4)."""
    exercise, before, names = Exercise(), [], []
    tests = filter(is_test, notebook.cells)
    allowed = {test.metadata.nbgrader.grade_id: _allowed(test.source) for test in tests}
    # A test without a case looks at values only; it goes with the first test that has one.
    usual = next(filter(None, allowed.values()), Case.imports)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark:
            exercise.order[mark["grade_id"]] = len(exercise.order)
        if cell.cell_type != "code":
            exercise.texts |= set() if mark.get("solution") else {cell.source}
            continue
        if mark.get("solution"):
            names += _defined(cell.source)
        elif is_test(cell):
            imports = allowed[mark["grade_id"]] or usual
            exercise.tests[mark["grade_id"]] = Test(tuple(before), tuple(names), imports)
        else:
            before.append(cell.source)
            exercise.used += _imported(cell.source)
    return exercise


def is_test(cell):
    """Return whether a cell is code that awards points and holds no answer itself."""
    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


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


def _defined(source):
    """Return the names that a cell defines at top level."""
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
    """Return the modules that the cases in a test cell allow; none if there is no case."""
    allowed = []
    for node in (part for top in _parsed(source) for part in ast.walk(top)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Case":
            given = [word.value for word in node.keywords if word.arg == "imports"]
            allowed += ast.literal_eval(given[0]) if given else Case.imports
    return tuple(dict.fromkeys(allowed))


def _parsed(source):
    """Return a cell's statements, without lines for IPython (`%magic`, `!command`)."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    return ast.parse("\n".join(lines)).body
