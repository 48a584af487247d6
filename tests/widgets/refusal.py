"""How all tests of the widgets check that a wrong argument is refused."""

import pytest


def assert_refused(make, error, message):
    """Check that `make()` raises this error, in one line in which the pattern `message` occurs."""
    with pytest.raises(error, match=message) as raised:
        make()
    assert "\n" not in str(raised.value)
