"""Feedback that says what is wrong, what was graded again, and keeps the hidden tests hidden."""

from nbformat.v4 import new_markdown_cell
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

from cnnedu.grading.regrade import read_log
from cnnedu.grading.safe_markdown import fenced


class HideTests(ClearHiddenTests):
    """Remove the hidden tests from a graded notebook, and from the errors that they raised.

    nbgrader restores the hidden tests before it grades, and its own feedback shows them. Here the
    student sees the message of the error, which is the diagnosis, but not the lines around it.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        """Clear one cell; nbgrader calls this for each of them.

        A cell that the student may write in holds no hidden test, whatever it says.
        """
        if not utils.is_locked(cell):
            return cell, resources
        hidden = self.begin_test_delimeter in cell.source
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []) if hidden else []:
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources


class ShowRegrades(NbGraderPreprocessor):
    """Say below each question that was graded again, when, with which points, and why."""

    def preprocess(self, nb, resources):
        """Insert a cell for each regrade of the student; nbgrader calls this for each notebook."""
        known = resources["nbgrader"]
        cells = []
        log = read_log(known["db_url"], known["assignment"], known["student"])
        for cell in nb.cells:
            cells.append(cell)
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cells += [
                new_markdown_cell(_told(day, one)) for day, one in log if one.question == name
            ]
        nb.cells = cells
        return nb, resources


def _told(day, regrade):
    when = f"{day.day} {day:%B %Y}"
    return f"**Graded again on {when}:** {regrade.change}. Why:\n\n{fenced(regrade.reason)}"
