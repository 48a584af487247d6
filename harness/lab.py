"""Drive notebooks in a real JupyterLab, in a headless browser.

`start_server` yields the URL of a JupyterLab that serves one folder, `launch` starts the browser
that shows it, and `Lab` opens notebooks in it:

    with start_server(folder) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        lab = Lab(browser.new_page(), url, folder)
        notebook = lab.open_cells("from cnnedu.widgets import …", "stepper")
        notebook.run_all()
        notebook.output(1).get_by_role("button", name="Next").click()
        notebook.value("stepper.position")
        notebook.close()
"""

import ast
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat

from cnnedu.doctor import BROWSERS

_PANEL = "jupyterapp.shell.currentWidget"

# The site scrolls smoothly; a click would wait a second for it.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-smooth-scrolling"
).split()

# Send a kernel's messages at once. By default the server's system gathers small ones (Nagle) while
# the browser's delays its confirmations: that costs 40 ms for every question to the kernel.
_AT_ONCE = """
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class AtOnce(ZMQChannelsWebsocketConnection):
    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c.ServerApp.kernel_websocket_connection_class = AtOnce
"""

INSTALL = "no browser found; install one with: .venv/bin/playwright install chromium"


def find_browser(playwright):
    """Return the path of a Chromium or Chrome, or None when there is none."""
    own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def launch(playwright):
    """Return a started browser, or None when there is none."""
    path = find_browser(playwright)
    return path and playwright.chromium.launch(executable_path=path, args=FLAGS)


@contextlib.contextmanager
def start_server(folder):
    """Serve `folder` with a JupyterLab of its own on a free port; yield its URL.

    It keeps its settings beside the notebooks, in `folder`/.jupyter, so nothing of the
    user's JupyterLab is read or changed.
    """
    home = Path(folder, ".jupyter")
    quiet = home / "lab/user-settings/@jupyterlab/apputils-extension"
    quiet.mkdir(parents=True)
    settings = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    (quiet / "notification.jupyterlab-settings").write_text(json.dumps(settings), encoding="utf-8")
    (home / "jupyter_server_config.py").write_text(_AT_ONCE, encoding="utf-8")
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "lab/user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "lab/workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    options = [
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--ServerApp.allow_root=True",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
    ]
    log = home / "server.log"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", *options],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        yield address(server, home / "runtime", log)
    finally:
        server.terminate()
        server.wait(timeout=20)


def address(server, runtime, log, patience=60):
    """Return the URL that a JupyterLab just started writes into `runtime` once it listens.

    Args:
        server: its process.
        runtime: its JUPYTER_RUNTIME_DIR.
        log: file with what it says, for the message when it doesn't start.
        patience: how long to wait, in seconds.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        for written in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):  # not yet written to its end
                return json.loads(written.read_text("utf-8"))["url"]
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


class Lab:
    """JupyterLab in one browser page. Open notebooks one after another.

    A notebook opened from a file gets a kernel of its own. Notebooks of a few cells share one,
    which is emptied in between: starting a kernel and importing takes longer than a test.

    Args:
        page: a Playwright page.
        url: what `start_server` yields.
        folder: the folder it serves.
    """

    def __init__(self, page, url, folder):
        self.page = page
        self.folder = Path(folder)
        self.console = []  # errors and warnings of the browser since the last open
        self.open = None
        self.kernel = None  # the shared one
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        page.goto(f"{url}lab")
        page.wait_for_function("window.jupyterapp")
        page.evaluate("jupyterapp.restored")

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text}")

    def open_cells(self, *cells):
        """Open a new notebook with these code cells; return a `Notebook`."""
        return self.open_file(self.write_cells(*cells), shared=True)

    def write_cells(self, *cells):
        """Write a new notebook with these code cells into the served folder; return its name."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        name = f"test_{sum(1 for _ in self.folder.glob('test_*.ipynb'))}.ipynb"
        nbformat.write(notebook, self.folder / name)
        return name

    def open_file(self, path, shared=False):
        """Open a notebook of the served folder (`path` is relative to it); return a `Notebook`."""
        if shared and not self.kernel:
            self.kernel = self.page.evaluate(_START)
        kernel = self.kernel if shared else None
        self.console.clear()
        self.command("docmanager:open", path=str(path), kernel=kernel)
        self.page.wait_for_function(
            "path => jupyterapp.shell.currentWidget?.context?.path === path", arg=str(path)
        )
        self.page.evaluate(
            f"async () => {{ const panel = {_PANEL}; await panel.revealed; "
            "await panel.sessionContext.ready; }"
        )
        self.open = Notebook(self, kernel)
        return self.open

    def close_all(self):
        """Close the open notebook, if there is one."""
        if self.open:
            self.open.close()
        self.open = None

    def command(self, name, **arguments):
        """Run one of JupyterLab's commands and wait until it is done."""
        self.page.evaluate(
            "async ([name, given]) => { await jupyterapp.commands.execute(name, given); }",
            [name, arguments],
        )

    def set_theme(self, name):
        """Choose a theme: "JupyterLab Light" or "JupyterLab Dark"."""
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_selector(f'body[data-jp-theme-name="{name}"]', state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")


# A widget draws in the next frame, and while one of its messages is under way it holds the next
# ones back. So empty requests go round first, until all messages have arrived.
_RUN = """async code => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const ask = async (user_expressions) =>
    (await kernel.requestExecute({ code: "", silent: true, user_expressions }).done).content;
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  for (let round = 0; round < 3; round++) await ask({});
  return (await ask({ value: code })).user_expressions.value;
}"""


_START = """async () => {
  const kernel = await jupyterapp.serviceManager.kernels.startNew({ name: "python3" });
  const { id, name } = kernel;
  kernel.dispose();
  return { id, name };
}"""

# Empty the kernel of a notebook; false if it doesn't answer.
_EMPTY = """async () => {
  const code =
    "__import__('ipywidgets').Widget.close_all(); get_ipython().reset(new_session=True)";
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const done = kernel.requestExecute({ code, silent: true }).done;
  const late = new Promise((resolve) => setTimeout(resolve, 10000));
  return (await Promise.race([done, late]))?.content.status === "ok";
}"""


class Notebook:
    """The notebook that is open in a `Lab`; `kernel` is the shared one, or None."""

    def __init__(self, lab, kernel):
        self.lab = lab
        self.kernel = kernel
        self.page = lab.page
        self.node = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def run_cell(self, number):
        """Run cell `number`, counted from 0; wait until it is done."""
        self.page.evaluate(f"number => {{ {_PANEL}.content.activeCellIndex = number; }}", number)
        self.lab.command("notebook:run-cell")

    def run_all(self):
        """Run all cells; wait until all are done; fail with the traceback if one raises."""
        self.lab.command("notebook:run-all-cells")
        for number, cell in enumerate(self.cells()):
            for output in cell.get("outputs", []):
                if output["output_type"] == "error":
                    raise AssertionError(f"cell {number}:\n" + "\n".join(output["traceback"]))

    def cells(self):
        """Return the notebook's cells with their outputs, in the format of an .ipynb file."""
        return self.page.evaluate(f"{_PANEL}.content.model.toJSON().cells")

    def output(self, number):
        """Return a locator of the outputs of cell `number`, counted from 0, scrolled into view."""
        self.page.evaluate(f"number => {_PANEL}.content.scrollToItem(number, 'start')", number)
        return self.node.locator(f'.jp-Cell[data-windowed-list-index="{number}"] .jp-OutputArea')

    def value(self, expression):
        """Return the value of `expression` in the notebook's kernel: JSON, arrays as lists."""
        dumped = f"__import__('json').dumps(({expression}), default=lambda array: array.tolist())"
        reply = self.page.evaluate(_RUN, dumped)
        if reply["status"] != "ok":
            raise AssertionError(f"{expression}: {reply['ename']}: {reply['evalue']}")
        return json.loads(ast.literal_eval(reply["data"]["text/plain"]))

    def clear_output(self):
        """Clear the outputs of all cells, as the menu does."""
        self.lab.command("notebook:clear-all-cell-outputs")

    def close(self):
        """Close the notebook without saving it; shut its kernel down, or empty the shared one."""
        emptied = self.kernel and self.page.evaluate(_EMPTY)
        if self.kernel and not emptied:
            self.lab.kernel = None
        shutdown = "" if emptied else "await panel.sessionContext.shutdown(); "
        self.page.evaluate(
            f"async () => {{ const panel = {_PANEL}; {shutdown}"
            "panel.context.model.dirty = false; panel.dispose(); }"
        )
