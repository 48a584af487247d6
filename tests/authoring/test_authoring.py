"""Sources become notebooks; messages name the mistakes in a source."""

import base64
import errno
import io
import shutil

import nbformat
import numpy as np
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from cnnedu.authoring import build, poster
from cnnedu.authoring.build import targets
from cnnedu.authoring.execute import MAX_PNG_BYTES, execute, small_enough
from cnnedu.authoring.readme import readme
from cnnedu.authoring.release import release
from cnnedu.authoring.source import AuthoringError, read
from cnnedu.cli import main
from cnnedu.data import whole_file
from harness.course import ROOT


def source(root, text):
    path = root / "sources/exercises/99_trial.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def nbgrader_of(notebook):
    return [cell.metadata["nbgrader"] for cell in notebook.cells if "nbgrader" in cell.metadata]


def test_headers_become_nbgrader_metadata(tmp_path):
    notebook = read(
        source(
            tmp_path,
            '# %% grade_id="a"\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n\n'
            '# %% grade_id="a-tests" points=3\nassert x == 1\n\n'
            '# %% [markdown] grade_id="why" points=2\n# <!-- BEGIN SOLUTION -->\n# Because.\n'
            "# <!-- END SOLUTION -->\n\n"
            '# %% grade_id="given"\ny = 2\n',
        ),
        tmp_path,
    )
    kinds = [(m["grade_id"], m["solution"], m["grade"], m["locked"]) for m in nbgrader_of(notebook)]
    assert kinds == [
        ("a", True, False, False),
        ("a-tests", False, True, True),
        ("why", True, True, False),
        ("given", False, False, True),
    ]
    assert [m.get("points") for m in nbgrader_of(notebook)] == [None, 3, 2, None]


def test_ids_are_the_same_every_time_and_survive_changes_elsewhere(tmp_path):
    before = read(source(tmp_path, "# %%\na = 1\n\n# %%\nb = 2\n\n# %%\nb = 2\n"), tmp_path)
    again = read(source(tmp_path, "# %%\na = 1\n\n# %%\nb = 2\n\n# %%\nb = 2\n"), tmp_path)
    after = read(source(tmp_path, "# %%\na = 7\n\n# %%\nb = 2\n\n# %%\nb = 2\n"), tmp_path)
    ids = [[cell.id for cell in notebook.cells] for notebook in (before, again, after)]
    assert ids[0] == ids[1]
    assert ids[0][1:] == ids[2][1:] and ids[0][0] != ids[2][0]
    assert len(set(ids[0])) == len(ids[0])
    nbformat.validate(before)


def test_the_notebook_names_its_source(tmp_path):
    last = read(source(tmp_path, "# %%\na = 1\n"), tmp_path).cells[-1]
    assert "sources/exercises/99_trial.py" in last.source


def test_the_code_of_a_quiz_is_folded(tmp_path):
    text = "# %%\nQuiz(\n    1\n)\n\n# %%\nx = 1\n"
    quiz, other, _ = read(source(tmp_path, text), tmp_path).cells
    assert quiz.metadata["jupyter"]["source_hidden"]
    assert "jupyter" not in other.metadata


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# %% points=2\nassert True\n", "give this cell a grade_id"),
        ("# %%\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n", "give this cell a grade_id"),
        ('# %% grade_id="a"\n1\n\n# %% grade_id="a"\n2\n', "'a' is used twice"),
        ('# %% grade_id="a" points=two\nassert True\n', "this cell's has something else"),
        ('# %% grade_id="a" points="2"\nassert True\n', "this cell's has something else"),
        ('# %% grade_id="a points=2\nassert True\n', "this cell's has something else"),
        ('# %% grade_id="a" point=2\nassert True\n', "this cell's has something else"),
    ],
)
def test_mistakes_in_a_header_are_named(tmp_path, text, says):
    with pytest.raises(AuthoringError, match=says) as error:
        read(source(tmp_path, text), tmp_path)
    assert "99_trial.py" in str(error.value)


def test_text_that_is_not_utf8_is_named(tmp_path):
    path = source(tmp_path, "")
    path.write_bytes(b"# %%\n# caf\xe9\n")
    with pytest.raises(AuthoringError, match=r"99_trial.py: save it as UTF-8"):
        read(path, tmp_path)


def test_what_nbgrader_refuses_is_said_in_one_line(tmp_path):
    notebook = read(source(tmp_path, '# %% grade_id="a"\n### BEGIN SOLUTION\n'), tmp_path)
    with pytest.raises(AuthoringError) as error:
        release(notebook, "99_trial", ROOT)
    cause = "RuntimeError: no end solution statement found"
    assert str(error.value) == f"sources/exercises/99_trial.py: {cause}"


def test_a_folder_that_is_not_the_course_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["notebooks", "01"])
    said = f"Error: there are no sources in {tmp_path}: go to the course's folder first\n"
    assert (result.exit_code, result.output) == (1, said)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_leaves_what_was_there(tmp_path, monkeypatch):
    """A full disk, at each file that the command writes."""
    (tmp_path / "sources/lessons").mkdir(parents=True)
    (tmp_path / "sources/lessons/00_one.py").write_text("# %%\n1\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("lessons/00_one.ipynb", "docs/course.gif", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("before")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(build, "execute", lambda *_: None)
    monkeypatch.setattr(poster, "poster", lambda: b"GIF")
    monkeypatch.setattr("cnnedu.authoring.readme.readme", lambda _: "text")
    replace, written = whole_file.os.replace, []

    def full(old, new):
        if len(written) == len(done):
            raise OSError(errno.ENOSPC, "No space left on device", str(new))
        written.append(new.name)
        replace(old, new)

    monkeypatch.setattr(whole_file.os, "replace", full)
    for done in ([], ["00_one.ipynb"], ["00_one.ipynb", "course.gif"]):
        written.clear()
        result = CliRunner().invoke(main, ["notebooks"])
        assert result.exit_code == 1 and written == done
        assert result.output.splitlines()[-1].startswith("Error: [Errno 28] No space left")
        assert (tmp_path / "README.md").read_text() == "before"
        assert not list(tmp_path.rglob("*.tmp"))


def test_an_unknown_number_is_named(tmp_path):
    source(tmp_path, "# %%\n1\n")
    with pytest.raises(AuthoringError, match="no source begins with '42'"):
        targets(tmp_path, "42")


def run(tmp_path, *cells):
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    return execute(notebook, tmp_path, "sources/trial.py")


def test_a_failing_cell_stops_the_build(tmp_path):
    with pytest.raises(AuthoringError, match="ZeroDivisionError"):
        run(tmp_path, "1 / 0")


def test_a_kernel_that_ends_stops_the_build(tmp_path):
    with pytest.raises(AuthoringError, match=r"trial.py: a cell ends the kernel"):
        run(tmp_path, "import os; os._exit(1)")


def test_a_cell_that_never_ends_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr("cnnedu.authoring.execute.MAX_SECONDS", 1)
    with pytest.raises(AuthoringError, match=r"trial.py: a cell takes more than 1 s"):
        run(tmp_path, "import signal; signal.pause()")


def test_a_warning_stops_the_build(tmp_path):
    with pytest.raises(AuthoringError, match="warns"):
        run(tmp_path, "import warnings\nwarnings.warn('old')")


def test_a_widget_is_stored_as_its_picture(tmp_path):
    notebook = run(tmp_path, "from cnnedu.widgets import ConvolutionStepper\nConvolutionStepper()")
    data = notebook.cells[0].outputs[0].data
    assert set(data) == {"image/png", "text/plain"}
    assert "widgets" not in notebook.metadata


def test_pictures_of_cifar10_are_not_stored_and_the_kernel_says_nothing(tmp_path, capfd):
    cell = new_code_cell("print('a picture')\n1", metadata={"tags": ["cifar10-pixels"]})
    notebook = execute(new_notebook(cells=[cell]), tmp_path, "sources/trial.py")
    assert not notebook.cells[0].outputs
    assert capfd.readouterr() == ("", "")


def test_large_pictures_are_made_smaller_and_huge_ones_refused(tmp_path):
    noise = (
        "import numpy as np\nfrom PIL import Image\n"
        "Image.fromarray(np.random.default_rng(0).integers(0, 255, ({0}, {0}, 3), np.uint8))"
    )
    png = run(tmp_path, noise.format(220)).cells[0].outputs[0].data["image/png"]
    assert len(base64.b64decode(png)) <= MAX_PNG_BYTES
    assert Image.open(io.BytesIO(base64.b64decode(png))).size == (220, 220)
    with pytest.raises(AuthoringError, match="keep pictures under"):
        run(tmp_path, noise.format(340))


def test_white_stays_white_in_a_picture_made_smaller():
    pixels = np.full((300, 450, 3), 247, np.uint8)  # the white of signed maps, beside fur
    fur = np.random.default_rng(0).normal((240, 225, 210), 20, (300, 250, 3))
    pixels[:, 200:] = fur.clip(0, 255)
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "png")
    assert len(png.getvalue()) > MAX_PNG_BYTES
    smaller = Image.open(io.BytesIO(small_enough(png.getvalue(), "here"))).convert("RGB")
    assert np.abs(np.array(smaller)[:, :200].astype(int) - 247).max() <= 1


def test_outputs_do_not_depend_on_when_or_where_they_were_made(tmp_path):
    first, second = (run(tmp_path, "1 + 1", "print(2)") for _ in range(2))
    assert [c.outputs for c in first.cells] == [c.outputs for c in second.cells]
    assert first.metadata == new_notebook().metadata
    assert not first.cells[0].metadata


def test_readme_links_what_exists_and_builds_the_badge(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/README.md").write_text("{binder_badge}|{course_map}|{torch}|{claims}")
    (tmp_path / "sources/course_map.csv").write_text(
        "number,name,title,part,lesson,exercise\n"
        "00,one,First,A,about one,do one\n01,two,Second,A,about two,do two\n"
    )
    (tmp_path / "sources/claims.csv").write_text(
        "claim,answer,lesson,heading\nTwo is one,No,00_one,A claim to test: two\n"
    )
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nurls.Repository = "https://github.com/SOMEBODY/course"\n'
    )
    (tmp_path / "constraints.txt").write_text("numpy==1.0\ntorch==9.8.7\n")
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons/00_one.ipynb").touch()
    text = readme(tmp_path)
    assert "https://mybinder.org/v2/gh/SOMEBODY/course/HEAD" in text
    assert "[First](lessons/00_one.ipynb)" in text and "| 01 | Second:" in text
    assert "9.8.7" in text
    assert "| Two is one | No | [First](lessons/00_one.ipynb#A-claim-to-test%3A-two) |" in text
