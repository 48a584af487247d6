"""The judge's process: runs the instructor's cells, in which student's functions are stand-ins.

A stand-in sends its arguments to the student's process, through the grader, and returns what comes
back. So the cells that award points run unchanged, beside no student's code.
"""

import numpy as np

from cnnedu.checks import CheckFailed, case
from cnnedu.grading.inside import values


class _Asker:
    """Asks the student's process by way of the grader."""

    def __init__(self, channel):
        self.channel = channel
        self.allowed = ()

    def function(self, name):
        """Return a stand-in for a function in the student's process."""

        def stand_in(*arguments):
            question = {"name": name, "allowed": list(self.allowed)}
            self.channel.send("ask", question, values.encode(list(arguments)))
            _, reply, body = self.channel.receive()
            if "error" in reply:
                raise _error(reply["error"], reply["message"])
            answer, changed = values.decode(body)
            _write_back(changed, arguments, name)
            return answer

        stand_in.__name__ = stand_in.__qualname__ = name
        # As a function of the notebook's own, it is none of the ready-made ones.
        stand_in.__module__ = "__main__"
        return stand_in

    def switched_off(self, namespace, allowed):
        """Take the place of `cnnedu.checks.ready_made.switched_off`: it happens over there."""
        self.allowed = allowed
        return _Nothing()


class _Nothing:
    def __enter__(self):
        return None

    def __exit__(self, *error):
        return None


def serve(channel, shell):
    """Do what the grader asks until it closes the connection."""
    asker = _Asker(channel)
    case.switched_off = asker.switched_off
    shell.start(lambda output: channel.send("output", body=values.encode(output)))
    while True:
        kind, fields, body = channel.receive()
        if kind == "bind":
            _bind(shell, asker, fields["name"], fields["kind"], body)
        else:
            result = shell.run(body.decode())
            # Only this word gives a point: for this cell, in this run.
            verdict = {"passed": result.success, "shown": shell.text(result.result)}
            channel.send("verdict", fields | verdict)


def _bind(shell, asker, name, kind, body):
    """Give a name in the instructor's cells the value that it has in the student's process."""
    shell.user_ns.pop(name, None)
    if kind == "function":
        shell.user_ns[name] = asker.function(name)
    elif kind == "value":
        try:
            shell.user_ns[name] = values.decode(body)
        except values.ValueLost as loss:
            shell.user_ns[name] = values.Opaque(f"something strange: {loss}")


def _error(name, message):
    """Return the error that the student's function raised, as one of the same name."""
    known = {"NotImplementedError": NotImplementedError, "CheckFailed": CheckFailed}
    made = type(name if name.isidentifier() else "Error", (Exception,), {})
    return known.get(name, made)(message)


def _write_back(changed, arguments, name):
    """Change the arguments as the student's function has changed its own."""
    if changed is None:
        return
    for given, now in zip(arguments, changed, strict=True):
        if isinstance(given, np.ndarray) and np.shape(given) == np.shape(now):
            given[...] = now
        elif isinstance(given, list) and isinstance(now, list):
            given[:] = now
        elif isinstance(given, (np.ndarray, list)):
            raise CheckFailed(f"`{name}` changed what it was given; work on a copy")
