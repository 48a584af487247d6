"""The sandbox: bubblewrap's command line, and what is in sight inside it."""

import glob
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

NOBODY = "65534"
MISSING = (
    "Submissions are programs that strangers wrote, and {why}. On Debian and Ubuntu: "
    "`apt-get install bubblewrap`. On a machine that holds nothing of value, `--unsandboxed` goes "
    "on without."
)
SHOWN = "/shown"  # /tmp, say, is each submission's own, and hides what else is there
RUNS = ["--unshare-all", "--unshare-user", "--disable-userns", "--uid", NOBODY, "--gid", NOBODY]


class NoSandbox(Exception):
    """Bubblewrap is missing, or doesn't work on this machine."""


def check():
    """Raise `NoSandbox` unless bubblewrap can make a sandbox here."""
    if not shutil.which("bwrap"):
        raise NoSandbox(MISSING.format(why="the program that shuts them off, `bwrap`, is missing"))
    tried = subprocess.run(
        [*_as_nobody(_system()), *_inner(), "true"], capture_output=True, text=True
    )
    if tried.returncode:
        said = tried.stderr.strip().splitlines() or ["it gives no reason"]
        raise NoSandbox(MISSING.format(why=f"`bwrap` doesn't work here ({said[-1]})"))


def command(files, program):
    """Return the command that runs `program` with these files, and the system, in sight.

    Args:
        files: {where: what}, paths to show read-only, at `inside(where)`.
        program: the command to run inside.
    """
    places = {inside(where): what for where, what in files.items()}
    binds = []
    for where, what in sorted(places.items()):
        binds += ["--ro-bind", str(what), where]
    return [*_as_nobody([*_system(), *_parents(places), *binds]), *_inner(), *program]


def inside(path):
    """Return where a path is seen in the sandbox."""
    return f"{SHOWN}{path}"


def _as_nobody(shown):
    """Return the start of the command: show files and, if we are root, become nobody.

    Root's files would stay root's own in the sandbox, and the limit on processes doesn't hold
    for root: so root shows the files, which nobody may perhaps not reach by their real path, and
    the sandbox itself is made by a user without rights.
    """
    if os.geteuid() != 0:
        return ["bwrap", *shown, "--dev", "/dev", "--proc", "/proc"]
    change = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    outside = ["bwrap", *shown, "--dev", "/dev", "--dev-bind", "/proc", "/proc"]
    again = ["bwrap", "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    return [*outside, *change, "--inh-caps=-all", "--", *again]


def _inner():
    """Return the part that shuts off.

    The fork server keeps two rights in its own user namespace, to shut its children off from each
    other; they give them up before a student's code runs.
    """
    return [
        *RUNS,
        *("--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"),
        *("--perms", "0755", "--tmpfs", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/"),
        *("--new-session", "--die-with-parent"),
        *("--clearenv", "--setenv", "PATH", "/usr/bin:/bin", "--"),
    ]


def _system():
    """Return the options that show the system and Python itself, without any installed package."""
    options = ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/lib", "/lib64", "/sbin"):
        if os.path.islink(name):
            options += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            options += ["--ro-bind", name, name]
    if os.path.exists("/etc/ld.so.cache"):
        options += ["--ro-bind", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    base = sys.base_prefix
    if not base.startswith("/usr"):
        options += [*_parents([base]), "--ro-bind", base, base]
    patterns = [f"/usr{local}/lib/python3*/*-packages" for local in ("", "/local")]
    patterns += [f"{base}/lib/python3*/*-packages", "/usr/local/lib/python3*/*-packages"]
    hidden = {folder for pattern in patterns for folder in glob.glob(pattern)}
    for folder in sorted(hidden):
        options += ["--perms", "0755", "--tmpfs", folder]
    for folder in ("/submission", "/tmp"):
        options += ["--perms", "0755", "--dir", folder]
    return options


def _parents(paths):
    """Return the options that make the folders above these paths, for everyone to pass through."""
    parents = {str(parent) for path in paths for parent in Path(path).parents}
    visible = [folder for folder in sorted(parents - {"/"}) if not folder.startswith("/usr")]
    return [part for folder in visible for part in ("--perms", "0755", "--dir", folder)]


def python():
    """Return the path of the Python that runs inside: the one below the environment."""
    return os.path.realpath(sys.executable)


def packages_folders():
    """Return the folders that hold installed packages."""
    names = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    return sorted(Path(name) for name in names if os.path.isdir(name))
