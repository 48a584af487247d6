"""What holds for the package and its set-up as a whole."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
CONDA_NAMES = {"matplotlib": "matplotlib-base", "torch": "pytorch-cpu"}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def constrained_versions():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)$", text.lower(), re.MULTILINE))


def test_import_loads_nothing_heavy():
    code = (
        "import sys, cnnedu; "
        "heavy = {'torch', 'matplotlib', 'ipywidgets', 'numpy', 'scipy'} & set(sys.modules); "
        "sys.exit(f'import cnnedu loads {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("part", ["kernels", "nn"])
def test_mathematics_needs_numpy_alone(part):
    code = (
        f"import sys, cnnedu.{part}; "
        "heavy = {'torch', 'matplotlib', 'ipywidgets', 'scipy', 'tqdm'} & set(sys.modules); "
        f"sys.exit(f'import cnnedu.{part} loads {{heavy}}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_environment_yml_and_pyproject_ask_for_the_same():
    wanted = {}
    for line in project()["dependencies"]:
        requirement = Requirement(line)
        name = CONDA_NAMES.get(requirement.name, requirement.name)
        wanted[name] = requirement.specifier
    wanted["python"] = Requirement(f"python{project()['requires-python']}").specifier
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    listed = [line for line in environment["dependencies"] if isinstance(line, str)]
    conda = {r.name: r.specifier for r in map(Requirement, listed) if r.name != "pip"}
    assert conda == wanted
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_constraints_are_the_versions_that_run_here_in_the_ranges_asked_for():
    """Without a build's label, such as +cpu: then PyPI has them, and PyTorch's own index."""
    tested = constrained_versions()
    lines = project()["dependencies"] + project()["optional-dependencies"]["test"]
    for requirement in map(Requirement, lines):
        installed = Version(importlib.metadata.version(requirement.name)).public
        assert tested.get(requirement.name.lower()) == installed, requirement.name
        assert requirement.specifier.contains(installed, prereleases=True), requirement


def test_the_public_address_is_in_one_place():
    address = project()["urls"]["Repository"].removeprefix("https://")
    files = subprocess.run(
        ["git", "grep", "-l", "-F", address], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert files == ["pyproject.toml"]
