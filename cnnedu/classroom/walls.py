"""The walls around a server: bubblewrap's command line, and what is visible inside.

Every server has its own processes, its own /tmp, and a home that holds its owner's files alone. A
student sees the system, the installed packages, and their own part of the exchange. A teacher also
sees the course, with solutions and gradebook, and the whole exchange, and writes to what grading
needs of them. Nobody sees the hub's files.
"""

import os
import sys
from pathlib import Path

import cnnedu

PACKAGE = Path(cnnedu.__file__).resolve().parent
# Jupyter's settings for each role. Kernels talk by sockets in a private folder (`ipc`): by TCP,
# everybody on this machine could listen to what they print.
SETTINGS = Path(__file__).resolve().parent / "jupyter"
UID = "1000"
EXCHANGE = "/srv/exchange"
# What teachers may write to in the course. All else is what the hub, and whoever owns the course,
# run outside the walls: the package and the environment, nbgrader_config.py, and, for Python looks
# there, any new module beside them.
OF_TEACHERS = ("exercises", "grading", "solutions")
# What programs need of /etc: names of hosts, certificates, fonts, the time zone.
ETC = (
    *("alternatives", "bash.bashrc", "ca-certificates", "fonts", "hosts", "inputrc"),
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "mime.types", "nsswitch.conf"),
    *("pki", "profile", "protocols", "resolv.conf", "services", "ssl", "timezone"),
)
# With these, `systemd-run` finds the user's systemd; inside, they lead nowhere.
OF_SYSTEMD = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
# The signals that JupyterHub stops a server with would end bubblewrap's outer process alone, and
# --die-with-parent, which ends the inner ones, would end all when the hub restarts. The shell
# between them outlives the hub, and takes bubblewrap along when it is told to stop.
SHELL = ["/bin/sh", "-c", "trap 'kill $pid' INT TERM; \"$@\" & pid=$!; wait $pid", "server"]


def command(folder, course, person, program):
    """Return the command that runs a program inside somebody's walls.

    Args:
        folder: the class's `Folder`.
        course: the folder of the course.
        person: the `Person` whose server it is.
        program: the command to run inside.
    """
    name, home = person.username, f"/home/{person.username}"
    # What is installed in /tmp must come after it.
    options = ["--perms", "1777", "--tmpfs", "/tmp", *_system(), *_installed()]
    options += ["--proc", "/proc", "--dev", "/dev", "--bind", folder.home(name), home]
    options += ["--ro-bind", _accounts(folder, name), "/etc/passwd"]
    options += ["--ro-bind", SETTINGS / ("teacher" if person.teacher else "student"), "/etc/cnnedu"]
    options += _of_teachers(folder, course, home) if person.teacher else _of_students(folder, name)
    options += ["--unshare-user", "--uid", UID, "--gid", UID, "--unshare-pid", "--unshare-ipc"]
    options += ["--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL"]
    options += ["--new-session", "--die-with-parent"]
    options += [part for name in OF_SYSTEMD for part in ("--unsetenv", name)]
    options += ["--chdir", f"{home}/course" if person.teacher else home]
    return [*SHELL, "bwrap", *map(str, options), "--", *program]


def environment(person):
    """Return the variables that tell Jupyter where its files are inside the walls."""
    home = f"/home/{person.username}"
    return {
        "HOME": home,
        "USER": person.username,
        "SHELL": "/bin/bash",
        # Before all other places for settings, those in the home included.
        "JUPYTER_CONFIG_PATH": "/etc/cnnedu",
        # Sockets live here: in a home, their paths could be too long.
        "JUPYTER_RUNTIME_DIR": "/tmp/jupyter",
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
    }


def _system():
    options = ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if os.path.islink(name):
            options += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            options += ["--ro-bind", name, name]
    for name in ETC:
        options += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return options


def _installed():
    """Return the options that show Python, its packages, and this one."""
    places = {sys.base_prefix, os.path.realpath(sys.base_prefix), sys.prefix, str(PACKAGE)}
    # A folder inside another one of them, or in /usr, is visible already.
    inside = {one for one in places for other in {*places, "/usr"} if one.startswith(f"{other}/")}
    return [
        part for place in sorted(places - inside - {"/usr"}) for part in ("--ro-bind", place, place)
    ]


def _of_students(folder, name):
    exchange = f"{EXCHANGE}/{folder.exchange.name}"
    return [
        *("--ro-bind", folder.exchange / "outbound", f"{exchange}/outbound"),
        *("--bind", folder.inbound(name), f"{exchange}/inbound"),
        *("--ro-bind", folder.feedback(name), f"{exchange}/feedback"),
    ]


def _of_teachers(folder, course, home):
    options = ["--ro-bind", course, f"{home}/course"]
    for name in OF_TEACHERS:
        Path(course, name).mkdir(exist_ok=True)
        options += ["--bind", Path(course, name), f"{home}/course/{name}"]
    if folder.path.is_relative_to(course):  # the hub's files, and everybody's homes
        options += ["--tmpfs", f"{home}/course/{folder.path.relative_to(course)}"]
    return [*options, "--bind", folder.exchange.parent, EXCHANGE]


def _accounts(folder, name):
    """Return a file that gives the server's user its name; nbgrader asks for that."""
    path = folder.hub / "accounts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (
        "root:x:0:0:root:/root:/usr/sbin/nologin",
        "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin",
        f"{name}:x:{UID}:{UID}::/home/{name}:/bin/bash",
    )
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path
