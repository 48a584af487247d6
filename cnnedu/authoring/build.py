"""Turn `sources/` into `lessons/`, `solutions/` and `exercises/`."""

from dataclasses import dataclass
from pathlib import Path

import nbformat

from cnnedu.authoring.execute import execute
from cnnedu.authoring.release import release
from cnnedu.authoring.source import AuthoringError, read
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
    for path, notebook in notebooks.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{nbformat.writes(notebook).rstrip()}\n".encode())
