r"""Make students' Markdown harmless for the pages that instructors open.

nbgrader's formgrader and feedback show the HTML in Markdown cells, raw cells and the data of
pictures unchecked. A script in there would act on the instructor's server as the instructor.
Answers without anything of the kind stay as they are. The others are shown as plain text: nothing
in them is removed or repaired, and the original stays in the submitted notebook.
"""

import re
from urllib.parse import quote

from nbconvert.filters import strip_files_prefix
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from cnnedu.grading.safe_html import is_safe

UNSAFE = "Shown as plain text: it contains HTML, a link or a command that a page must not run."
LONG = "Shown as plain text: it is too long to render."
RAW = "Shown as plain text: it is a raw cell."
_ORIGINAL = "The original is in the submitted notebook."

# The time that nbgrader's page needs grows with this product: a second at this bound.
_MOST_WORK = 10**8
_LONGEST = 200_000
_LONGEST_SHOWN = 20_000
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_EMBEDDED = re.compile(r"(data:image/(?:png|jpeg|gif|webp);base64,)[A-Za-z0-9+/]{16,}")
_BASE64 = re.compile("[A-Za-z0-9+/]+={0,2}")
# Broken at 500 characters, or after the last space before.
_LONG_LINE = re.compile(r"(?=[^\n]{501})([^\n]{400,499} |[^\n]{500})")
_NOTE = re.compile(r"\*Shown as plain text: [\w ,.:]+\*")
_BACKTICKS = re.compile("`+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def harmless_markdown(source, attachments=(), names=()):
    r"""Return a Markdown cell's source if a page may show it, else its text as a code block.

    Lone surrogates, which no file can hold, become U+FFFD; NUL is left out.

    Args:
        source: the cell's text.
        attachments: of the cell, as `harmless_attachments` returns them. nbgrader's page fails at
            a picture that isn't among them.
        names: the grade_ids of the notebook, which no heading may use as its id.

    >>> harmless_markdown("A **bold** claim: $a < b$")
    'A **bold** claim: $a < b$'
    >>> print(harmless_markdown("<script>run()</script>"))  # doctest: +ELLIPSIS
    *Shown as plain text: it contains HTML, a link or a command that a page must ...*
    <BLANKLINE>
    ```
    <script>run()</script>
    ```
    """
    source = _clean(source)
    if _is_literal(source):
        return source
    short = _EMBEDDED.sub(r"\1AAAA", source)
    work = len(source) * sum(short.count(character) for character in "[(\\<")
    if len(short) > _LONGEST or work > _MOST_WORK:
        return literal(source, LONG)
    return source if _is_harmless(short, attachments, names) else literal(source)


def literal(source, why=UNSAFE):
    """Return Markdown that shows `source` as plain text, under a line that says why.

    Only the beginning of a very long text is shown; very long lines are broken.

    >>> print(literal("<b>", RAW))
    *Shown as plain text: it is a raw cell. The original is in the submitted notebook.*
    <BLANKLINE>
    ```
    <b>
    ```
    """
    text = re.sub("\r\n?", "\n", _clean(source)).strip("\n")
    if not text.strip():
        return ""
    shown = text[:_LONGEST_SHOWN]
    notes = [why, _ORIGINAL]
    if len(text) > len(shown):
        notes.insert(1, f"These are the first {len(shown):,} of {len(text):,} characters.")
    return _block(" ".join(notes), _LONG_LINE.sub(r"\1\n", shown))


def harmless_attachments(attachments):
    """Return the pictures among a cell's attachments: {name: {type: base64 text}}.

    A name with spaces or accents appears twice, the second time as it is written in a link, which
    is what nbconvert looks for.

    >>> harmless_attachments({"a b.png": {"image/png": "AAAA"}, "c": {"text/html": "<script>"}})
    {'a b.png': {'image/png': 'AAAA'}, 'a%20b.png': {'image/png': 'AAAA'}}
    """
    kept = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        if not isinstance(name, str) or not name.isprintable() or not isinstance(bundle, dict):
            continue
        data = {kind: bundle[kind] for kind in _PICTURES if is_base64(bundle.get(kind))}
        if data:
            kept[name] = data
            kept[quote(name, safe=":/?#@!$&()*+,;=%")] = data
    return kept


def is_base64(text):
    r"""Return whether `text` is base64 and nothing else; it may have line breaks.

    >>> is_base64("iVBORw0K\nGgo="), is_base64('" onload="run()'), is_base64("")
    (True, False, False)
    """
    if not isinstance(text, str):
        return False
    joined = text.replace("\n", "")
    return len(joined) % 4 == 0 and _BASE64.fullmatch(joined) is not None


def _clean(source):
    return _SURROGATES.sub("\ufffd", source).replace("\x00", "")


def _is_harmless(source, attachments, names):
    """Return whether nbgrader's page can show `source`, and nothing in it acts."""
    pictures = {name: {"image/png": "AAAA"} for name in attachments}
    renderer = IPythonRenderer(escape=False, attachments=pictures)
    try:
        html = strip_files_prefix(MarkdownWithMath(renderer=renderer).render(source))
    except Exception:  # nbgrader's page would fail as well
        return False
    return is_safe(html, names)


def _is_literal(source):
    """Return whether `literal` made this text."""
    note, _, block = source.partition("\n\n")
    fence, _, rest = block.partition("\n")
    inner = rest.removesuffix(f"\n{fence}")
    return (
        _NOTE.fullmatch(note) is not None
        and len(inner) <= _LONGEST_SHOWN * 1.01  # with the line breaks
        and not _LONG_LINE.search(inner)
        and source == _block(note.strip("*"), inner)
    )


def _block(note, text):
    return f"*{note}*\n\n{fenced(text)}"


def fenced(text):
    """Return Markdown that shows `text` as it is, in a block of its own."""
    fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    return f"{fence}\n{text}\n{fence}"
