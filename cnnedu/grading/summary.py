"""What the instructor reads at the end of a run."""

from collections import Counter

from cnnedu.grading.alike import said_once
from cnnedu.grading.printable import printable

STATES = ("graded", "needs a human", "failed", "skipped")


def table(statuses, remarks=()):
    """Return the totals, and a line for each submission that needs a look.

    Args:
        statuses: list of `Status`.
        remarks: what else the instructor should know, one line each.
    """
    counts = Counter(status.state for status in statuses)
    lines = [f"{state:<14}{counts[state]:>5}" for state in STATES if counts[state]]
    if unchanged := sum(status.unchanged for status in statuses):
        said = "of these, not graded again: their files are the same (--force grades them)"
        lines.append(f"{'unchanged':<14}{unchanged:>5}  {said}")
    of_all, statuses = said_once(statuses)
    lines += ["", *map(printable, of_all)] if of_all else []
    failed = [status for status in statuses if status.state == "failed"]
    lines += _listed("Failed, and why:", failed, lambda status: [status.why])
    told = [status for status in statuses if status.why and status.state != "failed"]
    lines += _listed("Worth a look:", told, lambda status: [status.why])
    unusual = [status for status in statuses if status.evidence]
    title = "Perhaps tampered with, perhaps by accident; the submitted files show it:"
    lines += _listed(title, unusual, lambda status: status.evidence)
    return "\n".join([*lines, *([""] if remarks else []), *remarks])


def _listed(title, statuses, reasons):
    if not statuses:
        return []
    # Nothing that a student wrote may act on the terminal.
    told = [f"{s.student}: {'; '.join(reasons(s))}" for s in statuses]
    return ["", title, *(f"  {printable(line)}" for line in told)]
