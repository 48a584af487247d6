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
    """Return {(name, part): the files that name the command}, always in the same order."""
    found = {}
    for path in sorted(TEXTS):
        text = re.sub(r"\s*\n#?\s*", " ", path.read_text(encoding="utf-8"))
        for command in COMMAND.findall(text):
            found.setdefault(command, []).append(str(path.relative_to(ROOT)))
    return found


FOUND = commands()


@pytest.mark.parametrize("command", FOUND, ids=" ".join)
def test_a_command_in_a_text_finds_its_experiment(command):
    name, part = command
    assert catalogue.runs(catalogue.find(name), part), FOUND[command]
