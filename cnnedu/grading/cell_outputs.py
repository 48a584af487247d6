"""Collect the outputs of a cell: well-formed, harmless, and not too many."""

import re

import nbformat.v4

from cnnedu.grading.inside import values
from cnnedu.grading.safe_markdown import is_base64

MOST_BYTES = 2 * 2**20  # of one output, as it arrives
MOST_OF_CELL = 2**20  # characters
MOST_OF_NOTEBOOK = 8 * 2**20
MOST_OUTPUTS = 500  # of one cell
MOST_ERRORS = 20
MOST_SAID, MOST_LINES = 2000, 50  # characters of an error's message or a line of it; lines
PICTURES = ("image/png", "image/jpeg")
# Commands to a terminal, except for colours, and characters that no text needs.
COMMANDS = re.compile(
    r"(\x1b\[[0-9;]*m)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[0-9;?]*[ -/]*[@-~]"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
CUT = "… the rest was left out\n"


class Room:
    """How many more characters the outputs of a notebook may take."""

    def __init__(self):
        self.left = MOST_OF_NOTEBOOK


class Outputs:
    """Collects a cell's outputs.

    Args:
        room: the `Room` that is left in the notebook.
    """

    def __init__(self, room):
        self._outputs = []
        self._room = room
        self._left = min(MOST_OF_CELL, room.left)
        self._errors = 0

    def receive(self, body):
        """Add an output that came as bytes; leave out what isn't one."""
        if len(body) > MOST_BYTES:
            return self._cut()
        try:
            output = values.decode(body)
        except values.ValueLost:
            return None
        if not isinstance(output, dict):
            return None
        if _word(output, "output_type") == "clear":
            return self._outputs.clear()
        made = _made(output)
        return made and self.add(made)

    def add(self, output):
        """Add an output in nbformat's form, if there is room."""
        size = len(str(output))
        if output.output_type == "error":
            self._errors += 1
            if size > self._left:
                # Its beginning is kept, so somebody can still see what was wrong.
                output.traceback = [f"{output.ename[:100]}: {output.evalue[:400]}"]
                output.evalue = output.evalue[:400]
            if self._errors <= (MOST_ERRORS if self._room.left > 0 else 1):
                self._take(output, size)
        elif size > self._left or len(self._outputs) >= MOST_OUTPUTS:
            self._cut()
        else:
            self._take(output, size)

    def kept(self):
        """Return the outputs in nbformat's form."""
        return self._outputs

    def _take(self, output, size):
        self._left -= size
        self._room.left -= size
        last = self._outputs[-1] if self._outputs else None
        if last and output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            self._outputs.append(output)

    def _cut(self):
        """Take no more outputs, except errors, and say so once."""
        if self._left > 0:
            self._left = 0
            self._outputs.append(nbformat.v4.new_output("stream", name="stdout", text=CUT))


def failure(name, message):
    """Return an error as an output."""
    return nbformat.v4.new_output(
        "error", ename=name, evalue=message, traceback=[f"{name}: {message}"]
    )


def plain(value, most=MOST_OF_CELL):
    """Return a text that any file can hold: whole characters, and at most so many of them."""
    return str(value)[:most].encode("utf-8", "replace").decode()


def _shown(value, most=MOST_OF_CELL):
    """Return a text that a terminal shows, perhaps in colour, and that does nothing else."""
    return COMMANDS.sub(r"\1", plain(value, most))


def _word(output, key):
    """Return a text of an output, or None: an array in its place compares with nothing."""
    value = output.get(key)
    return value if isinstance(value, str) else None


def _made(output):
    """Return an output in nbformat's form, or None if it is malformed."""
    kind = _word(output, "output_type")
    if kind == "stream" and _word(output, "name") in ("stdout", "stderr"):
        return nbformat.v4.new_output(kind, name=output["name"], text=_shown(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        lines = lines[-MOST_LINES:] if isinstance(lines, list) else []
        return nbformat.v4.new_output(
            kind,
            ename=_shown(output.get("ename"), 200),
            evalue=_shown(output.get("evalue"), MOST_SAID),
            traceback=[_shown(line, MOST_SAID) for line in lines],
        )
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        # No HTML and no JavaScript: the instructor's browser shows the notebook.
        held = {name: _shown(text, MOST_BYTES) for name, text in output["data"].items()}
        data = {name: text for name, text in held.items() if name in PICTURES and is_base64(text)}
        data |= {name: text for name, text in held.items() if name == "text/plain"}
        if not data:
            return None
        made = nbformat.v4.new_output(kind, data=data)
        if kind == "execute_result":
            made.execution_count = None
        return made
    return None
