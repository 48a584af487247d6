r"""Decide whether a page may show the HTML that a stranger's Markdown was turned into.

Nothing is repaired here. `is_safe` knows what honest answers contain; all else is unsafe. It
accepts tags only in their plainest form and properly nested, so that all parsers read them alike:
nbconvert parses the page with BeautifulSoup and writes it again before the browser parses it.
"""

import re
from html import unescape
from urllib.parse import unquote, urlsplit

from pygments.token import STANDARD_TYPES

_COMMENT = r"<!--[^<>-]*(?:-[^<>-]+)*-->"
_VALUE = r""""[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+"""
_SPACE = r"[ \t\n\r\f]"  # what HTML takes for space; Python knows more
_TAG = (
    rf"<(/?)([A-Za-z][A-Za-z0-9]*)((?:{_SPACE}+[A-Za-z][A-Za-z-]*(?:=(?:{_VALUE}))?)*)"
    rf"{_SPACE}*(/?)>"
)
_TOKEN = re.compile(rf"{_COMMENT}|{_TAG}")
_ATTRIBUTE = re.compile(rf"([A-Za-z][A-Za-z-]*)(?:=({_VALUE}))?")

# BeautifulSoup takes the rest of the page for text if this begins but gives no character's number.
_REFERENCE = re.compile(r"&#(?:([0-9]{2,7}|[xX][0-9a-fA-F]{2,6});)?")

# MathJax commands that make links, styles and names, that load more, or that build commands from
# parts (\def). Longer names that begin like this are refused as well; TeX has none.
_MACRO = re.compile(
    r"\\(?:href|style|class|cssId|require|unicode|bbox|mmlToken|includegraphics"
    r"|toggle|mathtip|texttip|def|gdef|let)"
)

_EMPTY = frozenset("br hr img input wbr col".split())
_PLAIN = frozenset(
    "abbr b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em "
    "figcaption figure hr i ins kbd mark p pre q s samp small span strike strong sub summary sup "
    "table tbody tfoot thead tr tt u ul var wbr".split()
)
# The attributes that each tag may have beside those that all may have.
_TAGS = dict.fromkeys(_PLAIN, ()) | {
    "a": ("href", "target", "rel"),
    "img": ("src", "alt", "width", "height"),
    "input": ("type", "disabled", "checked"),
    "ol": ("start", "type", "reversed"),
    "li": ("value",),
    "details": ("open",),
    "font": ("color", "size"),
    "td": ("colspan", "rowspan", "width"),
    "th": ("colspan", "rowspan", "width", "scope"),
    "table": ("border", "width", "cellpadding", "cellspacing"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ("id",)),
}
_EVERYWHERE = ("align", "class", "lang", "style", "title", "valign")

# The classes that Markdown itself sets: for highlighted code, headings and task lists.
_CLASSES = {"", "highlight", "anchor-link", "task-list-item", "task-list-item-checkbox"} | set(
    STANDARD_TYPES.values()
)
_STYLE = re.compile(
    r"(?: ?(?:text-align|(?:background-)?color|font-(?:weight|style))"
    r" ?: ?#?[A-Za-z0-9-]+ ?(?:; ?|$))*"
)
_VALUES = {
    "style": _STYLE,
    "target": re.compile("_blank"),
    "rel": re.compile("(?:noopener|noreferrer|nofollow| )*"),
    "type": re.compile("checkbox|[1aAiI]|disc|circle|square"),
    "width": re.compile(r"\d{1,4}(?:\.\d{1,2})?(?:px|%|em)?"),
    "height": re.compile(r"\d{1,4}(?:\.\d{1,2})?(?:px|%|em)?"),
}

# The ids of nbgrader's pages. Their scripts also look for the cells' ids: see `is_safe`.
_IDS = {"notebook", "notebook-container", "statusmessage", "toc", "MathJax"}

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Characters that browsers drop or read as a slash.
_ODD = re.compile(r"[\x00-\x1f\x7f-\xa0\\\u2028\u2029]|^\s|\s$")
# No numeric addresses and no names without a dot: they are this machine and its neighbours.
_HOST = re.compile(r"(?:[A-Za-z0-9_-]+\.)+(?!localhost$|local$|internal$)(?:xn--[\w-]+|[A-Za-z]+)")
_PICTURES = frozenset(".png .jpg .jpeg .gif .webp .bmp".split())
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]*={0,2}")
# Files that a browser doesn't run. A submission's files come from the same address as Jupyter.
_FILES = _PICTURES | set(
    ".ipynb .py .txt .csv .tsv .md .json .yml .yaml .toml .npy .npz .log .pdf".split()
)


def is_safe(html, names=()):
    r"""Return whether a page may show this HTML.

    Args:
        html: the HTML that Markdown was turned into.
        names: the grade_ids of the notebook. The text of a heading becomes its id, and formgrader's
            scripts would take it for the place of those points.

    >>> is_safe('<p>A <b>bold</b> <a href="https://example.org">claim</a>, $a &lt; b$</p>')
    True
    >>> is_safe('<img src="x.png" onerror="run()">'), is_safe("<p>unfinished <b>")
    (False, False)
    """
    taken = _IDS | {f"{name}{end}" for name in names for end in ("", "-comment", "_extra_credit")}
    open_tags, prose, end = [], [], 0
    for token in _TOKEN.finditer(html):
        between, end = html[end : token.start()], token.end()
        if "<" in between:
            return False
        if not {"pre", "code"}.intersection(open_tags):
            prose.append(between)
        closing, tag, attributes, slash = token.groups()
        if tag is None:
            continue
        tag = tag.lower()
        if closing:
            if attributes or slash or not open_tags or open_tags.pop() != tag:
                return False
        elif not _opens_safely(tag, attributes, slash, taken):
            return False
        elif tag not in _EMPTY:
            open_tags.append(tag)
        if len(open_tags) > 200:  # browsers flatten deeper nesting
            return False
    rest = html[end:]
    prose.append(rest)
    return (
        not open_tags
        and "<" not in rest
        and not _MACRO.search(unescape("".join(prose)))
        and all(map(_is_character, _REFERENCE.findall(html)))
    )


def _is_character(number):
    """Return whether the number in an HTML reference belongs to a visible character."""
    code = int(f"0{number}", 16 if number[:1] in ("x", "X") else 10)
    return 32 <= code < 127 or code > 159


def _opens_safely(tag, attributes, slash, taken):
    """Return whether an opening tag and all its attributes are known to be safe."""
    if tag not in _TAGS or (slash and tag not in _EMPTY):
        return False
    given = {}
    for name, value in _ATTRIBUTE.findall(attributes):
        name = name.lower()
        if name in given or name not in (*_TAGS[tag], *_EVERYWHERE):
            return False
        quoted = value[:1] in ('"', "'")
        given[name] = unescape(value[1:-1] if quoted else value)
    if tag == "input" and not (given.get("type") == "checkbox" and "disabled" in given):
        return False
    return (
        all(_VALUES[name].fullmatch(given[name]) for name in given.keys() & _VALUES.keys())
        and _is_class(tag, given.get("class", ""))
        and given.get("id", "") not in taken
        and not given.get("id", "").startswith("cell-id=")
        and ("href" not in given or is_safe_link(given["href"]))
        and ("src" not in given or is_safe_picture(given["src"]))
    )


def _is_class(tag, value):
    return value in _CLASSES or (tag == "code" and re.fullmatch(r"language-\S+", value))


def is_safe_link(url):
    """Return whether a click on a link to `url` runs nothing on the instructor's machine.

    >>> is_safe_link("https://example.org/a?b=c#d"), is_safe_link("data.csv"), is_safe_link("#top")
    (True, True, True)
    >>> is_safe_link("javascript:run()"), is_safe_link("answer.html"), is_safe_link("/logout")
    (False, False, False)
    """
    scheme = _SCHEME.match(url)
    if scheme is None:
        return _is_place(url) and (
            _ending(url) in _FILES or (_ending(url) == "" and not _leads_up(url))
        )
    if _ODD.search(url):
        return False
    if scheme[1].lower() == "mailto":
        return True
    if scheme[1].lower() not in ("http", "https"):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # nbgrader's formgrader?path=… runs the settings that it finds in a folder.
    known = _HOST.fullmatch(re.sub(r":\d{1,5}$", "", parts.netloc))
    return known is not None and "formgrader" not in unquote(url).lower()


def is_safe_picture(url):
    """Return whether a picture is beside the notebook or in the text: loading it tells nobody.

    >>> is_safe_picture("images/edge.png"), is_safe_picture("https://example.org/seen.png")
    (True, False)
    """
    if _EMBEDDED.fullmatch(url):
        return True
    return _is_place(url) and not _leads_up(url) and _ending(url) in _PICTURES | {".svg"}


def _is_place(url):
    """Return whether `url` is a plain relative path, or a place in the page."""
    path = _path(url)
    return (
        not _ODD.search(url)
        and not _ODD.search(path)
        and (not path or not {"", "."}.intersection(path.removeprefix("./").split("/")))
        and ":" not in path.partition("/")[0]
        and "?" not in path
    )


def _leads_up(url):
    return ".." in _path(url).split("/")


def _ending(url):
    """Return the ending of a file's name; "" if it has none, or a number, which nothing runs."""
    _, dot, ending = _path(url).rpartition(".")
    return "" if "/" in ending or not dot or ending.isdecimal() else f".{ending.lower()}"


def _path(url):
    """Return the path as servers read it; some decode it twice."""
    return unquote(unquote(url.partition("#")[0]))
