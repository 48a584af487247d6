"""Make sure that .venv fits this folder, its Python and the course's packages.

    python3 tools/environment.py [--chosen] [EXTRA]

An environment can't be moved or copied, and it breaks when its Python goes away. So
.venv/made-for.json says what it was made for; if that isn't so any more, .venv is made again.
Any Python 3 can run this file; with --chosen, .venv must have the version of this one.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RECORD = VENV / "made-for.json"
PYTHON = VENV / "bin" / "python"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
# The Python that .venv is made with: not that of another environment, which may be deleted.
BASE = getattr(sys, "_base_executable", sys.executable)
LOOK = """
import importlib.util, sys
import pip
found = importlib.util.find_spec("cnnedu")
print("%d.%d" % sys.version_info[:2], found.origin if found else "", sep="\\n")
"""


class Refusal(Exception):
    """The environment can't be made; the message says in one line what to do."""


def main(*arguments):
    """Make .venv again if it doesn't fit, and install what is missing; return an exit code."""
    extra = "".join(arguments).replace("--chosen", "")
    chosen = VERSION if "--chosen" in arguments else None
    try:
        wrong = fault(record(), chosen)
        if wrong:
            if os.path.lexists(VENV):
                print(f"Making .venv again: {wrong}.", flush=True)
            make()
        return install(extra)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1


def record():
    """Return what .venv was made for, as a dict; an empty one if that isn't known."""
    try:
        found = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    complete = isinstance(found, dict) and set(found) == {"checkout", "python", "version", "done"}
    return found if complete else {}


def fault(made_for, chosen=None):
    """Return in words why .venv can't be used as it is, or "".

    Args:
        made_for: from `record`.
        chosen: the version of Python that the user asked for, or None.
    """
    if not made_for:
        return "it was never finished"
    if made_for["checkout"] != str(ROOT):
        return f"it was made for {made_for['checkout']}"
    version = look()[0]
    if not version:
        return f"its Python ({made_for['python']}) no longer runs, or has no pip"
    if version != made_for["version"]:
        return f"it was made for Python {made_for['version']}, which is now {version}"
    if not suits(version):
        return f"it has Python {version}, but the course needs {needed()}"
    if chosen not in (None, version):
        return f"it has Python {version}, and you chose {chosen}"
    return ""


def look():
    """Return the version of .venv's Python and the file of its `cnnedu`; ("", "") if it fails."""
    try:
        said = subprocess.run(
            [str(PYTHON), "-I", "-c", LOOK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return "", ""
    lines = said.stdout.decode(errors="surrogateescape").splitlines()
    return tuple(lines) if said.returncode == 0 and len(lines) == 2 else ("", "")


def bounds():
    """Return the oldest and the newest Python 3 that pyproject.toml allows, such as (11, 13)."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    low, above = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', text).groups()
    return int(low), int(above) - 1


def suits(version):
    """Return whether the course runs with this Python, such as "3.11"."""
    low, high = bounds()
    return version in [f"3.{minor}" for minor in range(low, high + 1)]


def needed():
    """Return in words which Python the course needs."""
    return "Python 3.{} to 3.{}".format(*bounds())


def make():
    """Replace .venv by a new environment with nothing in it but pip."""
    if not suits(VERSION):
        raise Refusal(f"The course needs {needed()}, but this is {VERSION} ({BASE}): {advice()}")
    if VENV.is_file() and not VENV.is_symlink():
        raise Refusal(f"{VENV} is a file, not a folder: move it away, then try again.")
    try:
        if VENV.is_symlink():
            VENV.unlink()  # what it leads to may belong to another course
        elif VENV.exists():
            if RECORD.exists():
                RECORD.unlink()  # first: what is half deleted must not look finished
            shutil.rmtree(str(VENV))
    except OSError as problem:
        raise Refusal(
            f"{VENV} can't be deleted ({problem.strerror}: {problem.filename}): delete it "
            "yourself, then try again."
        ) from None
    if subprocess.call([BASE, "-m", "venv", str(VENV)]):
        raise Refusal(f"{BASE} can't make an environment: see what it says above.")
    write({"checkout": str(ROOT), "python": BASE, "version": VERSION, "done": {}})


def advice():
    """Return how to choose a Python that suits the course."""
    low, high = bounds()
    for minor in range(high, low - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            return f"add PYTHON={name} to the command, as in `make lab PYTHON={name}`."
    return f"install one from https://www.python.org/downloads, then add PYTHON=python3.{high}."


def install(extra):
    """Install the course and its packages, unless these very versions are there already."""
    made_for, now = record(), digest()
    done = made_for["done"]
    here = look()[1] == str(ROOT / "cnnedu" / "__init__.py")
    if here and now in (done.get(extra), done.get("test")):
        return 0
    print("Installing the course into .venv (once; a few minutes) ...", flush=True)
    code = subprocess.call([str(PYTHON), str(ROOT / "tools" / "install.py"), extra])
    if code == 0:
        done[extra] = now
        write(made_for)
    return code


def digest():
    """Return a digest of the files that say what is installed."""
    names = ("pyproject.toml", "constraints.txt", "tools/install.py")
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def write(made_for):
    """Write the record, all of it or nothing."""
    part = RECORD.with_name("made-for.part")
    part.write_text(json.dumps(made_for, indent=1), encoding="utf-8")
    os.replace(str(part), str(RECORD))


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
