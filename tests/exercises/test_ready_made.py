"""No module that a solution may import, and no other file in its sandbox, holds an answer.

Each exercise is run with its own solution. Whenever it checks a `Case`, the course's files that
the case's sandbox shows are read (does one of them define the reference, a mistake, or anything
that these call?) and tried out (does something in them pass as the student's work?).
"""

import ast
import contextlib
import functools
import importlib
import inspect
import io
import types
import warnings
from fnmatch import fnmatchcase
from pathlib import Path

import nbformat
import numpy as np
import pytest
from exercises.draw import drawn_once

from cnnedu.checks import Case
from cnnedu.grading import allowed_modules
from harness.course import ROOT

EXERCISES = sorted(path.stem for path in (ROOT / "sources/exercises").glob("*.py"))

# Shown, although the case's reference or a mistake needs it, and why.
NO_ANSWER = {
    "*: cnnedu.checks.compare.CheckFailed": "an error with a message",
    "folder_as_numbers: cnnedu.checks.picture_folders.folder_function": "calls the student's",
    "folder_as_numbers: cnnedu.checks.picture_folders.write": "writes the folder to read",
    "folder_as_numbers: cnnedu.checks.picture_folders._content": "makes the files to read",
    "folder_as_numbers: cnnedu.checks.picture_folders._numbers": "lays the answer out",
    "after_training: cnnedu.checks.torch_networks.small_network": "is the network to train",
    "after_evaluation: cnnedu.checks.torch_networks.small_network": "is the network to evaluate",
    "*: cnnedu.checks.torch_blocks.*_shapes": "the text gives the names and the shapes",
    "*: cnnedu.checks.torch_blocks._convs_and_norms": "the text gives the names and the shapes",
    "cam_as_numbers: cnnedu.checks.torch_cams.small_resnet": "is the network to explain",
    "cam_as_numbers: cnnedu.checks.torch_cams.SmallResNet": "is the network to explain",
    "cam_as_numbers: cnnedu.checks.torch_cams.BasicBlock": "is a block of it",
    "fault_as_numbers: cnnedu.checks.torch_faults.faulty_network": "is the network to mend",
    "fault_as_numbers: cnnedu.checks.torch_faults.ColourNet": "is the network to mend",
    "fault_as_numbers: cnnedu.checks.torch_faults.stamped_disks": "makes its pictures",
    "shortcut_as_numbers: cnnedu.checks.suspects.predictor": "is the network to examine",
    "shortcut_as_numbers: cnnedu.checks.suspects._layer": "is a layer of it",
    "scores: cnnedu.kernels.*": "the text gives the functions of lessons 03, 04 and 07",
    "gradient_rows: cnnedu.kernels.*": "the text gives the functions of lessons 03, 04 and 07",
    "after_training: cnnedu.checks.training_functions.toy_*": "is what the loop runs with",
    "conv2d_im2col: cnnedu.kernels.geometry.*": "what im2col itself needs",
    "conv2d_im2col: cnnedu.kernels.validation.*": "what im2col itself needs",
}
# Read, but not tried out, and why.
NOT_CALLED = {
    "cnnedu.grading": "serves and confines processes, and would do so to this one",
    "cnnedu.data.download": "fetches files; given a number, it would close a file of this process",
    "cnnedu.data.cifar10": "fetches and unpacks files, likewise",
}


class Trial:
    """Looks for answers among what is shown, whenever an exercise runs a case."""

    def __init__(self):
        self.written = []  # (source of a student's cell, what the notebook held before it)
        self.holding = set()  # what a shown file holds of an answer
        self.passing = {}  # {(case, stand-in): whether it has passed all checks so far}
        self.excused = set()
        self.cases = {}

    def run(self, case, namespace, hidden=False, seed=None):
        """Take the place of `Case.run`: try the stand-ins on the case."""
        shown = own_modules(case.imports)
        self.read(case, shown)
        # Its inputs are drawn once for all of them.
        case = self.cases.setdefault(case.name, drawn_once(case))
        for name, callable_ in callables(shown):
            for place, stand_in in self.stand_ins(case, namespace, callable_):
                key = case.name, place, name
                if self.passing.get(key, True):
                    self.passing[key] = passes(case, stand_in, hidden)

    def read(self, case, shown):
        """Note what the shown modules hold of the case's reference and of its mistakes."""
        answers = [case.reference, *(mistake.wrong for mistake in case.mistakes)]
        for module, name in set().union(*map(work, answers)):
            if module in shown:
                held = f"{case.name}: {module}.{name.split('.')[0]}"
                reasons = [pattern for pattern in NO_ANSWER if fnmatchcase(held, pattern)]
                self.excused.update(reasons)
                if not reasons:
                    self.holding.add(held)

    def stand_ins(self, case, namespace, callable_):
        """Yield (place, namespace) with `callable_` in place of something the student wrote."""

        def standing_in(*arguments):
            return callable_(*arguments)

        standing_in.__module__ = "__main__"
        lengths = set(map(len, case.inputs(np.random.default_rng(0))))
        if all(fits(callable_, length) for length in lengths):
            yield case.name, namespace | {case.name: standing_in}
        source, before = self.written[-1]
        defined = [node.name for node in ast.parse(source).body if hasattr(node, "name")]
        if case.name in defined:
            return
        # The case calls a function that the cell's last line makes of what the student wrote.
        for name in defined:
            if fits(callable_, parameters(namespace[name])):
                inside = before | {name: standing_in}
                with contextlib.suppress(Exception):
                    exec(without(source, name), inside)
                    yield name, inside


@functools.cache
def own_modules(imports):
    """Return the names of the course's modules whose files are in the sandbox."""
    names = set()
    for where, what in allowed_modules.shown(imports).items():
        if allowed_modules.ROOT in Path(where).parents and Path(where) == Path(what):
            for path in [where] if where.is_file() else where.rglob("*.py"):
                parts = path.relative_to(allowed_modules.ROOT.parent).with_suffix("").parts
                names.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return frozenset(names)


@functools.cache
def work(function):
    """Return {(module, name)} of the course's functions and classes that do this one's work.

    These are the function itself and everything that it refers to, directly or through others.
    """
    found, waiting = {}, [function]
    while waiting:
        thing = inspect.unwrap(waiting.pop())
        if isinstance(thing, functools.partial):
            waiting += [thing.func, *thing.args, *thing.keywords.values()]
        elif isinstance(thing, types.MethodType):
            waiting.append(thing.__func__)
        elif isinstance(thing, type) and thing.__module__.startswith("cnnedu"):
            waiting += [
                part for part in vars(thing).values() if isinstance(part, types.FunctionType)
            ]
            found[thing.__module__, thing.__qualname__] = thing
        elif isinstance(thing, types.FunctionType) and thing not in found.values():
            found[thing.__module__, thing.__qualname__] = thing
            waiting += referred(thing)
    return {key for key in found if key[0].startswith("cnnedu")}


def referred(function):
    """Return the functions and classes that a function refers to."""
    codes, names = [function.__code__], set()
    for code in codes:
        names |= {*code.co_names}
        codes += [part for part in code.co_consts if isinstance(part, types.CodeType)]
    things = [function.__globals__[name] for name in names if name in function.__globals__]
    for module in [thing for thing in things if isinstance(thing, types.ModuleType)]:
        if module.__name__.startswith("cnnedu"):
            things += [getattr(module, name) for name in names if hasattr(module, name)]
    cells = function.__closure__ or ()
    things += [cell.cell_contents for cell in cells]
    things += [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return [thing for thing in things if callable(thing)]


@functools.cache
def callables(shown):
    """Return [(name, function or class)] of everything that these modules define."""
    return [
        (f"{module}.{name}", thing)
        for module in sorted(shown)
        if not module.startswith(tuple(NOT_CALLED))
        for name, thing in list(vars(importlib.import_module(module)).items())
        if callable(thing) and getattr(thing, "__module__", None) == module
    ]


@functools.cache
def fits(callable_, count):
    """Return whether something can be called with so many arguments."""
    try:
        inspect.signature(callable_).bind(*[None] * count)
    except (TypeError, ValueError):
        return False
    return True


def parameters(function):
    """Return how many arguments a function, or a class, needs."""
    needed = inspect.signature(function).parameters.values()
    return sum(parameter.default is parameter.empty for parameter in needed)


def without(source, name):
    """Return the source of a cell without the function or class of that name."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if getattr(node, "name", None) != name]
    return ast.unparse(tree)


def passes(case, namespace, hidden):
    """Return whether all answers to a case are right."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            return not any(answer.wrong for answer in case.answers(namespace, hidden, seed=0))
        except Exception:
            return False


@functools.cache
def trial(name):
    """Return the `Trial` of an exercise, whose cells are run with their solutions."""
    found = Trial()
    notebook = nbformat.read(ROOT / f"solutions/{name}/{name}.ipynb", as_version=4)
    namespace = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.setattr(Case, "run", lambda case, *args, **options: found.run(case, *args, **options))
        for cell in notebook.cells:
            if cell.cell_type == "code":
                if cell.metadata.get("nbgrader", {}).get("solution"):
                    found.written.append((cell.source, dict(namespace)))
                exec(cell.source, namespace)
    return found


@pytest.mark.parametrize("name", EXERCISES)
def test_no_shown_file_holds_a_reference_or_a_mistake(name):
    assert trial(name).cases
    assert sorted(trial(name).holding) == []


@pytest.mark.parametrize("name", EXERCISES)
def test_nothing_in_a_shown_file_passes_as_the_answer(name):
    assert trial(name).passing
    assert [key for key, passed in trial(name).passing.items() if passed] == []


def test_the_exceptions_are_needed():
    assert set().union(*(trial(name).excused for name in EXERCISES)) == set(NO_ANSWER)
