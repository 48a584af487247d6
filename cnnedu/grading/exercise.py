"""Read an exercise's source version: its tests, the modules they allow, the names they look at."""

import ast
import functools
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader import utils

import cnnedu
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
        own: the sources of its own code cells.
        used: the modules that its own cells import.
        texts: the sources of its own Markdown cells.
    """

    tests: dict[str, Test] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
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
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    modules = {}
    for cell in code:
        modules |= {} if cell.metadata.get("nbgrader") else aliases(cell.source)
    allowed = {
        cell.metadata.nbgrader.grade_id: _allowed(cell.source, modules)
        for cell in filter(is_test, code)
    }
    # A test without a case looks at values only; it goes with the first test that has one.
    usual = next(filter(None, allowed.values()), Case.imports)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
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
            exercise.own.add(cell.source)
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


def aliases(source):
    """Return {name: module} of the exercises' modules that a cell imports."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in _parsed(source)
        if isinstance(node, ast.ImportFrom) and node.module == "cnnedu.checks.exercises"
        for alias in node.names
    }


def _allowed(source, modules):
    """Return the modules that the cases in a test cell allow; none if there is no case.

    A case is declared in the cell itself, or in an exercise's module, whose `check` runs it.
    """
    tree = ast.Module(_parsed(source), [])
    allowed = [part for imports in _cases(tree).values() for part in imports]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "check":
            module = modules[node.func.value.id]
            allowed += _cases_of(module).get(node.args[0].value, ())
    return tuple(dict.fromkeys(allowed))


@functools.cache
def _cases_of(module):
    path = Path(cnnedu.__file__).parent.joinpath(*module.split(".")[1:]).with_suffix(".py")
    return _cases(ast.parse(path.read_text(encoding="utf-8")))


def _cases(tree):
    """Return {name: imports} of the checks of functions declared in some code, which isn't run.

    These are all cases, and the designs that declare imports.
    """
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = {}
    for node in ast.walk(tree):
        called = getattr(node.func, "id", None) if isinstance(node, ast.Call) else None
        if called in ("Case", "Design"):
            given = [word.value for word in node.keywords if word.arg == "imports"]
            given = [
                constants[value.id] if isinstance(value, ast.Name) else value for value in given
            ]
            if given or called == "Case":
                name = ast.literal_eval(node.args[0])
                found[name] = ast.literal_eval(given[0]) if given else Case.imports
    return found


def _parsed(source):
    """Return a cell's statements, without lines for IPython (`%magic`, `!command`)."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    return ast.parse("\n".join(lines)).body
