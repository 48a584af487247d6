"""For instructors: grading with nbgrader."""

import sys

# When it is imported, nbformat's validator builds grammars for international addresses, for a check
# that notebooks never need. That took more than half of the grader's start. Without this package,
# the validator leaves the check out.
sys.modules.setdefault("rfc3987_syntax", None)
