"""The student's process: it runs the cells and answers requests, never knowing what is expected."""

import signal
from contextlib import nullcontext

from cnnedu.checks.case import stopped_at
from cnnedu.checks.ready_made import switched_off
from cnnedu.grading.inside import absent_modules, values

MOST_SAID = 2000  # characters of an error's message


def serve(channel, shell):
    """Do what the grader asks until it closes the connection."""
    shell.start(lambda output: _report(channel, output))
    doings = {"run": _run, "value": _value, "call": _call}
    while True:
        kind, fields, body = channel.receive()
        # The grader interrupts what takes too long; between requests there is nothing to interrupt.
        try:
            try:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                reply, value = doings[kind](shell, body, **fields)
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        # A strange value may raise anything, even SystemExit; or the interrupt came very late.
        except BaseException as error:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            reply, value = _failure(type(error).__name__, "the answer can't be sent"), b""
        try:
            channel.send("done", reply, value)
        except ValueError as error:
            channel.send("done", _failure("ValueError", f"the answer can't be sent: {error}"))


def _report(channel, output):
    """Send an output; hold interrupts back, since half a message would spoil all that follow."""
    data = values.encode(output)
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        channel.send("output", body=data)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _run(shell, body, forgiven):
    """Run a cell; say how many statements it began and whether it asked for an absent module."""
    absent_modules.asked = False
    shell.run(body.decode(), forgiven)
    return {"statements": shell.statements, "absent": absent_modules.asked}, b""


def _value(shell, body, name):
    """Return the value of a variable, or say that it is a function or missing."""
    if name not in shell.user_ns:
        return {"kind": "missing"}, b""
    value = shell.user_ns[name]
    if callable(value):
        return {"kind": "function"}, b""
    return {"kind": "value"}, values.encode(value)


def _call(shell, body, name, allowed):
    """Call a function; return its answer, and its arguments if it changed them."""
    arguments = values.decode(body)
    before = values.encode(arguments)
    try:
        # An instructor's cell may call a function without a check, which switches nothing off.
        off = nullcontext() if allowed is None else switched_off(shell.user_ns, tuple(allowed))
        with off:
            answer = shell.user_ns[name](*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = "" if isinstance(error, NotImplementedError) else stopped_at(error, shell.user_ns)
        return _failure(type(error).__name__, f"{str(error)[:MOST_SAID]}{line[:MOST_SAID]}"), b""
    changed = values.encode(arguments) != before
    return {}, values.encode([answer, arguments if changed else None])


def _failure(name, message):
    return {"error": name[:MOST_SAID], "message": message[: 3 * MOST_SAID]}
