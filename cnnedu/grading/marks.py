"""Give a submission's cells back the marks and texts that they were given out with.

Many tools strip nbgrader's marks, and students copy, split, merge, move and delete cells. A cell
whose mark is lost is found again by its text or its place. One that can't be found is put back, and
a human looks for the answer. Only what no accident explains counts as evidence of tampering, and no
point depends on that: the course's own version of a locked cell is the one that runs.
"""

from collections import Counter
from dataclasses import dataclass, field

from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader import utils

from cnnedu.grading.safe_markdown import literal
from cnnedu.grading.same_cell import (
    fingerprint,
    is_of_another_release,
    is_same,
    is_untouched,
    may_be,
    plain_text,
)

CHANGED = "Shown as plain text: this is what the submission had in place of the cell above."
NOT_FOUND = (
    "The cell for the answer {} was not in the submission. "
    "An answer that stands elsewhere in this notebook counts as well."
)
OWN_USED = "the course's own version was used"


@dataclass
class Restored:
    """A notebook with its marks, and what was found on the way.

    Args:
        notebook: the notebook.
        notes: what happened to its cells, in words.
        evidence: what no accident explains.
        differs: {note or evidence: fingerprint of what the submission holds instead}.
        doubtful: grade_ids that a human must look at, unless a test gives points.
    """

    notebook: object
    notes: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    differs: dict[str, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)

    def note(self, said, fingerprint="", evidence=False):
        """Keep what was found; equal fingerprints mean that submissions are alike in it."""
        (self.evidence if evidence else self.notes).append(said)
        self.differs[said] = fingerprint


def restore(notebook, given):
    """Restore the marks and the locked texts of a notebook; return the `Restored`.

    Args:
        notebook: as it was handed in; its cells may claim anything. It is changed.
        given: its `GivenOut`.
    """
    restored = Restored(notebook)
    claims = [cell.metadata.pop("nbgrader", {}) for cell in notebook.cells]
    copies = _copies(claims, given)
    places = _by_mark(restored, copies, given)
    marked = set(places)
    _by_text(notebook.cells, given, places)
    _by_place(notebook.cells, given, places)
    _note_lost(restored, given, places.keys() - marked)
    added = []
    for place, position in places.items():
        name = given.outline[place].name
        if name is None:
            continue
        claim = claims[position] if place in marked else {}
        pieces = [notebook.cells[piece].source for piece in copies.get(name, [])]
        shown = _restore(restored, position, given.cells[name], claim, pieces)
        added += [(position + 1, place, shown)] if shown else []
    own = _own(notebook.cells, given, places) | {position - 1 for position, *_ in added}
    _doubt_answers(restored, given, places, own)
    added += _missing(restored, given, places)
    # From the end, so that no position changes before its turn.
    for position, _, cell in sorted(added, key=lambda each: each[:2], reverse=True):
        notebook.cells.insert(position, cell)
    return restored


def _copies(claims, given):
    """Return {grade_id: positions of the cells that claim it}."""
    copies = {}
    for position, claim in enumerate(claims):
        if claim.get("grade_id") in given.cells:
            copies.setdefault(claim["grade_id"], []).append(position)
    return copies


def _by_mark(restored, copies, given):
    """Return {place in the outline: position} of the marked cells.

    Of several copies the last one counts, but not one that is a stub if another holds an answer,
    nor one that was changed if another wasn't.
    """
    places, twice = {}, []
    for place, cell in enumerate(given.outline):
        mine = copies.get(cell.name, [])
        sources = {position: restored.notebook.cells[position].source for position in mine}
        if len(mine) > 1:
            known = given.cells[cell.name]
            good = [one for one in mine if is_same(sources[one], known) == known.mark["locked"]]
            mine = good or mine
            twice.append(cell.name)
        if mine:
            places[place] = mine[-1]
    if twice:
        said = _said(twice, "appears", "appear")
        restored.note(f"{said} more than once (one copy counts, all are kept)")
    return places


def _by_text(cells, given, places):
    """Find cells without a mark whose text is that of just one cell given out."""
    taken, free = set(places.values()), {}
    longest = max((len(cell.text) for cell in given.outline), default=0)
    for position, cell in enumerate(cells):
        if position not in taken and may_be(cell.source, longest):
            free[plain_text(cell.source)] = position
    often = Counter(cell.text for cell in given.outline)
    for place, cell in enumerate(given.outline):
        if place not in places and cell.text and often[cell.text] == 1 and cell.text in free:
            places[place] = free[cell.text]


def _by_place(cells, given, places):
    """Find answers without a mark: each directly follows the cell that it followed when given."""
    taken = set(places.values())
    for place, cell in enumerate(given.outline):
        position = places.get(place - 1, len(cells)) + 1
        if place in places or cell.name is None or position >= len(cells) or position in taken:
            continue
        known = given.cells[cell.name]
        is_code = cells[position].cell_type == "code"
        if known.mark["solution"] and is_code == (known.cell_type == "code"):
            places[place] = position
            taken.add(position)


def _note_lost(restored, given, found):
    names = [given.outline[place].name for place in sorted(found)]
    names = [name for name in names if name]
    if names:
        said = _said(names, "was", "were")
        restored.note(f"{said} without nbgrader's mark (found by the text or the place)")
        restored.doubtful |= {name for name in names if _is_by_hand(given.cells[name])}


def _restore(restored, position, known, claim, pieces):
    """Give a cell its type, mark and locked text; return a cell that shows what it had, or None."""
    cell, name = restored.notebook.cells[position], known.mark["grade_id"]
    had = cell.source
    if cell.cell_type != known.cell_type:
        restored.note(f"cell {name} was turned into another type of cell (and turned back)")
        restored.doubtful.add(name)
        cell = _made(known, had, cell.get("attachments"))
        restored.notebook.cells[position] = cell
    cell.metadata["nbgrader"] = from_dict(known.mark)
    changed = known.mark["locked"] and not (
        is_same(had, known) or is_same("\n".join(pieces), known)
    )
    points = claim.get("points", known.mark.get("points"))
    if known.mark["locked"]:
        cell.source = known.source
    if not changed and points == known.mark.get("points"):
        return None
    version = fingerprint(had if changed else "", points)
    if is_of_another_release(had, known, claim):
        said = f"cell {name} is of another release (the course's present version was used)"
        restored.note(said, version)
        return None
    if points != known.mark.get("points"):
        said = f"cell {name} claims different points (the course's own were used)"
        restored.note(said, version, evidence=True)
    if not changed:
        return None
    restored.doubtful.add(name)
    if not had.strip():
        restored.note(f"cell {name} was empty ({OWN_USED})")
        return None
    # Where there are no points to gain, it was hardly on purpose.
    said = f"cell {name} was changed ({OWN_USED})"
    restored.note(said, version, evidence=known.mark["grade"])
    return new_markdown_cell(literal(had, CHANGED))


def _own(cells, given, places):
    """Return the positions of the student's own cells: no text in them was given out."""
    texts, known = {"", *(cell.text for cell in given.outline)}, set(places.values())
    longest = max(map(len, texts))
    return {
        position
        for position, cell in enumerate(cells)
        if position not in known
        and not (may_be(cell.source, longest) and plain_text(cell.source) in texts)
    }


def _doubt_answers(restored, given, places, own):
    """Let a human look at an empty answer if the student wrote in another cell near it.

    `own`: the positions of the cells in which the student wrote.
    """
    cells, near = restored.notebook.cells, []
    for place, position in places.items():
        name = given.outline[place].name
        if name is None or name in restored.doubtful or not _is_by_hand(given.cells[name]):
            continue
        around = {*_around(position, -1, cells), *_around(position, 1, cells)}
        if is_untouched(cells[position]) and around & own:
            near.append(name)
    if near:
        said = _said(near, "was", "were")
        restored.note(f"{said} left as given out (look for the answer in the cells around)")
        restored.doubtful |= set(near)


def _around(position, step, cells):
    """Yield the positions on one side, up to the next question."""
    position += step
    while 0 <= position < len(cells) and not _is_question(cells[position]):
        yield position
        position += step


def _missing(restored, given, places):
    """Return (position, place, cell) of the cells to put back, each before what used to follow it.

    There it comes after all that the student put in its place.
    """
    added = []
    for place, outlined in enumerate(given.outline):
        known = given.cells.get(outlined.name)
        if place in places or known is None or not _is_put_back(known.mark):
            continue
        earliest = max((places[one] + 1 for one in places if one < place), default=0)
        end = len(restored.notebook.cells)
        latest = min((places[one] for one in places if one > place), default=end)
        source = known.source
        if _is_by_hand(known):
            said = NOT_FOUND.format(outlined.name)
            source = f"{'# ' * (known.cell_type == 'code')}{said}\n\n{source}"
        added.append((max(earliest, latest), place, _made(known, source)))
    names = [given.outline[place].name for _, place, _ in added]
    answers = [name for name in names if _is_by_hand(given.cells[name])]
    for some, what in (
        ([name for name in names if name not in answers], "put back"),
        (answers, "look for the answer in the cells around"),
    ):
        if some:
            restored.note(f"{_said(some, 'was', 'were')} missing ({what})")
    restored.doubtful |= set(names)
    return added


def _is_by_hand(known):
    return known.mark["grade"] and known.mark["solution"]


def _is_question(cell):
    return utils.is_grade(cell) or utils.is_solution(cell) or utils.is_task(cell)


def _is_put_back(mark):
    return mark["locked"] or mark["grade"] or mark["task"]


def _made(known, source, attachments=None):
    """Return a new cell of the type that was given out."""
    if known.cell_type == "code":
        return new_code_cell(source=source, metadata={"nbgrader": from_dict(known.mark)})
    made = new_markdown_cell(source=source, metadata={"nbgrader": from_dict(known.mark)})
    if attachments:
        made["attachments"] = attachments
    return made


def _said(names, one, more):
    """Return the start of a sentence about cells: the first names, and how many more there are."""
    listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return f"cell {listed} {one}" if len(names) == 1 else f"cells {listed} {more}"
