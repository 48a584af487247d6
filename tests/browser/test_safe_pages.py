r"""Evil answers do nothing on the pages that an instructor opens: formgrader's and the feedback.

One student hands in every attack at once, with honest answers in between. A few attacks are also
put on the pages unchanged, where they must run: a test that can't see that would prove nothing.
"""

import contextlib
from urllib.parse import urlsplit

import nbformat
import pytest
from evil_answers import HONEST, MARKDOWN, NAMES, PIXEL
from grading.graded_course import gradebook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from harness.lab import start_server

NAME = "01_convolution_by_hand"
# Shows an output, as a kernel that a student has changed might.
SHOW = """
import sys
output = {}
if "text" in output:
    print(output["text"], file=getattr(sys, output["name"]))
else:
    get_ipython().report(output)
"""
IMAGE = '<img src=x onerror="PWNED({})">'
# A page handed in beside the notebook.
OWN_PAGE = "<script>window.opener?.PWNED('own page'); parent.PWNED('own page')</script>"
# Formgrader itself asks this host; here it gets no answer.
MATHJAX = "cdnjs.cloudflare.com"
# Unchanged, these run. MathJax is missing, so its command can only be found in the prose.
SEEN = ["image handler", "javascript link", "javascript behind files"]


def evil_cells():
    """Return cells other than Markdown that try to act, and pictures that do."""
    picture = {"image/png": '" onerror="PWNED(501)'}
    attached = {
        "a.png": picture,
        'b.png" onerror="PWNED(502)': {"image/png": PIXEL},
        "c.png": {'image/png" onerror="PWNED(503)': PIXEL},
        "d.svg": {"image/svg+xml": "PHN2Zy8+"},
    }
    links = ("a.png", 'b.png" onerror="PWNED(502)', "c.png", "d.svg")
    shown = [
        new_output("display_data", data={"image/png": '" onerror="PWNED(504)'}),
        new_output(
            "display_data",
            data={"image/png": PIXEL},
            metadata={"image/png": {"width": "1 onload=PWNED(505)"}},
        ),
        new_output("display_data", data={"image/jpeg": f'{PIXEL}" onload="PWNED(506)'}),
        new_output("display_data", data={"text/html": IMAGE.format(507)}),
        new_output("display_data", data={"text/markdown": IMAGE.format(508)}),
        new_output("display_data", data={"application/javascript": "PWNED(509)"}),
        new_output("display_data", data={"image/svg+xml": "<svg onload='PWNED(510)'/>"}),
        new_output("display_data", data={"text/plain": IMAGE.format(511)}),
        new_output("stream", name="stdout", text=f"\x1b[31m{IMAGE.format(512)}\x1b[0m"),
        new_output("stream", name="stderr", text=f"</pre>{IMAGE.format(513)}"),
        new_output("display_data", data={"text/latex": r"$\href{javascript:PWNED(514)}{x}$"}),
        new_output(
            "error",
            ename=IMAGE.format(515),
            evalue=IMAGE.format(516),
            traceback=[f"</pre>{IMAGE.format(517)}"],
        ),
    ]
    return [
        new_raw_cell(IMAGE.format(518)),
        new_raw_cell(IMAGE.format(519), metadata={"raw_mimetype": "text/html"}),
        *[new_markdown_cell(f"![x](<attachment:{link}>)", attachments=attached) for link in links],
        new_code_cell(f"# {IMAGE.format(520)}\n'</pre>'", outputs=shown),
    ]


def graded(course, student, cells):
    """Hand in a notebook with these cells and grade it; return its page's id in formgrader.

    Outputs that are handed in are thrown away, so code cells show theirs when they are executed.
    """
    notebook = course.released(NAME)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in NAMES:
            cell.source = "My **answer**."
    for cell in cells:
        if cell.cell_type == "code":
            cell.source += "".join(SHOW.format(dict(output)) for output in cell.outputs)
    notebook.cells[3:3] = cells
    folder = course.folder / "grading/submitted" / student / NAME
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    (folder / "answer.html").write_text(OWN_PAGE)
    done = course.run("cnnedu", "grade", NAME, "--student", student)
    assert done.returncode == 0, done.stderr
    return page_of(course, student)


def as_it_came(course, student, cells):
    """Put a notebook with these cells in the place of a graded one; return its page's id."""
    notebook = course.released(NAME)
    notebook.cells[3:3] = cells
    folder = course.folder / "grading/autograded" / student / NAME
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    with gradebook(course) as book:
        book.update_or_create_student(student)
        book.update_or_create_submission(NAME, student)
    return page_of(course, student)


def page_of(course, student):
    with gradebook(course) as book:
        return book.find_submission_notebook(NAME, NAME, student).id


class Watch:
    """A page on the instructor's screen, and everything unwanted that happens there."""

    def __init__(self, browser, address):
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.host = urlsplit(address).netloc
        self.ran, self.asked, self.dialogs = [], [], []
        self.page.expose_function("PWNED", lambda number: self.ran.append(number))
        self.page.on("dialog", self._dialog)
        self.page.context.route("**/*", self._route)
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")

    def _dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _route(self, route):
        url = urlsplit(route.request.url)
        if url.netloc == MATHJAX:
            route.abort()
        elif url.netloc != self.host or not self._is_own(url.path):
            self.asked.append(route.request.url)
            route.fulfill(status=204)
        else:
            route.continue_()

    def _is_own(self, path):
        """Return whether a request is formgrader's own, or for a picture beside the notebook."""
        parts = path.split("/")
        return (
            path.startswith(("/formgrader/static/", "/formgrader/api/", "/static/"))
            or path.endswith((f"/{NAME}.html", ".png", ".jpg"))
            or (path.startswith("/formgrader/submissions/") and len(parts) == 5 and not parts[-1])
        )

    def click_all(self):
        """Click on all links in the notebook, one by one, without following them."""
        for selector in ("a", "summary"):
            nodes = self.page.locator(f"#notebook-container {selector}")
            for node in nodes.element_handles():
                node.evaluate("node => node.click()")
                self.page.wait_for_timeout(30)
        self.page.mouse.move(600, 400)
        self.page.wait_for_timeout(300)

    def prose(self):
        """Return the text that MathJax looks through."""
        return self.page.evaluate(
            """() => {
              const copy = document.querySelector("#notebook").cloneNode(true);
              copy.querySelectorAll("pre, code").forEach((node) => node.remove());
              return copy.textContent;
            }"""
        )


@pytest.fixture(scope="module")
def pages(browser, course, confined):
    """Return {(student, page): address}: eve's is made harmless, mallory's is unchanged."""
    course.nbgrader("generate_assignment", NAME)
    evil = [*map(new_markdown_cell, MARKDOWN.values()), *evil_cells()]
    honest = [new_markdown_cell(source) for source in HONEST]
    as_they_came = [MARKDOWN[name] for name in (*SEEN, "math link")]
    markdown = [new_markdown_cell(source) for source in as_they_came]
    mallory = [*markdown, evil_cells()[0], evil_cells()[-1]]
    ids = {
        "eve": graded(course, "eve", evil + honest),
        "mallory": as_it_came(course, "mallory", mallory),
    }
    course.nbgrader("generate_feedback", NAME)
    with contextlib.chdir(course.folder), start_server(course.folder) as url:
        yield {
            (student, kind): address
            for student, page in ids.items()
            for kind, address in {
                "formgrader": f"{url}formgrader/submissions/{page}/?index=0",
                "feedback": (
                    course.folder / f"grading/feedback/{student}/{NAME}/{NAME}.html"
                ).as_uri(),
            }.items()
        }


@pytest.fixture(params=["formgrader", "feedback"])
def watch(request, browser, pages):
    """Return a function: the `Watch` of a student's page."""
    opened = []

    def look(student):
        opened.append(Watch(browser, pages[student, request.param]))
        return opened[-1]

    yield look
    for one in opened:
        one.page.context.close()


def test_evil_answers_do_nothing(watch):
    seen = watch("eve")
    assert seen.page.locator("#notebook pre", has_text="onerror=PWNED(0)").count() >= 1
    seen.click_all()
    assert seen.ran == []
    assert seen.dialogs == []
    honest = ("https://example.org", "https://arxiv.org/", "https://en.wikipedia.org/", "mailto:")
    followed = [url for url in seen.asked if not url.startswith(honest)]
    assert [url for url in followed if urlsplit(url).netloc != seen.host] == []
    places = {urlsplit(url).path.rpartition("/")[2] for url in followed}
    assert places == {"points.csv", "01_a.ipynb", "x", "1.5"}
    for macro in ("\\href", "\\style", "\\class", "\\cssId", "\\require", "\\unicode", "\\bbox"):
        assert macro not in seen.prose()


def test_the_page_keeps_its_places_for_points(watch):
    seen = watch("eve")
    twice = """() => {
      const ids = [...document.querySelectorAll("[id='01-fog'], [id='toc']")];
      return ids.filter((node) => !["INPUT", "DIV"].includes(node.tagName)).length;
    }"""
    assert seen.page.evaluate(twice) == 0
    cells = "document.querySelectorAll('#notebook .cell').length"
    assert seen.page.evaluate(cells) > len(MARKDOWN) + len(HONEST)


def test_honest_answers_look_as_before(watch):
    page = watch("eve").page
    notebook = page.locator("#notebook").first
    assert notebook.locator("strong", has_text="every").count() == 1
    assert notebook.locator("td", has_text="(8, 3, 3)").count() == 1
    assert notebook.locator("sup", has_text="2").count() == 1
    assert notebook.locator("h2", has_text="Part 2: why?").count() == 1
    assert notebook.locator("summary", has_text="Working").count() == 1
    assert notebook.locator(".highlight .k", has_text="if").count() >= 1
    assert "$a < b$ and $c > d$" in notebook.inner_text()
    pasted = notebook.get_by_alt_text("pasted")
    assert pasted.evaluate("picture => picture.naturalWidth") == 1


def test_what_is_not_made_harmless_runs(watch):
    seen = watch("mallory")
    seen.click_all()
    numbers = [list(MARKDOWN).index(name) for name in SEEN]
    # The attributes of a picture, HTML and Markdown in an output.
    assert {*numbers, 505, 507, 508} <= set(seen.ran)
    assert r"\href" in seen.prose()
