"""Every command goes on, whatever encoding its output is in: what that can't say is replaced."""

import io
import sys

import pytest
from PIL import Image

from cnnedu.cli import main

ENCODINGS = ("latin-1", "cp1252", "ascii", "utf-8")
HELP = [[], *([name] for name in main.commands)]


@pytest.fixture
def output(monkeypatch):
    """Return a function: output(encoding) has both streams take only what this encoding can say."""

    def take(encoding):
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        for name, stream in zip(("stdout", "stderr"), streams, strict=True):
            monkeypatch.setattr(sys, name, stream)
        return streams

    return take


def run(words, streams):
    """Run a command; return (exit code, both outputs as bytes)."""
    with pytest.raises(SystemExit) as ended:
        main.main(words, prog_name="cnnedu")
    for stream in streams:
        stream.flush()
    return ended.value.code, [stream.buffer.getvalue() for stream in streams]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", HELP, ids=lambda words: "".join(words) or "all")
def test_help_is_printed_in_any_encoding(output, encoding, command):
    code, (said, _) = run([*command, "--help"], output(encoding))
    assert code == 0
    assert b"U" in said


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_predict_goes_on_in_any_encoding(output, tmp_path, encoding):
    """Its answer has an arrow; the names are Polish, and not in UTF-8."""
    names = [tmp_path / "Łódź.png", str(tmp_path / "caf\udce9.png")]
    for name in names:
        Image.new("RGB", (32, 32), "red").save(name)
    words = [str(name) for name in names]
    code, (said, wrong) = run(["predict", *words, str(tmp_path / "no→where.png")], output(encoding))
    assert code == 1
    assert len(said.splitlines()) >= 2
    assert b"where" in wrong
    assert len(list(tmp_path.glob("*.cam.png"))) == 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_experiments_are_listed_in_any_encoding(output, encoding):
    assert run(["experiment"], output(encoding))[0] == 0


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_wrong_is_said_in_any_encoding(output, monkeypatch, tmp_path, encoding):
    folder = tmp_path / "Łódź →"
    folder.mkdir()
    monkeypatch.chdir(folder)
    code, (_, wrong) = run(["grade", "01–→"], output(encoding))
    assert code == 1
    assert b"is not a course" in wrong


def test_without_any_output_it_goes_on(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert run(["experiment"], [])[0] == 0
