"""nbgrader's exchange, with a variant for each student where the course has variants.

The class finds the usual exercise in the exchange, with the words that the variants follow from.
Whoever fetches it gets their own. The grader goes by the folder in which it was handed in.
"""

import shutil
import tempfile
from pathlib import Path

import nbformat
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeReleaseAssignment
from nbgrader.utils import get_username

from cnnedu.grading import variants
from cnnedu.grading.course import GradingError, settings

MARK = "cnnedu-variants"  # in the metadata of a notebook: the words


class ReleaseAssignment(ExchangeReleaseAssignment):
    """Releases an assignment, with the words that its variants follow from."""

    def init_src(self):
        """Find the files; fail if they should have variants and can't, while all is as it was."""
        super().init_src()
        name = self.coursedir.assignment_id
        try:
            # As the settings are now: formgrader has read them when the server started.
            self._words = variants.words_for(name, settings(self.coursedir.root).config)
            for notebook in _notebooks(self.src_path).values() if self._words else ():
                variants.vary(notebook, variants.code(name, self._words, ""))
        except (variants.NoVariants, GradingError) as error:
            self.fail(f"{name} can't be released: {error}")

    def do_copy(self, src, dest, log=None):
        """Copy the files; mark the notebooks if there are variants."""
        super().do_copy(src, dest, log)
        for name, notebook in _notebooks(src).items() if self._words else ():
            notebook.metadata[MARK] = self._words
            nbformat.write(notebook, Path(dest, name))


class FetchAssignment(ExchangeFetchAssignment):
    """Fetches an assignment; where it has variants, whoever fetches it gets their own."""

    def do_copy(self, src, dest):
        """Copy the files, with the student's own notebooks."""
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder, "own")
            shutil.copytree(src, own)
            for name, notebook in _notebooks(src).items():
                if words := notebook.metadata.pop(MARK, ""):
                    self._write(own / name, notebook, words)
            super().do_copy(str(own), dest)

    def _write(self, path, notebook, words):
        try:
            variant = variants.code(self.coursedir.assignment_id, words, get_username())
            path.write_bytes(variants.written(notebook, variant))
        except variants.NoVariants as error:
            self.fail(f"{path.name} can't be fetched: {error}")


def _notebooks(folder):
    return {
        path.name: nbformat.read(path, as_version=4)
        for path in sorted(Path(folder).glob("*.ipynb"))
    }
