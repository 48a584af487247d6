"""Feedback that says what is wrong and keeps the hidden tests hidden."""

from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests


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
