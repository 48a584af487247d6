"""Fixtures that several test folders share."""

import errno
import os
import shutil
from types import SimpleNamespace
from unittest import mock

import pytest
from playwright.sync_api import expect, sync_playwright

from cnnedu.data import whole_file
from cnnedu.grading import sandbox
from harness.course import ROOT, Course
from harness.lab import INSTALL, launch

PROXY = "configurable-http-proxy"  # JupyterHub's

# Of a page; a test that passes never waits so long, and other tests run beside it.
expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def environment_restored():
    """Undo what a test changes in the environment: later tests' kernels would inherit it."""
    with mock.patch.dict(os.environ):
        yield


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A fresh copy of the course to grade in, for one test file."""
    return Course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def browser():
    """The browser of the session."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(INSTALL)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site."""
    from cnnedu.authoring.site.build import build  # it imports Sphinx

    folder = tmp_path_factory.mktemp("site")
    build(ROOT, folder)
    return folder


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


@pytest.fixture(scope="session")
def proxy():
    """Make sure that a class can start. Otherwise skip these tests, or fail where CI is set."""
    pytest.importorskip("jupyterhub")
    if not shutil.which(PROXY):
        why = f"no {PROXY} found; install it with: npm install -g {PROXY}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
