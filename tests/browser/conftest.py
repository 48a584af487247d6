"""Fixtures for tests in a real browser; `harness/lab.py` does the work.

`lab`      is a JupyterLab with an empty folder; one server and one page serve all tests.
`offline`  opens an HTML file from the disk in a page that is refused all network access.
`axe`      checks part of a page with axe-core.

    def test_next(lab):
        notebook = lab.open_cells("from cnnedu.widgets import ConvolutionStepper",
                                  "stepper = ConvolutionStepper(); stepper")
        notebook.run_all()
        notebook.output(1).get_by_role("button", name="Next").click()
        assert notebook.value("stepper.position") == [0, 1]

To test a lesson, copy its notebook into `lab.folder` and open it with `lab.open_file`. After each
test the `lab` fixture closes the notebook and fails if the browser's console has shown an error or
a warning. Without a browser these tests are skipped; where CI is set, they fail.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.lab import Lab, start_server


@pytest.fixture(scope="session")
def _lab(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with start_server(folder) as url:
        yield Lab(browser.new_page(viewport={"width": 1280, "height": 900}), url, folder)


@pytest.fixture
def lab(_lab):
    """A `Lab` with no notebook open; its console must stay empty."""
    yield _lab
    console = list(_lab.console)
    _lab.close_all()
    assert console == []


@pytest.fixture
def offline(browser):
    """Return a function: open(path, **how) returns the page of an HTML file, without any network.

    `how` goes to Playwright's `new_context` (viewport, color_scheme, has_touch …). The page must
    not request anything, and its console must stay empty.
    """
    contexts, heard = [], []

    def open_page(path, **how):
        context = browser.new_context(**how)
        contexts.append(context)
        context.route("**/*", refuse)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(path.as_uri())
        return page

    def refuse(route):
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            heard.append(f"asked for {route.request.url}")
            route.abort()

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture(scope="session")
def axe():
    """Return a function that finds the serious accessibility violations in `selector` of `page`.

    It leaves out the elements that the selectors `without` find. Looking at the colours takes most
    of its time.
    """

    def check(page, selector, without=(), colours=True):
        # JupyterLab's body has no height of its own, so axe would think everything in it hidden.
        page.add_style_tag(content="body { min-height: 100vh; }")
        # Without `preload`, axe doesn't fetch style sheets, which a page from the disk may not do.
        # It needn't describe what is in order: that takes as long as looking.
        how = {"preload": False, "resultTypes": ["violations"]}
        of_colours = ("color-contrast", "link-in-text-block")
        how["rules"] = {rule: {"enabled": colours} for rule in of_colours}
        where = {"include": [selector], "exclude": list(without)}
        found = Axe().run(page, context=where, options=how).response["violations"]
        return [
            (violation["id"], [node["html"] for node in violation["nodes"]])
            for violation in found
            if violation["impact"] in ("serious", "critical")
        ]

    return check
