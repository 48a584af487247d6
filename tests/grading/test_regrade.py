"""One question is graded again on request; the log and the student's feedback say why."""

import html
import json
import re
from types import SimpleNamespace

import pytest
from grading.graded_course import gradebook, status

from cnnedu.grading import persist, regrade
from cnnedu.grading.child_process import KILLED, ChildProcess, NoWord
from harness.course import student_cells

NAME = "01_convolution_by_hand"
QUESTION, OTHER, BY_HAND = "01-flip-tests", "01-changed-tests", "01-fog"
REASON = "The test was wrong: <script>alert(1)</script> *you* had `it`\nright."


@pytest.fixture(scope="module")
def graded(course):
    """Two students hand in right work to tests of which two are wrong; all of it is graded.

    Then the instructor gives marks by hand, and mends both tests.
    """
    solution = course.folder / f"solutions/{NAME}/{NAME}.ipynb"
    right = solution.read_text(encoding="utf-8")
    answers = student_cells(course.solution(NAME)) | {BY_HAND: "Fog adds light."}
    wrong = right
    for what in ("flip", "outputs_changed"):
        call = f'e01.check(\\"{what}\\", globals())'
        assert wrong.count(call) == 1
        wrong = wrong.replace(call, f"{call}\\n\",\n    \"assert False, 'a wrong test'")
    solution.write_text(wrong, encoding="utf-8")
    course.nbgrader("generate_assignment", NAME, "--force")
    for student in ("ada", "bob"):
        course.submit(NAME, student, answers)
    done = course.grade(NAME, "--unsandboxed")
    assert done.exit_code == 0, done.output
    with gradebook(course) as book:
        for student in ("ada", "bob"):
            grade = book.find_grade(BY_HAND, NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.find_comment("01-flip", NAME, NAME, "ada").manual_comment = "Well done."
        book.db.commit()
    solution.write_text(right, encoding="utf-8")
    course.nbgrader("generate_assignment", NAME, "--force")
    return course


def again(course, student="ada", question=QUESTION, reason=REASON, *more):
    options = {"--student": student, "--question": question, "--reason": reason}
    words = [word for pair in options.items() if pair[1] is not None for word in pair]
    return course.grade(NAME, "--unsandboxed", *words, *more)


def points(course, student):
    with gradebook(course) as book:
        notebook = book.find_submission_notebook(NAME, NAME, student)
        return {grade.name: grade.score for grade in notebook.grades}


def log(course):
    path = course.folder / "grading/regrades.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def feedback(course, student):
    course.nbgrader("generate_feedback", NAME, "--student", student, "--force")
    return (course.folder / f"grading/feedback/{student}/{NAME}/{NAME}.html").read_text("utf-8")


@pytest.fixture(scope="module")
def story(graded):
    """Four requests, one after the other; return what was there before and after each."""
    seen = [SimpleNamespace(ada=points(graded, "ada"), bob=points(graded, "bob"))]
    for words in (
        ("ada", QUESTION, REASON),
        ("ada", OTHER, "This one, too."),
        ("bob", QUESTION, "For bob."),
        ("ada", BY_HAND, "Please read it again."),
    ):
        done = again(graded, *words)
        assert done.exit_code == 0, done.output
        seen.append(
            SimpleNamespace(
                ada=points(graded, "ada"),
                bob=points(graded, "bob"),
                said=done.output,
                kept=status(graded, NAME, "ada"),
                notebook=(graded.folder / f"grading/autograded/ada/{NAME}/{NAME}.ipynb").read_text(
                    "utf-8"
                ),
            )
        )
    return seen


def test_one_question_is_graded_again_and_the_others_keep_their_points(graded, story):
    before, after, *_ = story
    assert before.ada[QUESTION] == before.ada[OTHER] == 0
    assert "ada, 01-flip-tests: 0 → 1 of 1 points; the reason is logged." in after.said
    assert after.ada == before.ada | {QUESTION: 1}
    assert after.ada[BY_HAND] == 1.5
    assert after.bob == before.bob
    assert (after.kept["state"], after.kept["score"]) == ("graded", sum(after.ada.values()))
    assert set(after.kept["diagnoses"]) == {OTHER}
    assert "a wrong test" in after.notebook  # the other test says what its points are from
    assert story[2].ada[OTHER] == 2
    assert "AssertionError" not in story[2].notebook
    assert (story[2].bob[QUESTION], story[3].bob[QUESTION]) == (0, 1)
    with gradebook(graded) as book:
        assert book.find_comment("01-flip", NAME, NAME, "ada").comment == "Well done."


def test_a_mark_given_by_hand_stays_and_waits_for_a_look(graded, story):
    assert "1.5 → 1.5 of 2 points" in story[4].said
    assert story[4].ada[BY_HAND] == 1.5
    with gradebook(graded) as book:
        assert book.find_grade(BY_HAND, NAME, NAME, "ada").needs_manual_grade
        assert not book.find_grade(BY_HAND, NAME, NAME, "bob").needs_manual_grade


def test_an_ordinary_run_leaves_all_of_it(graded, story):
    assert graded.grade(NAME, "--unsandboxed").exit_code == 0
    assert (points(graded, "ada"), points(graded, "bob")) == (story[4].ada, story[4].bob)


def test_the_log_says_who_when_and_why(graded, story):
    first, *more = log(graded)
    assert first["student"] == "ada"
    assert (first["before"], first["after"], first["reason"]) == (0, 1, REASON)
    assert first["by"]
    assert re.match(r"20\d\d-\d\d-\d\dT", first["when"])
    assert [(one["student"], one["question"]) for one in more] == [
        ("ada", OTHER),
        ("bob", QUESTION),
        ("ada", BY_HAND),
    ]


def test_the_student_s_feedback_says_why(graded, story):
    page = feedback(graded, "ada")
    assert "<script>alert(1)" not in page
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert re.search(r"Graded again on \d+ \w+ 20\d\d: 0 → 1 of 1 points\. Why:", text)
    assert REASON in text
    assert text.count("Graded again") == 3
    assert "For bob." not in text
    assert "For bob." in feedback(graded, "bob")


def whole(course):
    """Return all that a regrade could change."""
    tree = course.folder / "grading/autograded"
    files = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    return files, points(course, "ada"), log(course)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("eve", QUESTION, REASON), "there is no submission by eve"),
        (("ada", "01-flop", REASON), "no question 01-flop: give one of 01-by-hand-tests, "),
        (("ada", QUESTION, None), 'needs a --reason "…"'),
        (("ada", QUESTION, " "), 'needs a --reason "…"'),
        ((None, QUESTION, REASON), "--question goes with --student"),
        (("ada", None, REASON), "--reason goes with --question"),
        (("ada", QUESTION, REASON, "--force"), "leave out --force and --failed-only"),
    ],
)
def test_a_mistake_takes_one_line_and_changes_nothing(graded, story, words, told):
    before = whole(graded)
    done = again(graded, *words)
    assert done.exit_code == 1
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("UNSANDBOXED")]
    assert told in line
    assert whole(graded) == before


def test_without_room_for_the_log_nothing_changes(graded, story, monkeypatch):
    before = whole(graded)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(regrade, "write_whole", full)
    done = again(graded)
    assert done.exit_code == 1
    assert "the disk is full" in done.stderr
    assert whole(graded) == before


def test_a_regrade_that_fails_leaves_everything(graded, story, monkeypatch):
    before = whole(graded)
    end = ChildProcess.end

    def killed(child):
        end(child)
        raise NoWord(KILLED)

    monkeypatch.setattr(ChildProcess, "end", killed)
    done = again(graded)
    assert done.exit_code == 1
    assert "ada: nothing was changed, because its process was killed" in done.stdout
    assert "is logged" not in done.stdout
    assert whole(graded) == before


def test_a_regrade_that_was_stopped_can_be_repeated(graded, story, monkeypatch):
    before = points(graded, "bob")

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(persist, "write_status", stop)
        assert again(graded, "bob", reason="Stopped.").exit_code == 130
    done = again(graded, "bob", reason="Repeated.")
    assert done.exit_code == 0, done.output
    assert points(graded, "bob") == before
    assert (graded.folder / f"grading/autograded/bob/{NAME}/{NAME}.ipynb").exists()


def test_what_has_changed_since_must_be_graded_whole(graded, story):
    (graded.folder / f"grading/submitted/ada/{NAME}/more.txt").write_text("x")
    assert "files have changed since: first run `cnnedu grade" in again(graded).stderr
    graded.submit(NAME, "new", {})
    assert "isn't graded yet" in again(graded, "new").stderr


def test_a_damaged_line_of_the_log_hides_no_other(graded, story, tmp_path):
    good = (graded.folder / "grading/regrades.jsonl").read_text("utf-8")
    path = tmp_path / "regrades.jsonl"
    path.write_text('{"half\n[1]\n{}\n' + good, encoding="utf-8")
    found = regrade.read_log(f"sqlite:///{tmp_path}/gradebook.db", NAME, "bob")
    assert found[0][1].reason == "For bob."
    assert regrade.read_log("sqlite:////nowhere/gradebook.db", NAME, "bob") == []
