"""Keep nbgrader's own *Autograde*, formgrader's button included, from running students' code."""

from nbgrader.preprocessors import NbGraderPreprocessor


class Refuse(NbGraderPreprocessor):
    """Stops nbgrader before it runs a submission: it would do so with the teacher's rights."""

    def preprocess(self, nb, resources):
        """Raise at once."""
        raise RuntimeError("nbgrader would run this submission without walls: use `cnnedu grade`")
