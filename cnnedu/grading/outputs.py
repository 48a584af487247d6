"""The outputs of a cell: what a stranger's program sends is taken for nothing but that."""

import re

import nbformat.v4

from cnnedu.grading.harmless import is_base64
from cnnedu.grading.inside import values

MOST_BYTES = 2 * 2**20  # of one output on its way
MOST_OF_CELL = 2**20  # characters
MOST_OF_NOTEBOOK = 8 * 2**20
MOST_OUTPUTS = 500  # of one cell
MOST_ERRORS = 20
MOST_SAID, MOST_LINES = 2000, 50  # characters of an error's message or line; lines
PICTURES = ("image/png", "image/jpeg")
# A terminal's commands, all but those for colours, and characters that no text needs.
COMMANDS = re.compile(
    r"(\x1b\[[0-9;]*m)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[0-9;?]*[ -/]*[@-~]"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
CUT = "… and more, which is left out\n"


class Room:
    """The characters that all outputs of a notebook may still take."""

    def __init__(self):
        self.left = MOST_OF_NOTEBOOK


class Outputs:
    """Collects a cell's outputs, well formed and not too many.

    Args:
        room: the `Room` that the notebook has left.
    """

    def __init__(self, room):
        self._outputs = []
        self._room = room
        self._left = min(MOST_OF_CELL, room.left)
        self._errors = 0

    def receive(self, body):
        """Add an output that came as bytes; what is none is left out."""
        if len(body) > MOST_BYTES:
            return self._cut()
        try:
            output = values.decode(body)
        except values.ValueLost:
            return None
        if not isinstance(output, dict):
            return None
        if output.get("output_type") == "clear":
            return self._outputs.clear()
        made = _made(output)
        return made and self.add(made)

    def add(self, output):
        """Add an output of a notebook's own kind, if there is room."""
        size = len(str(output))
        if output.output_type == "error":
            self._errors += 1
            if size > self._left:
                # Somebody must still see what was wrong.
                output.traceback = [f"{output.ename[:100]}: {output.evalue[:400]}"]
                output.evalue = output.evalue[:400]
            if self._errors <= (MOST_ERRORS if self._room.left > 0 else 1):
                self._take(output, size)
        elif size > self._left or len(self._outputs) >= MOST_OUTPUTS:
            self._cut()
        else:
            self._take(output, size)

    def kept(self):
        """Return the outputs as those of a notebook's cell."""
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
        """Take no more but errors, and say so once."""
        if self._left > 0:
            self._left = 0
            self._outputs.append(nbformat.v4.new_output("stream", name="stdout", text=CUT))


def failure(name, message):
    """Return the output of an error."""
    return nbformat.v4.new_output(
        "error", ename=name, evalue=message, traceback=[f"{name}: {message}"]
    )


def plain(value, most=MOST_OF_CELL):
    """Return a text that any file can hold: nothing but whole characters, and not too many."""
    return str(value)[:most].encode("utf-8", "replace").decode()


def _shown(value, most=MOST_OF_CELL):
    """Return a text that does nothing to a terminal but to colour it."""
    return COMMANDS.sub(r"\1", plain(value, most))


def _made(output):
    """Return the notebook's own kind of output, or None for anything malformed."""
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
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
        # No HTML and no JavaScript: the instructor's browser will show the notebook.
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
