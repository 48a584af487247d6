"""The guide to a class: its commands exist, set up a class, and its tables name real tests."""

import re
import shlex

import click
import pytest

from cnnedu.classroom.folder import Folder
from cnnedu.cli import main
from harness.course import ROOT, Course

GUIDE = (ROOT / "docs/class.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^cnnedu .*|(?<=`)cnnedu (?!class`)[^`]*(?=`)", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_each_command_is_one_that_the_program_knows(line):
    words, group = shlex.split(line)[1:], main
    while isinstance(group, click.Group):
        group = group.commands[words.pop(0)]
    if words or not any(parameter.required for parameter in group.params):
        group.make_parser(click.Context(group)).parse_args(words)


def test_the_guides_own_line_sets_up_a_class(tmp_path):
    course = Course(tmp_path)
    (tmp_path / "grading").mkdir()
    (tmp_path / "grading/roster.csv").write_text("name,id,email\nAda,1,ada@x.example\n")
    (line,) = re.findall(r"^cnnedu (class setup .*)", GUIDE, re.MULTILINE)
    done = course.run("cnnedu", *shlex.split(line))
    assert done.returncode == 0, done.stderr
    assert "1 student and 1 teacher are in classroom." in done.stdout
    assert set(Folder(tmp_path / "classroom").first_passwords()) == {"ada", "emmy"}


def test_each_test_that_it_names_exists():
    named = set(re.findall(r"`(test_\w+\.py)`", GUIDE))
    assert named
    assert all((ROOT / "tests/classroom" / name).exists() for name in named)


def test_git_ignores_the_class():
    assert "/classroom/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_each_picture_is_small_and_said_in_words():
    found = re.findall(r"!\[([^\]]+)\]\(class/(\w+\.png)\)", GUIDE)
    folder = ROOT / "docs/class"
    assert {name for _, name in found} == {path.name for path in folder.iterdir()}
    for words, name in found:
        assert (folder / name).stat().st_size <= 100_000
        assert len(words) > 20
