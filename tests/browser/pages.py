"""What the tests of the widgets ask of a page: to run a module, and what is written and drawn."""

import base64
import contextlib


@contextlib.contextmanager
def javascript(browser, text):
    """Give a function: call(function, *given), what a JavaScript function makes of a module.

    Args:
        browser: the browser, which opens an empty page for it.
        text: the ES module, such as `cnnedu.widgets.assets.module("arithmetic")`. The function
            gets its exports first, then `given`: "({ pad }, ...given) => pad(...given)".
    """
    url = "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()
    page = browser.new_page()

    def call(function, *given):
        script = f"async ([url, given]) => ({function})(await import(url), ...given)"
        return page.evaluate(script, [url, list(given)])

    yield call
    page.close()


def numbers(locator):
    """Return the numbers that a reader sees in some elements."""
    return [float(text.replace("−", "-")) for text in locator.all_inner_texts()]


def grid(output, name):
    """Return the rows of numbers that a reader sees in the grid whose name begins so."""
    rows = output.get_by_role("grid", name=name).get_by_role("row").all()
    return [numbers(row.get_by_role("gridcell")) for row in rows]


def sticking_out(page):
    """Return the elements of widgets that stick out of a page of 320 pixels."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".cnnedu *")].filter((node) => {
          const box = node.getBoundingClientRect();
          return box.right > 321 || box.left < -1;
        }).map((node) => node.outerHTML.slice(0, 80))"""
    )


def pixels(canvas):
    """Return the red, green, blue and alpha of all pixels of a canvas, one after another."""
    return canvas.evaluate(
        """canvas => {
          const { width, height } = canvas;
          const copy = Object.assign(document.createElement("canvas"), { width, height });
          const context = copy.getContext("2d", { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          return [...context.getImageData(0, 0, width, height).data];
        }"""
    )


def alive(page):
    """Bring all widgets of a page of the site to life, as for printing."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    waiting = ".cnnedu-place:not([data-alive=yes])"
    page.wait_for_function(f"!document.querySelector('{waiting}')", timeout=60_000)
