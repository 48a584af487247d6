"""`cnnedu doctor` sees what is wrong and says what to do."""

import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cnnedu import doctor
from cnnedu.cli import main
from cnnedu.grading import sandbox
from harness.course import ROOT


def findings():
    return {finding.subject: finding for finding in doctor.examine()}


def test_names_every_subject():
    subjects = {"Python", "Course", "Device", "Cores", "Memory", "CIFAR-10", "Sandbox", "Browser"}
    assert subjects <= set(findings())


def test_too_little_memory_is_a_problem_with_advice(monkeypatch):
    little = SimpleNamespace(available=2**29, total=2**31)
    monkeypatch.setattr(doctor.psutil, "virtual_memory", lambda: little)
    memory = findings()["Memory"]
    assert memory.state == "problem"
    assert "0.5 GiB free of 2.0 GiB" in memory.seen
    assert memory.advice


def test_missing_and_old_packages_are_problems(monkeypatch):
    monkeypatch.setattr(
        doctor.importlib.metadata, "requires", lambda _: ["no-such-package>=1", "numpy>=99"]
    )
    found = findings()
    assert found["no-such-package"].state == "problem"
    assert found["numpy"].state == "problem"
    assert "numpy>=99" in found["numpy"].advice


def test_of_optional_packages_only_those_that_are_there_count(monkeypatch):
    wanted = ['no-such-package>=1; extra == "lab"', 'nbgrader>=99; extra == "grading"']
    wanted += ['pytest>=99; extra == "test"', "numpy>=1"]
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda _: wanted)
    found = findings()
    assert found["nbgrader"].state == "problem"
    assert not {"no-such-package", "pytest"} & set(found)


def test_without_the_list_of_tested_versions_it_claims_nothing_about_them(monkeypatch):
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda _: ["numpy>=1"])
    monkeypatch.setattr(doctor, "_tested_versions", dict)
    assert findings()["Packages"].seen == "all 1 have versions that suit"


def test_another_version_than_the_tested_one_is_a_note(monkeypatch):
    monkeypatch.setattr(doctor, "_tested_versions", lambda: {"numpy": "0.0.1"})
    numpy = findings()["numpy"]
    assert numpy.state == "note"
    assert "0.0.1" in numpy.advice


def test_data_is_found_where_cnnedu_data_points(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNEDU_DATA", str(tmp_path))
    monkeypatch.setattr("cnnedu.data.cifar10.find", lambda: tmp_path)
    assert findings()["CIFAR-10"].seen == str(tmp_path)


def test_a_package_that_is_half_removed_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda _: None)
    numpy = findings()["numpy"]
    assert (numpy.state, numpy.seen) == ("problem", "not installed")
    assert f"{sys.executable} -m pip install" in numpy.advice


def test_a_python_out_of_bounds_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor.platform, "python_version", lambda: "3.9.2")
    python = findings()["Python"]
    assert (python.state, python.seen) == ("problem", "3.9.2")
    assert ">=3.11" in python.advice


def test_a_package_that_is_not_installed_is_a_problem(monkeypatch):
    def absent(name):
        raise doctor.importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.importlib.metadata, "metadata", absent)
    course = findings()["Course"]
    assert (course.state, course.seen) == ("problem", "not installed")
    assert "make lab" in course.advice


def test_a_pytorch_that_can_not_be_imported_is_a_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    device = findings()["Device"]
    assert device.state == "problem"
    assert "torch" in device.seen and "--force-reinstall torch" in device.advice


def test_another_checkouts_package_is_a_problem(monkeypatch, tmp_path):
    other = tmp_path / "other"
    for name in ("cnnedu/doctor.py", "sources/lessons/x.py"):
        (other / name).parent.mkdir(parents=True)
        (other / name).touch()
    monkeypatch.chdir(other / "sources")
    course = findings()["Course"]
    assert course.state == "problem"
    assert course.seen == f"the package in {ROOT} runs, not that of {other}"
    assert course.advice.startswith(f"In {other}, run `make lab`")
    assert str(other) in doctor.describe_setup()


@pytest.mark.parametrize("folder", ["", "lessons", None])
def test_the_package_of_this_checkout_is_fine_here_and_outside(monkeypatch, tmp_path, folder):
    monkeypatch.chdir(tmp_path if folder is None else ROOT / folder)
    assert findings()["Course"] == doctor.Finding("Course", "ok", str(ROOT))


def test_the_sandbox_is_tried_and_only_worth_a_note(monkeypatch):
    tried = []
    monkeypatch.setattr(sandbox, "check", lambda: tried.append(1))
    assert findings()["Sandbox"].state == "ok" and tried

    def forbidden():
        raise sandbox.NoSandbox("AppArmor forbids it. Give bwrap a profile.")

    monkeypatch.setattr(sandbox, "check", forbidden)
    found = findings()["Sandbox"]
    assert found.state == "note"
    assert found.advice == "Only for grading. AppArmor forbids it. Give bwrap a profile."


def test_where_the_sandbox_can_not_even_be_imported_that_is_a_note(monkeypatch):
    monkeypatch.delitem(sys.modules, "cnnedu.grading.sandbox", raising=False)
    monkeypatch.setattr("cnnedu.grading.sandbox", None)
    monkeypatch.setitem(sys.modules, "cnnedu.grading.sandbox", None)
    monkeypatch.delattr("cnnedu.grading.sandbox")
    found = findings()["Sandbox"]
    assert found.state == "note" and found.advice.startswith("Only for grading.")


def test_a_lesson_does_not_try_the_sandbox(monkeypatch):
    monkeypatch.setattr(sandbox, "check", lambda: 1 / 0)
    assert doctor.describe_setup()


def test_exit_code_is_1_only_with_a_problem(monkeypatch):
    def run_with(state):
        seen = [doctor.Finding("Python", state, "3.0", "Install a newer one.")]
        monkeypatch.setattr(doctor, "examine", lambda: seen)
        return CliRunner().invoke(main, ["doctor"])

    assert run_with("ok").exit_code == 0
    assert run_with("note").exit_code == 0
    result = run_with("problem")
    assert result.exit_code == 1
    assert "PROBLEM" in result.output and "Install a newer one." in result.output
