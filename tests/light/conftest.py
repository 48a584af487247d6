"""An environment with what `pip install cnnedu` brings, ipykernel and an old ipywidgets.

Nothing is downloaded but ipywidgets: the other packages are those of the tests' own environment, of
which the new one sees what the package needs and no more. The package itself is missing: the first
cell of a notebook has to install it, from a wheel made of this checkout.
"""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cnnedu.grading.allowed_modules import _paths, _with_requirements
from harness.course import ROOT

HOSTED = "ipywidgets==7.7.1", "ipython-genutils==0.2.0"  # as in Colab


@pytest.fixture(scope="session")
def light(tmp_path_factory):
    """Make the environment; yield the variables of a process whose kernel "light" runs in it."""
    folder = tmp_path_factory.mktemp("light")
    python = folder / "env/bin/python"
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    (packages,) = (folder / "env/lib").glob("python*/site-packages")
    for path in files():
        target = packages / path.name
        if not target.exists():
            target.symlink_to(path)
    pip(python, "install", "--no-deps", *HOSTED)
    pip(python, "wheel", "--no-deps", "--wheel-dir", folder / "wheels", ROOT)
    kernel = folder / "share/kernels/light"
    kernel.mkdir(parents=True)
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "light", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return alone | {
        "JUPYTER_PATH": str(folder / "share"),
        "PIP_FIND_LINKS": str(folder / "wheels"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",  # they are all there, or a lesson fails
    }


def files():
    """Return the files and folders of all distributions that the package needs, and ipykernel."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = tomllib.loads(text)["project"]["dependencies"]
    names = {requirement.name for requirement in map(Requirement, lines)} | {"ipykernel"}
    found = set(_with_requirements(tuple(names))) - {"ipywidgets", "widgetsnbextension"}
    return [Path(path) for name in found for path in _paths(name)]


def pip(python, *words):
    """Run pip; without a network the tests are skipped, but in CI they fail."""
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(done.stderr)
