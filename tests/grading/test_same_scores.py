"""Honest work gets exactly the points, marks and comments that stock nbgrader gives."""

import pytest
from grading.graded_course import gradebook

from harness.course import ROOT, answer_cells, student_cells

NAME = "01_convolution_by_hand"
ANSWERS = ROOT / "tests/exercises/answers" / NAME
ANSWER_FILES = [ANSWERS / f"{name}.py" for name in ("right_plain_loops", "wrong_flip_transpose")]

# Honest students write more than an answer: {who: (free cells, answers that differ)}.
STYLES = {
    "talkative": (
        ["print('look:', smiley())\nimport matplotlib.pyplot as plt\nplt.imshow(smiley());"],
        {"01-flip": "def flip(w):\n    print('flipping', w)\n    return w[::-1, ::-1]"},
    ),
    "helpful": (
        ["def window(x, i, j, w):\n    return x[i : i + w.shape[0], j : j + w.shape[1]]"],
        {
            "01-correlate2d": "def correlate2d(image, filters, stride=(1, 1)):\n"
            "    rows = range(0, image.shape[0] - filters.shape[0] + 1, stride[0])\n"
            "    columns = range(0, image.shape[1] - filters.shape[1] + 1, stride[1])\n"
            "    return [[(window(image, i, j, filters) * filters).sum() for j in columns]\n"
            "            for i in rows]"
        },
    ),
    "stumbling": (["1 / 0", "this is not Python", "%timeit -n1 -r1 0", "undefined_name"], {}),
    "curious": (
        ["import scipy.signal, torch\nfrom sklearn import svm"],
        {"01-horizontal-kernel": "horizontal = np.outer([1.0, -2.0, 1.0], [0.5, 0.0, 0.5])"},
    ),
    "unfinished": (
        ["x = 3"],
        {"01-flip": "def flip(w):\n    raise NotImplementedError()", "01-fog": "YOUR ANSWER HERE"},
    ),
    "untyped": ([], {"01-by-hand": "by_hand = [[0, -3, 0], [1, -2, -1], [1, -1]]"}),
    "at_home_in_a_shell": (
        ["!ls", "%pip --version"],
        {"01-flip": "!ls\nlines = !ls\ndef flip(w):\n    return w[::-1, ::-1]"},
    ),
    "eager": (
        ['e01.check("flip", globals(), hidden=True)'],
        {"01-flip": 'def flip(w):\n    return w[::-1, ::-1]\n\n\ne01.check("flip", globals())'},
    ),
    "far_from_numpy": (
        ["from fractions import Fraction", "from decimal import Decimal"],
        {
            "01-by-hand": "by_hand = [[Fraction(n, 1) for n in row] for row in [[0, -3, 0], "
            "[1, -2, -1], [1, -1, -1]]]",
            "01-flip": "from fractions import Fraction\n\ndef flip(w):\n"
            "    return [[Fraction(float(v)) for v in row] for row in w[::-1, ::-1]]",
        },
    ),
    "progressive": (
        [],
        {
            "01-flip": "import matplotlib.pyplot as plt\nfrom tqdm import tqdm\n\ndef flip(w):\n"
            "    plt.imshow(w)\n    return [row[::-1] for row in tqdm(w[::-1])]"
        },
    ),
    "by_another_hand": (
        [],
        {
            "01-by-hand": "from cnnedu.kernels import correlate2d as slide\n"
            "letter = np.array([[0, 1, 0, 0, 0]] * 3 + [[0, 1, 1, 1, 0], [0] * 5])\n"
            "by_hand = slide(letter, edge_kernel())",
            "01-flip": "before = kernels.relu(np.ones(2))\ndef flip(w):\n    return w[::-1, ::-1]",
            "01-correlate2d": "from cnnedu import plots\nplots.nothing_of_this_name\n"
            "def correlate2d(x, w):\n    return None",
        },
    ),
    "in_place": ([], {"01-flip": "def flip(w):\n    w[:] = w[::-1, ::-1]\n    return w"}),
}


@pytest.fixture(scope="module")
def scores(course, confined):
    """Grade the same submissions with `cnnedu grade` and then with `nbgrader autograde`."""
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    for path in ANSWER_FILES:
        course.submit(NAME, path.stem, right | answer_cells(path))
    for who, (free, answers) in STYLES.items():
        course.submit(NAME, who, right | answers, free)
    ours = course.grade(NAME)
    assert ours.exit_code == 0, ours.output
    given = everything(course)
    course.nbgrader("autograde", NAME, "--force")
    return given, everything(course)


def everything(course):
    """Return what the gradebook holds of each submission, except its time."""
    with gradebook(course) as book:
        return {
            submission.student.id: (
                submission.score,
                {
                    grade.name: (grade.auto_score, grade.needs_manual_grade)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                },
                {
                    comment.name: comment.auto_comment
                    for notebook in submission.notebooks
                    for comment in notebook.comments
                },
            )
            for submission in book.assignment_submissions(NAME)
        }


def test_both_graded_every_submission(scores):
    ours, stock = scores
    assert ours.keys() == stock.keys()
    assert len(ours) == len(STYLES) + len(ANSWER_FILES)


@pytest.mark.parametrize("who", ["right_plain_loops", "wrong_flip_transpose", *STYLES])
def test_scores_marks_and_comments_are_those_of_stock_nbgrader(scores, who):
    ours, stock = scores
    assert ours[who] == stock[who]


def test_all_answers_score_as_in_stock_nbgrader(scores):
    assert scores[0] == scores[1]
