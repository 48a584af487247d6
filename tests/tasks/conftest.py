"""Scenes that the tests of lesson 17's algorithms share."""

import pytest

from cnnedu.data.shapes import make_scenes


@pytest.fixture(scope="session")
def scenes():
    return make_scenes(6, seed=3)
