"""Check the set-up and say how to fix each problem."""

import contextlib
import importlib.metadata
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil
from packaging.requirements import Requirement

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"
GIB = 2**30
NEEDED_MEMORY = 1 * GIB
PIP = f"{sys.executable} -m pip install"
AGAIN = "run `make lab`, or make a new environment and `pip install -c constraints.txt -e .`"
OPTIONAL = ("lab", "grading", "authoring")  # sets of packages in pyproject.toml
SANDBOX = "Only for grading. It works on Linux, also in a virtual machine or in WSL."
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

    Nothing is downloaded or changed; the sandbox for grading is tried.
    """
    return [*_for_lessons(), _sandbox(), _browser()]


def describe_setup():
    """Return what a lesson prints: that the set-up is complete, or one line for each problem."""
    problems = [f for f in _for_lessons() if f.state == "problem"]
    if not problems:
        return "Your set-up is complete."
    return "\n".join(f"{f.subject}: {f.seen}. {f.advice}" for f in problems)


def _for_lessons():
    return [_python(), _course(), *_packages(), _device(), _cores(), _memory(), _data()]


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
    wanted = _metadata("Requires-Python")
    if wanted is None or Requirement(f"python{wanted}").specifier.contains(seen, prereleases=True):
        return Finding("Python", "ok", seen)
    advice = f"The course needs Python {wanted}: install one, and {AGAIN} with it."
    return Finding("Python", "problem", seen, advice)


def _metadata(name):
    """Return a field of the installed package's metadata, or None if it isn't installed."""
    try:
        return importlib.metadata.metadata("cnnedu")[name]
    except importlib.metadata.PackageNotFoundError:
        return None


def _course():
    """Say which checkout's package this is, and whether it is that of the folder we are in."""
    used = CONSTRAINTS.parent
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "cnnedu/doctor.py").is_file() and (folder / "sources").is_dir():
            if not folder.samefile(used):
                seen = f"the package in {used} runs, not that of {folder}"
                return Finding("Course", "problem", seen, f"In {folder}, {AGAIN}.")
            break
    if _metadata("Name") is None:
        return Finding("Course", "problem", "not installed", f"In {used}, {AGAIN}.")
    return Finding("Course", "ok", str(used))


def _packages():
    """Check every package the course needs, and what is there of the optional ones.

    Return only the findings worth reading.
    """
    if _metadata("Name") is None:
        return []  # said already: see `_course`
    listed = map(Requirement, importlib.metadata.requires("cnnedu") or [])
    needed = [r for r in listed if _is_in(r, "") or (_is_there(r.name) and _is_in(r, *OPTIONAL))]
    tested = _tested_versions()
    found = [_package(requirement, tested.get(requirement.name)) for requirement in needed]
    odd = [f for f in found if f.state != "ok"]
    all_suit = "are the tested versions" if tested else "have versions that suit"
    return odd or [Finding("Packages", "ok", f"all {len(found)} {all_suit}")]


def _is_in(requirement, *extras):
    """Return whether one of these sets of packages holds the requirement; "" is the lessons'."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)


def _is_there(name):
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name) is not None
    return False


def _package(requirement, tested):
    try:
        seen = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        seen = None
    advice = f'Run `{PIP} "{requirement}"`.'
    if seen is None:  # or half removed
        return Finding(requirement.name, "problem", "not installed", advice)
    if not requirement.specifier.contains(seen, prereleases=True):
        return Finding(requirement.name, "problem", seen, advice)
    if tested and seen.split("+")[0] != tested:
        return Finding(requirement.name, "note", seen, f"The course was tested with {tested}.")
    return Finding(requirement.name, "ok", seen)


def _tested_versions():
    """Return {package: version} from constraints.txt; empty if the repository isn't there."""
    text = CONSTRAINTS.read_text(encoding="utf-8") if CONSTRAINTS.exists() else ""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def _device():
    try:
        import torch

        if torch.cuda.is_available():
            return Finding("Device", "ok", f"GPU: {torch.cuda.get_device_name()}")
    except Exception as problem:  # a library that it needs, or a driver, may be missing or broken
        why = (
            f"PyTorch doesn't work ({type(problem).__name__}: {str(problem).partition(chr(10))[0]})"
        )
        return Finding("Device", "problem", why, f"Run `{PIP} --force-reinstall torch`.")
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
        damage = cifar10.damage(folder)
        return Finding("CIFAR-10", "problem" if damage else "ok", str(folder), damage)
    advice = "Only the lessons on real images use it: run `cnnedu download` (170 MB)."
    return Finding("CIFAR-10", "note", "not found", advice)


def _sandbox():
    try:
        from cnnedu.grading import sandbox

        sandbox.check()
    except (ImportError, OSError) as problem:  # fcntl, resource and others are missing on Windows
        return Finding("Sandbox", "note", f"doesn't work ({problem})", SANDBOX)
    except sandbox.NoSandbox as problem:
        return Finding("Sandbox", "note", "doesn't work", f"Only for grading. {problem}")
    return Finding("Sandbox", "ok", "works (for grading)")


def _browser():
    for name in BROWSERS:
        if shutil.which(name):
            return Finding("Browser", "ok", name)
    advice = "Only the tests need it: run `playwright install chromium`."
    return Finding("Browser", "note", "no Chromium found", advice)
