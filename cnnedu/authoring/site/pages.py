"""The pages of the site as MyST Markdown: lessons, exercises, and what lies around them."""

import html
import posixpath
import re
from urllib.parse import quote

import nbformat

from cnnedu.authoring import readme
from cnnedu.authoring.address import standalone_path
from cnnedu.authoring.build import targets
from cnnedu.authoring.glossary import terms
from cnnedu.authoring.site.extension import term_id
from cnnedu.authoring.site.notebook import linked, page, questions
from cnnedu.authoring.site.places import own_place
from cnnedu.widgets import ConvolutionStepper, gallery

_FRONT_MATTER = """---
myst:
  html_meta:
    description: {description}
---

"""
_HIDDEN = "```{{toctree}}\n:hidden:\n{options}\n{pages}\n```"
_STACKED = '<div class="cnnedu-stacked">\n\n{table}\n\n</div>'
_NOTE = '<p class="cnnedu-note">{words}</p>'
_BUTTON = '<a class="cnnedu-button" href="{href}"{more}>{text}</a>'


class Pages:
    """All pages of the site.

    Args:
        root: the course's folder.
        files: the `Files` that pictures and states go to.
        address: the course's `Address`.
    """

    def __init__(self, root, files, address):
        self.root, self.files, self.address = root, files, address
        self.documents = [
            *sorted((root / "docs").glob("*.md")),
            *sorted((root / "cnnedu/models/pretrained").glob("*.md")),
        ]
        self.map = readme.table(root, "course_map.csv")
        self.terms = sorted(terms(root), key=lambda term: term.name.lower())

    def all(self):
        """Yield (path without ending, Markdown) of each page."""
        yield "index", self.front()
        for target in targets(self.root):
            path = target.full if target.is_lesson else target.released
            where = path.relative_to(self.root).with_suffix("").as_posix()
            make = self.lesson if target.is_lesson else self.exercise
            yield where, make(where, nbformat.read(path, as_version=4))
        yield "claims", self.claims()
        yield "widgets", self.widgets()
        yield "docs/glossary", self.glossary()
        for path in self.documents:
            where = path.relative_to(self.root).with_suffix("").as_posix()
            if where != "docs/glossary":
                yield where, self.document(path, where)

    def front(self):
        """Return the front page: the poster, live, and the course map."""
        first = f"lessons/{self.map[0]['number']}_{self.map[0]['name']}"
        start = self._bar([("Start with lesson 00", f"{first}.html", ' data-kind="main"')])
        text = (self.root / "sources/site/index.md").read_text(encoding="utf-8")
        text = text.format(
            poster=own_place(self.files, ConvolutionStepper(), 0, "index:poster"),
            start=start,
            opened=self._bar(self._opened(first, up=0)),
            n_claims=len(readme.table(self.root, "claims.csv")),
            repository=self.address.repository,
            course_map=_STACKED.format(table=linked(readme.course_map(self.root))),
        )
        parts = {}
        for row in self.map:
            name = f"{row['number']}_{row['name']}"
            parts.setdefault(row["part"], []).append(f"lessons/{name}")
        trees = [
            _HIDDEN.format(options=f":caption: {part}\n", pages="\n".join(pages))
            for part, pages in parts.items()
        ]
        more = ["claims", "widgets", *sorted(f"docs/{p.stem}" for p in self.root.glob("docs/*.md"))]
        trees.append(_HIDDEN.format(options=":caption: More\n", pages="\n".join(more)))
        meta = self._meta(text.split("\n\n")[1]).replace("---\n", "---\nhide-toc: true\n", 1)
        return "\n\n".join([meta + text, *trees])

    def lesson(self, where, notebook):
        """Return a lesson, with its exercise below it in the navigation."""
        name = where.rpartition("/")[2]
        exercise = f"exercises/{name}/{name}"
        bar = self._bar(
            [*self._opened(where), ("Exercise", f"../{exercise}.html", "")],
            f' data-lesson="{name}" data-questions="{questions(notebook)}"',
        )
        note = _NOTE.format(
            words="The code of this page has been run. Its widgets and quizzes work here; to "
            "change and run the code, open the notebook."
        )
        text = page(notebook, name, 1, self.files, f"{bar}\n\n{note}")
        tree = _HIDDEN.format(options="", pages=f"/{exercise}")
        return self._meta(_first_words(notebook)) + text + "\n" + tree + "\n"

    def exercise(self, where, notebook):
        """Return an exercise as students get it."""
        name = where.rpartition("/")[2]
        bar = self._bar([*self._opened(where), ("Lesson", f"../../lessons/{name}.html", "")])
        note = _NOTE.format(
            words="This page shows the exercise. To answer, and to be told what is wrong with an "
            "answer, open the notebook."
        )
        text = page(notebook, f"exercise-{name}", 2, self.files, f"{bar}\n\n{note}")
        return self._meta(_first_words(notebook)) + text

    def claims(self):
        """Return the table of claims and what came out."""
        intro = (
            "# Claims, tested\n\nPeople repeat a lot of claims about convolutional networks "
            "without testing them. Here we test them. Each link leads to the experiment.\n\n"
        )
        meta = self._meta("Claims about convolutional networks, tested.")
        return meta + intro + _STACKED.format(table=linked(readme.claims(self.root)))

    def widgets(self):
        """Return the gallery: each widget below its name and what it is for."""
        parts = ["# Every widget of the course"]
        for name, sentence, widget in gallery.examples():
            parts += [f"## {name}", sentence, own_place(self.files, widget, 0, f"gallery:{name}")]
        return self._meta("Every interactive piece of the course.") + "\n\n".join(parts) + "\n"

    def glossary(self):
        """Return the glossary; each term can be linked to."""
        parts = ["# Glossary", "Each link leads to the part of a lesson that explains the term."]
        for term in self.terms:
            place = term.explained
            heading = quote(place.heading.replace("`", "").replace(" ", "-"))
            number = place.lesson.partition("_")[0]
            link = f"[Lesson {number}](../lessons/{place.lesson}.ipynb#{heading})"
            parts.append(
                f"({term_id(term.name)})=\n**{term.name}**: {term.meaning}. {linked(link)}"
            )
        return self._meta("Terms of convolutional networks.") + "\n\n".join(parts) + "\n"

    def document(self, path, where):
        """Return a page of the repository that is Markdown already.

        What it links to may be no page of the site; then the link leads to the repository. Its
        pictures go to the site.
        """

        def shown(image):
            png = (path.parent / image[2]).read_bytes()
            return self.files.picture(png, image[1], where.count("/"), width=760)

        def to_repository(link):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(where), link[1]))
            is_page = (self.root / target) in self.documents or target.endswith(".ipynb")
            return link[0] if is_page else f"]({self.address.file(target)})"

        text = re.sub(r"!\[([^\]]+)\]\((\S+\.png)\)", shown, path.read_text(encoding="utf-8"))
        text = re.sub(r"\]\(([^)#\s:]+)\)", to_repository, text)
        orphan = "" if where.startswith("docs/") else "---\norphan: true\n---\n\n"
        return orphan + linked(text)

    def _opened(self, where, up=None):
        """Return the buttons that open a notebook elsewhere, and the one that downloads it."""
        path = f"{where}.ipynb"
        above = "../" * (where.count("/") if up is None else up)
        return [
            ("Open in Binder", self.address.binder(path), ""),
            ("Open in Colab", self.address.colab(path), ""),
            ("Download", f"{above}notebooks/{standalone_path(path)}", " download"),
        ]

    def _bar(self, buttons, more=""):
        links = [
            _BUTTON.format(text=text, href=html.escape(href), more=more_)
            for text, href, more_ in buttons
        ]
        return f'<div class="cnnedu-bar"{more}>\n' + "\n".join(links) + "\n</div>"

    def _meta(self, sentence):
        plain = " ".join(re.sub(r"[*`\[\]\"\\$:]|\([^)]*\)", "", sentence).split())
        return _FRONT_MATTER.format(description=f'"{plain[:300]}"')


def _first_words(notebook):
    """Return the first paragraph below a notebook's title."""
    return notebook.cells[0].source.split("\n\n")[1]
