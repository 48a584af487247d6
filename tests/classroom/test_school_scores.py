"""Scores go back into the file that the school's platform exported, and the platform reads them."""

import csv
import io
import re
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from classroom import platforms
from click.testing import CliRunner

from cnnedu.classroom import csv_table, feedback_zip, fill_in, school_export
from cnnedu.classroom.csv_table import RosterError
from cnnedu.classroom.final_scores import WAITS_FOR_A_HUMAN, Score
from cnnedu.cli import main

NAME = "01_convolution_by_hand"
MOST = 12.0
SCORES = [
    Score("ada", "ada@school.example", "Ada", "Lovelace", 12.0),
    Score("zoe", "zoe@school.example", "Zoë", "O'Brien, Jr.", 7.5),
    Score("bob", "bob@school.example", "Bob", "Müller", 0.0),
    Score("eve", "eve@school.example", "Eve", "Wait", None, WAITS_FOR_A_HUMAN),
]
EXPORTS = Path(__file__).parent / "exports"
WORKSHEET, GERMAN, MOODLE, CANVAS, CLASSROOM = (
    (EXPORTS / f"{name}.csv").read_text(encoding="utf-8")
    for name in ("worksheet", "german", "moodle", "canvas", "classroom")
)


def filled(tmp_path, text, column=None, encoding="utf-8", scores=SCORES):
    """Fill in the scores; return the bytes of the file, and the remarks."""
    path = tmp_path / "export.csv"
    path.write_text(text, encoding=encoding, newline="")
    export = school_export.read(path, NAME, column)
    done = fill_in.fill(export, fill_in.owners(export, scores), scores, MOST)
    csv_table.write(done.table, tmp_path / "import.csv")
    return (tmp_path / "import.csv").read_bytes(), done.remarks


def rows(data, separator=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_moodle_s_worksheet(tmp_path):
    data, remarks = filled(tmp_path, WORKSHEET)
    grades = platforms.moodle_worksheet(data)
    assert grades == {701: 12, 702: 7.5, 703: 0, 704: None, 705: None}
    assert remarks == [
        "Not filled in (waits to be graded by hand): eve.",
        "In the file, but not in the gradebook: mallory@school.example.",
    ]


def test_other_columns_of_the_worksheet_are_left_out(tmp_path):
    """A comment that isn't in the file isn't changed by the import."""
    data, _ = filled(tmp_path, WORKSHEET)
    assert rows(data)[0] == [
        *("Identifier", "Full name", "Email address", "Grade", "Maximum Grade"),
        "Last modified (grade)",
    ]


def test_a_decimal_comma_where_the_file_has_one_and_the_points_that_it_counts(tmp_path):
    """7.5 of 12 points are 62.5 of 100."""
    data, remarks = filled(tmp_path, GERMAN)
    german = {"id": "ID", "grade": "Bewertung", "time": "Zuletzt geändert (Bewertung)"}
    grades = platforms.moodle_worksheet(data, participant="Teilnehmer/in", comma=True, **german)
    assert grades == {701: 100, 702: 62.5}
    assert '"62,5"' in data.decode()
    assert "Converted: 12 points here are 100 in the file." in remarks
    assert "In the gradebook, but not in the file: bob, eve." in remarks


@pytest.mark.parametrize(
    "heading",
    [
        'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale",'
        '"Dernière modification (note)"',
        'Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,'
        '"Calificación máxima","Última modificación (calificación)"',
    ],
)
def test_worksheets_in_other_languages(tmp_path, heading):
    line = '\n"Participant 1","Ada Lovelace",ada@school.example,,,"10,00",-\n'
    data, _ = filled(tmp_path, heading + line)
    names = next(csv.reader([heading]))
    german = {"id": names[0], "grade": names[4], "time": names[6]}
    assert platforms.moodle_worksheet(data, comma=True, **german) == {1: 10}


def test_moodle_s_gradebook(tmp_path):
    data, _ = filled(tmp_path, MOODLE)
    column = "Assignment: Convolution by hand (Real)"
    assert platforms.moodle_gradebook(data, "Email address", column) == {
        "ada@school.example": 12,
        "zoe@school.example": 7.5,
        "eve@school.example": None,
    }
    assert set(platforms.moodle_gradebook(data, "ID number", column)) == {"1001", "1002", "1004"}
    assert "Other" not in data.decode()


def test_canvas(tmp_path):
    """Somebody who is excused stays so, and no other assignment is in the file."""
    data, remarks = filled(tmp_path, CANVAS)
    assert platforms.canvas(data, 4711) == ({501: 12, 502: 7.5, 503: "EX", 509: None}, 12)
    assert "4712" not in data.decode()
    assert "Not filled in (the cell holds no number): bob (EX)." in remarks


def test_canvas_with_semicolons_and_commas(tmp_path):
    text = CANVAS.replace(",", ";").replace("12.00", "12,00")
    text = text.replace("Lovelace; Ada", "Lovelace, Ada").replace("Jr.; Zoë", "Jr., Zoë")
    data, _ = filled(tmp_path, text)
    assert platforms.canvas(data, 4711)[0][502] == 7.5
    assert ";7,5" in data.decode()


def test_canvas_with_two_columns_of_names(tmp_path):
    text = CANVAS.replace("Student,ID", "LastName,FirstName,ID").replace('"Lovelace, Ada"', "L,Ada")
    text = text.replace("    Points Possible", "    Points Possible,")
    data, _ = filled(tmp_path, text)
    (row,) = [row for row in rows(data) if "501" in row]
    assert row == ["L", "Ada", "501", "1001", "ada@school.example", "A", "12"]


def test_google_classroom_keeps_its_order(tmp_path):
    data, remarks = filled(tmp_path, CLASSROOM)
    assert rows(data)[3:] == [
        ["O'Brien, Jr.", "Zoë", "zoe@school.example", "62.5"],
        ["Lovelace", "Ada", "ada@school.example", "100"],
    ]
    assert "Converted: 12 points here are 100 in the file." in remarks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_mark_of_utf_8_stays_if_there_was_one(tmp_path, encoding):
    data, _ = filled(tmp_path, WORKSHEET, encoding=encoding)
    assert data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert rows(data)[2][1] == "Zoë O'Brien, Jr."


EVIL = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1", "＝1+1", "x;=1"]


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_is_a_formula(tmp_path, evil):
    text = WORKSHEET.replace("Bob Müller", evil)
    data, _ = filled(tmp_path, text)
    cell = rows(data)[3][1]
    assert cell.replace("'", "") == evil
    assert not cell.lstrip().startswith(tuple("=+-@＝"))
    assert ";=" not in cell


def test_honest_cells_stay(tmp_path):
    for name in ("-", "O'Neil", "'t Hooft", 'Ann "Nan" Li', "Jean-Luc", "李", "de\u00a0la Cruz"):
        text = WORKSHEET.replace('"Bob Müller"', '"' + name.replace('"', '""') + '"')
        assert rows(filled(tmp_path, text)[0])[3][1] == name
    text = MOODLE.replace("1001", "-7").replace("1002", "+49")
    assert [row[2] for row in rows(filled(tmp_path, text)[0])[1:3]] == ["-7", "+49"]


def test_people_are_found_by_what_the_file_has(tmp_path):
    """By the address; by the username that a roster gives; by a name that nobody else has."""
    heading, *lines = (
        'Identifier,"Full name",Grade,"Last modified (grade)"',
        'Participant 1,"LOVELACE, Ada",,-',
        'Participant 2,"O\'Brien, Jr. Zoe\u0308",,-',  # ë as two characters
        'Participant 3,"Bob Müller",,-',
        'Participant 4,"Bob Müller",,-',  # which of the two is bob?
    )
    text = "\n".join([heading, *lines])
    grades = platforms.moodle_worksheet(filled(tmp_path, text)[0])
    assert grades == {1: 12, 2: 7.5, 3: None, 4: None}
    moved = WORKSHEET.replace("zoe@school.example", "zoe@new.example")
    assert platforms.moodle_worksheet(filled(tmp_path, moved)[0])[702] == 7.5
    other = moved.replace("Zoë O'Brien, Jr.", "Zoe Nobody")  # another person with this username
    assert platforms.moodle_worksheet(filled(tmp_path, other)[0])[702] == 3


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        (MOODLE.replace("Convolution", "Conv"), None, "no column 'convolution_by_hand'"),
        (MOODLE, "Assignment", "more than one column 'Assignment'"),
        (MOODLE, "absent", "name one with --column: Assignment: Convolution by hand (Real), "),
        (WORKSHEET.replace(",Grade,", ",Points,"), None, "has no column Grade"),
        (WORKSHEET.replace("bob@", "ada@"), None, "lines 2 and 4 are both ada: take one out"),
        ('Identifier,Grade,"Last modified (grade)"\n', None, "says of nobody who it is"),
        ("", None, "its first line is nothing"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, column, told):
    with pytest.raises(RosterError) as error:
        filled(tmp_path, text, column)
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "import.csv").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.csv"], "none.csv can't be read: No such file or directory"),
        (["x.csv", "--out", "./x.csv"], "--out ./x.csv is the export itself: give another name"),
        (["x.csv"], "is not a course: change to the folder that holds its nbgrader_config.py"),
        (["x.csv", "--column", "none"], "no column 'none'"),
    ],
)
def test_a_mistake_takes_one_line_and_writes_nothing(tmp_path, monkeypatch, words, told):
    (tmp_path / "x.csv").write_text(MOODLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["scores", NAME, *words])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert told in line
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == MOODLE
    assert not list(tmp_path.rglob("import*"))


def packed(tmp_path, text, pages):
    """Pack `pages` {student: HTML}; return the bytes of the zip file."""
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    for student, page in pages.items():
        (tmp_path / student).mkdir()
        (tmp_path / student / f"{NAME}.html").write_text(page)
    directory = SimpleNamespace(
        feedback_directory="", format_path=lambda _, who, __: tmp_path / who
    )
    course = SimpleNamespace(assignment=NAME, directory=directory)
    export = school_export.read(path, NAME)
    owners = fill_in.owners(export, SCORES)
    feedback_zip.write(export, owners, course, tmp_path / "feedback.zip")
    return (tmp_path / "feedback.zip").read_bytes()


@pytest.mark.parametrize(
    "name", ["Zoë O'Brien, Jr.", "a_1_b", "../../etc/x", "..", "李", "A:B|C?*"]
)
def test_feedback_reaches_its_participant_whatever_the_name(tmp_path, name):
    text = WORKSHEET.replace("Zoë O'Brien, Jr.", name)
    data = packed(tmp_path, text, {"zoe": "for zoe", "ada": "for ada"})
    assert platforms.moodle_feedback(data, {1, 701, 702, 703}) == {
        701: {f"{NAME}.html": b"for ada"},
        702: {f"{NAME}.html": b"for zoe"},
    }
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert all(re.fullmatch(r"[\w .'-]+/[\w.]+", inside) for inside in file.namelist())


@pytest.mark.parametrize(
    ("text", "pages", "told"),
    [
        (CANVAS, {"ada": "x"}, "--feedback needs Moodle's grading worksheet"),
        (WORKSHEET, {}, f"first run `nbgrader generate_feedback {NAME}`"),
    ],
)
def test_feedback_that_can_t_be_packed(tmp_path, text, pages, told):
    with pytest.raises(RosterError, match=told):
        packed(tmp_path, text, pages)
    assert not (tmp_path / "feedback.zip").exists()
