"""`PoolingLab` in a real JupyterLab: its numbers are Python's, from both sides."""

import numpy as np
import pytest
from browser.pages import numbers

CELLS = "from cnnedu.widgets import PoolingLab", "lab = PoolingLab(); lab"


@pytest.fixture
def opened(lab):
    """Return the notebook and the output of a cell that shows a fresh `lab`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def agrees(notebook, output):
    """Check every number on the page, to the three digits it shows, and the frames."""
    x, largest, means, mean = notebook.value("[lab.numbers, lab.largest, lab.means, lab.mean]")
    for name, wanted in (
        ("max, 2 × 2", largest),
        ("average, 2 × 2", means),
        ("global average", mean),
    ):
        shown = numbers(output.get_by_role("list", name=name, exact=True).locator("li"))
        np.testing.assert_allclose(shown, np.ravel(wanted), rtol=0.005)
    framed = output.locator("input").evaluate_all("all => all.map((i) => i.dataset.marked === '')")
    assert framed == (np.array(x) == np.kron(largest, np.ones((2, 2)))).ravel().tolist()


def test_numbers_typed_on_the_page(opened):
    notebook, output = opened
    agrees(notebook, output)
    output.get_by_label("number in row 0, column 3").fill("-7.5")
    output.get_by_label("number in row 3, column 3").fill("9")
    x = np.array(notebook.value("lab.numbers"))
    assert (x[0, 3], x[3, 3]) == (-7.5, 9)
    agrees(notebook, output)


def test_numbers_set_in_python(opened):
    notebook, output = opened
    notebook.value("lab.set_trait('numbers', [[-1, -2, 3, 3], [-4, -5, 3, 0]] * 2)")
    output.get_by_role("list", name="max, 2 × 2").get_by_text("−1").first.wait_for()
    agrees(notebook, output)
