"""Find solutions that are more alike than chance explains: evidence for a person, never a verdict.

Each answer becomes a list of words that renaming, comments and layout don't change. Every run of
`RUN` words is a print. A print that a quarter of the class has is left out; one that only two have
says much: log2(students / those who have it), in bits. What the released cell or the solution
already holds is left out.
"""

import ast
import hashlib
import io
import keyword
import math
import tokenize
from collections import Counter
from dataclasses import dataclass, field

RUN = 6  # words
SHARE = 0.6  # of the rarer prints of the one that has fewer
PART = 0.35  # of all prints of the shorter one: a slip in one cell is made by many
BITS = 40.0  # about as unlikely as forty coins that all show heads
LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
LAYOUT |= {tokenize.ENDMARKER, tokenize.ENCODING}


@dataclass
class Pair:
    """Two students whose answers are alike.

    Args:
        students: their names.
        share: of the smaller one's rare prints, weighed by bits, that the other has too.
        bits: how unlikely the common prints are.
        cells: {grade_id: bits} of the cells in which they are.
    """

    students: tuple[str, str]
    share: float
    bits: float
    cells: dict[str, float] = field(default_factory=dict)


def pairs(answers, known=()):
    """Return the `Pair`s whose answers are more alike than chance explains, the clearest first.

    Args:
        answers: {student: {grade_id: source}}.
        known: lists of {grade_id: source} that everybody may share: what was released, the
            solution.

    >>> same = "a = x.reshape(2, -1).mean(axis=0)[::-1] * 3 + np.tri(7)[1] - np.eye(5)[2]"
    >>> others = {f"s{n}": {"q": f"a = {n} * sum(x for x in range({n}))"} for n in range(30)}
    >>> found = pairs(others | {"ada": {"q": same}, "bob": {"q": same.replace("a =", "result =")}})
    >>> [(pair.students, pair.share) for pair in found]
    [(('ada', 'bob'), 1.0)]
    """
    excluded = {one for cells in known for one in _prints(cells)}
    whole = {student: _prints(cells) for student, cells in answers.items()}
    prints = {student: own - excluded for student, own in whole.items()}
    having = Counter(one for own in prints.values() for one in own)
    number = len(prints)
    bits = {one: math.log2(number / count) for one, count in having.items()}
    sums = {student: sum(bits[one] for one in own) for student, own in prints.items()}
    found = []
    for common, shared in _common(prints, having).items():
        worth = sum(bits[one] for one in shared)
        smaller = min(sums[student] for student in common)
        least = PART * min(len(whole[student]) for student in common)
        if worth >= BITS and worth >= SHARE * smaller and len(shared) >= least:
            cells = Counter()
            for cell, mark in shared:
                cells[cell] += bits[cell, mark]
            found.append(Pair(common, worth / smaller, worth, dict(cells)))
    return sorted(found, key=lambda pair: (-pair.share, -pair.bits, pair.students))


def _common(prints, having):
    """Return {(student, student): their common prints}; prints that many have decide nothing."""
    owners = {}
    for student in sorted(prints):
        for one in prints[student]:
            if 1 < having[one] <= max(2, len(prints) // 4):
                owners.setdefault(one, []).append(student)
    found = {}
    for one, students in owners.items():
        for at, first in enumerate(students):
            for second in students[at + 1 :]:
                found.setdefault((first, second), []).append(one)
    return found


def _prints(cells):
    """Return {(grade_id, print)} of the answers in some cells."""
    found = set()
    for grade_id, source in cells.items():
        words = tokens(source)
        for start in range(len(words) - RUN + 1):
            run = "\0".join(words[start : start + RUN])
            found.add((grade_id, hashlib.blake2b(run.encode(), digest_size=8).digest()))
    return found


def tokens(source):
    """Return the words of a program, without layout and comments, and names as they are used.

    A name that the program itself binds becomes `v`; functions and methods of others keep theirs.

    >>> tokens("def flip(w):\\n    return w[::-1]  # turn")
    ['def', 'v', '(', 'v', ')', ':', 'return', 'v', '[', ':', ':', '-', '1', ']']
    """
    own = _bound(source)
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in LAYOUT:
                continue
            is_own = token.type == tokenize.NAME and token.string in own
            found.append("v" if is_own and not keyword.iskeyword(token.string) else token.string)
    except (tokenize.TokenError, SyntaxError):
        pass  # what comes before the mistake counts
    return found


def _bound(source):
    """Return the names that a program binds."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    return names
