"""`make lab` opens the first lesson, with the whole course in sight."""

import json
import os
import shlex
import subprocess
import sys
import urllib.request

from harness.course import ROOT
from harness.lab import address


def test_make_lab_opens_the_first_lesson(tmp_path):
    # Otherwise `make test ARGS=…` hands its own arguments on to this make.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "-n", "-o", "environment", "lab", "ARGS="]
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
        url = address(server, runtime, tmp_path / "log")
        served = ask(f"{url}api/contents/")
        assert {"lessons", "exercises"} <= {entry["name"] for entry in served["content"]}
        with urllib.request.urlopen(url) as page:
            assert page.url.endswith("/lab/tree/lessons/00_start_here.ipynb")
        assert ask(f"{url}api/contents/lessons/00_start_here.ipynb")["type"] == "notebook"
    finally:
        server.terminate()
        server.wait(20)


def ask(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)
