"""What the site adds to Sphinx: formulas as MathML, and links from terms to the glossary."""

import re

from docutils import nodes
from latex2mathml.converter import convert

from cnnedu.authoring.source import AuthoringError

TERMS = "cnnedu_terms"  # the setting that holds the glossary: Term objects
ELSEWHERE = (nodes.title, nodes.literal, nodes.literal_block, nodes.reference, nodes.math,
             nodes.math_block, nodes.raw, nodes.strong, nodes.entry)  # fmt: skip
_ROW_GAP = re.compile(r"\\\\\s*\[[^]]*\]")
_TEXT = re.compile(r"\\text\{[^}]*\}")
# A function's name before its argument, where no bracket keeps them apart.
_FUNCTION = re.compile(r"(<mi>(?:ln|log|exp|cos|sin|max|min)</mi>)(?=<m(?!o))")


def setup(app):
    """Register with Sphinx."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    app.add_config_value(TERMS, [], "", list)
    app.connect("doctree-read", _link_terms)
    app.connect("html-page-context", _complete_headings, priority=900)  # after the theme
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def mathml(latex, display):
    r"""Return a formula as MathML.

    Raises:
        AuthoringError: it holds a command or an environment that isn't understood.

    >>> mathml("x", "inline").partition(">")[2]
    '<mrow><mi>x</mi></mrow></math>'
    """
    text = _ROW_GAP.sub(r"\\\\", latex.replace(r"\operatorname", r"\text"))
    text = _TEXT.sub(lambda words: words[0].replace(r"\_", "_").replace(r"\%", "%"), text)
    formula = _FUNCTION.sub(r'\1<mspace width="0.17em"/>', convert(text, display=display))
    if re.search(r"<mi>(&<|\\)|linebreak", formula):
        raise AuthoringError(f"site: this formula isn't understood: {latex}")
    return formula


def _inline(translator, node):
    translator.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def _block(translator, node):
    formula = mathml(node.astext(), "block")
    translator.body.append(f'<div class="cnnedu-formula">{formula}</div>')
    raise nodes.SkipNode


def _complete_headings(app, page, template, context, doctree):
    """Give the captions of the navigation the level that a heading must have."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def term_id(name):
    """Return the anchor of a term in the glossary.

    >>> term_id("batch norm")
    'term-batch-norm'
    """
    return "term-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _link_terms(app, doctree):
    """Link the first use of each term in a lesson to the glossary, unless the lesson explains it.

    The link's title says what the term means.
    """
    page = app.env.docname
    if not page.startswith("lessons/"):
        return
    lesson = page.removeprefix("lessons/")
    left = {
        term: re.compile(term.pattern, re.IGNORECASE)
        for term in app.config[TERMS]
        if term.explained and term.explained.lesson < lesson
    }
    for text in list(doctree.findall(nodes.Text)):
        if _is_prose(text):
            _link_in(text, left)


def _is_prose(text):
    node = text.parent
    while node is not None:
        if isinstance(node, ELSEWHERE):
            return False
        node = node.parent
    return True


def _link_in(text, left):
    """Link the terms that stand in one text; remove them from `left`."""
    words, found = str(text), []
    for term, pattern in list(left.items()):
        match = pattern.search(words)
        free = match and all(
            match.end() <= other.start() or match.start() >= other.end() for _, other in found
        )
        if free:
            found.append((term, match))
            del left[term]
    if not found:
        return
    pieces, at = [], 0
    for term, match in sorted(found, key=lambda pair: pair[1].start()):
        pieces.append(nodes.Text(words[at : match.start()]))
        pieces.append(
            nodes.reference(
                "",
                match[0],
                internal=True,
                refuri=f"../docs/glossary.html#{term_id(term.name)}",
                reftitle=term.meaning,
                classes=["cnnedu-term"],
            )
        )
        at = match.end()
    text.parent.replace(text, [*pieces, nodes.Text(words[at:])])
