"""Time `cnnedu grade` against nbgrader's own autograding.

    python benchmarks/grading.py [--students 40] [--stock 2 4 8] [--only KIND] [--seconds 270]

Every student hands in the solution. The two commands take turns. `cnnedu grade` grades all
submissions; `nbgrader autograde`, which would take minutes, grades as many as `--stock` says. It
grades one submission after the other, so its time is a start and so much for each: a straight line
through these figures gives its time for all, and the line below the table says how straight it is.
For these submissions both must give the same scores. The time is that of the whole command, its
start included; the best of the rounds counts. After the first, a round begins only if it can end
within `--seconds`.

Beside the clock stands the processor time of all processes, the sandboxed ones included: on a busy
machine, it says more.
"""

import argparse
import contextlib
import json
import os
import resource
import subprocess
import tempfile
import time
from collections import defaultdict

import numpy as np

from cnnedu.grading.inside.confine import adopt_orphans
from harness.course import BIN, PATH, course_with_solutions

EXERCISES = {
    "without torch": "01_convolution_by_hand",
    "with torch": "09_the_same_in_pytorch",
}


def seconds_of(course, program, *arguments):
    """Run a program of the environment; return its seconds by the clock and of the processors."""
    begun, used = time.perf_counter(), _processor()
    environment = os.environ | {"PATH": PATH}
    command = [BIN / program, *arguments]
    done = subprocess.run(
        command, cwd=course.folder, env=environment, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise SystemExit((done.stdout + done.stderr)[-2000:])
    took = time.perf_counter() - begun
    # The sandboxes' first processes outlive those that started them; they are ours by now.
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    return took, _processor() - used


def _processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def play(kind, course, students, stock, best):
    """Let both grade in turns; keep the best in `best`: {(program, submissions): both times}."""
    name = EXERCISES[kind]
    everybody = ("cnnedu", students, ("grade", name))
    some = [
        # The submissions are called s0000, s0001, …; nbgrader takes a pattern.
        ("nbgrader", few, ("autograde", name, "--student", f"s000[0-{few - 1}]"))
        for few in stock
    ]
    scores = {}
    for program, number, arguments in [*some, everybody]:
        took = seconds_of(course, program, *arguments, "--force")
        best[program, number] = np.minimum(best[program, number], took)
        said = f"{took[0]:.1f} s, {took[1]:.1f} s of the processors"
        print(f"{program}, {kind}, {number} submissions: {said}", flush=True)
        if number >= stock[-1]:  # all those that both grade
            scores[program] = [course.scores(name, f"s{n:04}") for n in range(stock[-1])]
    if scores["nbgrader"] != scores["cnnedu"]:
        raise SystemExit(f"{name}: the scores differ")


def row(kind, students, stock, best):
    """Return the row of a kind of exercise."""
    measured = np.array([best["nbgrader", few] for few in stock])
    each, start = np.polyfit(stock, measured, 1)
    off = np.abs((start + np.outer(stock, each)) / measured - 1).max()
    theirs, ours = (start + each * students) / students, best["cnnedu", students] / students
    return {
        "kind": kind,
        "students": students,
        "nbgrader_s": round(theirs[0], 3),
        "cnnedu_s": round(ours[0], 3),
        "times": round(theirs[0] / ours[0], 1),
        "nbgrader_processor_s": round(theirs[1], 3),
        "cnnedu_processor_s": round(ours[1], 3),
        "off_line_percent": round(100 * off, 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=40, help="submissions (default: 40)")
    parser.add_argument(
        "--stock", type=int, nargs="+", default=[2, 4, 8], help="submissions for nbgrader, up to 9"
    )
    parser.add_argument("--only", choices=EXERCISES, help="one kind of exercise (default: both)")
    parser.add_argument("--seconds", type=int, default=270, help="to end within (default: 270)")
    options = parser.parse_args()
    kinds = [options.only] if options.only else list(EXERCISES)
    best = {kind: defaultdict(lambda: np.inf) for kind in kinds}
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        courses = {}
        for kind in kinds:
            place = f"{folder}/{EXERCISES[kind]}"
            os.mkdir(place)
            courses[kind] = course_with_solutions(place, EXERCISES[kind], options.students)
        rounds, longest = 0, 0
        while not rounds or time.monotonic() - begun + longest < options.seconds:
            started = time.monotonic()
            for kind in kinds:
                play(kind, courses[kind], options.students, options.stock, best[kind])
            rounds, longest = rounds + 1, max(longest, time.monotonic() - started)
    rows = [row(kind, options.students, options.stock, best[kind]) for kind in kinds]
    print(
        f"{'seconds per submission':<24}{'students':>9}{'nbgrader':>10}{'cnnedu':>8}{'times':>7}"
        f"{'processors: nbgrader':>22}{'cnnedu':>8}"
    )
    for each in rows:
        print(
            f"{each['kind']:<24}{each['students']:>9}{each['nbgrader_s']:>10.3f}"
            f"{each['cnnedu_s']:>8.3f}{each['times']:>7.1f}"
            f"{each['nbgrader_processor_s']:>22.3f}{each['cnnedu_processor_s']:>8.3f}"
        )
    largest = max(each["off_line_percent"] for each in rows)
    print(
        f"nbgrader: calculated from {', '.join(map(str, options.stock))} submissions, which lie at "
        f"most {largest} % off a straight line; the best of {rounds} rounds"
    )
    print(json.dumps({"benchmark": "grading", "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
