"""Fixtures that several test folders share."""

import os

import pytest

from cnnedu.grading import sandbox
from harness.course import Course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A fresh copy of the course to grade in, for one test file."""
    return Course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def confined():
    """Make sure that grading is confined. Otherwise skip these tests, or fail where CI is set."""
    try:
        sandbox.check()
    except sandbox.NoSandbox as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
