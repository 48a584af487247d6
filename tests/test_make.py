"""`make lab` opens the first lesson, with the whole course in sight."""

import json
import os
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_make_lab_opens_the_first_lesson(tmp_path):
    # `make test ARGS=…` would hand its own arguments on to this make.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "-n", "-o", ".venv/installed", "lab", "ARGS="]
    recipe = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True).stdout
    (line,) = [line for line in recipe.splitlines() if "jupyter lab" in line]
    words = shlex.split(line)[1:]
    runtime = tmp_path / "runtime"
    quiet = ["--no-browser", "--ServerApp.allow_root=True", "--ServerApp.port=0"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", *words, *quiet, "--IdentityProvider.token="],
            cwd=ROOT,
            env=os.environ | {"JUPYTER_RUNTIME_DIR": str(runtime)},
            stdout=log,
            stderr=log,
        )
    try:
        url = address(runtime, server)
        served = ask(f"{url}api/contents/")
        assert {"lessons", "exercises"} <= {entry["name"] for entry in served["content"]}
        with urllib.request.urlopen(url) as page:
            assert page.url.endswith("/lab/tree/lessons/00_start_here.ipynb")
        assert ask(f"{url}api/contents/lessons/00_start_here.ipynb")["type"] == "notebook"
    finally:
        server.terminate()
        server.wait(20)


def address(runtime, server):
    """Return the URL the server wrote down; wait for it at most a minute."""
    for _ in range(600):
        assert server.poll() is None, "JupyterLab stopped"
        for path in runtime.glob("jpserver-*.json"):
            text = path.read_text()
            if text.endswith("}"):
                return json.loads(text)["url"]
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start within a minute")


def ask(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)
