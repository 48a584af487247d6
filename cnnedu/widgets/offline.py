"""Widgets on a page of their own: one HTML file, no kernel, no network."""

import base64
import html
import json
import re

import anywidget

from cnnedu.widgets.assets import STATIC

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
<noscript><img src="data:image/png;base64,{png}" alt="{alt}"></noscript>
<script type="module">
{module}
{model}
widget.render({{
  model: new OfflineModel({state}),
  el: document.getElementById("widget-{number}"),
}});
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
        title=html.escape(title), styles="\n".join(styles), widgets="\n".join(parts)
    )


def _caption(heading, sentence):
    return f"<h2>{html.escape(heading)}</h2>\n<p>{html.escape(sentence)}</p>\n"


def _widget(number, widget):
    """Return the HTML of one widget: its place, its picture, its script and its state."""
    # The widget's module ends with an export for the notebook; here the page uses it directly.
    module, count = re.subn(r"^export default ", "const widget = ", widget._esm, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{type(widget).__name__}: its JavaScript must have one export default")
    return _WIDGET.format(
        number=number,
        png=base64.b64encode(widget.picture_png()).decode(),
        alt=html.escape(repr(widget)),
        module=_inside_script(module),
        model=(STATIC / "offline.js").read_text(encoding="utf-8"),
        state=_inside_script(json.dumps(_own_state(widget))),
    )


def _own_state(widget):
    """Return the widget's own traits, not those of every anywidget, as the page receives them."""
    inherited = anywidget.AnyWidget.class_trait_names()
    return widget.get_state(
        [name for name in widget.keys if name[0] != "_" and name not in inherited]
    )


def _inside_script(text):
    """Return `text` escaped so that nothing in it can end the script element around it."""
    return re.sub(r"<(?=/script|script|!--)", r"\\u003c", text, flags=re.IGNORECASE)
