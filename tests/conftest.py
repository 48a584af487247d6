"""Fixtures that several test folders share."""

import errno
import os
from types import SimpleNamespace

import pytest

from cnnedu.data import whole_file
from cnnedu.grading import sandbox
from harness.course import Course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A fresh copy of the course to grade in, for one test file."""
    return Course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def full_disk(monkeypatch):
    """Let whatever is written whole find the disk full, after its bytes."""

    def fsync(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_file, "os", SimpleNamespace(fsync=fsync, replace=os.replace))


@pytest.fixture(scope="session")
def confined():
    """Make sure that grading is confined. Otherwise skip these tests, or fail where CI is set."""
    try:
        sandbox.check()
    except sandbox.NoSandbox as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
