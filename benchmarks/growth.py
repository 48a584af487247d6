"""Measure how costs grow: the batch, the picture, the classes, the submissions, the site's pages.

    python benchmarks/growth.py [--submissions 10000] [--lessons 16] [--only NAME …] [--figure FILE]

- *batch, picture, classes*: one training step of a network with two convolutions, with the NumPy
  kernels and with PyTorch, on one thread; the best of several.
- *submissions*: `Grader` grades a class of exercise 00 on a Dask cluster, whose scheduler and
  workers are processes of their own. The workers execute every submission. *gradebook*: grading
  ten more when it already holds 100, 1,000 or 10,000.
- *site*: a course of copies of lesson 00 and its exercise becomes a site.

Times are processor time, of all processes together, so that other programs
disturb them less. The exponent is the slope of a straight line through the logarithms, over the
upper half of the sizes, but at least three; its standard error says how straight the line is.
Fewer than three sizes give no exponent.
"""

import argparse
import contextlib
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from threadpoolctl import threadpool_limits
from torch.nn import functional

from cnnedu import nn
from cnnedu.grading.batch import Grader
from cnnedu.grading.course import Course
from cnnedu.grading.pools import Cluster
from cnnedu.plots.growth import exponent, show_growth
from harness.cluster import cluster
from harness.course import BIN, ROOT, course_with_solutions
from harness.spent import processor_seconds
from harness.timing import keep_memory

EXERCISE = "00_start_here"
BATCH, SIDE, CLASSES = 16, 32, 10
BATCHES = (1, 4, 16, 64, 256, 1024)
SIDES = (8, 16, 32, 64, 128, 256)
MANY_CLASSES = (10, 100, 1000, 10_000, 100_000, 1_000_000)
CLASSES_OF_STUDENTS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
NOTEBOOKS = (
    "sources/lessons/{0}.py",
    "sources/exercises/{0}.py",
    "lessons/{0}.ipynb",
    "exercises/{0}/{0}.ipynb",
)
STORED = (100, 1000, 10_000)
LESSONS = (1, 4, 16, 64)


def steps(batch=BATCH, side=SIDE, classes=CLASSES):
    """Return {library: function that trains one step}."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((batch, 3, side, side), dtype=np.float32)
    y = rng.integers(classes, size=batch)
    ours = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.GlobalAvgPool2d(),
        nn.Flatten(),
        nn.Linear(32, classes, rng=rng),
    )
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(3, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 32, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(32, classes),
    )
    optimiser = nn.SGD(ours.parameters(), lr=0.01)
    other = torch.optim.SGD(theirs.parameters(), lr=0.01)
    inputs, labels = torch.from_numpy(x), torch.from_numpy(y)

    def step():
        other.zero_grad()
        functional.cross_entropy(theirs(inputs), labels).backward()
        other.step()

    return {"NumPy": lambda: nn.train_step(ours, x, y, optimiser), "PyTorch": step}


def training(name, sizes, argument):
    """Yield (name, size, seconds) of one step, for each library and size."""
    torch.set_num_threads(1)
    keep_memory()
    with threadpool_limits(1):
        for size in sizes:
            for library, step in steps(**{argument: size}).items():
                step()
                yield f"{name}, {library}", size, best(step)


def best(step, least=3, most=0.3):
    """Return the smallest processor time of a call; it is called again for `most` seconds."""
    times = []
    while len(times) < least or sum(times) < most:
        begun = time.process_time()
        step()
        times.append(time.process_time() - begun)
    return min(times)


def grading(name, sizes):
    """Yield (name, size, seconds) of grading classes of these sizes."""
    with cluster(workers=len(os.sched_getaffinity(0))) as address:
        graded(address, 2)  # the workers' fork servers start here
        for size in sizes:
            yield name, size, graded(address, size)
        for size in STORED[: len(sizes)]:
            yield "gradebook", size, graded(address, 10, stored=size)


def graded(address, students, stored=0):
    """Return the seconds in which a class is graded, beside `stored` others in the gradebook."""
    with tempfile.TemporaryDirectory() as folder:
        place = course_with_solutions(folder, EXERCISE, students).folder
        if stored:
            fill(place / "grading/gradebook.db", stored)
        course = Course(place, EXERCISE)
        course.gradebook().close()
        before = processor_seconds(os.getpid())
        done = list(Grader(course, pool=Cluster(address)).grade())
        used = processor_seconds(os.getpid()) - before
    if len(done) != students or any(one.state == "failed" for one in done):
        raise SystemExit("some were not graded")
    return used


def fill(database, number):
    """Store `number` graded submissions in nbgrader's tables."""
    names = [(f"stored{n:06}",) for n in range(number)]
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        (assignment,) = db.execute("SELECT id FROM assignment").fetchone()
        (notebook,) = db.execute("SELECT id FROM notebook").fetchone()
        cells = db.execute("SELECT id, type FROM base_cell").fetchall()
        db.executemany("INSERT INTO student (id) VALUES (?)", names)
        db.executemany(
            f"INSERT INTO submitted_assignment VALUES ('a' || ?1, '{assignment}', ?1, NULL, NULL)",
            names,
        )
        db.executemany(
            f"INSERT INTO submitted_notebook VALUES ('n' || ?1, 'a' || ?1, '{notebook}', 0, NULL)",
            names,
        )
        for cell, kind in cells:
            table, values = ("grade", "2, NULL, NULL, 0")
            if kind != "GradeCell":
                table, values = ("comment", "NULL, NULL")
            db.executemany(
                f"INSERT INTO {table} VALUES ('{cell[:20]}' || ?1, 'n' || ?1, '{cell}', {values})",
                names,
            )


def site(name, sizes):
    """Yield (what, pages, figure) of sites: the seconds to build them, and their megabytes."""
    for lessons in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root, out = Path(folder, "course"), Path(folder, "site")
            copies(root, lessons)
            before = processor_seconds(os.getpid())
            # A process of its own for each: Sphinx builds once.
            subprocess.run(
                [BIN / "cnnedu", "site", "--out", out],
                cwd=root,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            used = processor_seconds(os.getpid()) - before
            pages = len(list(out.rglob("*.html")))
            size = sum(path.stat().st_size for path in out.rglob("*.html"))
        yield f"{name}, time", pages, used
        yield f"{name}, MB of HTML", pages, size / 1e6


def copies(root, lessons):
    """Make a course of copies of lesson 00 and its exercise, with little around them."""
    names = [f"{number:03}_copy" for number in range(lessons)]
    for folder in ("sources/site", "cnnedu/models/pretrained"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("*.p*"))
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "docs").mkdir()
    for page in ("glossary", "grading", "keras"):  # the front page links to them
        (root / f"docs/{page}.md").write_text(f"# {page}\n", encoding="utf-8")
    for table in ("course_map", "claims", "glossary"):
        with open(ROOT / f"sources/{table}.csv", encoding="utf-8", newline="") as file:
            header, first, *_ = csv.reader(file)
        rows = [[*name.split("_"), *first[2:]] for name in names if table == "course_map"]
        with open(root / f"sources/{table}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    for path in NOTEBOOKS:
        text = (ROOT / path.format(EXERCISE)).read_text(encoding="utf-8")
        for name in names:
            place = root / path.format(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            own = text.replace(EXERCISE, name).replace("01_convolution_by_hand", name)
            place.write_text(own, encoding="utf-8")


COSTS = {
    "batch": (training, BATCHES, "batch"),
    "picture": (training, SIDES, "side"),
    "classes": (training, MANY_CLASSES, "classes"),
    "submissions": (grading, CLASSES_OF_STUDENTS),
    "site": (site, LESSONS),
}


def measure(names, most, quick):
    """Measure these costs, up to the sizes in `most`; return {what: {size: figure}}."""
    found = {}
    for name in names:
        function, sizes, *more = COSTS[name]
        sizes = [size for size in sizes if size <= most.get(name, size)]
        for what, size, figure in function(name, sizes[: 3 if quick else None], *more):
            found.setdefault(what, {})[size] = figure
            print(f"  {what}: {size:,}: {figure:.3g}", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=COSTS, help="these costs (default: all)")
    parser.add_argument(
        "--submissions", type=int, default=1000, help="the largest class (default: 1000)"
    )
    parser.add_argument("--lessons", type=int, default=64, help="of the largest site (default: 64)")
    parser.add_argument("--quick", action="store_true", help="the three smallest sizes of each")
    parser.add_argument("--figure", help="draw them into this PNG file")
    options = parser.parse_args()
    most = {"submissions": options.submissions, "site": options.lessons}
    found = measure(options.only or COSTS, most, options.quick)
    rows = []
    for what, figures in found.items():
        sizes, values = list(figures), list(figures.values())
        slope, error = exponent(sizes, values) if len(sizes) > 2 else (None, None)
        rows.append({"cost": what, "sizes": sizes, "figures": values, "exponent": slope})
        rows[-1]["standard_error"] = error
        shown = "  ".join(f"{size:,}: {value:.3g}" for size, value in figures.items())
        fit = "no exponent" if slope is None else f"exponent {slope:5.2f} ± {error:.2f}"
        print(f"{what:<22} {fit:<21}   {shown}")
    if options.figure:
        drawn = io.BytesIO()
        show_growth([row for row in rows if row["exponent"] is not None]).savefig(drawn)
        Image.open(drawn).convert("RGB").quantize(64).save(options.figure, optimize=True)
    print(json.dumps({"benchmark": "growth", "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
