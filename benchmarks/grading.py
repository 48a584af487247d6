"""Time `cnnedu grade` against nbgrader's own autograding.

    python benchmarks/grading.py [--students 40] [--repeats 1] [--only KIND] [--many 0]

Every student hands in the solution. `nbgrader autograde` and `cnnedu grade` take turns at grading
the same submissions, and must give the same scores. The time is that of the whole command, its
start included; the best of the repeats counts. `--many 1000` also lets `cnnedu grade` alone grade
100, 333 and 1,000 submissions, to show how its time and memory grow.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time

import psutil

from harness.course import BIN, PATH, course_with_solutions

EXERCISES = {
    "without torch": "01_convolution_by_hand",
    "with torch": "09_the_same_in_pytorch",
}


def measure(course, program, *arguments):
    """Run a program of the environment; return (seconds, peak memory of its processes in MB)."""
    begun, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            [BIN / program, *arguments],
            cwd=course.folder,
            stdout=said,
            stderr=said,
            env=os.environ | {"PATH": PATH},
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
    """Return the resident memory of a process and its children in bytes.

    Pages that several of them share count once for each.
    """
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            total += process.memory_info().rss
    except psutil.Error:
        pass
    return total


def compare(kind, students, repeats):
    """Grade with both, in turns; return the row."""
    name = EXERCISES[kind]
    with tempfile.TemporaryDirectory() as folder:
        course = course_with_solutions(folder, name, students)
        best = {"nbgrader": float("inf"), "cnnedu": float("inf")}
        scores = {}
        for _ in range(repeats):
            for program, command in [("nbgrader", "autograde"), ("cnnedu", "grade")]:
                seconds, _ = measure(course, program, command, name, "--force")
                best[program] = min(best[program], seconds)
                scores[program] = [course.scores(name, f"s{n:04}") for n in range(students)]
        if scores["nbgrader"] != scores["cnnedu"]:
            raise SystemExit(f"{name}: the scores differ")
    return {
        "kind": kind,
        "students": students,
        "nbgrader_s": round(best["nbgrader"] / students, 3),
        "cnnedu_s": round(best["cnnedu"] / students, 3),
        "times": round(best["nbgrader"] / best["cnnedu"], 1),
    }


def grow(many):
    """Grade more and more submissions with `cnnedu grade`; return the rows."""
    rows, kind = [], "without torch"
    for students in (many // 10, many // 3, many):
        with tempfile.TemporaryDirectory() as folder:
            course = course_with_solutions(folder, EXERCISES[kind], students)
            seconds, peak = measure(course, "cnnedu", "grade", EXERCISES[kind])
        seconds = round(seconds / students, 3)
        rows.append(
            {"kind": kind, "students": students, "cnnedu_s": seconds, "peak_mb": round(peak)}
        )
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=40, help="submissions (default: 40)")
    parser.add_argument("--repeats", type=int, default=1, help="the best counts (default: 1)")
    parser.add_argument("--only", choices=EXERCISES, help="one kind of exercise (default: both)")
    parser.add_argument("--many", type=int, default=0, help="also grow up to so many submissions")
    options = parser.parse_args()
    kinds = [options.only] if options.only else EXERCISES
    rows = [compare(kind, options.students, options.repeats) for kind in kinds]
    print(f"{'seconds per submission':<24}{'students':>9}{'nbgrader':>10}{'cnnedu':>8}{'times':>7}")
    for row in rows:
        print(
            f"{row['kind']:<24}{row['students']:>9}{row['nbgrader_s']:>10.3f}"
            f"{row['cnnedu_s']:>8.3f}{row['times']:>7.1f}"
        )
    grown = grow(options.many) if options.many else []
    for row in grown:
        print(
            f"{row['students']:>5} students: {row['cnnedu_s']:.3f} s each, "
            f"at most {row['peak_mb']} MB in all processes"
        )
    print(json.dumps({"benchmark": "grading", "cores": os.cpu_count(), "rows": rows + grown}))


if __name__ == "__main__":
    main()
