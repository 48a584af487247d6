"""The outputs of a cell: what a stranger's program sends is taken for nothing but that."""

import nbformat.v4

MOST_OUTPUTS = 500
MOST_TEXT = 4 * 2**20
# No HTML and no JavaScript: the instructor's browser will show the notebook.
SHOWN = ("text/plain", "image/png", "image/jpeg")


class Outputs:
    """Collects outputs, well formed and not too many."""

    def __init__(self):
        self._outputs = []
        self._size = 0

    def add(self, output):
        """Add what was reported, if it is an output of a kind that a notebook knows."""
        if not isinstance(output, dict):
            return
        if output.get("output_type") == "clear":
            self._outputs.clear()
            return
        made = _made(output)
        if made is None:
            return
        self._size += len(str(made))
        last = self._outputs[-1] if self._outputs else None
        if made.output_type == "error":
            self._outputs.append(made)
        elif self._size > MOST_TEXT or len(self._outputs) >= MOST_OUTPUTS:
            return
        elif last and made.output_type == "stream" and last.get("name") == made.name:
            last.text += made.text
        else:
            self._outputs.append(made)

    def kept(self):
        """Return the outputs as those of a notebook's cell."""
        return self._outputs


def failure(name, message):
    """Return the output of an error."""
    return nbformat.v4.new_output(
        "error", ename=name, evalue=message, traceback=[f"{name}: {message}"]
    )


def _made(output):
    """Return the notebook's own kind of output, or None for anything malformed."""
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return nbformat.v4.new_output(kind, name=output["name"], text=str(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        lines = [str(line)[:10_000] for line in lines[:200]] if isinstance(lines, list) else []
        return nbformat.v4.new_output(
            kind,
            ename=str(output.get("ename"))[:200],
            evalue=str(output.get("evalue"))[:10_000],
            traceback=lines,
        )
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        data = {name: str(value) for name, value in output["data"].items() if name in SHOWN}
        made = nbformat.v4.new_output(kind, data=data)
        if kind == "execute_result":
            made.execution_count = None
        return made
    return None
