"""`tools/environment.py` keeps a .venv that fits, and makes any other again."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from harness.course import ROOT

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
NEXT = f"3.{sys.version_info[1] + 1}"
BASE = os.path.realpath(sys._base_executable)
run = subprocess.call


def load(checkout):
    """Load the script of a checkout; what would take minutes is done in a moment."""
    spec = importlib.util.spec_from_file_location("environment", checkout / "tools/environment.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.installed = []

    def call(command):
        packages = checkout / f".venv/lib/python{HERE}/site-packages"
        if command[1:3] == ["-m", "venv"]:
            code = run([*command, "--without-pip"])
            (packages / "pip.py").touch()
        else:
            assert command[:2] == [str(script.PYTHON), str(checkout / "tools/install.py")]
            (packages / "course.pth").write_text(str(checkout))
            script.installed.append(command[2])
            code = 0
        return code

    script.subprocess = SimpleNamespace(
        call=call, run=subprocess.run, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL
    )
    return script


@pytest.fixture
def checkout(tmp_path):
    """A checkout with all that the script reads, in a folder with a space in its name."""
    folder = tmp_path / "the course"
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "tools/environment.py"):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    (folder / "tools/install.py").touch()
    (folder / "cnnedu").mkdir()
    (folder / "cnnedu/__init__.py").touch()
    return folder


@pytest.fixture
def made(checkout):
    """That checkout with a finished .venv."""
    assert load(checkout).main("test") == 0
    (checkout / ".venv/old").touch()
    return checkout


def is_new(checkout):
    return not (checkout / ".venv/old").exists()


def imported(checkout):
    """Return the folder whose `cnnedu` the checkout's environment imports."""
    command = [checkout / ".venv/bin/python", "-c", "import cnnedu; print(cnnedu.__file__)"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    return said.stdout.strip().removesuffix("/cnnedu/__init__.py")


def test_what_fits_is_kept(made, capsys):
    capsys.readouterr()
    for extra in ("test", ""):  # the packages for the tests are more than the course's own
        script = load(made)
        assert script.main(extra) == 0
        assert script.installed == [] and not is_new(made)
    assert capsys.readouterr().out == ""
    assert imported(made) == str(made)


def copied(made):
    other = made.with_name("copy")
    shutil.copytree(made, other, symlinks=True)
    return other


def moved(made):
    return made.rename(made.with_name("moved"))


def edit_record(made, **changes):
    path = made / ".venv/made-for.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    return made


def without_python(made):
    (made / ".venv/bin/python").unlink()
    (made / ".venv/bin/python").symlink_to("/no/longer/here/python3")
    return edit_record(made, python="/no/longer/here/python3")


def without_pip(made):
    (made / f".venv/lib/python{HERE}/site-packages/pip.py").unlink()
    return made


def interrupted(made):
    (made / ".venv/made-for.json").unlink()
    return made


def damaged(made):
    (made / ".venv/made-for.json").write_text('{"checkout":')
    return made


def out_of_bounds(made):
    text = (made / "pyproject.toml").read_text()
    wanted = f">=3.{sys.version_info[1]},<3.14"
    (made / "pyproject.toml").write_text(text.replace(">=3.11,<3.14", wanted))
    old = made / ".venv/bin/python"
    old.unlink()
    old.write_text('#!/bin/sh\necho 3.9; echo ""\n')
    old.chmod(0o755)
    return edit_record(made, version="3.9")


def upgraded(made):
    return edit_record(made, version=NEXT)


FAULTS = {
    copied: "it was made for {made}",
    moved: "it was made for {made}",
    without_python: "its Python (/no/longer/here/python3) no longer runs",
    without_pip: "no longer runs, or has no pip",
    interrupted: "it was never finished",
    damaged: "it was never finished",
    out_of_bounds: "it has Python 3.9, but the course needs Python 3.",
    upgraded: f"for Python {NEXT}, which is now {HERE}",
}


@pytest.mark.parametrize(("spoil", "reason"), FAULTS.items(), ids=[f.__name__ for f in FAULTS])
def test_what_does_not_fit_is_made_again_and_says_why(made, spoil, reason, capsys):
    checkout = spoil(made)
    capsys.readouterr()
    assert load(checkout).main("") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Making .venv again: ") and reason.format(made=made) in said[0]
    assert is_new(checkout) and imported(checkout) == str(checkout)
    assert (made / ".venv/old").exists() == (checkout.name == "copy")  # another's is left alone
    script = load(checkout)
    assert script.main("") == 0 and script.installed == []


def test_a_link_to_the_environment_of_another_course_is_replaced_not_followed(made, checkout):
    other = made.with_name("other")
    shutil.copytree(made, other, ignore=shutil.ignore_patterns(".venv"))
    (other / ".venv").symlink_to(made / ".venv")
    assert load(other).main() == 0
    assert not (other / ".venv").is_symlink() and imported(other) == str(other)
    assert not is_new(made) and imported(made) == str(made)
    script = load(made)
    assert script.main() == 0 and script.installed == []


def test_a_file_of_that_name_is_not_deleted(checkout, capsys):
    (checkout / ".venv").write_text("mine")
    assert load(checkout).main() == 1
    assert (checkout / ".venv").read_text() == "mine"
    (line,) = capsys.readouterr().err.splitlines()
    assert "is a file" in line and "move it away" in line


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "tools/install.py"])
def test_other_versions_are_installed_into_the_same_environment(made, name):
    with (made / name).open("a") as file:
        file.write("\n# changed\n")
    script = load(made)
    assert script.main("test") == 0
    assert script.installed == ["test"] and not is_new(made)


def test_a_failed_installation_is_tried_again(made, monkeypatch):
    (made / "constraints.txt").write_text("")
    script = load(made)
    monkeypatch.setattr(script.subprocess, "call", lambda command: 2)
    assert script.main("test") == 2
    script = load(made)
    assert script.main("test") == 0 and script.installed == ["test"]


def test_another_checkouts_package_in_it_is_replaced(made):
    other = made.with_name("other")
    shutil.copytree(made / "cnnedu", other / "cnnedu")
    (made / f".venv/lib/python{HERE}/site-packages/course.pth").write_text(str(other))
    assert imported(made) == str(other)
    assert load(made).main() == 0
    assert imported(made) == str(made)


def test_only_a_chosen_version_replaces_another_that_fits(made, monkeypatch, capsys):
    script = load(made)
    monkeypatch.setattr(script, "VERSION", NEXT)
    monkeypatch.setattr(script, "bounds", lambda: (11, sys.version_info[1] + 1))
    assert script.main() == 0 and not is_new(made)
    assert script.main("--chosen") == 0 and is_new(made)
    assert f"it has Python {HERE}, and you chose {NEXT}" in capsys.readouterr().out


def test_a_python_out_of_bounds_destroys_nothing(made, monkeypatch, capsys):
    script = load(moved(made))
    monkeypatch.setattr(script, "VERSION", "3.9")
    monkeypatch.setattr(script.shutil, "which", lambda name: name == "python3.12")
    assert script.main() == 1
    line = capsys.readouterr().err
    assert (
        "needs Python 3.11 to 3.13, but this is 3.9" in line
        and "make lab PYTHON=python3.12" in line
    )
    assert not is_new(script.ROOT)


def test_what_can_not_be_deleted_is_said_in_one_line(made, monkeypatch, capsys):
    script = load(moved(made))

    def refuse(path):
        raise PermissionError(13, "Permission denied", f"{path}/bin")

    monkeypatch.setattr(script.shutil, "rmtree", refuse)
    assert script.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "can't be deleted (Permission denied" in line and "delete it yourself" in line


SHOW = """
import json, os, sys
names = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
said = {name: os.environ.get(name) for name in names}
said.update(arguments=sys.argv[1:])
json.dump(said, open("said.json", "w"))
"""


def make(checkout, *words, **environment):
    """Run make in a checkout whose programs only note how they are called."""
    for name in ("jupyter", "pytest"):
        program = checkout / ".venv/bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text('#!/bin/sh\nprintf "%s\\n" "$PATH" "$VIRTUAL_ENV" "$HOME" > ran\n')
        program.chmod(0o755)
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    outer = {name: value for name, value in (outer | environment).items() if value is not None}
    command = ["make", *words]
    return subprocess.run(command, cwd=checkout, env=outer, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "arguments"),
    [(["lab"], []), (["test"], ["test"]), (["lab", f"PYTHON={BASE}"], ["--chosen"])],
    ids=["lab", "test", "chosen"],
)
def test_make_hands_on_what_was_asked_for_and_nothing_of_another_environment(
    checkout, words, arguments
):
    (checkout / "tools/environment.py").write_text(SHOW)
    # What the checkout's environment calls python3 must not judge that environment.
    own = checkout / ".venv/bin/python3"
    own.parent.mkdir(parents=True)
    own.write_text("#!/bin/sh\nexit 3\n")
    own.chmod(0o755)
    elsewhere = {"PYTHONPATH": "/elsewhere", "PYTHONHOME": "/else", "VIRTUAL_ENV": "/other"}
    made = make(checkout, *words, PYTHON=None, **elsewhere)
    assert made.returncode == 0, made.stderr
    venv = str(checkout / ".venv")
    none = {"PYTHONHOME": None, "PYTHONPATH": None}
    said = json.loads((checkout / "said.json").read_text())
    assert said == none | {"VIRTUAL_ENV": venv, "arguments": arguments}
    path, environment, _ = (checkout / "ran").read_text().splitlines()
    assert path.startswith(f"{venv}/bin:") and environment == venv


@pytest.mark.parametrize("home", [None, "/proc/nobody", "own"])
def test_jupyter_gets_a_home_folder_even_where_the_user_has_none(checkout, home, tmp_path):
    (checkout / "tools/environment.py").write_text("")
    home = str(tmp_path) if home == "own" else home
    made = make(checkout, "lab", HOME=home)
    assert made.returncode == 0, made.stderr
    expected = home if home == str(tmp_path) else str(checkout / ".venv/home")
    assert (checkout / "ran").read_text().splitlines()[2] == expected


def test_make_says_that_there_is_no_such_python(checkout):
    made = make(checkout, "lab", "PYTHON=python3.99")
    assert made.returncode == 2
    assert made.stderr.startswith("There is no python3.99 here")
