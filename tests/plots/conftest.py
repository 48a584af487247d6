import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def no_figures_left():
    """Fail a test that leaves figures with pyplot: a notebook would show them twice."""
    yield
    assert plt.get_fignums() == []
