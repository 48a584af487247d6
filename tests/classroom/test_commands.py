"""What the commands of a class say when something is in the way: one line, and what to do."""

import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner
from grading.graded_course import gradebook

from cnnedu.classroom import accounts, roster, start
from cnnedu.classroom.folder import Folder
from cnnedu.cli import main
from harness.course import Course

ROSTER = "name,id,email\nAda,1,ada@x.example\n"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with a roster, and the working folder in it."""
    made = Course(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER)
    monkeypatch.chdir(tmp_path)
    return made


def run(*words):
    return CliRunner().invoke(main, ["class", *words])


@pytest.mark.parametrize("words", [["setup", "roster.csv", "--teacher", "emmy"], ["start"]])
def test_without_the_packages_of_a_class_it_says_what_to_install(words):
    code = "import sys; sys.modules['nbgrader'] = None; from cnnedu.cli import main; main()"
    command = [sys.executable, "-c", code, "class", *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.endswith('run pip install "cnnedu[class]"\n')
    assert done.stderr.count("\n") == 1


def test_a_class_of_another_user_is_refused_in_one_line(monkeypatch):
    def closed(folder, address):
        raise PermissionError(13, "Permission denied", "classroom/jupyterhub_config.py")

    monkeypatch.setattr(start, "run", closed)
    done = run("start")
    assert done.exit_code == 1
    assert "Permission denied: 'classroom/jupyterhub_config.py'" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("folder", [".", ".."])
def test_the_course_itself_is_no_folder_of_a_class(course, folder):
    mode = course.folder.stat().st_mode
    done = run("setup", "roster.csv", "--teacher", "emmy", "--folder", folder)
    assert done.exit_code == 1
    assert "the class needs its own" in done.stderr
    assert course.folder.stat().st_mode == mode


def test_setup_says_that_a_running_class_must_be_restarted(course):
    assert "If it runs already, restart it" in run("setup", "roster.csv", "--teacher", "e").output


def test_who_leaves_is_no_longer_missed_in_the_gradebook(course):
    run("setup", "roster.csv", "--teacher", "emmy")
    (course.folder / "roster.csv").write_text(ROSTER.replace("ada", "alan"))
    run("setup", "roster.csv", "--teacher", "emmy")
    with gradebook(course) as book:
        assert [student.id for student in book.students] == ["alan"]


def test_a_new_password_before_the_hub_has_run(course):
    run("setup", "roster.csv", "--teacher", "emmy")
    place = Folder("classroom")
    before = place.first_passwords()
    done = run("password", "ada")
    after = place.first_passwords()
    assert done.output == f"The new password of ada is {after['ada']}\n"
    assert after["ada"] != before["ada"]
    assert after["emmy"] == before["emmy"]


@pytest.mark.parametrize(
    ("words", "says"),
    [(["password", "bob"], "bob isn't on the roster"), (["password", "ada", "--folder", "x"], "x")],
)
def test_nobody_else_gets_a_password(course, words, says):
    run("setup", "roster.csv", "--teacher", "emmy")
    done = run(*words)
    assert done.exit_code == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_new_password_changes_one_line_of_the_hubs_database(tmp_path):
    place = Folder(tmp_path)
    place.set_up([roster.Person("ada"), roster.Person("alan")], tmp_path)
    with sqlite3.connect(place.database) as book:
        book.execute("CREATE TABLE users_info (username TEXT, password BLOB)")
        book.execute("INSERT INTO users_info VALUES ('ada', 'old'), ('alan', 'old')")
    new = accounts.replace_password(place, "ada")
    with sqlite3.connect(place.database) as book:
        stored = dict(book.execute("SELECT username, password FROM users_info"))
    assert accounts.bcrypt.checkpw(new.encode(), stored["ada"])
    assert stored["alan"] == "old"


@pytest.mark.parametrize(
    ("name", "harm", "says"),
    [
        ("passwords.csv", b"username;password;email\nada;x;y\n", "with commas"),
        ("passwords.csv", b"", "with commas"),
        ("roster.csv", b"name;id\nada;1\n", "run that again"),
        ("roster.csv", b"username,teacher\n\xff,\n", "run that again"),
        ("hub/jupyterhub.sqlite", b"no database" * 100, "not a database"),
    ],
)
def test_what_somebody_has_changed_is_said_in_one_line(course, monkeypatch, name, harm, says):
    run("setup", "roster.csv", "--teacher", "emmy")
    (course.folder / "classroom" / name).write_bytes(harm)
    done = run("password", "ada")
    assert done.exit_code == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    if name.endswith(".csv"):
        monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
        with pytest.raises(roster.RosterError, match=says):
            start.check(Folder("classroom"))


def test_a_damaged_gradebook_is_said_in_one_line(course):
    (course.folder / "grading").mkdir()
    (course.folder / "grading/gradebook.db").write_bytes(b"no database" * 100)
    done = run("setup", "roster.csv", "--teacher", "emmy")
    assert done.exit_code == 1
    assert "gradebook.db: file is not a database" in done.stderr
    assert done.stderr.count("\n") == 1
