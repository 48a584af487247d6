"""The judge's process: it runs the instructor's cells, with stand-ins for the student's functions.

A stand-in sends its arguments to the student's process, by way of the grader, and returns the
answer. So the cells that award points run unchanged, and no student's code runs beside them.
"""

import numpy as np

from cnnedu.checks import CheckFailed
from cnnedu.checks.ready_made import allowed_now
from cnnedu.grading.inside import values


def _stand_in(channel, name):
    """Return a stand-in for the student's function of this name."""

    def stand_in(*arguments):
        question = {"name": name, "allowed": allowed_now()}
        channel.send("ask", question, values.encode(list(arguments)))
        _, reply, body = channel.receive()
        if "error" in reply:
            raise _error(reply["error"], reply["message"])
        answer, changed = values.decode(body)
        _write_back(changed, arguments, name)
        return answer

    stand_in.__name__ = stand_in.__qualname__ = name
    # It counts as a function of the notebook's own, not as a ready-made one.
    stand_in.__module__ = "__main__"
    return stand_in


def serve(channel, shell):
    """Do what the grader asks until it closes the connection."""
    shell.start(lambda output: channel.send("output", body=values.encode(output)))
    while True:
        kind, fields, body = channel.receive()
        if kind == "bind":
            _bind(shell, channel, fields["name"], fields["kind"], body)
        else:
            result = shell.run(body.decode())
            # Only this message gives a point: for this cell, in this run.
            verdict = {"passed": result.success, "shown": shell.text(result.result)}
            channel.send("verdict", fields | verdict)


def _bind(shell, channel, name, kind, body):
    """Set a variable for the instructor's cells to the value it has in the student's process."""
    shell.user_ns.pop(name, None)
    if kind == "function":
        shell.user_ns[name] = _stand_in(channel, name)
    elif kind == "value":
        try:
            shell.user_ns[name] = values.decode(body)
        except values.ValueLost as loss:
            shell.user_ns[name] = values.Opaque(f"something strange: {loss}")


def _error(name, message):
    """Return an error with the name of the one that the student's function raised."""
    known = {"NotImplementedError": NotImplementedError, "CheckFailed": CheckFailed}
    made = type(name if name.isidentifier() else "Error", (Exception,), {})
    return known.get(name, made)(message)


def _write_back(changed, arguments, name):
    """Change the arguments in the way the student's function changed its own."""
    if changed is None:
        return
    for given, now in zip(arguments, changed, strict=True):
        if isinstance(given, np.ndarray) and np.shape(given) == np.shape(now):
            given[...] = now
        elif isinstance(given, list) and isinstance(now, list):
            given[:] = now
        elif isinstance(given, (np.ndarray, list)):
            raise CheckFailed(f"`{name}` changed what it was given; work on a copy")
