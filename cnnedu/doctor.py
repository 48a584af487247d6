"""Check the set-up and say how to fix each problem."""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil
from packaging.requirements import Requirement

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"
GIB = 2**30
NEEDED_MEMORY = 1 * GIB
# Programs that the tests can drive; the first draws no window and needs less computing.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


@dataclass(frozen=True)
class Finding:
    """The result of one check.

    `state` is "ok", "note" (worth knowing, but everything works) or "problem" (something won't
    work); `seen` is what the check found; `advice` says what to do.
    """

    subject: str
    state: str
    seen: str
    advice: str = ""


def examine():
    """Return a list of `Finding` for this set-up.

    Nothing is downloaded or changed.
    """
    return [_python(), *_packages(), _device(), _cores(), _memory(), _data(), _browser()]


def describe_setup():
    """Return what a lesson prints: that the set-up is complete, or one line for each problem."""
    problems = [f for f in examine() if f.state == "problem"]
    if not problems:
        return "Your set-up is complete."
    return "\n".join(f"{f.subject}: {f.seen}. {f.advice}" for f in problems)


def report(findings):
    """Return the findings as text, one or two lines each."""
    sign = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}
    lines = []
    for finding in findings:
        lines.append(f"{sign[finding.state]}  {finding.subject}: {finding.seen}")
        if finding.advice:
            lines.append(f"         {finding.advice}")
    problems = sum(finding.state == "problem" for finding in findings)
    end = f"{problems} to fix, marked PROBLEM above." if problems else "Everything works."
    return "\n".join([*lines, "", end])


def _python():
    seen = platform.python_version()
    wanted = importlib.metadata.metadata("cnnedu")["Requires-Python"]
    if Requirement(f"python{wanted}").specifier.contains(seen, prereleases=True):
        return Finding("Python", "ok", seen)
    return Finding("Python", "problem", seen, f"The course needs Python {wanted}.")


def _packages():
    """Check every package the course needs; return only the findings worth reading."""
    needed = [Requirement(r) for r in importlib.metadata.requires("cnnedu") or []]
    needed = [r for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})]
    tested = _tested_versions()
    found = [_package(requirement, tested.get(requirement.name)) for requirement in needed]
    odd = [f for f in found if f.state != "ok"]
    return odd or [Finding("Packages", "ok", f"all {len(found)} are the tested versions")]


def _package(requirement, tested):
    try:
        seen = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        advice = "Run `make lab`, or `pip install -c constraints.txt -e .`, once more."
        return Finding(requirement.name, "problem", "not installed", advice)
    if not requirement.specifier.contains(seen, prereleases=True):
        advice = f'Run `pip install "{requirement}"`.'
        return Finding(requirement.name, "problem", seen, advice)
    if tested and seen.split("+")[0] != tested:
        return Finding(requirement.name, "note", seen, f"The course was tested with {tested}.")
    return Finding(requirement.name, "ok", seen)


def _tested_versions():
    """Return {package: version} from constraints.txt; empty if the repository isn't there."""
    text = CONSTRAINTS.read_text() if CONSTRAINTS.exists() else ""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def _device():
    if importlib.util.find_spec("torch") is None:
        return Finding("Device", "problem", "no PyTorch", "Install the course's packages.")
    import torch

    if torch.cuda.is_available():
        return Finding("Device", "ok", f"GPU: {torch.cuda.get_device_name()}")
    return Finding("Device", "ok", "CPU (no GPU; the course doesn't need one)")


def _cores():
    # A container may use fewer cores than the machine has.
    usable = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    return Finding("Cores", "ok", str(len(usable)))


def _memory():
    memory = psutil.virtual_memory()
    seen = f"{memory.available / GIB:.1f} GiB free of {memory.total / GIB:.1f} GiB"
    if memory.available >= NEEDED_MEMORY:
        return Finding("Memory", "ok", seen)
    advice = "A lesson needs up to 1 GiB: shut down other notebooks (Kernel > Shut Down All)."
    return Finding("Memory", "problem", seen, advice)


def _data():
    from cnnedu.data import cifar10

    folder = cifar10.find()
    if folder:
        return Finding("CIFAR-10", "ok", str(folder))
    advice = "Only the lessons on real images use it: run `cnnedu download` (162 MB)."
    return Finding("CIFAR-10", "note", "not found", advice)


def _browser():
    for name in BROWSERS:
        if shutil.which(name):
            return Finding("Browser", "ok", name)
    advice = "Only the tests need it: run `playwright install chromium`."
    return Finding("Browser", "note", "no Chromium found", advice)
