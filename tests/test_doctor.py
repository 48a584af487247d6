"""`cnnedu doctor` sees what is wrong and says what to do."""

from types import SimpleNamespace

from click.testing import CliRunner

from cnnedu import doctor
from cnnedu.cli import main


def findings():
    return {finding.subject: finding for finding in doctor.examine()}


def test_names_every_subject():
    subjects = {"Python", "Device", "Cores", "Memory", "CIFAR-10", "Browser"}
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


def test_another_version_than_the_tested_one_is_a_note(monkeypatch):
    monkeypatch.setattr(doctor, "_tested_versions", lambda: {"numpy": "0.0.1"})
    numpy = findings()["numpy"]
    assert numpy.state == "note"
    assert "0.0.1" in numpy.advice


def test_data_is_found_where_cnnedu_data_points(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNEDU_DATA", str(tmp_path))
    monkeypatch.setattr("cnnedu.data.cifar10.find", lambda: tmp_path)
    assert findings()["CIFAR-10"].seen == str(tmp_path)


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
