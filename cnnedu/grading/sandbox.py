"""The sandbox: bubblewrap's command line, and the few files that are visible inside.

A student's process sees the interpreter, its standard library, the allowed modules, and the system
libraries that these are linked to. Each is named; nothing else is visible.
"""

import functools
import os
import re
import shutil
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

from cnnedu.grading import seccomp
from cnnedu.grading.printable import printable

NOBODY = "65534"
ADVICE = (
    "Submissions are programs by strangers, and {why}. {cure}. On a machine that holds nothing of "
    "value, `--unsandboxed` grades without a sandbox."
)
NO_LINUX = "Grading needs Linux, for its sandbox: use a Linux machine, or WSL 2 on Windows"
INSTALL = "On Debian and Ubuntu, run `apt-get install bubblewrap libseccomp2`"
OF_THE_KERNEL = "the kernel keeps ordinary users from making user namespaces"
OF_A_CONTAINER = "the container that this runs in forbids it"
# What bubblewrap says where it is forbidden: (pattern, cause, cure).
FORBIDDEN = (
    (
        r"setting up uid map: |loopback: Failed RTM_NEWADDR",
        "AppArmor keeps it from making user namespaces",
        "Run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or give bwrap the "
        "profile in docs/grading.md",
    ),
    (
        r"max_\*_namespaces exceeded|No space left on device",
        "the kernel allows no more user namespaces",
        "Run `sudo sysctl -w user.max_user_namespaces=10000`",
    ),
    (
        r"No permissions to creat\w+ (a )?new namespace",
        OF_THE_KERNEL,
        "Run `sudo sysctl -w kernel.unprivileged_userns_clone=1`",
    ),
    (
        r"Creating new namespace failed|Failed to make / slave|mount proc|mount /proc|pivot_root",
        OF_A_CONTAINER,
        "Start the container with `--security-opt seccomp=unconfined --security-opt "
        "apparmor=unconfined --security-opt systempaths=unconfined`, or grade outside of it",
    ),
    (
        r"PermissionError: ",
        "something keeps it from making further namespaces inside, such as AppArmor's profile "
        "bwrap-userns-restrict",
        "Give bwrap the profile in docs/grading.md instead",
    ),
    (r"bwrap: Unknown option", "it is too old", "Install bubblewrap 0.5 or newer"),
)
CONTAINERS = ("/.dockerenv", "/run/.containerenv")  # files that mark one
CONFINE = Path(__file__).parent / "inside/confine.py"
# What every submission begins with.
TRIAL = "import confine; confine.become_nobody(); confine.enter_namespaces(2**20)"
SHOWN = "/shown"  # at its own path, what is in /tmp, say, would be hidden by a submission's /tmp
DEVICES = ("null", "zero", "full", "random", "urandom")
# These need a screen, or libraries that nothing else needs.
NOT_SHOWN = ("_tkinter", "nis")
RESOLVED = re.compile(r"^\t(?:\S+ => )?(/\S+) \(0x", re.MULTILINE)
OWN = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup"]
# As root, bubblewrap can also show files whose real path an ordinary user can't reach. The server
# mounts /proc and becomes the user nobody, who doesn't own root's files, before anything else.
AS_ROOT = [
    part for right in ("SYS_ADMIN", "SETUID", "SETGID") for part in ("--cap-add", "CAP_" + right)
]
AS_USER = ["--unshare-user", "--uid", NOBODY, "--gid", NOBODY]


class NoSandbox(Exception):
    """The sandbox doesn't work on this machine; says why and what to do."""


def check():
    """Try to start a sandbox; raise `NoSandbox` if it doesn't work here.

    Raises:
        NoSandbox: it doesn't; says the cause and the cure.
    """
    check_programs()
    try:
        trial = f"import sys; sys.path.append({inside(CONFINE.parent)!r}); {TRIAL}"
        program = command({CONFINE: CONFINE}, [inside(python()), *"-I -S -B -c".split(), trial])
        tried = subprocess.run(program, capture_output=True, encoding="utf-8", errors="replace")
    except OSError as error:
        where = printable(error.filename or "bwrap")
        why = f"`bwrap` can't be started ({where}: {error.strerror})"
        raise _no_sandbox(why, f"Make {where} readable and executable") from None
    if tried.returncode:
        said = (tried.stderr.strip().splitlines() or [f"exit status {tried.returncode}"])[-1]
        cause, cure = _diagnosis(said)
        raise _no_sandbox(f"`bwrap` doesn't work here: {cause} ({printable(said)})", cure)


def check_programs():
    """Raise `NoSandbox` if a program that the sandbox needs is missing."""
    if sys.platform != "linux":
        raise NoSandbox(NO_LINUX)
    if not shutil.which("bwrap"):
        raise _no_sandbox("`bwrap`, the program that confines them, is missing", INSTALL)
    try:
        seccomp.program()
    except seccomp.NoFilter as reason:
        cure = INSTALL if "missing" in str(reason) else "Install a newer libseccomp"
        raise _no_sandbox(f"the filter of system calls can't be made: {reason}", cure) from None


def _no_sandbox(why, cure):
    return NoSandbox(ADVICE.format(why=why, cure=cure))


def _diagnosis(said):
    """Return (cause, cure) of what bubblewrap, or the trial inside it, has said."""
    found = [(cause, cure) for pattern, cause, cure in FORBIDDEN if re.search(pattern, said)]
    # Docker's filter of system calls can't be told from a kernel that forbids user namespaces.
    if OF_THE_KERNEL in dict(found) and any(map(os.path.exists, CONTAINERS)):
        found = [(cause, cure) for _, cause, cure in FORBIDDEN if cause == OF_A_CONTAINER]
    unknown = ("something forbids it", "docs/grading.md lists what that may be")
    return found[0] if found else unknown


def command(files, program, everything=False):
    """Return the command that runs `program` with these files visible.

    Args:
        files: {where: what}, paths to show read-only at `inside(where)`.
        program: the command to run inside.
        everything: whether the whole system is visible too; for the judge, whose code is ours.
    """
    # The judge's sandbox needs no list of files: they are visible at their own place as well. The
    # fewer places, the sooner each of its processes has its own.
    library = {path: path for path in _library_folders()} if everything else _standard_library()
    python_files = {python(): python(), **library}
    places = {inside(where): what for where, what in (python_files | files).items()}
    system = (
        _whole_system() if everything else _libraries(frozenset((python_files | files).values()))
    )
    root = os.geteuid() == 0
    options = [*_folders([*places, *system]), *_binds(system | places), *_devices()]
    for folder in ("/submission", "/proc"):
        options += ["--perms", "0755", "--dir", folder]
    # The server's own; each submission has another one instead.
    options += ["--perms", "1777", "--tmpfs", "/tmp"]
    options += [] if root else ["--proc", "/proc"]
    options += ["--remount-ro", "/", *OWN, *([] if root else AS_USER), "--cap-drop", "ALL"]
    options += AS_ROOT if root else []
    options += ["--new-session", "--die-with-parent", "--clearenv"]
    return ["bwrap", *options, "--setenv", "PATH", "/usr/bin:/bin", "--", *program]


def inside(path):
    """Return the place of a path in the sandbox."""
    return f"{SHOWN}{path}"


def python():
    """Return the path of the Python that runs inside: the one that the environment is based on."""
    return os.path.realpath(sys.executable)


def packages_folders():
    """Return the folders that hold installed packages."""
    names = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    return sorted(Path(name) for name in names if os.path.isdir(name))


def _library_folders():
    """Return the folders of the standard library."""
    return {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}


@functools.cache
def _standard_library():
    """Return {where: what} of the standard library, without the packages in its folder."""
    names = {*sys.stdlib_module_names, "__pycache__"} - {"idlelib", "turtledemo", "ensurepip"}
    found = {}
    for folder in _library_folders():
        for path in folder.iterdir():
            if path.name.split(".")[0] in names or path.name.startswith("_sysconfigdata"):
                found[path] = path
        for path in (folder / "lib-dynload").glob("*.so"):
            if path.name.split(".")[0] not in NOT_SHOWN:
                found[path] = path
    return found


@functools.cache
def _libraries(files):
    """Return {where: what} of the system libraries that these files are linked to."""
    linked = [path for file in sorted(map(str, files)) for path in _binaries(file)]
    # The loader itself lists what it would load, for all files at once: ten times as fast as `ldd`.
    trace = {"LD_TRACE_LOADED_OBJECTS": "1", "LD_PRELOAD": ":".join(linked)}
    program, environment = [python()], trace
    if any(set(path) & set(" :") for path in linked):
        program, environment = ["ldd", python(), *linked], {"PATH": "/usr/bin:/bin"}
    told = os.fsdecode(subprocess.run(program, env=environment, capture_output=True).stdout)
    shown = tuple(map(str, files))
    found = {}
    for path in sorted(set(RESOLVED.findall(told))):
        # The loader looks for it in this place, wherever links lead from here.
        place = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        if not os.path.realpath(path).startswith(shown):
            found[place] = os.path.realpath(path)
    if os.path.exists("/etc/ld.so.cache"):
        found["/etc/ld.so.cache"] = "/etc/ld.so.cache"
    return found | _links()


def _binaries(path):
    """Return the libraries at a path: the file itself, or those in the folder."""
    if os.path.isdir(path):
        return map(str, Path(path).rglob("*.so*"))
    return [path] if ".so" in os.path.basename(path) else []


def _whole_system():
    """Return {where: what} of the whole system, with everything that is installed."""
    folders = {sys.base_prefix, "/usr", "/etc/ld.so.cache"}
    return {folder: folder for folder in folders if os.path.exists(folder)} | _links()


def _links():
    """Return {where: what} of the old places of programs and libraries, where they are links."""
    names = [name for name in ("/bin", "/lib", "/lib64") if os.path.lexists(name)]
    return {name: name for name in names if os.path.islink(name)}


def _binds(places):
    """Return the options that show everything read-only at its place, and links as links."""
    options = []
    for where, what in sorted((str(where), str(what)) for where, what in places.items()):
        if where == what and os.path.islink(what):
            options += ["--symlink", os.readlink(what), where]
        else:
            options += ["--ro-bind", what, where]
    return options


def _devices():
    """Return the options that show the harmless devices."""
    options = ["--perms", "0755", "--dir", "/dev", "--perms", "0755", "--dir", "/dev/shm"]
    for name in DEVICES:
        options += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        options += ["--symlink", f"/proc/self/fd{target}", f"/dev/{name}"]
    return options


def _folders(paths):
    """Return the options that make the folders above these paths, which everyone may enter."""
    parents = {str(parent) for path in paths for parent in Path(path).parents}
    return [
        part for folder in sorted(parents - {"/"}) for part in ("--perms", "0755", "--dir", folder)
    ]
