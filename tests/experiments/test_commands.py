"""The commands that texts name, `cnnedu experiment NAME PART`, are there."""

import re

import pytest

from cnnedu.experiments import catalogue
from harness.course import ROOT

TEXTS = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "sources").rglob("*.py")]
TEXTS += [ROOT / "sources/claims.csv", *(ROOT / "cnnedu").rglob("*.md")]
TEXTS += (ROOT / "cnnedu/experiments").glob("*.py")
COMMAND = re.compile(r"cnnedu experiment (l\d\w*)(?: ([a-z_]+)`)?")


def commands():
    """Return {(name, part): the files that name the command}."""
    found = {}
    for path in TEXTS:
        text = re.sub(r"\s*\n#?\s*", " ", path.read_text(encoding="utf-8"))
        for command in COMMAND.findall(text):
            found.setdefault(command, set()).add(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize(("command", "files"), commands().items(), ids=lambda x: " ".join(x))
def test_a_command_in_a_text_finds_its_experiment(command, files):
    name, part = command
    assert catalogue.runs(catalogue.find(name), part), files
