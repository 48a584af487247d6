"""Each benchmark, at its smallest size: a table, a line of JSON, and no file written."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from grading.modes import USER, Mode

from harness.course import ROOT
from harness.lab import INSTALL

QUICK = "07_backpropagation_through_convolution"  # the lesson that runs in the shortest time

# name: arguments of the smallest size, what the table's rows are called
SMALLEST = {
    "class": (
        ["--students=1", "--running=1", f"--lesson={QUICK}"],
        [
            "hub and proxy, MB",
            "enter, median, s",
            "enter, slowest, s",
            "enter, processor seconds",
            "open, median, s",
            "open, slowest, s",
            "enter and open, processor seconds",
            "an idle student, MB",
            "the class, all idle, MB",
            "the class, 1 at work, most MB",
            "a student who has run it, MB",
            "enter, open, run it, processor seconds",
            "the whole lesson, slowest, s",
            "open meanwhile, s",
        ],
    ),
    "gpu": (["--seeds=2", "--pictures=16"], ["fast", "airbench94"]),
    "grading": (
        ["--students=2", "--stock", "1", "2", "--only=without torch", "--seconds=0"],
        ["without torch"],
    ),
    "growth": (
        ["--quick", "--submissions=1", "--lessons=1", "--only", "batch", "submissions", "site"],
        [
            "batch, NumPy",
            "batch, PyTorch",
            "submissions",
            "gradebook",
            "site, time",
            "site, MB of HTML",
        ],
    ),
    "kernels": (
        ["--repeats=1", "--threads=1", "--epochs=1", "--layers=smiley 8×8"],
        ["smiley 8×8"] * 2,
    ),
    "lessons": (["07_"], [f"lessons/{QUICK}", f"solutions/{QUICK}"]),
    "site": (
        ["--pages=1"],
        [
            "pages",
            "size, MB",
            "size without notebooks to download, MB",
            "first view of index, MB",
            "first view of lessons/01_convolution_by_hand, MB",
            "first view of lessons/12_architectures, MB",
            "frame at the 95th percentile, ms",
            "axe, serious on 1 pages",
        ],
    ),
    "similar_solutions": (["--exercises", "00_start_here"], ["00_start_here"]),
    "waiting": (
        ["help", "03", "--cores=1"],
        ["cnnedu --help", "03_stride_padding_shapes"],
    ),
    "widgets": (["ConvolutionStepper", "--repeats=1"], ["ConvolutionStepper"]),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of everything that git doesn't ignore; nobody edits it while the tests run."""
    folder = tmp_path_factory.mktemp("checkout")
    command = "git ls-files -z --cached --others --exclude-standard".split()
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in map(Path, listed.split("\0")[:-1]):
        if (ROOT / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)
    return folder


def files(folder):
    """Return {path: when it was written}, without what Python compiles."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path: path.stat().st_mtime_ns for path in paths if path.suffix != ".pyc"}


@contextmanager
def ordinary_user():
    """Give words and variables with which an ordinary user runs a program of the course."""
    if os.geteuid():
        yield [], {}
        return
    with (
        Mode(as_user=True, groups=False).command() as words,
        tempfile.TemporaryDirectory() as home,
    ):
        os.chown(home, USER, USER)
        yield words, {"HOME": home}


def test_each_benchmark_is_here():
    assert {path.stem for path in (ROOT / "benchmarks").glob("*.py")} == set(SMALLEST)


@pytest.mark.parametrize("name", SMALLEST)
def test_a_benchmark_prints_a_table_and_json_and_writes_nothing(name, checkout, tmp_path, request):
    if name in ("grading", "growth", "class"):
        request.getfixturevalue("confined")
    if name == "class":
        request.getfixturevalue("proxy")
    arguments, names = SMALLEST[name]
    if name == "site":
        arguments = [*arguments, f"--site={request.getfixturevalue('site')}"]
    before = files(checkout)
    # Servers of a class see the installed package alone, not a copy of it.
    place = ROOT if name == "class" else checkout
    with ordinary_user() if name == "class" else nullcontext(([], {})) as (words, own):
        done = subprocess.run(
            [*words, sys.executable, place / f"benchmarks/{name}.py", *arguments],
            cwd=tmp_path,
            # On one thread: other tests run beside it, and threads that wait keep a core busy.
            env=os.environ | {"PYTHONPATH": str(place), "OMP_NUM_THREADS": "1"} | own,
            capture_output=True,
            text=True,
        )
    if INSTALL in done.stderr:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(INSTALL)
    assert done.returncode == 0, done.stderr
    *table, last = done.stdout.splitlines()
    result = json.loads(last)
    assert list(result)[:2] == ["benchmark", "cores"]
    assert result["benchmark"] == name
    # A row's first field is its name; the table has a line that begins with it and holds figures.
    assert [next(iter(row.values())) for row in result["rows"]] == names
    row = re.compile(f"({'|'.join(dict.fromkeys(names))}).* [0-9]")
    assert [found[1] for found in map(row.match, table) if found] == names
    assert files(checkout) == before
    assert not list(tmp_path.iterdir())
