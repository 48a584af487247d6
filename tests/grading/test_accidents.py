"""No accident accuses a student, or takes an answer from the human who must grade it."""

import re
import shutil

import nbformat
import pytest
from grading.graded_course import copy_of, gradebook, status

from cnnedu.grading.alike import said_once
from cnnedu.grading.batch import Status
from harness.course import student_cells

NAME, CAPSTONE = "01_convolution_by_hand", "18_capstone"
FULL = 10  # of the four tests; a human grades the fifth question
ANSWER = "None of them changes: the kernel's weights add up to 0."
BY_HAND = "01-fog"
READ_ME = "01-read-me"  # a locked cell of the question, without points


def at(cells, grade_id):
    """Return the position of the cell with this grade_id."""
    marks = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    return marks.index(grade_id)


def strip(cell):
    cell.metadata.pop("nbgrader")


def text(source):
    return nbformat.v4.new_markdown_cell(source)


def code(source):
    return nbformat.v4.new_code_cell(source)


def split(cells, position, *sources):
    """Split a cell as JupyterLab does: each part keeps the mark."""
    cells[position : position + 1] = [
        nbformat.from_dict(cells[position] | {"source": source, "id": f"part-{number}"})
        for number, source in enumerate(sources)
    ]


# Each function changes the cells of right work; `says` is what the instructor reads.

ACCIDENTS = {}


def accident(says, points=FULL, answer=True):
    """Register a function with what must come of it.

    Args:
        says: what the instructor reads, as a regular expression.
        points: of the four tests.
        answer: whether the answer must be found; else it must be shown somewhere.
    """

    def register(function):
        ACCIDENTS[function.__name__] = (function, says, points, answer)
        return function

    return register


@accident("without nbgrader's mark")
def one_mark_lost(cells):
    strip(cells[at(cells, BY_HAND)])


@accident("without nbgrader's mark")
def all_marks_lost(cells):
    for cell in cells:
        cell.metadata.clear()


@accident("without nbgrader's mark")
def all_marks_lost_and_cells_added(cells):
    all_marks_lost(cells)
    for position in range(len(cells) - 1, 0, -1):
        if cells[position].cell_type == "code":
            cells.insert(position, code("a_note_to_myself = 1"))
    cells.insert(1, text("My name, and the date"))


@accident("was missing|were missing", answer=False)
def only_the_answers_copied(cells):
    answers = [
        cells[at(cells, name)] for name in ("01-by-hand", "01-correlate2d", "01-changed", "01-flip")
    ]
    answers += [cells[at(cells, name)] for name in ("01-horizontal-kernel", BY_HAND)]
    answers.append(next(cell for cell in cells if cell.source.startswith("import numpy")))
    cells[:] = sorted(answers, key=cells.index)
    all_marks_lost(cells)


@accident("without nbgrader's mark")
def mark_of_a_solution_lost(cells):
    strip(cells[at(cells, "01-flip")])


@accident("was missing", answer=False)
def answered_in_a_new_cell(cells):
    position = at(cells, BY_HAND)
    cells[position : position + 1] = [text("An attempt that I gave up"), text(ANSWER)]
    cells.insert(position, text("Some thoughts of mine"))
    cells.pop(position - 1)  # the question went, too


@accident("left as given out", answer=False)
def answered_below_the_empty_cell(cells):
    position = at(cells, BY_HAND)
    cells[position].source = "YOUR ANSWER HERE"
    cells.insert(position + 1, text(ANSWER))


@accident("left as given out", answer=False)
def answered_in_the_question(cells):
    position = at(cells, BY_HAND)
    cells[position].source = "YOUR ANSWER HERE"
    cells[position - 2].source += f"\n\n{ANSWER}"


@accident(
    "left as given out.*01-read-me was changed|01-read-me was changed.*left as given", answer=False
)
def answered_in_a_locked_cell(cells):
    position = at(cells, BY_HAND)
    cells[position].source = "YOUR ANSWER HERE"
    cells[at(cells, READ_ME)].source = ANSWER


@accident("01-correlate2d-tests was empty")
def emptied_test(cells):
    cells[at(cells, "01-correlate2d-tests")].source = " "


@accident("more than once")
def copied_and_the_copy_left_empty(cells):
    position = at(cells, BY_HAND)
    split(cells, position, ANSWER, "YOUR ANSWER HERE")


@accident("more than once")
def answer_split(cells):
    split(cells, at(cells, BY_HAND), "My answer, in two parts.", ANSWER)


@accident("more than once")
def split_test(cells):
    position = at(cells, "01-correlate2d-tests")
    split(cells, position, *cells[position].source.split("\n\n\n", maxsplit=1))


@accident("was missing")
def merged_test(cells):
    position = at(cells, "01-flip-tests")
    cells[position - 1].source += "\n\n" + cells.pop(position).source


@accident("was missing", answer=False)
def answer_merged_into_the_question(cells):
    position = at(cells, BY_HAND)
    cells[position - 1].source += f"\n\n{cells.pop(position).source}"


@accident("another type of cell")
def answer_as_code(cells):
    cells[at(cells, BY_HAND)] |= {"cell_type": "code", "outputs": [], "execution_count": None}


@accident("another type of cell")
def answer_as_raw(cells):
    cells[at(cells, BY_HAND)] |= {"cell_type": "raw"}


@accident("^$")
def marks_of_an_older_nbgrader(cells):
    for cell in cells:
        if mark := cell.metadata.get("nbgrader"):
            mark.pop("schema_version")
            mark.pop("cell_type", None)
            mark.pop("task")


@accident("^$")
def everything_reformatted(cells):
    for cell in cells:
        if cell.cell_type == "code":
            cell.source = re.sub(r"\(", "(\n    ", cell.source, count=1).replace('"', "'")
            cell.source = cell.source.replace("'''", '"""') + "\n"


@pytest.fixture(scope="module")
def graded(course):
    """Grade one student for each accident, and some without one."""
    prepare(course)
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME)) | {BY_HAND: ANSWER}
    everybody = {name: change for name, (change, *_) in ACCIDENTS.items()}
    everybody |= {"right": None, "tampering": tamper, "confused": confuse}
    everybody |= {"deleted": delete, "unanswered": leave_unanswered}
    for who, change in everybody.items():
        course.submit(NAME, who, right)
        change_cells(course, NAME, who, change or (lambda cells: None))
    course.submit(NAME, "untouched", {})
    course.submit(NAME, "quoting", right, [QUOTED])
    course.done = course.grade(NAME, "--unsandboxed")
    assert course.done.exit_code == 0, course.done.output
    return course


def prepare(course):
    """Give the question that a human grades a locked cell, and a test more than one line."""
    path = course.folder / f"solutions/{NAME}/{NAME}.ipynb"
    source = nbformat.read(path, as_version=4)
    mark = {"grade": False, "solution": False, "locked": True, "task": False, "schema_version": 3}
    locked = text("Name a kernel, too.")
    locked.metadata.nbgrader = nbformat.from_dict(mark | {"grade_id": READ_ME})
    source.cells.insert(at(source.cells, BY_HAND), locked)
    tests = source.cells[at(source.cells, "01-correlate2d-tests")]
    tests.source = f"first = 1\n\n\n{tests.source}"
    nbformat.write(source, path)


def change_cells(course, name, who, change):
    """Change the cells that a student has handed in."""
    path = course.folder / f"grading/submitted/{who}/{name}/{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, path)


QUOTED = "# I looked for ### BEGIN HIDDEN TESTS but found nothing_at_all"


def tamper(cells):
    cells[at(cells, "01-flip")].source = "flip = None"
    cells[at(cells, "01-flip-tests")].source = "pass"
    cells[at(cells, "01-by-hand-tests")].metadata.nbgrader.points = 100


def delete(cells):
    """Delete a solution with its test."""
    position = at(cells, "01-flip-tests")
    del cells[position - 1 : position + 1]


def leave_unanswered(cells):
    cells[at(cells, BY_HAND)].source = "YOUR ANSWER HERE"
    strip(cells[at(cells, BY_HAND)])


def confuse(cells):
    """Write the solution into the cell of the tests."""
    position = at(cells, "01-flip-tests")
    cells[position].source = f"{cells[position - 1].source}\n\n{cells[position].source}"
    cells[position - 1].source = "def flip(w):\n    raise NotImplementedError()"


def notebook(course, name, who):
    path = course.folder / f"grading/autograded/{who}/{name}/{name}.ipynb"
    return nbformat.read(path, as_version=4)


def grades(course, name, who):
    """Return {grade_id: (points, whether a human must look)}."""
    with gradebook(course) as book:
        found = book.find_submission_notebook(name, name, who)
        return {one.name: (one.auto_score, one.needs_manual_grade) for one in found.grades}


@pytest.mark.parametrize("who", ACCIDENTS)
def test_an_accident_costs_nothing_and_is_no_evidence(graded, who):
    _, says, points, is_found = ACCIDENTS[who]
    state = status(graded, NAME, who)
    assert state["evidence"] == []
    assert state["state"] == "needs a human"
    assert re.search(says, state["why"])
    given = grades(graded, NAME, who)
    assert given.pop(BY_HAND) == (None, True)
    assert sum(score for score, _ in given.values()) == points
    assert not any(by_hand for _, by_hand in given.values())
    cells = notebook(graded, NAME, who).cells
    assert is_found == (ANSWER in cells[at(cells, BY_HAND)].source)
    assert any(ANSWER in cell.source for cell in cells)


def test_work_without_accidents_is_not_remarked_on(graded):
    for who, state in {"right": "needs a human", "untouched": "graded"}.items():
        found = status(graded, NAME, who)
        assert (found["state"], found["why"], found["evidence"]) == (state, "", [])
    assert grades(graded, NAME, "untouched") == dict.fromkeys(
        grades(graded, NAME, "right"), (0, False)
    )


def test_what_no_accident_explains_is_evidence(graded):
    found = status(graded, NAME, "tampering")
    assert found["evidence"] == [
        "cell 01-by-hand-tests claims different points (the course's own were used)",
        "cell 01-flip-tests was changed (the course's own version was used)",
    ]
    given = grades(graded, NAME, "tampering")
    assert given["01-by-hand-tests"] == (1, False)
    assert given["01-flip-tests"] == (0, True)
    lines = graded.done.stdout.splitlines()
    assert "  tampering: " + "; ".join(found["evidence"]) in lines


def test_a_human_can_see_what_stood_in_a_locked_cell(graded):
    """A solution that was typed into the test is not run, but shown, and waits for a human."""
    assert grades(graded, NAME, "confused")["01-flip-tests"] == (0, True)
    cells = notebook(graded, NAME, "confused").cells
    shown = cells[at(cells, "01-flip-tests") + 1]
    assert shown.cell_type == "markdown"
    assert "in place of the cell above" in shown.source
    assert student_cells(graded.solution(NAME))["01-flip"].splitlines()[-2] in shown.source


@pytest.mark.parametrize(
    ("who", "grade_id", "points"), [("deleted", "01-flip-tests", 0), ("unanswered", BY_HAND, None)]
)
def test_what_an_accident_may_have_cost_waits_for_a_human(graded, who, grade_id, points):
    assert grades(graded, NAME, who)[grade_id] == (points, True)
    assert status(graded, NAME, who)["evidence"] == []


# A project that humans grade, without any marks.


def test_a_capstone_without_marks_keeps_all_its_answers(course):
    course.nbgrader("generate_assignment", CAPSTONE)
    answers = student_cells(course.solution(CAPSTONE))
    code = "18-split", "18-repair"
    written = {name: f"My answer to {name}." for name in answers if name not in code}
    course.submit(CAPSTONE, "clever", answers | written)

    def work(cells):
        for cell in cells:
            cell.source = cell.source.replace("# Your code", "mine = 1  #")
            cell.metadata.clear()

    change_cells(course, CAPSTONE, "clever", work)
    assert course.grade(CAPSTONE, "--unsandboxed").exit_code == 0
    assert status(course, CAPSTONE, "clever")["state"] == "needs a human"
    assert grades(course, CAPSTONE, "clever") == {
        "18-split-tests": (2, False),
        "18-repair-tests": (2, False),
        **dict.fromkeys(written, (None, True)),
    }
    assert written.items() <= student_cells(notebook(course, CAPSTONE, "clever")).items()


def test_a_student_s_own_words_do_not_stop_feedback(graded):
    """nbgrader stops at a cell without points that seems to hold hidden tests."""
    graded.nbgrader("generate_feedback", NAME, "--student", "quoting")
    page = graded.folder / f"grading/feedback/quoting/{NAME}/{NAME}.html"
    assert QUOTED.split()[-1] in page.read_text("utf-8")


# The exercise is released again.

EARLY, CLASS = ("early1", "early2", "early3"), 5
CHANGED = "cell 01-flip-tests was changed (the course's own version was used)"
OF_EARLIER = "cell {} is of another release (the course's present version was used)"


@pytest.fixture(scope="module")
def released_again(course, tmp_path_factory):
    """Release, have most of the class hand in, release a corrected exercise, and grade."""
    course.nbgrader("generate_assignment", NAME, "--force")
    course = copy_of(course, tmp_path_factory.mktemp("again") / "course")
    for kind in ("submitted", "autograded"):
        shutil.rmtree(course.folder / f"grading/{kind}", ignore_errors=True)
    (course.folder / "grading/gradebook.db").unlink()
    right = student_cells(course.solution(NAME))
    for who in (*EARLY, "tampering"):
        course.submit(NAME, who, right)
    change_cells(course, NAME, "tampering", tamper)
    path = course.folder / f"solutions/{NAME}/{NAME}.ipynb"
    source = nbformat.read(path, as_version=4)
    corrected = source.cells[at(source.cells, "01-flip-tests")]
    corrected.source = f"release = 2\n{corrected.source}"
    commented = source.cells[at(source.cells, "01-correlate2d-tests")]
    commented.source = f"# What the checks look at.\n{commented.source}"
    source.cells[at(source.cells, "01-by-hand-tests")].metadata.nbgrader.points = 3
    nbformat.write(source, path)
    course.nbgrader("generate_assignment", NAME, "--force")
    course.submit(NAME, "late", right)
    course.done = course.grade(NAME, "--unsandboxed")
    return course


def test_a_new_release_accuses_nobody_and_is_said_once(released_again):
    lines = released_again.done.stdout.splitlines()
    for name in ("01-flip-tests", "01-by-hand-tests"):
        said = OF_EARLIER.format(name)
        assert [line for line in lines if said in line] == [
            f"3 of {CLASS} submissions are alike in this: {said}"
        ]
        for who in EARLY:
            assert said in status(released_again, NAME, who)["why"]
    assert "01-correlate2d-tests" not in "".join(status(released_again, NAME, "early1")["why"])
    for who in (*EARLY, "late"):
        assert status(released_again, NAME, who)["evidence"] == []
        assert not [line for line in lines if line.startswith(f"  {who}:")]
        assert released_again.scores(NAME, who)["01-by-hand-tests"] == 3


def test_after_a_new_release_tampering_still_shows(released_again):
    evidence = status(released_again, NAME, "tampering")["evidence"]
    assert CHANGED in evidence
    assert f"  tampering: {'; '.join(evidence)}" in released_again.done.stdout.splitlines()


def changed(who, version, *more):
    return Status(
        who, "graded", "left; a file", evidence=[*more, CHANGED], differs={CHANGED: version}
    )


@pytest.mark.parametrize(
    ("versions", "is_said_once"),
    [("aaab", True), ("aab", False), ("aa", False), ("aaabbb", False), ("aaaabbb", True)],
)
def test_what_most_of_a_class_differ_in_alike_is_said_once(versions, is_said_once):
    statuses = [changed(str(who), version, "a link") for who, version in enumerate(versions)]
    failed = [Status("x", "failed", "no notebook")]
    lines, left = said_once([*statuses, *failed])
    often, all_of_them = versions.count("a"), len(versions)
    once = f"{often} of {all_of_them} submissions are alike in this: {CHANGED}"
    assert lines == ([once] if is_said_once else [])
    for version, status_left in zip(versions, left[:-1], strict=True):
        is_left = version == "b" or not is_said_once
        assert status_left.evidence == ["a link", *([CHANGED] if is_left else [])]
        assert status_left.why == "left; a file"
    assert left[-1:] == failed
