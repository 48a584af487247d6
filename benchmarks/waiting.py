"""Time what a reader waits for: the first picture of each lesson, JupyterLab, `cnnedu --help`.

    python benchmarks/waiting.py [WHAT …] [--cores 2 1] [--repeats 1]

WHAT is "help", "lab" or the number of a lesson, such as 07b; by default all. It uses
Linux's `os.sched_setaffinity`.

- The first picture's time runs in a real JupyterLab from the command "Run all", given to a kernel
  that has just started, until the page has painted the first picture or widget. The server and its
  kernels may use so many cores; the browser, which is elsewhere on Binder, may use all.
- "Cold": the system was told to forget the files of Python's library, its packages and `cnnedu`,
  and matplotlib hasn't listed this user's fonts, as on the first start after the installation.
  "Warm": the same once more, in a new kernel. Of several runs the best counts.
- "Processor" is the processor time of the warm kernel: other programs change it little.
- `make lab`, with .venv as it is, is timed until the first lesson's kernel is ready.
"""

import argparse
import contextlib
import functools
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness.course import ROOT
from harness.lab import INSTALL, Lab, address, launch, start_server
from harness.spent import processor_seconds

PICTURES = ".jp-OutputArea-output :is(img, canvas, .cnnedu)"

# Resolve with the milliseconds from the command until a picture has a size and has been painted.
FIRST_PICTURE = """selector => new Promise((resolve, reject) => {
  const { node } = jupyterapp.shell.currentWidget;
  const there = (one) => one.getBoundingClientRect().height > 0 && one.complete !== false;
  const begin = performance.now();
  let found = false;
  const look = () => {
    if (found || ![...node.querySelectorAll(selector)].some(there)) return;
    found = true;
    clearInterval(looking);
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
  };
  const looking = setInterval(look, 10);
  jupyterapp.commands.execute("notebook:run-all-cells").then(() => {
    look();
    if (!found) reject(new Error("no picture"));
  });
})"""


@functools.cache
def everything_imported():
    """Return the files of Python, its packages and the course."""
    paths = sysconfig.get_paths()
    folders = {paths["stdlib"], paths["purelib"], paths["platlib"], str(ROOT / "cnnedu")}
    return {
        f"{place}/{n}" for folder in folders for place, _, names in os.walk(folder) for n in names
    }


def forget():
    """Ask the system to drop the files of `everything_imported` from memory.

    Those that a running program has mapped stay.
    """
    for path in everything_imported() if hasattr(os, "posix_fadvise") else ():
        with contextlib.suppress(OSError):
            number = os.open(path, os.O_RDONLY)
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(number)


@contextlib.contextmanager
def on_cores(count):
    """Let this process, and those that it starts in the block, use `count` cores.

    The browser was started before.
    """
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def first_picture(lab, name):
    """Return the seconds from "Run all" to the first picture, and the kernel's processor time."""
    notebook = lab.open_file(name)
    notebook.clear_output()
    kernel = notebook.value("__import__('os').getpid()")
    before = processor_seconds(kernel)
    seconds = lab.page.evaluate(FIRST_PICTURE, PICTURES) / 1000
    worked = processor_seconds(kernel) - before
    lab.close_all()  # the rest doesn't run
    return seconds, worked


def lessons(browser, numbers, cores, repeats):
    """Yield a row for each lesson, on so many cores."""
    with tempfile.TemporaryDirectory() as folder, on_cores(cores):
        fonts = Path(folder, "fonts")
        os.environ["MPLCONFIGDIR"] = str(fonts)
        with start_server(folder) as url:
            lab = Lab(browser.new_page(viewport={"width": 1280, "height": 900}), url, folder)
            for path in [next(ROOT.glob(f"lessons/{number}_*.ipynb")) for number in numbers]:
                shutil.copy(path, folder)
                cold, warm = [], []
                for _ in range(repeats):
                    forget()
                    shutil.rmtree(fonts, ignore_errors=True)
                    cold.append(first_picture(lab, path.name))
                    warm.append(first_picture(lab, path.name))
                clock, worked = map(min, zip(*warm, strict=True))
                row = {"wait": path.stem, "cores": cores, "cold_s": min(cold)[0], "warm_s": clock}
                yield row | {"processor_s": worked}
            lab.page.close()


def make_lab(browser):
    """Return the seconds from `make lab` until the first lesson's kernel is ready in the page."""
    page = browser.new_page()
    with tempfile.TemporaryDirectory() as home, open(f"{home}/log", "wb") as log:
        runtime = Path(home, "runtime")
        own = {f"JUPYTER_{name}_DIR": f"{home}/{name}" for name in ("CONFIG", "DATA")}
        own |= {"JUPYTERLAB_WORKSPACES_DIR": f"{home}/workspaces", "JUPYTER_RUNTIME_DIR": runtime}
        quiet = (
            "--no-browser --ServerApp.port=0 --ServerApp.allow_root=True "
            "--IdentityProvider.token= --LabApp.expose_app_in_browser=True"
        )
        begin = time.perf_counter()
        server = subprocess.Popen(
            ["make", "--no-print-directory", "-C", ROOT, "lab", f"ARGS={quiet}"],
            env=os.environ | own,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            url = address(server, runtime, Path(log.name))
            page.goto(f"{url}lab/tree/lessons/00_start_here.ipynb")
            page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext")
            page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready")
            seconds = time.perf_counter() - begin
            page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
            return seconds
        finally:
            os.killpg(server.pid, signal.SIGKILL)  # its kernel has been shut down
            server.wait()
            page.close()


def cnnedu_help():
    """Return the seconds of the clock and of the processor that `cnnedu --help` takes."""
    command = [Path(sys.executable).with_name("cnnedu"), "--help"]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    clock, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row_of_make_lab(browser):
    forget()
    return {
        "wait": "make lab",
        "cores": os.cpu_count(),
        "cold_s": make_lab(browser),
        "warm_s": make_lab(browser),
    }


def row_of_help():
    forget()
    (cold, _), runs = cnnedu_help(), [cnnedu_help() for _ in range(9)]
    clock, processor = map(min, zip(*runs, strict=True))
    row = {"wait": "cnnedu --help", "cores": os.cpu_count(), "cold_s": cold, "warm_s": clock}
    return row | {"processor_s": processor}


def waits(browser, chosen, cores, repeats):
    """Yield all rows."""
    numbers = [path.name.partition("_")[0] for path in sorted(ROOT.glob("lessons/*.ipynb"))]
    chosen = chosen or ["help", "lab", *numbers]
    if "help" in chosen:
        yield row_of_help()
    if "lab" in chosen:
        yield row_of_make_lab(browser)
    if numbers := [number for number in numbers if number in chosen]:
        for count in cores:
            yield from lessons(browser, numbers, count, repeats)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", metavar="WHAT", help='such as "help", "lab", "07b"')
    parser.add_argument("--cores", nargs="+", type=int, default=[2], help="(default: 2)")
    parser.add_argument("--repeats", type=int, default=1, help="runs of each (default: 1)")
    options = parser.parse_args()
    rows = []
    print(f"{'seconds':<46}{'cores':>6}{'cold':>8}{'warm':>8}{'processor':>11}", flush=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            sys.exit(INSTALL)
        for row in waits(browser, options.what, options.cores, options.repeats):
            rows.append(row)
            print(f"{row['wait']:<46}{row['cores']:>6}", end="")
            print(f"{row['cold_s']:>8.2f}{row['warm_s']:>8.2f}", end="")
            print(f"{row['processor_s']:>11.2f}" if "processor_s" in row else "", flush=True)
        browser.close()
    print(json.dumps({"benchmark": "waiting", "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
