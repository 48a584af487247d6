"""Drafts with planted bugs: for each, a student writes an example on which it alone is wrong."""

import numpy as np

from cnnedu.checks.compare import require
from cnnedu.checks.value import Design


def shown_by_examples(drafts, read, reference, *, names="only_{}", called="draft"):
    """Return a `Design` for each draft: an example that shows its bug and that of no other.

    Args:
        drafts: {letter: function}, each right but for one bug.
        read: function of a name and what the student wrote, which returns the arguments of a
            draft or raises `CheckFailed`.
        reference: the right function, of the same arguments.
        names: the name of the student's variable, with {} for the letter in lower case.
        called: what the exercise calls a draft.
    """

    def design(letter):
        name = names.format(letter.lower())

        def judge(value):
            arguments = read(name, value)
            right = reference(*arguments)
            wrong = [other for other, draft in drafts.items() if _errs(draft, arguments, right)]
            require(
                letter in wrong,
                f"{name}: on this example {called} {letter} is right, so its bug doesn't show; "
                "look for a line that takes for granted what needn't be so",
            )
            others = [other for other in wrong if other != letter]
            those = f"that of {called} {others[0]}" if len(others) == 1 else "those of the others"
            require(not others, f"{name}: the bug of {called} {letter} shows, but {those} as well")

        return Design(name, judge)

    return [design(letter) for letter in drafts]


def _errs(draft, arguments, right):
    """Return whether a draft fails or gives something else."""
    try:
        got = draft(*arguments)
    except (IndexError, ValueError):
        return True
    return got.shape != right.shape or abs(np.subtract(got, right, dtype=float)).max() > 1e-6
