"""Measure a class: its memory, and how long its students wait.

    python benchmarks/class.py [--students 30] [--running 5] [--together 5] [--lesson NAME]

A hub runs in a temporary folder. The students sign in, a few together, and open a lesson: each has
a server and a kernel, and is idle. Then some of them run the lesson's cells at the same time, and
meanwhile one more opens it. There is no browser: what a page asks for is asked by HTTP, and the
cells go to the kernel by its websocket. An ordinary user runs this, for root starts no class.

- *Enter*: from the request for a server until it answers.
- *Open*: reading the lesson and starting a kernel, until that has answered.
- *MB*: memory of all processes, what several share divided among them (the kernel's PSS).
- *Processor seconds*: what one student's server and kernel have used so far; other programs on the
  machine make students wait longer, but leave this as it is.
"""

import argparse
import contextlib
import json
import os
import statistics
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from harness.classroom import Classroom

TEACHER = "emmy"
PATIENCE = 600  # seconds: on a busy machine, students wait long, and that is measured


def roster(number):
    """Return the text of a roster."""
    return "username\n" + "".join(f"s{n:03}\n" for n in range(number)) + f"{TEACHER}\n"


def timed(act, *arguments):
    """Return how many seconds a call takes."""
    began = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - began


def opened(member, lesson):
    """Open a lesson as JupyterLab does; return the sources of its cells of code."""
    found = member.server("GET", f"api/contents/lessons/{lesson}.ipynb").json()
    member.execute("", PATIENCE)
    return [cell["source"] for cell in found["content"]["cells"] if cell["cell_type"] == "code"]


def run_lesson(member, lesson):
    """Run all cells of a lesson."""
    for source in opened(member, lesson):
        said = member.execute(source, PATIENCE)
        if "Traceback" in said:
            raise SystemExit(f"{member.name} ran {lesson}:\n{said}")


def megabytes(process):
    """Return the memory of a process and all that it has started."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_full_info().pss
    return total / 1e6


def processor_seconds(process):
    """Return the time that processors have spent on a process and all that it has started."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])  # its own, and that of children that have ended
    return total


def typical(figure, hub, members):
    """Return the median of a figure of each member's server."""
    found = {}
    for process in hub.children():
        words = process.cmdline()
        found |= {one.name: process for one in members if f"/home/{one.name}" in words}
    return statistics.median(figure(found[member.name]) for member in members)


def peak_while(hub, act):
    """Return the most megabytes of the class while `act` runs."""
    done, peak = threading.Event(), [megabytes(hub)]

    def watch():
        while not done.wait(0.5):
            peak.append(megabytes(hub))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        act()
    finally:
        done.set()
        watching.join()
    return max(peak)


def measure(classroom, members, running, together, lesson):
    """Yield (what was measured, the figure) of a class whose hub runs."""
    hub = psutil.Process(classroom.process.pid)
    yield "hub and proxy, MB", megabytes(hub)
    with ThreadPoolExecutor(together) as crowd:
        waited = list(crowd.map(lambda member: timed(member.enter, PATIENCE), members))
        yield "enter, median, s", statistics.median(waited)
        yield "enter, slowest, s", max(waited)
        yield "enter, processor seconds", typical(processor_seconds, hub, members)
        waited = list(crowd.map(lambda member: timed(opened, member, lesson), members))
        yield "open, median, s", statistics.median(waited)
        yield "open, slowest, s", max(waited)
    yield "enter and open, processor seconds", typical(processor_seconds, hub, members)
    yield "an idle student, MB", typical(megabytes, hub, members)
    yield "the class, all idle, MB", megabytes(hub)
    at_work, waited = members[:running], []
    with ThreadPoolExecutor(running + 1) as crowd:

        def lessons():
            running = [crowd.submit(timed, run_lesson, member, lesson) for member in at_work]
            waited.append(timed(opened, newcomer(classroom), lesson))
            waited.extend(one.result() for one in running)

        yield f"the class, {running} at work, most MB", peak_while(hub, lessons)
    yield "a student who has run it, MB", typical(megabytes, hub, at_work)
    yield "enter, open, run it, processor seconds", typical(processor_seconds, hub, at_work)
    yield "the whole lesson, slowest, s", max(waited[1:])
    yield "open meanwhile, s", waited[0]


def newcomer(classroom):
    """Return the teacher, whose server has just started."""
    return classroom.member(TEACHER).enter(PATIENCE)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--running", type=int, default=5, help="how many run the lesson")
    parser.add_argument("--together", type=int, default=5, help="how many enter at a time")
    parser.add_argument("--lesson", default="01_convolution_by_hand")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="cnnedu-class-") as folder:
        classroom = Classroom(Path(folder), roster(options.students), TEACHER)
        with open(classroom.folder.settings, "a", encoding="utf-8") as settings:
            settings.write(f"c.Spawner.http_timeout = {PATIENCE}\n")
        try:
            classroom.start()
            names = [f"s{n:03}" for n in range(options.students)]
            members = [classroom.member(name) for name in names]
            about = (options.running, options.together, options.lesson)
            for name, figure in measure(classroom, members, *about):
                rows.append({"measured": name, "figure": round(figure, 1)})
                print(f"{name:<40} {round(figure, 1):>8}", flush=True)
        finally:
            end(classroom)
    print(json.dumps({"benchmark": "class", "cores": os.cpu_count(), "rows": rows}))


def end(classroom):
    """End the hub and everybody's server."""
    hub = psutil.Process(classroom.process.pid)
    everything = hub.children(recursive=True)
    classroom.stop()
    for process in everything:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(everything, timeout=60)


if __name__ == "__main__":
    main()
