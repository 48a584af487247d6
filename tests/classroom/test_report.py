"""The report on thirty made students, who make the mistakes that the tests of exercise 01 hold."""

import re
from types import SimpleNamespace

import pytest
from grading.graded_course import gradebook

from cnnedu.classroom import insight, page
from cnnedu.grading.course import Course as GradedCourse
from harness.course import ROOT, Course, answer_cells, student_cells

NAME = "01_convolution_by_hand"
ANSWERS = ROOT / "tests/exercises/answers" / NAME


@pytest.fixture(scope="module")
def graded(tmp_path_factory, confined):
    """A graded class of thirty, two of whom handed in the same with other names."""
    course = Course(tmp_path_factory.mktemp("course"))
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    for number in range(28):
        answers = dict(right)
        if number < 12:
            answers |= answer_cells(ANSWERS / "wrong_flipped_kernel.py")
        if number % 3 == 0:
            answers |= answer_cells(ANSWERS / "wrong_flip_transpose.py")
        if number % 5 == 0:
            answers |= answer_cells(ANSWERS / "wrong_by_hand_signs.py")
        course.submit(NAME, f"s{number:02}", answers)
    loops = right | answer_cells(ANSWERS / "right_recursion.py")
    evil = "# <script>alert(1)</script>\n"
    loops = {key: evil * key.endswith("correlate2d") + text for key, text in loops.items()}
    course.submit(NAME, "ada", loops)
    names = re.compile(r"\b(window|tops|part|turned)\b")
    course.submit(NAME, "bob", {key: names.sub(r"my_\1", text) for key, text in loops.items()})
    with gradebook(course) as book:
        book.update_or_create_student("ada", first_name="Ada", last_name="<b>Lovelace</b>")
        book.update_or_create_student("eve", first_name="Eve", last_name="Absent")
    done = course.grade(NAME)
    assert done.exit_code == 0, done.output
    course.submit(NAME, "late", right)  # collected, and not graded yet
    return course


@pytest.fixture(scope="module")
def seen(graded):
    return insight.examine(GradedCourse(graded.folder, NAME))


def test_it_names_the_hardest_questions_and_why(seen):
    hardest = seen.hardest
    assert [(item.name, item.share) for item in hardest] == [
        ("01-correlate2d-tests", pytest.approx(18 / 30)),
        ("01-flip-tests", pytest.approx(20 / 30)),
        ("01-by-hand-tests", pytest.approx(24 / 30)),
    ]
    reasons = [item.diagnoses.most_common(1)[0] for item in hardest]
    assert [number for _, number in reasons] == [12, 10, 6]
    for (text, _), words in zip(reasons, ("flipped", "transpose", "every sign"), strict=True):
        assert words in text


def test_discrimination_is_the_correlation_with_the_rest(seen):
    by_name = {item.name: item for item in seen.items}
    assert by_name["01-changed-tests"].discrimination is None  # all got the same


def test_discrimination_by_hand():
    """Points 0 0 1 1 1 beside 1 2 2 3 2: the means are 0.6 and 2, so r = 1 / √(1.2 · 2) = 0.645."""
    own, rest = (0, 0, 1, 1, 1), (1, 2, 2, 3, 2)
    questions = [
        SimpleNamespace(points=dict(enumerate(points)), most=3, name=str(points))
        for points in (own, rest)
    ]
    found = insight._discrimination(questions[0], questions)
    assert found == pytest.approx(0.6455, abs=1e-4)


def test_who_is_stuck_and_who_handed_in_nothing(seen):
    rows = {row.name: row for row in seen.rows}
    assert "flipped" in rows["s01"].lost["01-correlate2d-tests"][1]
    assert rows["Eve Absent (eve)"].score is None
    text = page.page(seen)
    assert "Nothing came from: Eve Absent (eve)." in text
    assert rows["late"].score is None
    assert "31 of 32 students handed in" in text
    assert "Handed in, but not graded: late." in text


def test_the_same_with_other_names_is_shown_side_by_side(seen):
    assert [pair.students for pair in seen.pairs] == [("ada", "bob")]
    text = page.page(seen)
    assert "my_window" in text
    assert "no verdict" in text


def test_nothing_that_students_wrote_acts_on_the_page(seen):
    text = page.page(seen)
    assert "<b>Lovelace" not in text
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert re.search(r'(src|href)="(?!data:)', text) is None


def test_the_anonymous_copy_names_nobody(graded, seen):
    text = page.page(seen.anonymous(), anonymous=True)
    plain = re.sub(r"data:image/png;base64,[^\"]*", "", text)
    for name in ("ada", "Ada", "eve", "Absent", "s07", "bob", "my_window"):
        assert not re.search(rf"\b{name}\b", plain), name
    assert "student 32" in text
    assert seen.rows[0].name in page.page(seen)  # the instructor's still has them


def test_the_command_writes_both(graded):
    done = graded.run("cnnedu", "report", NAME, "--anonymous", "grading/shared.html")
    assert done.returncode == 0, done.stderr
    for name in ("report.html", "shared.html"):
        assert "hardest questions" in (graded.folder / "grading" / name).read_text("utf-8")


def test_without_grades_it_says_what_to_do(tmp_path):
    course = Course(tmp_path)
    done = course.run("cnnedu", "report", NAME)
    assert done.returncode == 1
    assert "generate_assignment" in done.stderr
