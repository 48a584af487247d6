"""Make the students' version of an exercise with nbgrader's own `GenerateAssignment`."""

import logging
import tempfile
from logging.handlers import BufferingHandler
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from cnnedu.authoring.source import AuthoringError


def release(solution, name: str, root: Path):
    """Return the notebook that students get, made from the notebook `solution`.

    nbgrader works in a temporary folder with the course's own `nbgrader_config.py`; the course's
    folders and gradebook stay untouched.

    Raises:
        AuthoringError: nbgrader refuses the notebook, for example for an END SOLUTION left out.
    """
    with tempfile.TemporaryDirectory() as course:
        config = _config(root, course, name)
        folder = Path(course, config.CourseDirectory.source_directory, name)
        folder.mkdir(parents=True)
        nbformat.write(solution, folder / f"{name}.ipynb")
        quiet, heard = logging.Logger("nbgrader", logging.ERROR), BufferingHandler(100)
        quiet.addHandler(heard)
        try:
            GenerateAssignment(
                coursedir=CourseDirectory(config=config), config=config, parent=None, log=quiet
            ).start()
        except NbGraderException:
            raise AuthoringError(f"sources/exercises/{name}.py: {_cause(heard.buffer)}") from None
        released = Path(course, config.CourseDirectory.release_directory, name, f"{name}.ipynb")
        return nbformat.read(released, as_version=4)


def _cause(records):
    """Return the last line of the traceback that nbgrader logged."""
    messages = [record.getMessage().strip() for record in records]
    traces = [message for message in messages if message.startswith("Traceback")]
    return (traces or messages)[0].splitlines()[-1]


def _config(root, course, name):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root = course
    config.CourseDirectory.assignment_id = name
    # As `nbgrader generate_assignment --no-db` does.
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    return config
