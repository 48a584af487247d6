"""What the instructor reads at the end of a run."""

from collections import Counter

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
    failed = [status for status in statuses if status.state == "failed"]
    lines += _listed("Failed, and why:", failed, lambda status: [status.why])
    told = [status for status in statuses if status.why and status.state != "failed"]
    lines += _listed("Worth a look:", told, lambda status: [status.why])
    suspected = [status for status in statuses if status.evidence]
    lines += _listed("Possibly tampered with:", suspected, lambda status: status.evidence)
    return "\n".join([*lines, *([""] if remarks else []), *remarks])


def _listed(title, statuses, reasons):
    if not statuses:
        return []
    # Nothing that a student wrote may act on the terminal.
    told = [f"{s.student}: {'; '.join(reasons(s))}" for s in statuses]
    return ["", title, *(f"  {printable(line)}" for line in told)]
