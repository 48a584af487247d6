"""Where a page shows a widget or a picture: the HTML, and the files that it needs."""

import base64
import hashlib
import html
import io
import json
import re
from pathlib import Path

from PIL import Image

from cnnedu.authoring.source import AuthoringError
from cnnedu.widgets.assets import STATIC, needed_by, script

MOST_INLINE = 8_000  # characters of a state that stand in the page itself
_PICTURE = '<img src="{src}" alt="{alt}" width="{width}" height="{height}" loading="lazy">'
_PLACE = (
    '<div class="cnnedu-place" data-widget="{widget}" data-key="{key}" data-needs="{needs}"{file}'
    ' style="--height: {height}px">\n<noscript>{picture}</noscript>\n{state}</div>'
)


class Files:
    """Writes what pages refer to into the site's folder of static files.

    Args:
        folder: that folder; pages that lie `deep` folders down reach it by `to`.
    """

    def __init__(self, folder):
        self.folder = Path(folder)

    def picture(self, png, alt, up, width=None):
        """Store a PNG under the digest of its bytes; return its HTML, `up` levels down.

        Args:
            png: its bytes.
            alt: what is to be seen, for readers who don't see it.
            up: how many folders the page lies below the site's top.
            width: width on the page in pixels, the picture's own by default.
        """
        own_width, own_height = Image.open(io.BytesIO(png)).size
        width = width or own_width
        return _PICTURE.format(
            src="../" * up + self._write("pictures", png, ".png"),
            alt=html.escape(_one_line(alt)),
            width=width,
            height=round(own_height * width / own_width),
        )

    def widget(self, widget, state, png, alt, up, key, width=760):
        """Return the HTML of a widget's place; a large state goes into a file of its own.

        Args:
            widget: the name of its module in `cnnedu/widgets/static`.
            state: its traits as JSON.
            png, alt, up, width: its static picture, as for `picture`.
            key: under which the page remembers what the reader did.

        Raises:
            AuthoringError: there is no such module.
        """
        if not (STATIC / f"{widget}.js").exists():
            raise AuthoringError(f"site: no widget has the module {widget!r}: run `make notebooks`")
        picture = self.picture(png, alt, up, width)
        inline, file = "", ""
        if len(state) <= MOST_INLINE:
            inline = f'<script type="application/json">{_inside_script(state)}</script>\n'
        else:
            digest = hashlib.sha256(state.encode()).hexdigest()[:12]
            text = f'cnnedu.states["{digest}"] = {state};\n'
            path = self._write("states", text.encode(), ".js", digest)
            file = f' data-state="{digest}" data-file="{"../" * up}{path}"'
        return _PLACE.format(
            widget=widget,
            key=html.escape(key),
            needs=" ".join(needed_by(widget)),
            file=file,
            height=re.search(r'height="(\d+)"', picture)[1],
            picture=picture,
            state=inline,
        )

    def scripts(self):
        """Write each module of the widgets once, as an ordinary script, and one style sheet."""
        folder = self.folder / "widgets"
        folder.mkdir(parents=True)
        for path in STATIC.glob("*.js"):
            own = path.stem == "offline"
            text = path.read_text(encoding="utf-8") if own else script(path.stem)
            (folder / path.name).write_text(text, encoding="utf-8")
        sheets = sorted(STATIC.glob("*.css"), key=lambda path: (path.stem != "shared", path.stem))
        styles = [p.read_text(encoding="utf-8") for p in sheets if p.stem != "offline"]
        (folder / "widgets.css").write_text("".join(styles), encoding="utf-8")

    def _write(self, kind, content, ending, name=None):
        """Write bytes into a subfolder; return the path from the site's top."""
        name = (name or hashlib.sha256(content).hexdigest()[:12]) + ending
        (self.folder / kind).mkdir(parents=True, exist_ok=True)
        (self.folder / kind / name).write_bytes(content)
        return f"_static/{kind}/{name}"


def own_place(files, widget, up, key):
    """Return the HTML of a place for a widget that exists in this process."""
    state = json.dumps(widget.own_state(), ensure_ascii=False, separators=(",", ":"))
    module = type(widget).__module__.rpartition(".")[2]
    return files.widget(module, state, widget.picture_png(), repr(widget), up, key)


def decoded(data):
    """Return the bytes of a picture among a notebook's outputs."""
    return base64.b64decode(data["image/png"])


def _one_line(text):
    return " ".join(text.split())


def _inside_script(text):
    """Return JSON in which nothing can end the script element around it."""
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
