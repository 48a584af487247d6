"""What is generated from `sources/` is what is stored."""

import csv

import nbformat
import pytest

from cnnedu.authoring.build import targets
from cnnedu.authoring.glossary import glossary, terms
from cnnedu.authoring.readme import readme
from harness.course import ROOT


def without_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


@pytest.mark.parametrize("target", targets(ROOT), ids=lambda target: target.shown)
def test_notebooks_are_what_their_source_gives(target):
    for path, expected in target.derive().items():
        shown = path.relative_to(ROOT).as_posix()
        number = target.source.stem.partition("_")[0]
        say = (
            f"{shown} is not what {target.shown} gives: edit that, then `make notebooks L={number}`"
        )
        assert path.exists(), say
        stored = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        assert without_outputs(stored) == without_outputs(expected), say


@pytest.mark.parametrize("target", targets(ROOT), ids=lambda target: target.shown)
def test_full_notebooks_are_stored_with_their_outputs_and_no_complaint(target):
    cells = nbformat.read(target.full, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code if cell.source)
    outputs = [output for cell in code for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


def test_every_stored_notebook_has_a_source():
    made = {target.full for target in targets(ROOT)}
    made |= {target.released for target in targets(ROOT) if not target.is_lesson}
    stored = {
        p
        for folder in ["lessons", "solutions", "exercises"]
        for p in ROOT.glob(f"{folder}/**/*.ipynb")
    }
    stored = {path for path in stored if ".ipynb_checkpoints" not in path.parts}
    assert stored == made


def test_readme_is_what_its_source_gives():
    stored = (ROOT / "README.md").read_text(encoding="utf-8")
    assert stored == readme(ROOT), "README.md: edit sources/README.md, then `make notebooks`"


def test_glossary_is_what_its_source_gives():
    stored = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    assert stored == glossary(ROOT), "docs/glossary.md: run `make notebooks`"


@pytest.mark.parametrize("term", terms(ROOT), ids=lambda term: term.name)
def test_terms_are_explained_where_they_are_first_used(term):
    assert term.explained, f"no lesson has {term.name!r} in **bold**, with an explanation"
    assert not term.comes_too_early, f"used at {term.used}, but explained at {term.explained}"


def claims():
    with (ROOT / "sources/claims.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", claims(), ids=lambda row: row["claim"])
def test_a_claim_of_the_readme_is_tested_where_it_says(row):
    cells = nbformat.read(ROOT / f"lessons/{row['lesson']}.ipynb", as_version=4).cells
    lines = [line for cell in cells for line in cell.source.splitlines()]
    number = next(i for i, line in enumerate(lines) if line.lstrip("# ") == row["heading"])
    assert any("**What came out" in line for line in lines[number:])
    assert row["answer"].strip()


def test_grade_ids_are_unique_in_the_course():
    ids = [
        cell.metadata["nbgrader"]["grade_id"]
        for target in targets(ROOT)
        if not target.is_lesson
        for cell in nbformat.read(target.full, as_version=4).cells
        if "nbgrader" in cell.metadata
    ]
    assert len(ids) == len(set(ids))
