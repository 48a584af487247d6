"""A stored notebook as a page of MyST Markdown: text, code, outputs, live widgets."""

import json
import re
from urllib.parse import unquote

from myst_parser.mdit_to_docutils.base import default_slugify

from cnnedu.authoring.execute import PIXELS, STATE, unpacked
from cnnedu.authoring.site.places import decoded

NOT_STORED = (
    '<p class="cnnedu-not-stored">This cell shows pictures of CIFAR-10, which may not be passed '
    "on. Run the notebook to see them.</p>"
)
GENERATED = "<sub>Generated from"  # the last cell, for authors
_FENCES = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s:]*)(#[^)\s]*)?\)")
_TITLE = re.compile(r"\A(# .*\n)")


def page(notebook, name, up, files, below_title):
    """Return a notebook as Markdown.

    Args:
        notebook: as stored, with its outputs.
        name: the notebook's name, which the keys of its widgets begin with.
        up: how many folders the page lies below the site's top.
        files: the `Files` that pictures go to.
        below_title: HTML to put below its title.
    """
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            if not cell.source.startswith(GENERATED):
                parts.append(linked(cell.source))
            continue
        if not cell.metadata.get("jupyter", {}).get("source_hidden"):
            parts.append(_fenced(cell.source, "python"))
        if PIXELS in cell.metadata.get("tags", []):
            parts.append(NOT_STORED)
        for number, output in enumerate(cell.get("outputs", [])):
            key = f"{name}:{cell.id}:{number}" if number else f"{name}:{cell.id}"
            parts.append(_output(output, up, files, key))
    text = "\n\n".join(parts)
    return _TITLE.sub(lambda title: f"{title[1]}\n{below_title}\n\n", text, count=1) + "\n"


def linked(text):
    """Return Markdown whose links lead to pages instead of notebooks.

    In a notebook a heading's anchor is its text with dashes for spaces.

    >>> linked("[a](03_x.ipynb#A-claim%3A-two) `[b](c.ipynb)`")
    '[a](03_x.md#a-claim-two) `[b](c.ipynb)`'
    """

    def to_page(link):
        path, anchor = link[1], link[2] or ""
        if path.endswith(".ipynb") or not path:
            path = path.removesuffix("ipynb") + "md" if path else path
            anchor = anchor and f"#{default_slugify(unquote(anchor[1:]))}"
        return f"]({path}{anchor})"

    pieces = _FENCES.split(text)
    return "".join(p if k % 2 else _LINK.sub(to_page, p) for k, p in enumerate(pieces))


def questions(notebook):
    """Return how many questions the quizzes of a stored notebook ask."""
    kept = [o.metadata.get(STATE) for c in notebook.cells for o in c.get("outputs", [])
            if "metadata" in o]  # fmt: skip
    quizzes = [json.loads(unpacked(k["state"])) for k in kept if k and k["widget"] == "quiz"]
    return sum(len(quiz["questions"]) for quiz in quizzes)


def _output(output, up, files, key):
    if output.output_type == "stream":
        return _fenced(output.text.rstrip("\n"), "text", "cnnedu-output")
    data = output.data
    if "image/png" in data:
        metadata = output.metadata.get("image/png", {})
        alt, png = metadata.get("alt", data.get("text/plain", "")), decoded(data)
        kept = output.metadata.get(STATE)
        if kept:
            return files.widget(kept["widget"], unpacked(kept["state"]), png, alt, up, key)
        picture = files.picture(png, alt, up, metadata.get("width"))
        return f'<div class="cnnedu-figure">{picture}</div>'
    if "text/markdown" in data:
        return linked(data["text/markdown"])
    return _fenced(data["text/plain"], "text", "cnnedu-output")


def _fenced(text, language, kind=""):
    """Return text as a code block, whatever fences it holds itself."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    option = f":class: {kind}\n\n" if kind else ""
    return f"{fence}{{code-block}} {language}\n{option}{text}\n{fence}"
