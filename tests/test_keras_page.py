"""docs/keras.md: its code runs with Keras on PyTorch, and prints what the page shows."""

import os
import re
import subprocess
import sys

import pytest

from harness.course import ROOT

PAGE = ROOT / "docs/keras.md"
BLOCK = re.compile(r"^```(\w+)( measured)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"-?\d+\.\d+")
BETWEEN = "\n=== next block ===\n"


def blocks():
    """Return (code, what it prints, whether that was measured) of the page, in order."""
    found = []
    for language, measured, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language == "python":
            found.append([text, "", False])
        elif language == "text":
            found[-1][1:] = text, bool(measured)
    return found


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What each block prints, run one after the other in one process."""
    folder = tmp_path_factory.mktemp("keras")
    code = f"\nprint({BETWEEN!r}, end='')\n".join(code for code, _, _ in blocks())
    (folder / "page.py").write_text(code, encoding="utf-8")
    alone = os.environ | {"KERAS_HOME": str(folder), "PYTHONIOENCODING": "utf-8"}
    alone |= {"CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1", "COLUMNS": "80"}
    command = [sys.executable, "page.py"]
    run = subprocess.run(command, cwd=folder, env=alone, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.split(BETWEEN)


@pytest.mark.parametrize("number", range(len(blocks())))
def test_a_block_prints_what_the_page_shows(printed, number):
    _, shown, measured = blocks()[number]
    if measured:  # other processors round otherwise, and training makes more of it
        assert NUMBER.sub("#", printed[number]) == NUMBER.sub("#", shown)
    else:
        assert printed[number] == shown


def results(text):
    """Return {row: (losses, shares of right answers)} of the block that trains.

    >>> results("right          loss  0.20  0.30   right  94.0 %  95.0 %")
    {'right': ([0.2, 0.3], [94.0, 95.0])}
    """
    rows = {}
    for line in text.splitlines():
        name, losses, shares = re.fullmatch(
            r"(.+?) +loss ([ \d.]+) right ([ \d.%]+)", line
        ).groups()
        rows[name] = [[float(n) for n in NUMBER.findall(part)] for part in (losses, shares)]
        rows[name] = tuple(rows[name])
    return rows


@pytest.mark.parametrize("source", ["page", "run"])
def test_what_the_page_says_of_softmax_twice_and_of_none_is_what_came_out(printed, source):
    number = next(n for n, (_, _, measured) in enumerate(blocks()) if measured)
    found = results(blocks()[number][1] if source == "page" else printed[number])
    losses, shares = found["softmax twice"]
    assert min(losses) > 1.461 and min(shares) > 60
    assert max(found["right"][0]) < 0.5 and min(found["right"][1]) > max(shares)
    assert max(found["no softmax"][1]) < 50
