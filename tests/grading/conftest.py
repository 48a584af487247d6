"""Without bubblewrap these tests are skipped; where CI is set they fail."""

import os

import pytest

from cnnedu.grading import sandbox

# The attacks are texts to hand in, not modules to import.
collect_ignore_glob = ["attacks/*"]


@pytest.fixture(scope="session")
def confined():
    """Grade in the sandbox."""
    try:
        sandbox.check()
    except sandbox.NoSandbox as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
