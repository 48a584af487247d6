"""Helper package of the course: reference kernels, data, widgets, training and grading.

Importing `cnnedu` loads nothing heavy; import the part you need, for example
`from cnnedu import kernels`.
"""

import os

__version__ = "0.1.0"


def _temporary_home():
    """Return a folder of this user's alone, the same one until the machine restarts."""
    import tempfile

    folder = os.path.join(tempfile.gettempdir(), f"cnnedu-{os.getuid()}")
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        if os.path.islink(folder) or os.stat(folder).st_uid != os.getuid():
            folder = tempfile.mkdtemp(prefix="cnnedu-")
    return folder


def _settle(environment):
    """Let libraries that insist on a home folder run for users without one, as in containers.

    In a home that can't be written to, only matplotlib needs another place.
    """
    home = os.path.expanduser("~")
    try:
        if not os.path.isdir(home):
            environment["HOME"] = _temporary_home()
        elif not os.access(home, os.W_OK):
            environment.setdefault("MPLCONFIGDIR", _temporary_home())
    except OSError:
        pass  # there is no place to write to at all


if os.name == "posix":
    _settle(os.environ)
