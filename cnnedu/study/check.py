"""Run an exercise from the terminal, and say what each of its checks says."""

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from cnnedu.study.notebooks import UNWRITTEN, NoExercise, read


@dataclass(frozen=True)
class Verdict:
    """What came of one graded cell.

    Args:
        name: of the part of the exercise.
        points: what it is worth.
        state: "right", "not yet" or "by hand".
        says: one line: what the check says, or whether an answer for a person is written.
    """

    name: str
    points: float
    state: str
    says: str


def verdicts(path):
    """Run the notebook's code cells from top to bottom; yield a `Verdict` for each graded one.

    They run in the notebook's folder. A cell that stops with an error doesn't keep the next ones
    from running. The file stays as it is.

    Raises:
        NoExercise: the file isn't a notebook, or nothing in it is graded.
        KeyboardInterrupt: the user stopped it.
    """
    cells, _ = read(path)
    if not any(cell.is_check or cell.is_open_question for cell in cells):
        raise NoExercise(f"{path} holds no checks and no question: is it the exercise?")
    stopped = ""  # how the last answer stopped, if it did
    with _shell(Path(path).resolve().parent) as run:
        for cell in cells:
            if cell.is_open_question:
                written = cell.source.strip() not in UNWRITTEN
                says = "written" if written else "not written yet"
                yield Verdict(cell.name, cell.mark["points"], "by hand", says)
            elif cell.kind == "code":
                error, printed = run(cell.source)
                if cell.is_check:
                    says = _said(error, stopped) if error else printed
                    state = "not yet" if error else "right"
                    yield Verdict(cell.name, cell.mark["points"], state, says)
                    stopped = ""
                elif error and not isinstance(error, NotImplementedError):
                    stopped = _said(error)


def _said(error, stopped=""):
    """Return an error in one line, with the earlier one that may be its cause."""
    said = " ".join(str(error).split())
    if type(error).__name__ != "CheckFailed":
        said = f"{type(error).__name__}: {said}"
    return f"{said} (the cell above stopped with {stopped})" if stopped else said


@contextlib.contextmanager
def _shell(folder):
    """Yield run(source), which runs a cell and returns (its error or None, its last line)."""
    os.environ["MPLBACKEND"] = "agg"  # a figure opens no window
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    sys.path.insert(0, str(folder))

    def run(source):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            result = shell.run_cell(source)
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, KeyboardInterrupt):
            raise error
        lines = printed.getvalue().strip().splitlines()
        return error, lines[-1] if lines else ""

    try:
        with contextlib.chdir(folder):
            yield run
    finally:
        sys.path.remove(str(folder))
        shell.restore_sys_module_state()
        InteractiveShell.clear_instance()
