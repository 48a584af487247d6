"""The student's process: runs the cells and answers with values, never knowing what is expected."""

import signal

from cnnedu.checks.case import _line_of_student
from cnnedu.checks.ready_made import switched_off
from cnnedu.grading.inside import values

MOST_SAID = 2000  # characters of an error's message


def serve(channel, shell):
    """Do what the grader asks until it closes the connection."""
    shell.start(lambda output: _report(channel, output))
    doings = {"run": _run, "value": _value, "call": _call}
    while True:
        kind, fields, body = channel.receive()
        # The grader interrupts what takes too long; in between there is nothing to interrupt.
        try:
            try:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                reply, value = doings[kind](shell, body, **fields)
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Of a strange value, which may even raise SystemExit, or the interrupt at the last moment.
        except BaseException as error:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            reply, value = _failure(type(error).__name__, "the answer can't be sent"), b""
        try:
            channel.send("done", reply, value)
        except ValueError as error:
            channel.send("done", _failure("ValueError", f"the answer can't be sent: {error}"))


def _report(channel, output):
    """Send an output; an interrupt waits, as half a message would spoil all that follow."""
    data = values.encode(output)
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        channel.send("output", body=data)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _run(shell, body, leniently):
    shell.run(body.decode(), leniently)
    return {}, b""


def _value(shell, body, name):
    """Return the value of a variable; of a function, that it is one."""
    if name not in shell.user_ns:
        return {"kind": "missing"}, b""
    value = shell.user_ns[name]
    if callable(value):
        return {"kind": "function"}, b""
    return {"kind": "value"}, values.encode(value)


def _call(shell, body, name, allowed):
    """Call a function; return its answer and, if it changed them, its arguments."""
    arguments = values.decode(body)
    before = values.encode(arguments)
    try:
        with switched_off(shell.user_ns, tuple(allowed)):
            answer = shell.user_ns[name](*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = "" if isinstance(error, NotImplementedError) else _where(error, shell)
        return _failure(type(error).__name__, f"{str(error)[:MOST_SAID]}{line[:MOST_SAID]}"), b""
    changed = values.encode(arguments) != before
    return {}, values.encode([answer, arguments if changed else None])


def _where(error, shell):
    return _line_of_student(error, shell.user_ns)


def _failure(name, message):
    return {"error": name[:MOST_SAID], "message": message[: 3 * MOST_SAID]}
