"""A copy of the course to grade in, and the answers handed in there."""

import contextlib
import functools
import logging
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from unittest import mock

import jupytext
import nbformat
import nbgrader.api
from click.testing import CliRunner
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp
from sqlalchemy.exc import SAWarning

from cnnedu.cli import main

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
# nbgrader calls a helper, alembic, by name, and finds it as in an activated environment.
PATH = f"{BIN}{os.pathsep}{os.environ['PATH']}"
# nbgrader asks alembic for this version at every new gradebook: a second and a half each time, and
# always the same answer.
nbgrader.api.get_alembic_version = functools.cache(nbgrader.api.get_alembic_version)


class Course:
    """A copy of the course in a folder of its own, driven by nbgrader's and our own commands."""

    def __init__(self, folder):
        self.folder = Path(folder)
        shutil.copy(ROOT / "nbgrader_config.py", self.folder)
        shutil.copytree(ROOT / "solutions", self.folder / "solutions")

    def nbgrader(self, command, *arguments):
        """Run `nbgrader COMMAND …` in the course's folder; raise if it fails.

        It runs in this process, which has imported nbgrader already: starting it takes longer than
        most of its commands.
        """
        app = NbGraderApp.subcommands[command][0]()
        app.log_level = logging.ERROR
        with (
            contextlib.chdir(self.folder),
            mock.patch.dict(os.environ, {"PATH": PATH}),
            warnings.catch_warnings(),
        ):
            # SQLAlchemy warns of harmless things in nbgrader's own queries.
            warnings.simplefilter("ignore", SAWarning)
            app.initialize(list(arguments))
            app.start()

    def grade(self, name, *options):
        """Run `cnnedu grade NAME …` in the course's folder and in this process."""
        with contextlib.chdir(self.folder):
            return CliRunner().invoke(main, ["grade", name, *options])

    def run(self, program, *arguments, before=(), **environment):
        """Run a program of the environment in the course's folder; return the finished process.

        `before`: words to put in front of the command.
        """
        return subprocess.run(
            [*before, BIN / program, *arguments],
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"PATH": PATH} | environment,
        )

    def solution(self, name):
        """Return the instructor's notebook, with all answers."""
        return nbformat.read(self.folder / f"solutions/{name}/{name}.ipynb", as_version=4)

    def released(self, name):
        """Return the students' notebook."""
        return nbformat.read(self.folder / f"exercises/{name}/{name}.ipynb", as_version=4)

    def submit(self, name, student, answers, free=()):
        """Hand in the released notebook with `answers` {grade_id: source} filled in.

        `free`: sources of further code cells, inserted after those that install and set up.
        """
        notebook = self.released(name)
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(grade_id, cell.source)
        kinds = [cell.cell_type for cell in notebook.cells]
        place = kinds.index("code", kinds.index("code") + 1) + 1
        notebook.cells[place:place] = [nbformat.v4.new_code_cell(source) for source in free]
        folder = self.folder / "grading/submitted" / student / name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")

    def scores(self, name, student):
        """Return {grade_id: points given automatically}."""
        database = f"sqlite:///{self.folder}/grading/gradebook.db"
        with Gradebook(database, "cnnedu") as gradebook:
            notebook = gradebook.find_submission_notebook(name, name, student)
            return {grade.name: grade.auto_score for grade in notebook.grades}


def course_with_solutions(folder, name, students):
    """Return a new `Course` in which students s0000, s0001, … have all handed in the solution."""
    course = Course(folder)
    course.nbgrader("generate_assignment", name)
    course.submit(name, "s0000", student_cells(course.solution(name)))
    first = course.folder / "grading/submitted/s0000"
    for number in range(1, students):
        shutil.copytree(first, first.with_name(f"s{number:04}"))
    return course


def student_cells(notebook):
    """Return {grade_id: source} of the cells that students fill in."""
    marked = [(cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    return {mark["grade_id"]: cell.source for cell, mark in marked if mark.get("solution")}


def answer_cells(path):
    """Return {grade_id: source} of a file of answers in percent format."""
    cells = jupytext.read(path).cells
    return {c.metadata["grade_id"]: c.source for c in cells if "grade_id" in c.metadata}
