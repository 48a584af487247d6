"""Say once for the class what most submissions have in common.

What nearly everybody's notebook differs in was done by nobody: the exercise was released again, or
a tool that all of them use changed their cells.
"""

from collections import Counter
from dataclasses import replace

FEWEST = 3  # submissions that make a class


def said_once(statuses):
    """Return (lines, statuses): the lines say what most submissions differ in, all alike.

    The statuses no longer say it. A submission that differs in another way keeps its own remark.

    Args:
        statuses: list of `Status`.
    """
    read = [status for status in statuses if status.state in ("graded", "needs a human")]
    counts = Counter(pair for status in read for pair in _differences(status))
    common = {
        pair: number
        for pair, number in counts.items()
        if number >= FEWEST and number > len(read) / 2
    }
    lines = [
        f"{number} of {len(read)} submissions are alike in this: {said}"
        for (said, _), number in common.items()
    ]
    return lines, [_without(status, common) for status in statuses]


def _differences(status):
    """Return (remark, fingerprint) pairs; whatever a report holds, they can be counted."""
    return {(said, str(version)) for said, version in status.differs.items()}


def _without(status, common):
    """Return a status without the remarks that are common to the class."""
    said = {said for said, version in _differences(status) if (said, version) in common}
    return replace(
        status,
        why="; ".join(part for part in status.why.split("; ") if part not in said),
        evidence=[one for one in status.evidence if one not in said],
    )
