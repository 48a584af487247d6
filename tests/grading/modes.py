"""Ways to run the grader: as root or an ordinary user, with control groups or without."""

import functools
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from cnnedu.grading import cgroups
from harness.course import ROOT

USER = 64321  # an ordinary user; it needs no name
GROUPS = Path("/sys/fs/cgroup")


class Mode:
    """A way to run the grader.

    Args:
        as_user: whether an ordinary user runs it, instead of whoever runs the tests.
        groups: whether it may make control groups.
    """

    def __init__(self, as_user, groups):
        self.as_user = as_user
        self.groups = groups

    def __str__(self):
        who = "user" if self.as_user or os.geteuid() else "root"
        return f"{who}-{'with' if self.groups else 'without'}-groups"

    def own(self, folder):
        """Give a folder with everything in it to the user who grades there."""
        if self.as_user:
            for top, folders, files in os.walk(folder):
                for name in [".", *folders, *files]:
                    os.lchown(os.path.join(top, name), USER, USER)

    @contextmanager
    def command(self):
        """Give the words to put in front of the grader's command."""
        groups = _delegated() if self.as_user and self.groups else []
        if self.groups and not self.as_user:
            yield []
            return
        words = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev"]
        if not self.groups:
            words += ["--ro-bind", str(GROUPS), str(GROUPS)]
        if self.as_user:
            words += _within_reach()
            # Only the last program enters the group: nothing else may be in it.
            entering = "".join(f"echo $$ > {place}/cgroup.procs; " for place in groups)
            words += ["sh", "-c", f'{entering}exec "$@"', "sh"]
            words += ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
            words += ["--inh-caps=-all", "--"]
        try:
            yield words
        finally:
            for place in groups:
                for inner in sorted(place.rglob("*/"), reverse=True):
                    inner.rmdir()
                place.rmdir()


def modes():
    """Return the modes that can be tried here; only root can become another user.

    Two of the four hold each user and each way with groups once; `make fuzz` tries all.
    """
    if os.geteuid():
        return [Mode(False, True)]
    two = [Mode(False, True), Mode(True, False)]
    return [*two, Mode(False, False), Mode(True, True)] if "CNNEDU_THOROUGH" in os.environ else two


def _delegated():
    """Make control groups that belong to the user, as systemd does; return their folders."""
    parent = cgroups.find()
    try:
        places = {path.with_name(f"delegated-{os.getpid()}") for path in parent.folders()}
    finally:
        parent.remove()
    for place in places:
        place.mkdir()
        for path in [place, *place.iterdir()]:
            os.chown(path, USER, USER)
    return sorted(places)


@functools.cache
def _within_reach():
    """Return bubblewrap's options that let others through folders that only root may enter."""
    words = []
    for path in (Path(sys.base_prefix), Path(sys.prefix), ROOT):
        closed = [parent for parent in reversed(path.parents) if not parent.stat().st_mode & 0o001]
        if closed:
            between = [parent for parent in reversed(path.parents) if closed[0] in parent.parents]
            words += ["--perms", "0755", "--tmpfs", str(closed[0])]
            words += [word for each in between for word in ("--perms", "0755", "--dir", str(each))]
            words += ["--ro-bind", str(path), str(path)]
    return words
