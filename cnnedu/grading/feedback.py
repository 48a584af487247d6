"""Feedback that explains what is wrong and keeps the hidden tests hidden."""

from nbgrader.preprocessors import ClearHiddenTests


class HideTests(ClearHiddenTests):
    """Take the hidden tests out of a graded notebook, also out of the errors they raised.

    nbgrader puts the hidden tests back before it grades, and its stock feedback shows them.
    Here the student sees the message of the error (the diagnosis), not the lines around it.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        """Clear one cell; nbgrader calls this for each."""
        hidden = self.begin_test_delimeter in cell.source
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []) if hidden else []:
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources
