"""Rosters as learning platforms export them, and those that can't be read."""

import pytest

from cnnedu.classroom import roster
from cnnedu.classroom.folder import Folder

MOODLE = """\
"First name","Last name","ID number",Institution,Department,"Email address"
Zoë,"O'Brien",1001,,,zoe@school.example
Ada,Lovelace,1002,,,ada@school.example
"""
# Canvas' own numbers are in `ID`; the second line is no person, nor is the last.
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,01 Convolution (4711),Final Score
    Points Possible,,,,,12.00,(read only)
"O'Brien, Zoë",501,1001,zoe@school.example,A,,
"Lovelace, Ada",502,1002,ada,A,,
"Student, Test",503,,b7f3,A,,
"""
# Google Classroom puts the date and the points of each assignment below the heading.
CLASSROOM = """\
"Last Name","First Name","Email Address","01 Convolution"
Date,,,2026-10-01
Points,,,12
O'Brien,Zoë,zoe@school.example,
Lovelace,Ada,ada@school.example,
"""
OWN = """\
name,id,email
Zoë O'Brien,1001,zoe@school.example
"Lovelace, Ada",1002,ada@school.example
"""


def read(tmp_path, text, teachers=(), encoding="utf-8"):
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding=encoding, newline="")
    return roster.read(path, teachers)


@pytest.mark.parametrize("text", [MOODLE, CANVAS, CLASSROOM, OWN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_exports_are_read_as_they_are(tmp_path, text, encoding):
    people = read(tmp_path, text, encoding=encoding)
    assert [(p.username, p.first_name, p.last_name) for p in people] == [
        ("zoe", "Zoë", "O'Brien"),
        ("ada", "Ada", "Lovelace"),
    ]


@pytest.mark.parametrize(("text", "number"), [(MOODLE, "1001"), (CANVAS, "501"), (CLASSROOM, "")])
def test_the_number_is_the_one_that_the_platform_knows(tmp_path, text, number):
    assert read(tmp_path, text)[0].id == number


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheets_separate_with_other_marks(tmp_path, separator, end):
    text = MOODLE.replace(",", separator).replace("\n", end)
    assert [person.email for person in read(tmp_path, text)] == [
        "zoe@school.example",
        "ada@school.example",
    ]


def test_teachers_are_on_the_roster_or_beside_it(tmp_path):
    people = read(tmp_path, OWN, ["Ada", "emmy"])
    assert [(p.username, p.teacher) for p in people] == [
        ("zoe", False),
        ("ada", True),
        ("emmy", True),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "needs a column `email`, `id` or `username`; it has nothing"),
        ("Vorname,Nachname\nAda,Lovelace\n", "it has Vorname, Nachname"),
        ("name,email\n", "names nobody"),
        ("name,email\nA,a@x.example\nB,a@y.example\n", "line 3: a is there twice"),
        ("name,email\nA,../../x\n", "can't be a username"),
        ("name,id\nA,李\n", "can't be a username"),
        ("username\n" + "x" * 32 + "\n", "up to 31 letters"),
        ("username\n-rf\n", "can't be a username"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, told):
    with pytest.raises(roster.RosterError) as error:
        read(tmp_path, text)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(roster.RosterError, match="can't be read: No such file"):
        roster.read(tmp_path / "none.csv")


def test_setting_up_again_keeps_passwords_files_and_settings(tmp_path):
    place = Folder(tmp_path / "classroom")
    place.set_up(read(tmp_path, OWN), tmp_path)
    before = place.first_passwords()
    (place.home("ada") / "mine.txt").write_text("x")
    place.settings.write_text("# mine")
    more = OWN.replace("Zoë O'Brien,1001,zoe", "Alan Turing,1003,alan")
    place.set_up(read(tmp_path, more), tmp_path)
    after = place.first_passwords()
    assert after["ada"] == before["ada"]
    assert set(after) == {"zoe", "ada", "alan"}
    assert (place.home("ada") / "mine.txt").read_text() == "x"
    assert place.home("zoe").is_dir()
    assert place.settings.read_text() == "# mine"
    assert [person.username for person in place.people()] == ["alan", "ada"]  # zoe is off it
    place.set_up(read(tmp_path, OWN), tmp_path)
    assert place.first_passwords()["zoe"] == before["zoe"]  # the hub has kept hers, too


def test_what_spreadsheets_take_for_a_formula_stays_text(tmp_path):
    place = Folder(tmp_path / "classroom")
    people = read(tmp_path, 'name,email\n"=HYPERLINK(1), Eve",eve@x.example\n')
    place.set_up(people, tmp_path)
    assert "'=HYPERLINK" in (place.path / "roster.csv").read_text()


def test_lessons_are_given_once(tmp_path):
    place = Folder(tmp_path / "classroom")
    place.set_up(read(tmp_path, OWN), tmp_path)
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    (lessons / "00.ipynb").write_text("new")
    place.give_lessons("ada", lessons)
    own = place.home("ada") / "lessons/00.ipynb"
    own.write_text("with my notes")
    place.give_lessons("ada", lessons)
    assert own.read_text() == "with my notes"


@pytest.fixture
def zoe(tmp_path):
    """A class whose lessons are to be given to zoe; (folder, her home, the lessons)."""
    place = Folder(tmp_path / "classroom")
    place.set_up(read(tmp_path, OWN), tmp_path)
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons/00.ipynb").write_text("new")
    return place, place.home("zoe"), tmp_path / "lessons"


def test_lessons_never_go_where_a_students_link_leads(zoe, tmp_path):
    place, home, lessons = zoe
    other = tmp_path / "other"
    other.mkdir()
    (home / "lessons").symlink_to(other)
    with pytest.raises(OSError, match="lessons"):
        place.give_lessons("zoe", lessons)
    assert not list(other.iterdir())


def test_no_lesson_overwrites_what_a_students_link_leads_to(zoe, tmp_path):
    place, home, lessons = zoe
    (home / "lessons").mkdir()
    (home / "lessons/00.ipynb").symlink_to(tmp_path / "new-file")
    place.give_lessons("zoe", lessons)
    assert not (tmp_path / "new-file").exists()


def test_a_roster_that_is_too_large_is_refused(tmp_path):
    with pytest.raises(roster.RosterError, match="more than 2 MB"):
        read(tmp_path, OWN + "x,1,x@x.example\n" * 200_000)
