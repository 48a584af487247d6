r"""Students' Markdown is harmless on the pages that instructors open, and honest answers stay.

These tests use another parser than the code: Python's HTMLParser, on the page that nbconvert makes.
"""

import json
import time
from base64 import b64encode
from html.parser import HTMLParser

import nbformat
import pytest
from evil_answers import HONEST, MARKDOWN, NAMES, NOTHING, PIXEL
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter

from cnnedu.grading.safe_html import is_safe_link, is_safe_picture
from cnnedu.grading.safe_markdown import (
    RAW,
    harmless_attachments,
    harmless_markdown,
    is_base64,
    literal,
)
from harness.course import ROOT

SCRIPTING = set(
    "script style iframe object embed form button svg math base link meta video audio source "
    "template noscript textarea select title frame frameset body html head".split()
)
MACROS = ("\\href", "\\style", "\\class", "\\cssId", "\\require", "\\unicode", "\\bbox", "\\def")


@pytest.fixture(scope="module")
def page():
    """Return a function that renders a Markdown cell with nbgrader's feedback template."""
    exporter = HTMLExporter(template_name="classic")
    mark = "a cell after it"

    def render(source, attachments=None):
        cells = [nbformat.v4.new_markdown_cell(text) for text in ("before it", source, mark)]
        if attachments:
            cells[1]["attachments"] = attachments
        html, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=cells))
        start = html.index('<div class="text_cell_render', html.index("before it"))
        return html[start : html.index(mark)]

    return render


class Watch(HTMLParser):
    """Collects what isn't allowed on a page, and the prose outside of code."""

    def __init__(self, html):
        super().__init__()
        self.found, self.prose, self.depth = [], [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.depth += tag in ("pre", "code")
        if tag in SCRIPTING or (tag == "input" and ("type", "checkbox") not in attributes):
            self.found.append(tag)
        for name, value in attributes:
            squeezed = "".join((value or "").split()).lower()
            if name.startswith(("on", "data-")) or name in ("srcset", "srcdoc", "name", "action"):
                self.found.append(name)
            if name in ("href", "src") and not self.is_fine(tag, squeezed):
                self.found.append(value)
            if name in ("id", "class") and {*NAMES, "toc", "full-credit"} & set(value.split()):
                self.found.append(value)
            if name == "style" and ("(" in value or "position" in value):
                self.found.append(value)

    def is_fine(self, tag, url):
        head = url.partition("#")[0].partition("/")[0]
        if tag == "img":
            return url.startswith("data:image/png;base64,") or (
                ":" not in head and not url.startswith("/")
            )
        if ":" not in head:
            return not url.startswith("/") and not url.split("#")[0].endswith((".html", ".svg"))
        return url.startswith(("https://", "http://", "mailto:"))

    def handle_endtag(self, tag):
        self.depth -= tag in ("pre", "code")

    def handle_data(self, data):
        if not self.depth:
            self.prose.append(data)

    def dangers(self):
        prose = "".join(self.prose)
        return self.found + [macro for macro in MACROS if macro in prose]


@pytest.mark.parametrize("name", MARKDOWN)
def test_evil_markdown_becomes_plain_text(page, name):
    source = MARKDOWN[name]
    made = harmless_markdown(source, names=NAMES)
    assert made.startswith("*Shown as plain text: ")
    assert Watch(page(made)).dangers() == []
    assert source[:400].replace("\r", "").strip("\n") in made
    assert harmless_markdown(made, names=NAMES) == made


@pytest.mark.parametrize("source", HONEST + NOTHING, ids=range(len(HONEST + NOTHING)))
def test_honest_markdown_stays(page, source):
    assert harmless_markdown(source, names=NAMES) == source
    assert Watch(page(source)).dangers() == []


def test_the_course_s_own_markdown_stays():
    changed = []
    for path in [*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("exercises/*/*.ipynb")]:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown" and harmless_markdown(source) != source:
                changed.append((path.name, source))
    assert changed == []


# Pieces of answers and attacks, put together at random.
PIECES = st.sampled_from(
    [
        *"<>\"'`&;:=/\\()[]{}!#*_|~-$ \n\t\r\x00\x0b\x0c\ud800\u2028\u202e",
        *[
            "<img src=x onerror=PWNED()>",
            "<b>",
            "</b>",
            "<a href=",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
        ],
        *[
            "<svg/onload=PWNED()>",
            "<div ",
            "</div>",
            "<pre>",
            "<code>",
            "</code>",
            "</pre>",
            "<br>",
        ],
        *["javascript:", "java&#x09;script:", "data:text/html,", "&#106;", "&lt;", "&colon;"],
        *["[a](", "![", "](", "[a]: ", "files/", "attachment:", "https://", "//", "x.html", "../"],
        *[
            "```",
            "````",
            "~~~",
            "    ",
            "mermaid",
            "python",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "|-|-|",
        ],
        *[
            "$$",
            "\\begin{a}",
            "\\end{a}",
            "\\href",
            "\\hr",
            "ef",
            "\\\\(",
            "\\def\\x",
            "01-fog",
            "toc",
        ],
        *["<details>", "<p title='", 'title="', "id=", "class=", "style=", "onclick=", "text"],
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=25).map("".join))
@example("```\n<b>\n")
@example("*Shown as plain text: .*\n\n```\n```\n<svg/onload=PWNED()>\n```")
def test_any_combination_is_harmless(page, source):
    made = harmless_markdown(source, names=NAMES)
    assert Watch(page(made)).dangers() == []
    assert harmless_markdown(made, names=NAMES) == made
    made.encode()
    assert "\x00" not in made


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_nothing_breaks_out_of_plain_text(page, source):
    made = literal(source, RAW)
    html = page(made)
    assert Watch(html).dangers() == []
    assert html.count("<pre>") == bool(made)
    assert html.count("<img") == 0


def test_plain_text_is_complete_and_says_why():
    text = "<b>\n```\n~~~\n$x$\n" * 100
    made = literal(text, RAW)
    assert text in made
    assert made.startswith(
        "*Shown as plain text: it is a raw cell. The original is in the submitted "
    )
    assert literal("\n\n") == ""
    lines = "a word " * 70 + "\n" + "a word " * 500
    made = literal(lines)
    assert harmless_markdown(made) == made
    assert max(map(len, made.splitlines())) <= 500
    assert made.replace("\n", "").endswith(lines.replace("\n", "") + "```")


@pytest.mark.parametrize(
    "source", ["<b onclick=x>" * 10**6, "a" * 20 * 2**20, "`" * 10**6, "[" * 10**6, "\n" * 10**6]
)
def test_very_long_answers_are_quick_to_render_and_cut(page, source):
    start = time.process_time()
    made = harmless_markdown(source)
    page(made)
    assert time.process_time() - start < 20  # seconds; usually one
    assert len(made) < 25_000
    assert not made or f"of {len(source):,} characters" in made
    assert harmless_markdown(made) == made


def test_a_large_pasted_picture_stays():
    source = f"My plot:\n\n![plot](data:image/png;base64,{'iVBO' * 500_000})\n\nIt falls."
    assert harmless_markdown(source) == source


def test_characters_that_no_file_can_hold_are_replaced():
    assert harmless_markdown("a\ud800b\x00c") == "a\ufffdbc"
    assert harmless_markdown("<script>\udfff\x00").encode()


def test_only_pictures_are_kept_of_attachments():
    fine = {"image/png": PIXEL}
    evil = {
        "a.png": {"image/png": '" onerror="PWNED()'},
        "b.png": {'image/png" onerror="PWNED()': PIXEL},
        "c.svg": {"image/svg+xml": PIXEL},
        "d.png": {"image/png": [PIXEL]},
        "e.png": PIXEL,
        "f\ud800.png": fine,
        "g\n.png": fine,
        7: fine,
    }
    assert harmless_attachments(evil | {"fine.png": fine}) == {"fine.png": fine}
    assert harmless_attachments({"x.png": fine | {"text/html": "<script>"}}) == {"x.png": fine}
    for wrong in (None, [], "x", 3):
        assert harmless_attachments(wrong) == {}


def test_an_attached_picture_is_shown(page):
    kept = harmless_attachments({"Größe (1).png": {"image/png": PIXEL}})
    source = "![Größe](attachment:Gr%C3%B6%C3%9Fe%20(1).png)"  # as JupyterLab writes it
    assert harmless_markdown(source, kept) == source
    assert f'src="data:image/png;base64,{PIXEL}"' in page(source, kept)
    assert harmless_markdown(source) != source


def test_base64_is_told_from_anything_else():
    assert is_base64(b64encode(bytes(range(256))).decode())
    assert is_base64("iVBORw0K\nGgo=\n")
    for wrong in ("", "a", "é", '"', "AAAA onload=x", "AAAA=", "AA\ud800", None, ["AAAA"], b"AAAA"):
        assert not is_base64(wrong)


@given(st.text())
def test_links_with_odd_beginnings_are_refused(tail):
    for start in ("javascript:", " javascript:", "\x01javascript:", "//", "/", "\\", "?", "data:"):
        assert not is_safe_link(start + tail)
        assert not is_safe_picture(start + tail) or start == "data:"
