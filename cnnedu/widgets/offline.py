"""Widgets on a page of their own: one HTML file, no kernel, no network."""

import base64
import html
import json
import re

from cnnedu.widgets.assets import STATIC, needed_by, script

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{styles}
</style>
</head>
<body class="cnnedu-page">
<main>
<h1>{title}</h1>
{widgets}
</main>
</body>
</html>
"""

_WIDGET = """<div class="cnnedu-place" id="widget-{number}"></div>
<noscript><img src="data:image/png;base64,{png}" alt="{alt}"></noscript>"""

_SCRIPT = """<script>
{scripts}
{shown}
</script>"""


def offline_page(widgets, title, captions=None):
    """Return one self-contained HTML page that shows `widgets` in their current state.

    It loads nothing from anywhere, so a teacher can open it from disk as a slide, with the network
    off. It follows the reader's choice of a light or a dark screen.

    Args:
        widgets: list of the course's widgets.
        title: the page's heading, plain text.
        captions: (heading, sentence) for each widget, plain text; None to leave them out.

    Returns:
        The page as a string.
    """
    page_style = (STATIC / "offline.css").read_text(encoding="utf-8")
    styles = dict.fromkeys([page_style, *(widget._css for widget in widgets)])
    parts = [_widget(number, widget) for number, widget in enumerate(widgets, start=1)]
    if captions is not None:
        parts = [_caption(*caption) + part for caption, part in zip(captions, parts, strict=True)]
    return _PAGE.format(
        title=html.escape(title),
        styles="\n".join(styles),
        widgets="\n".join([*parts, _script(widgets)]),
    )


def _caption(heading, sentence):
    return f"<h2>{html.escape(heading)}</h2>\n<p>{html.escape(sentence)}</p>\n"


def _widget(number, widget):
    """Return the HTML of one widget: its place, and its picture for readers without scripts."""
    png = base64.b64encode(widget.picture_png()).decode()
    return _WIDGET.format(number=number, png=png, alt=html.escape(repr(widget)))


def _script(widgets):
    """Return the page's script: each module that the widgets need, once, and their states."""
    if not widgets:
        return ""
    kinds = [type(widget).__module__.rpartition(".")[2] for widget in widgets]
    shown = [
        f'cnnedu.show(document.getElementById("widget-{number}"), "{kind}", '
        f"{json.dumps(widget.own_state())});"
        for number, (kind, widget) in enumerate(zip(kinds, widgets, strict=True), start=1)
    ]
    scripts = [(STATIC / "offline.js").read_text(encoding="utf-8"), *map(script, needed_by(*kinds))]
    return _SCRIPT.format(
        scripts=_inside_script("\n".join(scripts)), shown=_inside_script("\n".join(shown))
    )


def _inside_script(text):
    """Return `text` escaped so that nothing in it can end the script element around it."""
    return re.sub(r"<(?=/script|script|!--)", r"\\u003c", text, flags=re.IGNORECASE)
