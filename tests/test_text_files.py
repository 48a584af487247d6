"""Whatever the system's encoding is: our files are in UTF-8, and each place says so."""

import ast

import pytest

from harness.course import ROOT

# `cnnedu/grading/inside` runs in the sandbox. Its Python has no environment, and so reads UTF-8.
SOURCES = sorted(
    path
    for top in ("cnnedu", "tools", "harness", "benchmarks")
    for path in (ROOT / top).rglob("*.py")
    if path.parent.name != "inside"
)
SOURCES += [ROOT / "nbgrader_config.py", ROOT / "conftest.py"]
NOT_TEXT = {"os", "tarfile", "zipfile", "Image", "webbrowser", "fsspec"}  # they have other `open`s


def silent(source):
    """Return the lines that read or write text without naming its encoding."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return sorted(call.lineno for call in calls if is_text(call) and not names_encoding(call))


def is_text(call):
    """Return whether a call opens, reads or writes text."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if isinstance(keywords.get("text"), ast.Constant):
        return True  # of `subprocess`
    match call.func:
        case ast.Attribute(attr="read_text" | "write_text" | "fdopen"):
            return True
        case ast.Name("open"):
            mode = call.args[1:2]
        case ast.Attribute(attr="open", value=where) if getattr(where, "id", "") not in NOT_TEXT:
            mode = call.args[:1]
        case _:
            return False
    said = [ast.unparse(part) for part in [*mode, *filter(None, [keywords.get("mode")])]]
    return not any("b" in part for part in said)


def names_encoding(call):
    """Return whether a call names an encoding, by its keyword or in its place."""
    places = {"read_text": 1, "write_text": 2}
    positional = places.get(getattr(call.func, "attr", ""), 99) <= len(call.args)
    return positional or any(keyword.arg == "encoding" for keyword in call.keywords)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_text_files_name_their_encoding(path):
    assert not silent(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        *("open(p)", "open(p, 'w')", "open(p, mode='a')", "p.open()", "p.open('w')"),
        *("p.read_text()", "p.write_text(t)", "Path(x).write_text(t)", "os.fdopen(f)"),
        *("subprocess.run(c, text=True)", "subprocess.Popen(c, text=True)"),
    ],
)
def test_a_place_that_names_none_is_found(source):
    assert silent(source) == [1]
