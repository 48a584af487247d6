"""Turn `sources/` into `lessons/`, `solutions/` and `exercises/`."""

import itertools
from dataclasses import dataclass
from pathlib import Path

import nbformat

from cnnedu.authoring import address
from cnnedu.authoring.execute import execute
from cnnedu.authoring.release import release
from cnnedu.authoring.source import AuthoringError, read
from cnnedu.authoring.standalone import add_install_cell, installs, standalone
from cnnedu.data.whole_file import write_whole


@dataclass(frozen=True)
class Target:
    """One source file and the notebooks built from it."""

    source: Path
    root: Path

    @property
    def shown(self):
        """The source's path from the root, for messages."""
        return self.source.relative_to(self.root).as_posix()

    @property
    def is_lesson(self):
        """Whether the source is a lesson rather than an exercise."""
        return self.source.parent.name == "lessons"

    @property
    def full(self):
        """The path of the complete notebook: the lesson, or the exercise's solution."""
        name = self.source.stem
        folder = self.root / ("lessons" if self.is_lesson else f"solutions/{name}")
        return folder / f"{name}.ipynb"

    @property
    def released(self):
        """The path of the notebook that students fill in, for an exercise."""
        return self.root / "exercises" / self.source.stem / f"{self.source.stem}.ipynb"

    def derive(self):
        """Return {path: notebook} for everything built from this source, not yet executed."""
        notebook = read(self.source, self.root)
        add_install_cell(notebook, address.read(self.root))
        if self.is_lesson:
            return {self.full: notebook}
        return {self.full: notebook, self.released: release(notebook, self.source.stem, self.root)}


def targets(root: Path, number: str = ""):
    """Return the targets whose sources' names begin with `number` (all by default).

    Raises:
        AuthoringError: there are none.
    """
    everything = sorted((root / "sources").glob("*/*.py"))
    if not everything:
        raise AuthoringError(f"there are no sources in {root}: go to the course's folder first")
    sources = [source for source in everything if source.name.startswith(number)]
    if not sources:
        raise AuthoringError(f"no source begins with {number!r}; see the file names in sources/")
    return [Target(source, root) for source in sources]


def build(target: Target):
    """Write the notebooks built from one source; the complete one is executed first.

    Raises:
        AuthoringError: the source has a mistake, or a cell fails; no notebook is written then.
        OSError: a notebook can't be written.
    """
    notebooks = target.derive()
    target.full.parent.mkdir(parents=True, exist_ok=True)
    execute(notebooks[target.full], target.full.parent, target.shown)
    _write(notebooks)


def keep_outputs(root: Path):
    """Write all notebooks anew without running them: the outputs stay.

    Raises:
        AuthoringError: a stored notebook has other cells of code than its source; none is written.
        OSError: a notebook can't be written.
    """
    for notebooks in [_with_outputs(target) for target in targets(root)]:
        _write(notebooks)


def _with_outputs(target):
    """Return the notebooks built from one source, with the outputs that are stored."""
    notebooks = target.derive()
    stored = nbformat.read(target.full, as_version=4)
    old, new = (
        [cell for cell in notebook.cells if cell.cell_type == "code"]
        for notebook in (stored, notebooks[target.full])
    )
    outputs = [(cell.source, cell.outputs) for cell in old if not installs(cell)]
    if [source for source, _ in outputs] != [c.source for c in new if not installs(c)]:
        raise AuthoringError(f"{target.shown} has changed since it was run: `make notebooks` first")
    rest = iter(outputs)
    count = itertools.count(1)
    for cell in new:
        cell.outputs = [] if installs(cell) else next(rest)[1]
        if cell.source:
            cell.execution_count = next(count)
    return notebooks


def write_standalone(target: Target, folder: Path):
    """Write the notebook that readers open into `folder`, as a copy that works alone.

    Raises:
        OSError: it can't be read or written.
    """
    place = address.read(target.root)
    read_by_all = target.full if target.is_lesson else target.released
    path = read_by_all.relative_to(target.root).as_posix()
    notebook = standalone(nbformat.read(read_by_all, as_version=4), path, place)
    _write({Path(folder, address.standalone_path(path)): notebook})


def _write(notebooks):
    for path, notebook in notebooks.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{nbformat.writes(notebook).rstrip()}\n".encode())
