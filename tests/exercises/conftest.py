"""The answer files are texts to hand in, not modules to import; what cells draw is closed."""

import matplotlib.pyplot as plt
import pytest

collect_ignore_glob = ["answers/*"]


@pytest.fixture(autouse=True)
def no_figure_is_left():
    """Close what the notebooks have drawn: other tests look for open figures."""
    yield
    plt.close("all")
