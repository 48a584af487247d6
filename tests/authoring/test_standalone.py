"""Notebooks opened alone, and the public address that they and the badges lead to."""

import re
import shutil
import subprocess

import nbformat
import pytest
import yaml
from click.testing import CliRunner

from cnnedu.authoring import address
from cnnedu.authoring.build import targets, write_standalone
from cnnedu.authoring.citation import citation
from cnnedu.authoring.source import AuthoringError
from cnnedu.authoring.standalone import add_install_cell, installs, standalone
from cnnedu.cli import main
from harness.course import ROOT

MINE = address.Address("https://github.com/somebody/a-course", "3.2.1")
OTHER = "https://github.com/somebody/a-course"


def notebook(*cells):
    made = nbformat.v4.new_notebook()
    for source in cells:
        new = nbformat.v4.new_markdown_cell
        if not source.startswith("#"):
            new = nbformat.v4.new_code_cell
        made.cells.append(new(source))
    return made


def test_the_install_cell_stands_before_the_first_code_folded_and_pins_a_release():
    made = notebook("# Title", "# More", "1 + 1", "2 + 2")
    add_install_cell(made, MINE)
    assert [installs(cell) for cell in made.cells] == [False, False, True, False, False]
    cell = made.cells[2]
    assert cell.metadata["jupyter"]["source_hidden"] and "remove-cell" in cell.metadata["tags"]
    assert '"install -q cnnedu==3.2.1"' in cell.source
    assert "https://somebody.github.io/a-course/" in cell.source
    assert max(map(len, cell.source.splitlines())) <= 100


class Shell:
    """What the cell asks of IPython."""

    def __init__(self):
        self.asked = []

    def run_line_magic(self, *words):
        self.asked.append(words)


@pytest.mark.parametrize("is_there", [True, False])
def test_the_install_cell_does_nothing_where_the_package_is(is_there, monkeypatch, capsys):
    made = notebook("1 + 1")
    add_install_cell(made, MINE)
    if not is_there:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    shell = Shell()
    exec(made.cells[0].source, {"get_ipython": lambda: shell})
    said = capsys.readouterr().out
    if is_there:
        assert (shell.asked, said) == ([], "")
    else:
        assert shell.asked == [("pip", "install -q cnnedu==3.2.1")]
        assert said.startswith("Installing the course's package.") and MINE.site in said


@pytest.mark.parametrize("target", targets(ROOT), ids=lambda target: target.shown)
def test_every_notebook_begins_to_compute_with_the_install_cell(target):
    for path in {target.full, target.full if target.is_lesson else target.released}:
        made = nbformat.read(path, as_version=4)
        code = [cell for cell in made.cells if cell.cell_type == "code"]
        assert [installs(cell) for cell in code] == [True] + [False] * (len(code) - 1)
        assert len({cell.id for cell in made.cells}) == len(made.cells)


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("04_pooling.ipynb", MINE.colab("lessons/04_pooling.ipynb")),
        ("../exercises/03_x/03_x.ipynb", MINE.colab("exercises/03_x/03_x.ipynb")),
        ("../docs/keras.md#one", f"{OTHER}/blob/HEAD/docs/keras.md#one"),
        ("#Heading", "#Heading"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_no_link_of_a_copy_needs_another_file(link, leads_to):
    made = notebook(f"# See [this\none]({link}), here.", "print('[a](b.ipynb)')")
    copy = standalone(made, "lessons/03_x.ipynb", MINE)
    assert copy.cells[0].source == f"# See [this\none]({leads_to}), here."
    assert copy.cells[1].source == made.cells[1].source
    assert f"({link})" in made.cells[0].source  # the original stays as it is


def test_every_copy_is_where_colab_looks_for_it_and_its_links_are_whole(tmp_path):
    for target in targets(ROOT):
        write_standalone(target, tmp_path)
    place = address.read(ROOT)
    paths = sorted(tmp_path.rglob("*.ipynb"))
    assert len(paths) == len(targets(ROOT))
    for path in paths:
        for cell in nbformat.read(path, as_version=4).cells:
            for link in re.findall(r"\]\(([^)\s]+)\)", cell.source) * (cell.cell_type != "code"):
                assert re.match("https?:|#|mailto:", link), f"{path.name}: {link}"
                prefix = place.colab("lessons/x").removesuffix("lessons/x")
                if link.startswith(prefix):
                    assert (tmp_path / link.removeprefix(prefix)).exists(), link


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one lesson and one exercise, stored as they were run."""
    for name in ("pyproject.toml", "constraints.txt", "nbgrader_config.py", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("sources/README.md", "sources/course_map.csv", "sources/glossary.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "sources/claims.csv").write_text("claim,answer,lesson,heading\n")
    (tmp_path / "sources/glossary.csv").write_text("term,forms,meaning\n")
    (tmp_path / "docs").mkdir()
    for name in ("sources/lessons/01_one.py", "sources/exercises/01_one.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("# %% [markdown]\n# # Title\n\n# %%\nprint(7)\n")
    for target in targets(tmp_path):
        for path, made in target.derive().items():
            made.cells[-2].outputs = [nbformat.v4.new_output("stream", text="7\n")]
            path.parent.mkdir(parents=True)
            nbformat.write(made, path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_placeholder_is_refused(course):
    text = (course / "pyproject.toml").read_text("utf-8")
    old = address.read(course).repository
    nobodys = f"https://github.com/{address.PLACEHOLDER}/course"
    text = text.replace(old, nobodys)
    (course / "pyproject.toml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["address"])
    assert result.exit_code == 1
    assert f"{nobodys} is a placeholder" in result.output


def test_one_command_puts_another_address_everywhere(course):
    old = address.read(course)
    result = CliRunner().invoke(main, ["address", OTHER + "/"])
    assert result.exit_code == 0, result.output
    files = [path for path in course.rglob("*") if path.is_file()]
    texts = {path.relative_to(course).as_posix(): path.read_text("utf-8") for path in files}
    assert not [name for name, text in texts.items() if f"{old.owner}/{old.name}" in text]
    assert not [name for name, text in texts.items() if f"{old.owner}.github.io" in text]
    assert "mybinder.org/v2/gh/somebody/a-course/" in texts["README.md"]
    assert f"repository-code: {OTHER}\n" in texts["CITATION.cff"]
    for name in ("lessons/01_one.ipynb", "solutions/01_one/01_one.ipynb"):
        made = nbformat.reads(texts[name], as_version=4)
        code = [cell for cell in made.cells if cell.cell_type == "code"]
        assert "https://somebody.github.io/a-course/" in code[0].source and not code[0].outputs
        assert code[1].outputs[0].text == "7\n"  # as it was: nothing has run
        assert [cell.execution_count for cell in code] == [1, 2]
    assert CliRunner().invoke(main, ["address"]).exit_code == 0


@pytest.mark.parametrize("end", ["/", ".git"])
def test_an_address_is_changed_however_it_stands_in_the_file(course, end):
    path, old = course / "pyproject.toml", address.read(course).repository
    text = path.read_text("utf-8")
    path.write_text(text.replace(f'"{old}"', f'"{old}{end}"'), encoding="utf-8")
    address.change(course, OTHER)
    assert address.read(course).repository == OTHER
    path.write_text(text.replace(f'"{old}"', f"'{old}'"), encoding="utf-8")
    with pytest.raises(AuthoringError, match="in double quotes"):
        address.change(course, OTHER)


def test_a_source_that_has_changed_is_run_first(course):
    path = course / "sources/lessons/01_one.py"
    path.write_text(path.read_text().replace("print(7)", "print(8)"))
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    result = CliRunner().invoke(main, ["address", OTHER])
    assert result.exit_code == 1
    assert "01_one.py has changed since it was run: `make notebooks` first" in result.output
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "url", ["somebody/a-course", "https://example.org/a/b", "https://github.com/a"]
)
def test_what_is_no_address_on_github_is_refused(course, url):
    before = (course / "pyproject.toml").read_bytes()
    result = CliRunner().invoke(main, ["address", url])
    assert result.exit_code == 1 and "is no address such as" in result.output
    assert (course / "pyproject.toml").read_bytes() == before


def test_the_citation_is_what_pyproject_gives():
    stored = (ROOT / "CITATION.cff").read_text("utf-8")
    assert stored == citation(ROOT), "CITATION.cff: run `make notebooks`"
    fields = yaml.safe_load(stored)
    assert {"cff-version", "message", "title", "authors"} <= set(fields)  # what the format demands


def test_a_folder_becomes_the_whole_of_a_branch(tmp_path):
    def git(*words):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
        done = subprocess.run(command, cwd=tmp_path / "here", capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        subprocess.run(["git", "init", "-q", *["--bare"] * (name == "there"), tmp_path / name])
    git("config", "user.name", "a")
    git("config", "user.email", "a@example.org")
    git("remote", "add", "origin", str(tmp_path / "there"))
    (tmp_path / "here/.gitignore").write_text("/build/\n")
    site = tmp_path / "here/build/site"
    (site / "notebooks").mkdir(parents=True)
    git("add", ".")
    git("commit", "-qm", "one")
    for text in ("first", "second"):
        (site / "notebooks/a.ipynb").write_text(text)
        command = [ROOT / "tools/push_site.sh", "build/site", "gh-pages"]
        done = subprocess.run(command, cwd=tmp_path / "here", capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        git("fetch", "-q", "origin", "gh-pages")
        assert git("ls-tree", "-r", "--name-only", "FETCH_HEAD").split() == [
            ".nojekyll",
            "notebooks/a.ipynb",
        ]
        assert git("show", "FETCH_HEAD:notebooks/a.ipynb") == text
    assert git("rev-list", "--count", "FETCH_HEAD").strip() == "1"
    assert git("status", "--porcelain") == ""


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("path", sorted(ROOT.glob(".github/workflows/*.yml")), ids=lambda p: p.stem)
def test_a_workflow_calls_make_targets_and_tests_that_exist(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    recipes = (ROOT / "Makefile").read_text("utf-8")
    commands = "\n".join(step.get("run", "") for step in steps(workflow))
    called = set(re.findall(r"make (\w[\w-]*)", commands))
    assert called
    for name in called:
        assert re.search(rf"^{name}:", recipes, re.MULTILINE), f"make {name} does not exist"
    for name in workflow.get("env", {}).get("READER", "").split():
        assert (ROOT / name).exists(), name
