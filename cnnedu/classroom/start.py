"""Put a class into the gradebook, and start its hub."""

import importlib.util
import os
import sys
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from cnnedu.classroom.folder import Folder
from cnnedu.grading import sandbox
from cnnedu.grading.course import GradingError, settings

NEEDED = ("jupyterhub", "nativeauthenticator", "jupyterhub_idle_culler")


class NotReady(Exception):
    """The class can't start; says why and how to mend it."""


def enrol(people, course):
    """Put the students into the gradebook of a course; return how many there are.

    Those who are on the roster no longer are taken out, unless they have handed in something.

    Raises:
        GradingError: there is no course in this folder, or its gradebook can't be used.
    """
    if not (course / "nbgrader_config.py").exists():
        raise GradingError(f"{course} is no course: change to the folder with nbgrader_config.py")
    directory = settings(course).coursedir
    # A new gradebook asks alembic for its version; nbgrader calls it by name.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    students = [person for person in people if not person.teacher]
    try:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            _enrol(students, gradebook)
    except SQLAlchemyError as error:
        raise GradingError(f"{directory.db_url}: {getattr(error, 'orig', error)}") from None
    return len(students)


def _enrol(students, gradebook):
    for person in students:
        names = {"first_name": person.first_name, "last_name": person.last_name}
        gradebook.update_or_create_student(person.username, email=person.email, **names)
    listed = {person.username for person in students}
    for left in [one for one in gradebook.students if one.id not in listed]:
        if not left.submissions:  # or else the report would miss their work
            gradebook.remove_student(left.id)


def run(path, address=None):
    """Become the hub of the class in a folder; it never returns.

    Raises:
        NotReady: something that it needs is missing.
    """
    folder = Folder(path)
    check(folder)
    command = [sys.executable, "-m", "jupyterhub", "--config", str(folder.settings)]
    command += [f"--JupyterHub.bind_url={address}"] if address else []
    os.chdir(folder.hub)
    os.execv(command[0], command)


def check(folder):
    """Raise `NotReady` if something that a class needs is missing.

    Args:
        folder: the class's `Folder`.

    Raises:
        RosterError: its roster or its passwords can't be read.
    """
    if os.geteuid() == 0:
        raise NotReady(
            "a class never runs as root, who could leave the walls: make an ordinary user, and let "
            "that user own the course and the class"
        )
    if not folder.settings.exists():
        raise NotReady(f"there is no class in {folder.path}: run `cnnedu class setup` first")
    folder.people()
    folder.first_passwords()
    if not all(map(importlib.util.find_spec, NEEDED)):
        raise NotReady('JupyterHub is missing: run pip install "cnnedu[class]"')
    try:
        sandbox.check()
    except sandbox.NoSandbox as error:
        raise NotReady(str(error)) from None
    from cnnedu.classroom.hub import proxy

    try:
        proxy(folder)
    except FileNotFoundError as error:
        raise NotReady(str(error)) from None
