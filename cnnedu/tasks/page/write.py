"""Write the page: its own files, the runtime, the network, all in one HTML file."""

import base64
import gzip
import hashlib
import html
import json
import re
from pathlib import Path

from cnnedu.data.pictures import MOST_PIXELS
from cnnedu.data.whole_file import write_whole
from cnnedu.tasks.page.export import to_onnx

STATIC = Path(__file__).parent / "static"
RUNTIME = STATIC / "onnxruntime"
SCRIPTS = "resize.js", "network.js", "heatmap.js", "page.js"  # in the order they need each other


def write_page(trained, name, path):
    """Write a page that classifies pictures with a network, in any modern browser, offline.

    Args:
        trained: `cnnedu.models.pretrained.Pretrained`; see `to_onnx`.
        name: what the network is for, for the heading.
        path: of the file.

    Raises:
        OSError: the file can't be written.
        TrainingError: a package that the exporter needs is missing.
    """
    path = Path(path)
    content = page(trained, name, to_onnx(trained)).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def page(trained, name, model):
    """Return the page's HTML.

    The network's pixels are those that `middle_square` gives, bit for bit, if the browser decodes
    the file as Pillow does. A content security policy keeps the page from asking for anything.

    Args:
        trained, name: as for `write_page`.
        model: the network as ONNX, bytes.
    """
    script = "\n".join((STATIC / file).read_text(encoding="utf-8") for file in SCRIPTS)
    style = (STATIC / "page.css").read_text(encoding="utf-8")
    about = {"classes": trained.classes, "size": trained.size, "mostPixels": MOST_PIXELS}
    known = ", ".join(trained.classes[:20]) + " and so on" * (len(trained.classes) > 20)
    package = json.loads((RUNTIME / "about.json").read_text(encoding="utf-8"))["package"]
    version = package.rpartition("@")[2]
    licence = (RUNTIME / "LICENSE").read_text(encoding="utf-8").split("\n\n")
    parts = {
        "script_hash": _hash(script),
        "style_hash": _hash(style),
        "name": html.escape(name),
        "count": f"{len(trained.classes):,}",
        "known": html.escape(known),
        "accuracy": f"{100 * trained.test_accuracy:.0f} %",
        "tested_on": html.escape(trained.tested_on),
        "runtime": f"ONNX Runtime Web {version}",
        "licence": "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in licence),
        "style": style,
        "about": json.dumps(about).replace("<", r"\u003c"),
        "runtime_script": _text((RUNTIME / "ort.wasm.bundle.min.mjs.gz").read_bytes()),
        "runtime_binary": _text((RUNTIME / "ort-wasm-simd-threaded.wasm.gz").read_bytes()),
        "network": _text(gzip.compress(model, 6, mtime=0)),
        "script": script,
    }
    text = (STATIC / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], text)


def _hash(text):
    """Return what a content security policy calls a script or a style by."""
    return "sha256-" + _text(hashlib.sha256(text.encode()).digest())


def _text(content):
    return base64.b64encode(content).decode()
