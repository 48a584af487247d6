"""A class with an instructor and three students on a real hub."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from grading.modes import Mode

from harness.classroom import Classroom

# As Moodle exports the participants of a course.
ROSTER = """\
"First name","Last name","ID number","Email address",Groups
Ada,Lovelace,1001,ada@school.example,
Alan,Turing,1002,alan@school.example,
Grace,Hopper,1003,grace@school.example,
Emmy,Noether,17,emmy@school.example,
"""


@pytest.fixture(scope="session")
def classroom(confined, proxy):
    """A class whose hub runs, as an ordinary user."""
    # pytest's own folders are closed to other users, and each new run closes them again.
    folder = Path(tempfile.mkdtemp(prefix="cnnedu-class-"))
    folder.chmod(0o711)
    mode = Mode(as_user=os.geteuid() == 0, groups=False)
    with mode.command() as words:
        made = Classroom(folder, ROSTER, "emmy", words if mode.as_user else ())
        with open(made.folder.settings, "a", encoding="utf-8") as settings:
            settings.write("c.Spawner.poll_interval = 2\n")  # not 30 s until a dead server is seen
        mode.own(made.course)
        try:
            made.start()
            yield made
        finally:
            made.stop_all()
            shutil.rmtree(folder, ignore_errors=True)
