"""Measure the site: how long it takes to build, its size, what it loads, frames, audits.

    python benchmarks/site.py [--site FOLDER] [--pages 3] [--lighthouse COMMAND]

It builds the site in a temporary folder, or takes the one in FOLDER.

- *First view*: what the browser has loaded, uncompressed, once a page stands still and nobody has
  scrolled.
- *Frame*: what the page spends on a frame in which the mouse has moved, from the event until the
  browser has painted; the 95th percentile over a drag across the front page's picture.
- *axe*: violations that axe-core calls serious or critical, with all widgets alive.
- *Lighthouse*: scores from 0 to 100, if its program is given: `npm install lighthouse` puts it at
  node_modules/.bin/lighthouse.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from widgets import WATCH_FRAMES, drag

from cnnedu.authoring.site.build import build
from harness.course import ROOT
from harness.lab import FLAGS, INSTALL, find_browser, launch
from harness.served import served

AUDITED = ["index", "lessons/01_convolution_by_hand", "lessons/12_architectures"]
CATEGORIES = ("performance", "accessibility", "best-practices")
SCREEN = {"width": 1280, "height": 900}
ALL_ALIVE = "!document.querySelector('.cnnedu-place:not([data-alive=yes])')"


def first_view(browser, address):
    """Return the megabytes that a page loads before anybody scrolls."""
    page = browser.new_page(viewport=SCREEN)
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    size = sum(len(response.body()) for response in responses)
    page.close()
    return size / 1e6


def slow_frame(browser, address):
    """Return the 95th percentile, in milliseconds, over a drag across the first picture."""
    page = browser.new_page(viewport=SCREEN)
    page.goto(address, wait_until="networkidle")
    page.evaluate(WATCH_FRAMES)
    drag(page, page.get_by_role("grid", name="Picture").first)
    frames = page.evaluate("window.frames_ms")
    page.close()
    return statistics.quantiles(frames, n=20)[-1]


def violations(browser, address):
    """Return the names of the rules that a page violates seriously, with all widgets alive."""
    page = browser.new_page(viewport=SCREEN)
    page.goto(address, wait_until="load")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(ALL_ALIVE, timeout=60_000)
    found = Axe().run(page).response["violations"]
    page.close()
    return [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]


def lighthouse(command, browser_path, address):
    """Return Lighthouse's scores of a page."""
    only = f"--only-categories={','.join(CATEGORIES)}"
    flags = f"--chrome-flags={' '.join(FLAGS)}"
    found = subprocess.run(
        [command, address, "--quiet", "--output=json", only, flags],
        env=os.environ | {"CHROME_PATH": browser_path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return {
        name: 100 * json.loads(found.stdout)["categories"][name]["score"] for name in CATEGORIES
    }


def measure(folder, playwright, pages, command):
    """Yield (what was measured, the figure) of a built site."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = sorted(p.relative_to(folder).with_suffix("").as_posix() for p in folder.rglob("*.html"))
    yield "pages", len(names)
    yield "size, MB", sum(path.stat().st_size for path in files) / 1e6
    yield (
        "size without notebooks to download, MB",
        sum(path.stat().st_size for path in files if path.suffix != ".ipynb") / 1e6,
    )
    browser = launch(playwright)
    if browser is None:
        sys.exit(INSTALL)
    with served(folder) as address:
        for name in AUDITED:
            yield f"first view of {name}, MB", first_view(browser, f"{address}{name}.html")
        yield "frame at the 95th percentile, ms", slow_frame(browser, f"{address}index.html")
        found = {name: violations(browser, f"{address}{name}.html") for name in names[:pages]}
        for name, rules in found.items():
            if rules:
                print(f"{name} violates {', '.join(rules)}", file=sys.stderr)
        yield f"axe, serious on {len(found)} pages", sum(map(len, found.values()))
        browser.close()
        for name in AUDITED if command else []:
            scores = lighthouse(command, find_browser(playwright), f"{address}{name}.html")
            for category, score in scores.items():
                yield f"Lighthouse, {category} of {name}", score


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, help="a site that is built; by default it is built")
    parser.add_argument("--pages", type=int, help="how many pages axe looks at; all by default")
    parser.add_argument("--lighthouse", help="Lighthouse's program; left out by default")
    options = parser.parse_args()
    rows = []

    def show(name, figure):
        rows.append({"measured": name, "figure": round(figure, 2)})
        print(f"{name:<60} {round(figure, 2):>8}", flush=True)

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if not options.site:
            began = time.perf_counter()
            build(ROOT, Path(folder))
            show("time to build, s", time.perf_counter() - began)
        place = options.site or Path(folder)
        for row in measure(place, playwright, options.pages, options.lighthouse):
            show(*row)
    print(json.dumps({"benchmark": "site", "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
