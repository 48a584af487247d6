"""What several test folders share."""

import pytest
from course import Course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A fresh copy of the course to grade in, for one test file."""
    return Course(tmp_path_factory.mktemp("course"))
