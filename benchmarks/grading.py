"""Grading's speed against stock nbgrader's: one table and one line of JSON.

    python benchmarks/grading.py [--students 40] [--repeats 1] [--many 0]

The same submissions (the solution, handed in by every student) are graded by `nbgrader autograde`
and by `cnnedu grade` in turns, the whole command with its start, best of the repeats, and their
scores are compared. Exercise 09 imports torch, exercise 01 doesn't. `--many 1000` grades so many
submissions of exercise 01 with `cnnedu grade` alone, to see time and memory grow.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from course import Course, student_cells  # noqa: E402

EXERCISES = {
    "without torch": "01_convolution_by_hand",
    "with import torch": "09_the_same_in_pytorch",
}


def prepare(folder, name, students):
    """A course in which so many students have handed in the solution."""
    course = Course(folder)
    course.nbgrader("generate_assignment", name)
    course.submit(name, "s0000", student_cells(course.solution(name)))
    first = folder / "grading/submitted/s0000"
    for number in range(1, students):
        shutil.copytree(first, first.with_name(f"s{number:04}"))
    return course


def measure(course, *command):
    """Run a command of the environment; return (seconds, peak of all its processes in MB)."""
    program = Path(sys.executable).parent / command[0]
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    begun, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            [program, *command[1:]],
            cwd=course.folder,
            stdout=said,
            stderr=said,
            env=os.environ | {"PATH": path},
        )
        while running.poll() is None:
            peak = max(peak, memory(running.pid))
            time.sleep(0.25)
        seconds = time.perf_counter() - begun
        said.seek(0)
        if running.returncode:
            raise SystemExit(said.read().decode()[-2000:])
    return seconds, peak / 2**20


def memory(pid):
    """Resident memory of a process and its children in bytes; shared pages count each time."""
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            total += process.memory_info().rss
    except psutil.Error:
        pass
    return total


def compare(kind, name, students, repeats):
    """Grade with both in turns; return the row."""
    with tempfile.TemporaryDirectory() as folder:
        course = prepare(Path(folder), name, students)
        best = {"stock": float("inf"), "ours": float("inf")}
        scores = {}
        for _ in range(repeats):
            for who, command in [
                ("stock", ("nbgrader", "autograde", name, "--force")),
                ("ours", ("cnnedu", "grade", name, "--force")),
            ]:
                best[who] = min(best[who], measure(course, *command)[0])
                scores[who] = [course.scores(name, f"s{n:04}") for n in range(students)]
        if scores["stock"] != scores["ours"]:
            raise SystemExit(f"{name}: the scores differ")
    return {
        "kind": kind,
        "students": students,
        "stock_s": round(best["stock"] / students, 3),
        "ours_s": round(best["ours"] / students, 3),
        "times": round(best["stock"] / best["ours"], 1),
    }


def grow(many):
    """Grade ever more submissions; return the rows."""
    rows = []
    for students in (many // 10, many // 3, many):
        with tempfile.TemporaryDirectory() as folder:
            name = EXERCISES["without torch"]
            course = prepare(Path(folder), name, students)
            seconds, peak = measure(course, "cnnedu", "grade", name)
        rows.append(
            {"students": students, "ours_s": round(seconds / students, 3), "peak_mb": round(peak)}
        )
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--many", type=int, default=0)
    options = parser.parse_args()
    rows = [
        compare(kind, name, options.students, options.repeats) for kind, name in EXERCISES.items()
    ]
    print(f"{'seconds per submission':<24}{'students':>9}{'nbgrader':>10}{'cnnedu':>8}{'times':>7}")
    for row in rows:
        print(
            f"{row['kind']:<24}{row['students']:>9}{row['stock_s']:>10.3f}{row['ours_s']:>8.3f}"
            f"{row['times']:>7.1f}"
        )
    grown = grow(options.many) if options.many else []
    for row in grown:
        print(
            f"{row['students']:>5} students: {row['ours_s']:.3f} s each, "
            f"at most {row['peak_mb']} MB in all processes"
        )
    print(json.dumps({"benchmark": "grading", "cores": os.cpu_count(), "rows": rows + grown}))


if __name__ == "__main__":
    main()
