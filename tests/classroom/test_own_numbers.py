"""Release and fetch: where a course has variants, each student fetches their own."""

import json

import nbformat
import pytest
from grading.graded_course import configure, course_in

from cnnedu.classroom import own_numbers, walls
from cnnedu.grading import variants
from harness.course import Course

NAME, SAME = "01_convolution_by_hand", "00_start_here"
SETTINGS = """
c.Exchange.root = "{root}"
c.ExchangeFactory.release_assignment = "cnnedu.classroom.own_numbers.ReleaseAssignment"
c.ExchangeFactory.fetch_assignment = "cnnedu.classroom.own_numbers.FetchAssignment"
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course that has released exercise 01 with variants and exercise 00 without."""
    made = Course(tmp_path_factory.mktemp("course"))
    made.exchange = tmp_path_factory.mktemp("exchange")
    made.exchange.chmod(0o777)
    configure(made, SETTINGS.format(root=made.exchange))
    configure(made, f'c.Variants.words = {{"{NAME}": "autumn"}}')
    for name in (NAME, SAME):
        made.nbgrader("generate_assignment", name)
        made.nbgrader("release_assignment", name)
    return made


@pytest.fixture
def fetch(course, tmp_path, monkeypatch):
    """A function that fetches an exercise for a student; it returns the notebook's path."""

    def fetched(student, name):
        folder = tmp_path / student
        folder.mkdir(exist_ok=True)
        settings = f"c = get_config(){SETTINGS.format(root=course.exchange)}"
        (folder / "nbgrader_config.py").write_text(settings)
        monkeypatch.setattr(own_numbers, "get_username", lambda: student)
        course_in(folder).nbgrader("fetch_assignment", name, "--course", "cnnedu")
        return folder / name / f"{name}.ipynb"

    return fetched


def test_each_student_fetches_their_own_and_the_same_again(course, fetch):
    first = fetch("ada", NAME)
    own, others = first.read_bytes(), fetch("alan", NAME).read_bytes()
    assert own == variants.written(
        course.released(NAME), variants.code(NAME, "autumn", "ada")
    )  # what `cnnedu variant` writes, and what the grader expects
    assert others != own
    first.unlink()
    first.parent.rmdir()
    assert fetch("ada", NAME).read_bytes() == own


def test_without_variants_everybody_fetches_the_same(course, fetch):
    stored = (course.folder / f"exercises/{SAME}/{SAME}.ipynb").read_bytes()
    assert fetch("ada", SAME).read_bytes() == fetch("alan", SAME).read_bytes() == stored


def test_an_exercise_without_variants_isnt_released_as_if_it_had_some(course, capsys):
    configure(course, f'c.Variants.words = {{"{NAME}": "autumn", "{SAME}": "autumn"}}')
    before = sorted(course.exchange.rglob("*.ipynb"))
    with pytest.raises(SystemExit):
        course.nbgrader("release_assignment", SAME, "--force")
    said = f"{SAME} can't be released: none of its questions has variants"
    assert said in capsys.readouterr().err
    assert sorted(course.exchange.rglob("*.ipynb")) == before


def test_the_class_releases_and_fetches_in_this_way():
    for role, steps in (("student", ["fetch"]), ("teacher", ["fetch", "release"])):
        text = (walls.SETTINGS / role / "nbgrader_config.json").read_text(encoding="utf-8")
        for step in steps:
            named = json.loads(text)["ExchangeFactory"][f"{step}_assignment"]
            assert named == f"cnnedu.classroom.own_numbers.{step.title()}Assignment"


def test_a_released_notebook_is_still_the_usual_one_for_other_programs(course):
    (path,) = course.exchange.rglob(f"{NAME}.ipynb")
    released = nbformat.read(path, as_version=4)
    assert released.metadata.pop(own_numbers.MARK) == "autumn"
    assert released == course.released(NAME)
