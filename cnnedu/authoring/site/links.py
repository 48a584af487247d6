"""Check the links of built pages: internal ones must lead somewhere, external ones are listed."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {"script", "img", "link", "iframe", "source", "audio", "video"}


class _Page(HTMLParser):
    """The ids of a page, what it links to, and what it loads."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        for name in ("href", "src", "data-file"):
            if given.get(name):
                loads = tag in _LOADED and given.get("rel") not in ("next", "prev", "canonical")
                (self.loaded if loads else self.links).add(given[name])


def check(folder):
    """Return (what is wrong, external links) of all pages in a folder.

    Wrong are a link to a file or an anchor that isn't there, and anything loaded from another host.

    Returns:
        Two sorted lists of lines; the second holds addresses.
    """
    folder = Path(folder).resolve()
    pages = {p: _Page(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.html"))}
    wrong, external = set(), set()
    for path, page in pages.items():
        shown = path.relative_to(folder).as_posix()
        for link in page.links | page.loaded:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            if parts.scheme or parts.netloc:
                external.add(link)
                if link in page.loaded:
                    wrong.add(f"{shown} loads {link}")
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or folder not in target.parents:
                wrong.add(f"{shown} links to {link}, which isn't there")
            elif anchor and target in pages and anchor not in pages[target].ids:
                wrong.add(f"{shown} links to {link}, but {target.name} has no such heading")
    return sorted(wrong), sorted(external)
