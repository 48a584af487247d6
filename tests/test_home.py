"""Whoever has no home folder, as in many containers, can do all the same."""

import json
import os
import subprocess
import sys

import cnnedu

NOBODY = """
import os, pwd, sys

def unknown(who):
    raise KeyError(who)

pwd.getpwuid = pwd.getpwnam = unknown
"""
EVERYTHING = """
import importlib, json, pkgutil, cnnedu
from click.testing import CliRunner
from cnnedu.cli import main

for module in pkgutil.walk_packages(cnnedu.__path__, "cnnedu."):
    if ".inside" not in module.name:  # scripts for the sandbox
        importlib.import_module(module.name)
commands = ["doctor", "widgets", "experiment", "predict none.png", "grade 01"]
ran = {words: CliRunner().invoke(main, words.split()) for words in commands}
print(json.dumps({words: [one.exit_code, repr(one.exception)] for words, one in ran.items()}))
"""


def run(code, tmp_path, home):
    """Run code as a user whom the system doesn't know; return what it said."""
    unset = ("HOME", "USER", "LOGNAME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "CNNEDU_DATA")
    outer = {name: value for name, value in os.environ.items() if name not in unset}
    outer |= {"TMPDIR": str(tmp_path)} | ({"HOME": home} if home else {})
    return subprocess.run(
        [sys.executable, "-c", NOBODY + code],
        env=outer,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )


def test_every_module_and_command_needs_no_home(tmp_path):
    ran = run(EVERYTHING, tmp_path, None)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert {error.partition("(")[0] for _, error in found.values()} <= {"None", "SystemExit"}
    del found["doctor"]  # 1 if this machine has a problem
    codes = {words: int(code) for words, (code, _) in found.items()}
    assert codes == {"widgets": 0, "experiment": 0, "predict none.png": 1, "grade 01": 1}


def test_a_home_that_is_missing_is_not_complained_about(tmp_path):
    ran = run("import cnnedu, matplotlib.pyplot", tmp_path, "/proc/nobody")
    assert ran.returncode == 0 and not ran.stderr


def test_the_folder_in_its_place_is_this_users_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    first, second = {}, {}
    cnnedu._settle(first)
    cnnedu._settle(second)
    assert first == second
    folder = first["HOME"]
    assert os.stat(folder).st_mode & 0o777 == 0o700
    os.rmdir(folder)
    (tmp_path / "trap").mkdir()
    os.symlink(tmp_path / "trap", folder)  # by somebody who wants to see what is written there
    cnnedu._settle(second)
    assert second["HOME"] != folder


def test_a_home_that_can_be_read_only_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    environment = {}
    cnnedu._settle(environment)
    assert list(environment) == ["MPLCONFIGDIR"]


def test_without_a_place_to_write_to_the_package_can_still_be_imported(monkeypatch):
    def nowhere():
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr("tempfile.gettempdir", nowhere)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    environment = {}
    cnnedu._settle(environment)
    assert environment == {}
