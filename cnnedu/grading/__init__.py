"""For instructors: grading with nbgrader."""

import sys

# nbformat's validator builds the grammars of international addresses when it is imported, for a
# check that notebooks never ask for. That was more than half of the grader's start; without this
# package it leaves the check out.
sys.modules.setdefault("rfc3987_syntax", None)
