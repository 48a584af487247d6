"""The student's process: runs the cells and answers with values, never knowing what is expected."""

import signal

from cnnedu.checks.case import _line_of_student
from cnnedu.checks.ready_made import switched_off
from cnnedu.grading.inside import wire


def serve(sock, shell):
    """Do what the grader asks until it closes the connection."""
    shell.start(lambda output: _report(sock, output))
    doings = {"run": _run, "value": _value, "call": _call}
    while True:
        request = wire.receive(sock)
        doing = doings[request.pop("do")]
        # The grader interrupts what takes too long; in between there is nothing to interrupt.
        try:
            try:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                reply = wire.pack({"done": doing(shell, **request)})
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Of a strange value, which may even raise SystemExit, or the interrupt at the last moment.
        except BaseException as error:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            reply = wire.pack({"done": _failure(type(error).__name__, "the answer can't be sent")})
        sock.sendall(reply)


def _report(sock, output):
    """Send an output; an interrupt waits, as half a message would spoil all that follow."""
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        wire.send(sock, {"output": output})
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _run(shell, source, leniently):
    shell.run(source, leniently)
    return {}


def _value(shell, name):
    """Return the value of a variable; of a function, that it is one."""
    if name not in shell.user_ns:
        return {"kind": "missing"}
    value = shell.user_ns[name]
    if callable(value):
        return {"kind": "function"}
    return {"kind": "value", "value": value}


def _call(shell, name, arguments, allowed):
    """Call a function; return its answer and, if it changed them, its arguments."""
    before = wire.pack({"arguments": arguments})
    try:
        with switched_off(shell.user_ns, tuple(allowed)):
            answer = shell.user_ns[name](*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = "" if isinstance(error, NotImplementedError) else _where(error, shell)
        return _failure(type(error).__name__, f"{error}{line}")
    changed = wire.pack({"arguments": arguments}) != before
    return {"answer": answer, "arguments": arguments if changed else None}


def _where(error, shell):
    return _line_of_student(error, shell.user_ns)


def _failure(name, message):
    return {"error": name, "message": message}
