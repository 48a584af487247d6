"""Build the site: notebooks become Markdown, Sphinx makes pages of it, all links are checked."""

import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.console import nocolor

from cnnedu.authoring import address
from cnnedu.authoring.build import targets, write_standalone
from cnnedu.authoring.site.extension import TERMS
from cnnedu.authoring.site.font import write_font
from cnnedu.authoring.site.links import check
from cnnedu.authoring.site.pages import Pages
from cnnedu.authoring.site.places import Files
from cnnedu.authoring.source import AuthoringError

OWN = Path(__file__).with_name("static")
SETTINGS = {
    "extensions": ["myst_parser", "cnnedu.authoring.site.extension"],
    "project": "Convolutional neural networks",
    "author": "the cnnedu authors",
    "copyright": "the cnnedu authors. Text: CC BY 4.0. Code: BSD 3-Clause",
    "language": "en",
    "html_title": "Convolutional neural networks",
    "html_theme": "furo",
    "html_math_renderer": "mathml",
    "html_css_files": ["site.css"],
    "html_js_files": [("widgets/offline.js", {"defer": ""}), ("site.js", {"defer": ""})],
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_show_search_summary": False,  # it would fetch pages, which fails in a folder on disk
    "html_permalinks_icon": "#",
    "html_use_index": False,
    "myst_enable_extensions": ["dollarmath"],
    "myst_heading_anchors": 4,
    "myst_dmath_double_inline": True,
    "suppress_warnings": ["myst.header"],
}


def build(root: Path, folder: Path):
    """Build the site of the course in `root` into `folder`, in the place of one that is there.

    If the building fails, an earlier site stays as it is.

    Returns:
        The external links of all pages; nothing asks whether they work.

    Raises:
        AuthoringError: a page has a mistake, or a link leads nowhere; the message lists them. Or
            `folder` holds anything but a site.
    """
    folder = folder.resolve()
    _must_be_ours(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=folder.parent) as beside:
        built = Path(beside, "site")
        external = _build(root, built)
        if folder.exists():
            shutil.rmtree(folder)
        built.rename(folder)
    return external


def _must_be_ours(folder):
    """Raise `AuthoringError` if a folder holds anything that isn't a site."""
    # A repository of pages holds more than the pages.
    ours = (folder / "_static/site.css").exists() and not (folder / ".git").exists()
    if folder.exists() and not ours and (folder.is_file() or any(folder.iterdir())):
        raise AuthoringError(
            f"site: {folder} holds other things than a site, and would be emptied: choose a new "
            "folder with --out"
        )


def _build(root, folder):
    where = address.read(root)
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary, "source")
        static = source / "_static"
        files = Files(static)
        files.scripts()
        for path in OWN.iterdir():
            shutil.copy(path, static)
        write_font(static / "formulas.woff2")
        pages = Pages(root, files, where)
        for name, text in pages.all():
            path = source / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _run_sphinx(source, folder, Path(temporary, "doctrees"), pages.terms)
    for path in ("_sources", ".buildinfo", "objects.inv"):  # for Sphinx, not for readers
        shutil.rmtree(folder / path, ignore_errors=True)
        (folder / path).unlink(missing_ok=True)
    for target in targets(root):
        write_standalone(target, folder / "notebooks")
    wrong, external = check(folder)
    if wrong:
        raise AuthoringError("site:\n" + "\n".join(wrong))
    return external


def _run_sphinx(source, folder, doctrees, terms):
    """Turn a folder of Markdown into pages."""
    nocolor()
    with open(source.parent / "warnings", "w+", encoding="utf-8") as warnings:
        sphinx = Sphinx(
            srcdir=source,
            confdir=None,
            outdir=folder,
            doctreedir=doctrees,
            buildername="html",
            confoverrides=SETTINGS
            | {TERMS: terms, "version": version("cnnedu"), "html_static_path": ["_static"]},
            status=None,
            warning=warnings,
        )
        sphinx.build()
        warnings.seek(0)
        said = warnings.read().replace(f"{source}/", "").strip()
    if said:
        raise AuthoringError(f"site:\n{said}")
