"""The parts of the site's builder: notebooks as Markdown, places of widgets, formulas, links."""

import base64
import contextlib
import io
import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from cnnedu.authoring import address
from cnnedu.authoring.execute import STATE, execute, packed, unpacked
from cnnedu.authoring.site import build
from cnnedu.authoring.site.extension import mathml
from cnnedu.authoring.site.links import check
from cnnedu.authoring.site.notebook import page, questions
from cnnedu.authoring.site.pages import Pages
from cnnedu.authoring.site.places import Files
from cnnedu.authoring.source import AuthoringError
from harness.course import ROOT


def png(width=20, height=10):
    drawn = io.BytesIO()
    Image.new("RGB", (width, height)).save(drawn, "png")
    return drawn.getvalue()


def shown(metadata, text="<Figure>"):
    data = {"image/png": base64.b64encode(png()).decode(), "text/plain": text}
    return new_output("execute_result", data=data, metadata=metadata)


def as_page(tmp_path, *cells, up=1):
    return page(new_notebook(cells=list(cells)), "01_trial", up, Files(tmp_path / "_static"), "<p>")


def test_a_figure_becomes_a_picture_with_its_text_and_size(tmp_path):
    cell = new_code_cell("show()", outputs=[shown({"image/png": {"alt": 'loss < "1"'}})])
    text = as_page(tmp_path, cell)
    assert 'alt="loss &lt; &quot;1&quot;" width="20" height="10" loading="lazy"' in text
    (file,) = (tmp_path / "_static/pictures").iterdir()
    assert file.read_bytes() == png() and f'src="../_static/pictures/{file.name}"' in text


def test_code_and_output_survive_whatever_fences_they_hold(tmp_path):
    outputs = [new_output("stream", text="a\n```\nb\n")]
    text = as_page(tmp_path, new_code_cell('print("```")', outputs=outputs))
    assert '````{code-block} python\nprint("```")\n````' in text
    assert "````{code-block} text\n:class: cnnedu-output\n\na\n```\nb\n````" in text


def test_folded_code_is_left_out_and_its_output_kept(tmp_path):
    cell = new_code_cell(
        "Quiz(secret)",
        metadata={"jupyter": {"source_hidden": True}},
        outputs=[new_output("stream", text="shown")],
    )
    text = as_page(tmp_path, cell)
    assert "secret" not in text and "shown" in text


def test_pictures_that_may_not_be_stored_are_accounted_for(tmp_path):
    cell = new_code_cell("show()", metadata={"tags": ["cifar10-pixels"]})
    assert "may not be passed on" in as_page(tmp_path, cell)


def test_buttons_stand_below_the_title_and_the_authors_line_is_left_out(tmp_path):
    cells = new_markdown_cell("# Title\n\nText"), new_markdown_cell("<sub>Generated from `x`</sub>")
    assert as_page(tmp_path, *cells) == "# Title\n\n<p>\n\n\nText\n"


def test_a_picture_of_a_document_goes_to_the_site(tmp_path):
    (tmp_path / "shown.png").write_bytes(png())
    (tmp_path / "a.md").write_text("![A page\nwith a field](shown.png) and [a file](other.yaml)")
    pages = Pages(ROOT, Files(tmp_path / "_static"), address.read(ROOT))
    text = pages.document(tmp_path / "a.md", "docs/a")
    (file,) = (tmp_path / "_static/pictures").iterdir()
    assert f'src="../_static/pictures/{file.name}"' in text
    assert 'alt="A page with a field"' in text
    assert f"[a file]({address.read(ROOT).file('docs/other.yaml')})" in text


def quiz(answers=3):
    asked = [{"text": "</script>?", "options": []}] * answers
    state = packed({"questions": asked, "answers": [None] * answers})
    return {STATE: {"widget": "quiz", "state": state}, "image/png": {"width": 760}}


def test_a_widget_becomes_a_place_with_its_state_and_its_picture_without_scripts(tmp_path):
    cell = new_code_cell("q", outputs=[shown(quiz(), "Quiz(3 questions)")])
    text = as_page(tmp_path, cell)
    assert f'data-widget="quiz" data-key="01_trial:{cell.id}" data-needs="shared quiz"' in text
    assert '<noscript><img src="../_static/pictures/' in text and 'width="760"' in text
    assert "</script>?" not in text and text.count("</script>") == 1
    assert questions(new_notebook(cells=[cell])) == 3


def test_a_large_state_is_a_file_of_its_own(tmp_path):
    cell = new_code_cell("q", outputs=[shown(quiz(answers=400))])
    text = as_page(tmp_path, cell, up=2)
    (file,) = (tmp_path / "_static/states").iterdir()
    assert (
        f'data-file="../../_static/states/{file.name}"' in text and "application/json" not in text
    )
    assert file.read_text().startswith(f'cnnedu.states["{file.stem}"] = {{"answers"')


def test_a_widget_that_is_gone_is_named(tmp_path):
    cell = new_code_cell("q", outputs=[shown({STATE: {"widget": "gone", "state": packed({})}})])
    with pytest.raises(AuthoringError, match=r"no widget has the module 'gone'"):
        as_page(tmp_path, cell)


def test_a_notebook_keeps_a_widgets_last_state_and_a_figures_text(tmp_path):
    """The way there: what a cell shows, as `execute` stores it."""
    cells = [
        "from cnnedu.widgets import ConvolutionStepper\nstepper = ConvolutionStepper()\nstepper",
        "stepper.stride = 2",
        "from cnnedu import plots\nplots.show_grids([[[1, 2]]], ['two numbers'])",
    ]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    execute(notebook, tmp_path, "sources/trial.py")
    kept = notebook.cells[0].outputs[0].metadata[STATE]
    state = json.loads(unpacked(kept["state"]))
    assert kept["widget"] == "convolution_stepper" and state["stride"] == 2
    assert {"layout", "_esm", "_css", "tooltip"}.isdisjoint(state)
    assert notebook.cells[2].outputs[0].metadata["image/png"]["alt"] == "two numbers: 1, 2."


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"\operatorname{relu}(a)", "<mtext>relu</mtext>"),
        (r"\begin{cases} 1 \\[2ex] 2 \end{cases}", "<mn>2</mn>"),
        (r"\sum_{u=0}^{K}", "<munderover>"),
        (r"\text{fan\_in}", "<mtext>fan_in</mtext>"),
        (r"\ln 5", '<mi>ln</mi><mspace width="0.17em"/><mn>5</mn>'),
    ],
)
def test_formulas_become_mathml(latex, part):
    formula = mathml(latex, "block")
    assert part in formula and "ex]" not in formula


@pytest.mark.parametrize("latex", [r"\begin{aligned} a &= b \end{aligned}", r"\nosuchthing x"])
def test_a_formula_that_is_not_understood_stops_the_build(latex):
    with pytest.raises(AuthoringError, match="this formula isn't understood"):
        mathml(latex, "block")


def test_links_that_lead_nowhere_and_other_hosts_are_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<h1 id="top">A</h1><a href="sub/b.html#there">b</a><a href="#top">a</a>'
        '<a href="sub/b.html#gone">b</a><a href="c.html">c</a><a href="https://else.where/x">x</a>'
        '<img src="https://cdn.example/x.png"><script src="s.js"></script>',
        encoding="utf-8",
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.html").write_text(
        '<p id="there"><a href="../../out">o</a>', encoding="utf-8"
    )
    wrong, external = check(tmp_path)
    assert wrong == [
        "a.html links to c.html, which isn't there",
        "a.html links to s.js, which isn't there",
        "a.html links to sub/b.html#gone, but b.html has no such heading",
        "a.html loads https://cdn.example/x.png",
        "sub/b.html links to ../../out, which isn't there",
    ]
    assert external == ["https://cdn.example/x.png", "https://else.where/x"]


@pytest.mark.parametrize("held", ["notes.txt", "_static/notes.css"])
def test_a_folder_with_other_things_is_never_emptied(tmp_path, held):
    mine = tmp_path / "out" / held
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    for out in (tmp_path / "out", mine):
        with pytest.raises(AuthoringError, match="holds other things than a site"):
            build.build(ROOT, out)
    assert mine.read_text() == "mine"


def test_a_repository_with_a_site_is_never_emptied(tmp_path):
    for name in ("_static/site.css", ".git/config"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    with pytest.raises(AuthoringError, match="holds other things than a site"):
        build.build(ROOT, tmp_path)
    assert (tmp_path / ".git/config").exists()


def test_an_older_site_is_replaced_whole_and_stays_if_the_new_one_fails(tmp_path, monkeypatch):
    out = tmp_path / "new/out"

    def made(text):
        def run(root, folder):
            (folder / "_static").mkdir(parents=True)
            (folder / "_static/site.css").write_text(text)
            (folder / f"{text}.html").write_text(text)
            if text == "bad":
                raise AuthoringError("a link leads nowhere")
            return []

        return run

    for text in ("first", "second", "bad"):
        monkeypatch.setattr(build, "_build", made(text))
        with contextlib.suppress(AuthoringError):
            build.build(ROOT, out)
    assert sorted(path.name for path in out.iterdir()) == ["_static", "second.html"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]
