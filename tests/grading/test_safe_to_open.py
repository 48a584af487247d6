"""What people open of a submission is short enough for a page, and no file in it acts."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from cnnedu.grading import safe_to_open
from cnnedu.grading.sanitise import Given, GivenOut

OURS = "<div class='ours'>An instructor's own page</div>"


def made(*cells):
    notebook = new_notebook(cells=list(cells))
    given = GivenOut({"01-fog": Given("fog?", "markdown", {})}, {})
    safe_to_open.make_harmless(notebook, given, {OURS})
    return notebook.cells


def test_instructors_may_write_what_they_like():
    assert made(new_markdown_cell(OURS))[0].source == OURS


def test_raw_cells_become_text():
    (cell,) = made(new_raw_cell("<script>1</script>"))
    assert cell.cell_type == "markdown"
    assert cell.source.startswith("*Shown as plain text: it is a raw cell.")


def test_a_heading_can_not_take_a_question_s_id():
    assert made(new_markdown_cell("# 01-fog"))[0].source != "# 01-fog"


def test_long_code_is_cut_and_says_so():
    short, long = made(new_code_cell("x = 1"), new_code_cell("x = 1\n" * 10**5))
    assert short.source == "x = 1"
    assert len(long.source) < safe_to_open.MOST_CODE + 100
    assert "of 600,000 characters" in long.source


def test_the_rest_of_very_long_answers_is_not_rendered():
    texts = [f"**{n}** " + "word " * 19_000 for n in range(30)]
    cells = made(*map(new_markdown_cell, texts))
    assert cells[0].source == texts[0]
    assert cells[-1].source.startswith("*Shown as plain text: it is too long")


DATA = ["a.png", "data/table.csv", "x.npy", "notes.txt", "weights", "f.py"]
PAGES = ["a.html", "a.HTM", "a.xhtml", "a.svg", "a.svgz", "a.xml", "a.js", "a.html.gz"]
SETTINGS = ["nbgrader_config.py", "data/jupyter_server_config.json"]


@pytest.mark.parametrize("name", DATA)
def test_data_and_pictures_are_copied_beside_the_graded_notebook(name):
    assert safe_to_open.can_be_opened(name)


@pytest.mark.parametrize("name", [*PAGES, *SETTINGS])
def test_pages_scripts_and_settings_are_not_copied(name):
    assert not safe_to_open.can_be_opened(name)
