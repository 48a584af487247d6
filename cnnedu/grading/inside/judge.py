"""The judge's process: runs the instructor's cells, in which student's functions are stand-ins.

A stand-in sends its arguments to the student's process, through the grader, and returns what comes
back. So the cells that award points run unchanged, beside no student's code.
"""

import numpy as np

from cnnedu.checks import CheckFailed, case
from cnnedu.grading.inside import wire


class _Asker:
    """Asks the student's process by way of the grader."""

    def __init__(self, sock):
        self.sock = sock
        self.allowed = ()

    def function(self, name):
        """Return a stand-in for a function in the student's process."""

        def stand_in(*arguments):
            request = {"name": name, "arguments": list(arguments), "allowed": list(self.allowed)}
            wire.send(self.sock, {"ask": request})
            reply = wire.receive(self.sock)["reply"]
            if "error" in reply:
                raise _error(str(reply["error"]), str(reply["message"]))
            _write_back(reply["arguments"], arguments, name)
            return reply["answer"]

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


def serve(sock, shell):
    """Do what the grader asks until it closes the connection."""
    asker = _Asker(sock)
    case.switched_off = asker.switched_off
    shell.start(lambda output: wire.send(sock, {"output": output}))
    while True:
        request = wire.receive(sock)
        for name, binding in request["bindings"].items():
            if binding["kind"] == "missing":
                shell.user_ns.pop(name, None)
            elif binding["kind"] == "function":
                shell.user_ns[name] = asker.function(name)
            else:
                shell.user_ns[name] = binding["value"]
        shell.run(request["source"])
        wire.send(sock, {"done": {}})


def _error(name, message):
    """Return the error that the student's function raised, as one of the same name."""
    known = {"NotImplementedError": NotImplementedError, "CheckFailed": CheckFailed}
    return known.get(name, type(name, (Exception,), {}))(message)


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
