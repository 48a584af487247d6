"""`cnnedu widgets`: one page with every widget of the package."""

import html
import subprocess
import sys

from click.testing import CliRunner

import cnnedu.widgets
from cnnedu.cli import main
from cnnedu.widgets.base import Widget
from cnnedu.widgets.gallery import EXAMPLES, names


def test_every_widget_is_in_it():
    kinds = {kind.__name__ for kind in Widget.__subclasses__() if kind.__module__ in sys.modules}
    assert set(names()) == {name for name in kinds if hasattr(cnnedu.widgets, name)}
    assert set(EXAMPLES) <= set(names())


def test_the_command_writes_one_page(tmp_path):
    path = tmp_path / "page.html"
    result = CliRunner().invoke(main, ["widgets", "--out", str(path)])
    assert result.exit_code == 0, result.output
    assert result.output == f"{path} shows all widgets: open it in a browser.\n"
    page = path.read_text(encoding="utf-8")
    for name in names():
        assert f"<h2>{name}</h2>" in page
        first_line = getattr(cnnedu.widgets, name).__doc__.splitlines()[0]
        assert html.escape(first_line.replace("`", "")) in page
    assert page.count("<script") == 1
    assert page.count("function element(") == 1  # each module is there once


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setattr("cnnedu.widgets.gallery.gallery", lambda: "")
    result = CliRunner().invoke(main, ["widgets", "--out", str(tmp_path / "no" / "page.html")])
    assert result.exit_code == 1
    assert "can't be written: No such file or directory" in result.output
    assert "Traceback" not in result.output


def test_a_full_disk_leaves_the_last_page_as_it_was(tmp_path, monkeypatch, full_disk):
    path = tmp_path / "page.html"
    path.write_text("before")
    monkeypatch.setattr("cnnedu.widgets.gallery.gallery", lambda: "")
    result = CliRunner().invoke(main, ["widgets", "--out", str(path)])
    assert result.exit_code == 1
    assert "can't be written: No space left on device" in result.output
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]


def test_the_command_line_imports_no_widgets():
    code = "import sys, cnnedu.cli; print('ipywidgets' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "False\n", result.stderr
