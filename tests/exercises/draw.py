"""Draw the inputs of an exercise's checks again and again, and judge all its answer files.

Run as `python tests/exercises/draw.py NAME DRAWS`; prints {answer file: [what is wrong]} as JSON.
"""

import contextlib
import dataclasses
import importlib
import io
import json
import os
import re
import sys
import warnings
from collections import defaultdict
from pathlib import Path

from cnnedu.checks import Case, CheckFailed, Design

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests/exercises/answers"
CALLED = re.compile(r'^e\w+\.check\("(\w+)", globals\(\)', re.MULTILINE)
# How many wrong answers to a cell `test_answers.py` hands in, beside wrong ones to other cells.
FEW = None if "CNNEDU_THOROUGH" in os.environ else 1


def lost(path):
    """Return what the first line of an answer file says it loses: a grade_id, or "nothing"."""
    return path.read_text(encoding="utf-8").split(":")[0].removeprefix("# loses ").strip()


def told(path):
    """Return the words of an answer file's second line that a student should read, or None."""
    line = path.read_text(encoding="utf-8").splitlines()[1]
    return line.removeprefix("# told: ") if line.startswith("# told: ") else None


def answers_in(path):
    """Return {grade_id: source} of an answer file."""
    _, *cells = re.split(r"^# %%.*grade_id=\"([\w-]+)\".*$", path.read_text("utf-8"), flags=re.M)
    return dict(zip(cells[::2], cells[1::2], strict=True))


def cells_of(name):
    """Return [(grade_id or None, source, its checks)] of the code cells of an exercise."""
    module = importlib.import_module(f"cnnedu.checks.exercises.e{name}")
    named = {check.name: drawn_once(check) for check in module.CHECKS}
    cells = json.loads((ROOT / f"solutions/{name}/{name}.ipynb").read_text("utf-8"))["cells"]
    found = []
    for cell in cells:
        if cell["cell_type"] == "code":
            source, mark = "".join(cell["source"]), cell["metadata"].get("nbgrader", {})
            tests = mark.get("grade") and not mark.get("solution")
            called = dict.fromkeys(CALLED.findall(source)) if tests else ()
            found.append((mark.get("grade_id"), source, [named[name] for name in called]))
    return found


def drawn_once(check):
    """Return a case that keeps its inputs and the right answers for the next time."""
    if not isinstance(check, Case):
        return check
    expected = {}

    def kept(draw):
        inputs = {}

        def drawn(rng):
            seed = str(rng.bit_generator.state)
            if seed not in inputs:
                inputs[seed] = draw(rng)
                expected.update({_key(some): check.reference(*some) for some in inputs[seed]})
            return inputs[seed]

        return draw and drawn

    def reference(*arguments):
        answer = expected.get(_key(arguments))
        return check.reference(*arguments) if answer is None else answer

    return dataclasses.replace(
        check, inputs=kept(check.inputs), hidden=kept(check.hidden), reference=reference
    )


def _key(arguments):
    return tuple(map(id, arguments))


def namespace_of(cells, answers):
    """Return what a notebook holds whose cells were run with these answers, without its tests."""
    namespace = {"__name__": "__main__"}
    for grade_id, source, checks in cells:
        if not checks:
            exec(answers.get(grade_id, source), namespace)
    return namespace


def refused(check, namespace, seed):
    """Return whether a check refuses an answer; a function's hidden inputs must suffice."""
    try:
        if not isinstance(check, Case):
            check.run(namespace, **({"hidden": True, "seed": seed} if _is_drawn(check) else {}))
            return False
        hidden = check.hidden is not None
        return any(answer.wrong for answer in check.answers(namespace, hidden, seed))
    except CheckFailed:
        return True


def _is_drawn(check):
    """Return whether the hidden tests judge a design by something that is drawn."""
    return isinstance(check, Design) and check.hidden is not None


def _cost(checks):
    """Return for how many draws of a case there is one of these designs; a lot for a value."""
    if not any(map(_is_drawn, checks)):
        return sys.maxsize
    return 50 if any(check.imports for check in checks) else 10


def _builds_on(check, names):
    """Return whether a function calls others whose checks have these names."""
    return isinstance(check, (Case, Design)) and any(
        case.name in names for case in check.builds_on.values()
    )


def message(checks, namespace, seed):
    """Return what a student is told by the cell, with its hidden tests or without."""
    try:
        for options in ({}, {"hidden": True}):
            for check in checks:
                if not isinstance(check, Case):
                    check.run(namespace)
                elif not options or check.hidden:
                    check.run(namespace, **options, seed=seed)
    except CheckFailed as failure:
        return str(failure)
    return "nothing"


@dataclasses.dataclass(frozen=True)
class Answer:
    """An answer to hand in: {grade_id: source}, the cell that it loses, and what is told of it."""

    cells: dict
    lost: str
    told: str | None = None

    @classmethod
    def of(cls, path):
        """Return what an answer file holds."""
        return cls(answers_in(path), lost(path), told(path))


SOLUTION = Answer({}, "nothing")


def problems(answer, cells, namespace, draws, alone=False):
    """Return what is wrong with an answer, or with the checks that judge it.

    Args:
        answer: an `Answer`.
        cells: the cells to run and to judge, in the notebook's order.
        namespace: what the notebook holds before the first of them.
        draws: how often a function is judged.
        alone: whether to end with the test of a wrong answer's cell.
    """
    found = []
    spoilt = {c.name for grade_id, _, checks in cells if grade_id == answer.lost for c in checks}
    for grade_id, source, checks in cells:
        if not checks:
            exec(answer.cells.get(grade_id, source), namespace)
            continue
        wrong = grade_id == answer.lost
        about = wrong or answer.lost == "nothing"
        if not wrong and any(_builds_on(check, spoilt) for check in checks):
            continue  # it may be refused as well
        own = not answer.cells or grade_id.removesuffix("-tests") in answer.cells
        if all(map(_is_drawn, checks)) and (draws == 1 or not own):
            continue  # it takes long, or nothing of it is changed as well
        # One draw will do for the cells that a wrong answer isn't about, and for values.
        varied = any(isinstance(check, Case) for check in checks)
        # To judge a design, thousands of pictures are drawn or a network is trained: it takes long.
        many = draws if varied else draws // _cost(checks)
        seeds = range(max(1, many) if about else 1)
        odd = [s for s in seeds if any(refused(c, namespace, s) for c in checks) != wrong]
        if odd:
            done = "passes" if wrong else "is refused"
            found.append(
                f"{grade_id}: {done} in {len(odd)} of {len(seeds)} draws, such as {odd[0]}"
            )
        if wrong and not answer.told:
            found.append("the second line should be `# told: …`, some words of the message")
        if wrong and answer.told:
            said = {message(checks, namespace, seed) for seed in range(min(3, draws // 2))}
            found += [f"told: {text}" for text in said if answer.told not in text]
        if wrong and alone:
            break
    return found


def in_a_child(function, *arguments):
    """Return what a function returns in a process of its own; JSON must know it.

    What a process takes from its parent need not be run again, and no answer spoils the next one.
    """
    hear, tell = os.pipe()
    if os.fork() == 0:
        try:
            os.write(tell, json.dumps(function(*arguments)).encode())
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(0)
    os.close(tell)
    with open(hear, "rb") as heard:
        said = heard.read()
    os.wait()
    return json.loads(said)  # an error where the child had one


def judged(name, draws):
    """Return {answer file: [what is wrong with it]} of an exercise.

    A wrong answer fills in one cell, so the cells before it are the solution's.
    """
    cells = cells_of(name)
    # The solution first: what it imports and draws, no child need import or draw again.
    found = {"solution": problems(SOLUTION, cells, {"__name__": "__main__"}, draws)}
    namespace, wrong = {"__name__": "__main__"}, defaultdict(dict)
    for path in sorted((ANSWERS / name).glob("*.py")):
        answer = Answer.of(path)
        if answer.lost == "nothing":
            found[path.stem] = in_a_child(problems, answer, cells, namespace, draws)
        else:
            wrong[next(iter(answer.cells))][path.stem] = answer
    for position, (grade_id, source, checks) in enumerate(cells):
        for number, (stem, answer) in enumerate(wrong[grade_id].items()):
            alone = FEW is not None and number >= FEW
            rest = cells[position:]
            found[stem] = in_a_child(problems, answer, rest, namespace, draws, alone)
        if not checks:
            exec(source, namespace)
    return found


def main(name, draws):
    """Print what is wrong with each answer file of an exercise."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = judged(name, draws)
    print(json.dumps({stem: said for stem, said in found.items() if said}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
