"""For every student their own numbers: solvable, as hard, told from others', made again alike."""

import contextlib
import functools
import importlib
import re

import nbformat
import numpy as np
import pytest
from click.testing import CliRunner
from grading.graded_course import configure, copy_of, fill_in, gradebook, status
from grading.solve_by_text import SOLVE, picture

from cnnedu.checks import CheckFailed
from cnnedu.checks.by_hand import OwnValue
from cnnedu.cli import main
from cnnedu.grading import variants
from harness.course import ROOT, student_cells

NAME = "01_convolution_by_hand"
FIXED = "00_start_here"  # no question of it varies
WORDS = "autumn"
STUDENTS = [f"s{number:04}" for number in range(200)]
# What the lists of mistakes held before they followed from the numbers.
SLIPS = [
    ("01", "by_hand", [[0, 3, 0], [-1, 2, 1], [-1, 1, 1]], "every sign is the wrong way round"),
    ("01", "by_hand", [[0, -1, 0], [0, -1, 0], [1, 0, -1]], "you used the middle row"),
    ("02", "by_hand", [[6, 7], [18, 0], [27, 18]], "the middle row of Sobel's kernel counts twice"),
    ("02", "by_hand", [[6, 7], [27, 9], [27, 18]], "you took Sobel's transpose"),
    ("03", "sizes", [26, 13, 9, 4, 256], "step 1 has padding 2 on both sides: it adds 4 in all"),
    ("03", "sizes", [28, 27, 23, 22, 7744], "pooling has stride 2"),
    ("04", "pooled", [[3, 4, 0, 0], [4, 0, 0, 0], [4, 0, 0, 3]], "you moved the row to the left"),
    ("04", "left", [[3 / 7, 3 / 7], [8 / 7, 0]], "those are shares of sums"),
    ("05", "two_layers", [16, 64, 36, 9], "the windows overlap: along one axis, two layers see 3"),
    ("05", "depth", [112, 6], "with stride 2, six layers see 127 pixels"),
    ("06", "memory", [295_680, 3_801_600, 979_200], "KH and KW are swapped"),
    ("07", "by_hand", [3, -1, -2, 3, -1, 1], "dx uses the kernel as it lies"),
    ("07", "by_hand", [4, 2, 2, -3, 1, 1], "each weight takes part in both outputs"),
    ("07b", "by_hand", [12, 17, 51, 73], "v is used twice"),
    ("08", "by_hand", [-1, 1 / 3, 2 / 3, 0.1, -0.1, -0.1], "a score of 0 counts as well"),
]


def variant(name, student):
    return variants.code(name, WORDS, student)


@functools.cache
def released(name):
    return nbformat.read(ROOT / f"exercises/{name}/{name}.ipynb", as_version=4)


@functools.cache
def text_for(name, student):
    """Return the text of a student's own notebook, without nbgrader's cells; of the usual, ""."""
    notebook = released(name)
    if student:
        notebook = variants.vary(notebook, variant(name, student))
    texts = [cell.source for cell in notebook.cells if not cell.metadata.get("nbgrader")]
    return "\n".join(texts)


@functools.cache
def solved(name, student):
    """Return {variable: answer} of a student who reads their own notebook."""
    return SOLVE[name](text_for(name, student))


def exercise(name):
    return importlib.import_module(f"cnnedu.checks.exercises.e{name}")


def checked(name, student, variable, value):
    """Check a value in a notebook with the student's numbers; return what is said, "" if right."""
    space = {variable: value} | ({"variant": variant(name, student)} if student else {})
    try:
        exercise(name).check(variable, space)
    except CheckFailed as failure:
        return str(failure)
    return ""


def differ(one, other):
    return np.shape(one) != np.shape(other) or not np.allclose(one, other, rtol=0, atol=0.011)


@pytest.mark.parametrize("name", SOLVE)
def test_the_answers_to_a_students_own_text_pass_and_a_neighbours_dont(name):
    different = 0
    for student, neighbour in zip(STUDENTS, [*STUDENTS[1:], ""], strict=True):
        own, others = solved(name, student), solved(name, neighbour)
        for variable, value in own.items():
            assert not checked(name, student, variable, value)
            if differ(value, others[variable]):
                assert checked(name, student, variable, others[variable])
                different += 1
    # Now and then, two students get the same by chance.
    assert different > 0.97 * len(STUDENTS) * len(own)


@pytest.mark.parametrize("name", SOLVE)
def test_every_listed_slip_is_told_whatever_the_numbers(name):
    for student in ["", *STUDENTS]:
        for question in variants.questions(released(name)):
            code = variant(name, student) if student else ""
            for variable, value in question.answers(code).items():
                for wrong, says in value.mistakes:
                    with pytest.raises(CheckFailed) as failure:
                        value.run({variable: wrong})
                    assert str(failure.value) == f"{variable}: {says}"


@pytest.mark.parametrize(("number", "variable", "wrong", "says"), SLIPS)
def test_a_slip_with_the_usual_numbers_is_told(number, variable, wrong, says):
    (name,) = (name for name in SOLVE if name.startswith(f"{number}_"))
    assert checked(name, "", variable, wrong).startswith(f"{variable}: {says}")


def as_hard(name, text, answers):
    """Return what makes an exercise easy or hard, from a variant's text and its right answers."""
    if name.startswith("01"):  # the same products to add up, and no more zeros than usual
        windows = np.lib.stride_tricks.sliding_window_view(picture(text), (3, 3))
        zeros = np.sum(np.equal(answers["by_hand"], 0))
        return picture(text).sum(), windows[..., ::2].sum(), zeros <= 2
    if name.startswith("02"):  # the same pixels to add up; no answer is 0, or comes twice
        first, second = right = np.transpose(answers["by_hand"])
        light = np.count_nonzero(picture(text))
        return light, bool(right.all()), bool((first != second).all())
    if name.startswith("03"):  # the pooling leaves no remainder
        one, two, three, four, _ = answers["sizes"]
        return one / two, three / four, one <= 60
    if name.startswith("04"):  # two pixels, parted by a pair, the second one lighter
        home, moved, _ = answers["pooled"]
        return np.count_nonzero(home), np.count_nonzero(moved), moved.max() == home.max() <= 20
    if name.startswith("05"):  # with stride 1, a layer less sees one pixel too few
        depth = answers["depth"]
        return 6 <= depth[1] <= 8, answers["two_layers"][3] in (9, 16)
    if name.startswith("06"):  # different numbers; an odd number of rows of windows
        columns, (padded, one, two) = answers["columns"], answers["memory"]
        return len(np.unique(columns)), one / two < 4, padded < 10**6
    if name.startswith("07_"):  # no gradient is 0
        return np.count_nonzero(answers["by_hand"][2:5]), max(map(abs, answers["by_hand"])) <= 15
    if name.startswith("07b"):  # the ReLU lets the gradient through
        return answers["by_hand"][0] != 0, max(answers["by_hand"]) < 500
    right = np.array(answers["by_hand"])  # 08: two digits after the point
    return bool(np.allclose(right[:3], right[:3].round(2))), len(np.unique(abs(right[3:].round(9))))


@pytest.mark.parametrize("name", SOLVE)
def test_every_variant_is_as_hard_as_the_usual_exercise(name):
    usual = as_hard(name, text_for(name, ""), solved(name, ""))
    for student in STUDENTS:
        assert as_hard(name, text_for(name, student), solved(name, student)) == usual


@pytest.mark.parametrize("name", SOLVE)
def test_a_variant_differs_in_its_questions_and_a_line_and_is_made_again_alike(name):
    one, two = (variants.vary(released(name), variant(name, student)) for student in STUDENTS[:2])
    again = variants.written(released(name), variant(name, "s0000"))
    assert again == f"{nbformat.writes(one)}\n".encode()
    assert one.cells[1].source.startswith(f'variant = "{variant(name, "s0000")}"')
    del one.cells[1], two.cells[1]
    changed = [
        mine.metadata.get("nbgrader", {})
        for mine, theirs, usual in zip(one.cells, two.cells, released(name).cells, strict=True)
        if not mine == theirs == usual
    ]
    # nbgrader's cells are the same for everybody, and with them its checksums.
    assert changed and not any(changed)


def test_the_numbers_of_one_student_will_never_change():
    variant = variants.code(NAME, WORDS, "ada")
    (question,) = variants.questions(released(NAME))
    letters = "".join(map(str, np.ravel(question.numbers(variant)).tolist()))
    assert (variant, letters) == ("4ef2f86cc8ca82ea", "1001010100100100000000000")


def test_the_guide_lists_the_questions_that_vary():
    guide = (ROOT / "docs/grading.md").read_text("utf-8")
    table = guide.partition("## Own numbers for every student")[2]
    listed = re.findall(r"^\| (\d\d\w?) \| ((?:`\w+`(?:, )?)+) \|", table, re.MULTILINE)
    found = {}
    for path in sorted(ROOT.glob("exercises/*")):
        names = [check.name for check in exercise(path.name).CHECKS if isinstance(check, OwnValue)]
        found |= {path.name.partition("_")[0]: names} if names else {}
    assert {number: re.findall(r"\w+", names) for number, names in listed} == found


@pytest.fixture(scope="module")
def given_out(course):
    """A course that has given out exercise 01 in variants, to ada and alan."""
    course.nbgrader("generate_assignment", NAME)
    with gradebook(course) as book:
        for student in ("ada", "alan"):
            book.add_student(student)
    configure(course, f'c.Variants.words = {{"{NAME}": "{WORDS}", "{FIXED}": "{WORDS}"}}')
    course.nbgrader("generate_assignment", FIXED)
    done = write_variants(course, NAME)
    assert done.exit_code == 0, done.output
    return course


def write_variants(course, *words):
    """Run `cnnedu variant …` in the course's folder and in this process."""
    with contextlib.chdir(course.folder):
        return CliRunner().invoke(main, ["variant", *words])


def own_notebook(course, student):
    return course.folder / f"grading/variants/{student}/{NAME}/{NAME}.ipynb"


def test_a_student_gets_the_same_bytes_again_and_the_teacher_the_answers(given_out):
    first = {one: own_notebook(given_out, one).read_bytes() for one in ("ada", "alan")}
    assert first["ada"] != first["alan"]
    own_notebook(given_out, "ada").unlink()
    done = write_variants(given_out, NAME, "ada")
    assert own_notebook(given_out, "ada").read_bytes() == first["ada"]
    right = np.array(solved(NAME, "ada")["by_hand"]).tolist()
    assert done.output.splitlines()[1] == f"    by_hand: {right}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([NAME, "bob"], "the gradebook has no student bob"),
        (["02_filters_and_features"], "02_filters_and_features has no variants yet: add the line"),
        ([FIXED], f"{FIXED}.ipynb: none of its questions has variants"),
    ],
)
def test_a_teachers_mistake_gets_one_line(given_out, words, says):
    done = write_variants(given_out, *words)
    assert done.exit_code == 1 and done.output.startswith(f"Error: {says}")
    assert done.output.count("\n") == 1


def hand_in(course, student, path, answer):
    """Hand in the notebook at `path` with the solution, and an answer to question 1."""
    notebook = nbformat.read(path, as_version=4)
    answers = student_cells(course.solution(NAME))
    fill_in(notebook, answers | {"01-by-hand": f"by_hand = {np.array(answer).tolist()}"})
    folder = course.folder / "grading/submitted" / student / NAME
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


@pytest.fixture(scope="module")
def graded(given_out, tmp_path_factory, confined):
    """Grade two who solved their own, one a neighbour's, one the usual exercise."""
    course = copy_of(given_out, tmp_path_factory.mktemp("graded") / "course")
    usual = course.folder / f"exercises/{NAME}/{NAME}.ipynb"
    hand_in(course, "ada", own_notebook(course, "ada"), solved(NAME, "ada")["by_hand"])
    hand_in(course, "alan", own_notebook(course, "alan"), solved(NAME, "alan")["by_hand"])
    hand_in(course, "grace", own_notebook(course, "ada"), solved(NAME, "ada")["by_hand"])
    hand_in(course, "emmy", usual, solved(NAME, "")["by_hand"])
    course.said = course.grade(NAME).output
    return course


@pytest.mark.parametrize(
    ("student", "points"), [("ada", 1), ("alan", 1), ("grace", 0), ("emmy", 0)]
)
def test_the_grader_goes_by_the_student_not_by_the_notebook(graded, student, points):
    scores = graded.scores(NAME, student)
    assert scores["01-by-hand-tests"] == points
    assert sum(scores[name] for name in scores if name.endswith("-tests")) == 9 + points


def test_a_variant_that_isnt_ones_own_is_told_and_ones_own_is_nothing_odd(graded):
    assert status(graded, NAME, "grace")["evidence"] == [variants.ANOTHERS]
    assert status(graded, NAME, "emmy")["why"] == variants.USUAL
    for student in ("ada", "alan"):
        own = status(graded, NAME, student)
        assert not own["evidence"] and not own["why"]
    assert "another release" not in graded.said


def test_without_variants_a_variant_is_told(given_out, tmp_path, confined):
    course = copy_of(given_out, tmp_path / "course")
    configure(course, "c.Variants.words = {}")
    hand_in(course, "ada", own_notebook(course, "ada"), solved(NAME, "ada")["by_hand"])
    course.grade(NAME)
    assert status(course, NAME, "ada")["why"] == variants.NO_VARIANTS
