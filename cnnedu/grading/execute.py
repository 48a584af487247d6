"""Execute one submission: the student's cells in one process, the tests in another.

The tests run in the judge, where a student's functions are stand-ins for those in the student's
process: inputs go there, arrays come back as bytes, and the comparison happens here. The notebook's
order is kept, so a test sees what its student's cells had defined by then.
"""

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

from cnnedu.grading import exercise as exercises
from cnnedu.grading.forkserver import GRACE, Ended, ForkServer, Limits
from cnnedu.grading.outputs import Outputs, failure


@dataclass(frozen=True)
class Job:
    """A sanitised submission: plain data that can be sent to another machine.

    Args:
        cells: the notebook's code cells in order, (position, source, grade_id of a test or None).
        exercise: what the source version says.
        files: {name: bytes} that the student handed in beside the notebook.
        given: {name: bytes} that the instructor gave out with it.
        timeout: seconds that a cell may take.
        limits: of each process.
    """

    cells: list[tuple[int, str, str | None]]
    exercise: exercises.Exercise
    files: dict[str, bytes] = field(default_factory=dict)
    given: dict[str, bytes] = field(default_factory=dict)
    timeout: float = 30
    limits: Limits = field(default_factory=Limits)


@dataclass
class Result:
    """What came out.

    Args:
        outputs: {position: outputs} of the code cells.
        ended: why the student's process ended before its time, or None.
        slow: positions of cells that took longer than they may.
    """

    outputs: dict[int, list] = field(default_factory=dict)
    ended: str | None = None
    slow: list[int] = field(default_factory=list)


class Servers:
    """The fork servers of this machine, one for each set of allowed modules and the judge's.

    Args:
        confined: whether they run in the sandbox.
        used: the modules that the notebooks import, to have them ready.
    """

    def __init__(self, confined=True, used=()):
        self.confined = confined
        self.used = used
        self._servers = {}
        self._lock = threading.Lock()

    def __getitem__(self, allowed):
        with self._lock:
            server = self._servers.get(allowed)
            if server is None or not server.alive:
                server = self._servers[allowed] = ForkServer(allowed, self.confined, self.used)
            return server

    def wait_until_ready(self):
        """Wait for those that are starting; `Ended` if one can't."""
        for server in self._servers.values():
            server.wait_until_ready()

    def close(self):
        """End them all."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()


def execute(job, servers):
    """Return the `Result` of a job.

    Exercises whose tests allow different modules are run once for each set of modules, so that no
    test meets a process that holds more than it allows.
    """
    result = Result()
    for imports in reversed(job.exercise.imports or [exercises.DEFAULT_IMPORTS]):
        _run(job, imports, servers, result)
    return result


def _run(job, imports, servers, result):
    """Run the notebook beside these modules; judge the tests that allow just them."""
    with ExitStack() as stack:
        files = job.files | job.given
        student = stack.enter_context(_closing(servers[imports].fork("student", files, job.limits)))
        judge = stack.enter_context(_closing(servers[None].fork("judge", job.given, job.limits)))
        done = 0
        for position, source, grade_id in job.cells:
            if grade_id is None:
                _run_student(student, source, False, position, job, result)
                continue
            test = job.exercise.tests[grade_id]
            if test.imports == imports:
                # The instructor's own cells on the way: their errors cost nobody a point.
                for own in test.before[done:]:
                    _judge(judge, student, own, test, job)
                done = max(done, len(test.before))
                result.outputs[position] = _judge(judge, student, source, test, job)
            # What the visible part defines, the student's later cells may use.
            _run_student(student, exercises.visible(source), True, None, job, result)
        result.ended = result.ended or student.ended


def _run_student(student, source, leniently, position, job, result):
    """Run a cell in the student's process; keep its outputs unless position is None."""
    outputs = Outputs()
    try:
        student.send({"do": "run", "source": source, "leniently": leniently})
        answer = _wait(student, outputs, job.timeout)
        if answer is None:
            outputs.add(failure("TimeoutError", f"the cell took longer than {job.timeout:g} s"))
            result.slow += [] if position is None else [position]
    except Ended as end:
        outputs.add(failure("Stopped", f"The notebook was stopped: {end}."))
    if position is not None:
        result.outputs[position] = outputs.kept()


def _judge(judge, student, source, test, job):
    """Run a cell in the judge's process and carry its questions to the student's."""
    outputs = Outputs()
    deadline = time.monotonic() + job.timeout + GRACE
    try:
        bindings = {name: _value(student, name, job.timeout) for name in dict.fromkeys(test.names)}
        judge.send({"source": source, "bindings": bindings})
        while True:
            message = judge.receive(deadline)
            if "ask" in message:
                judge.send({"reply": _ask(student, message["ask"], deadline - GRACE)})
            elif "output" in message:
                outputs.add(message["output"])
            else:
                return outputs.kept()
    except TimeoutError:
        judge.close()
        return [failure("TimeoutError", f"the checks took longer than {job.timeout:g} s")]
    except Ended as end:
        return [failure("Stopped", f"The checks were stopped: {end}.")]


def _value(student, name, timeout):
    """Return a variable of the student's process: its value, or that it is a function."""
    try:
        student.send({"do": "value", "name": name})
        answer = _wait(student, Outputs(), timeout) or {}
    except Ended:
        answer = {}
    if answer.get("kind") == "value":
        return {"kind": "value", "value": answer.get("value")}
    return {"kind": "function" if answer.get("kind") == "function" else "missing"}


def _ask(student, question, deadline):
    """Return the answer of a student's function, or the error to raise in its place."""
    try:
        student.send({"do": "call", **question})
        # What a function prints while it is tested would give the hidden inputs away.
        answer = _wait(student, Outputs(), deadline - time.monotonic())
    except Ended as end:
        return {"error": "Stopped", "message": str(end)}
    if answer is None:
        return {"error": "TimeoutError", "message": "it takes too long"}
    if "error" in answer:
        return {"error": answer["error"], "message": answer.get("message", "")}
    return {"answer": answer.get("answer"), "arguments": answer.get("arguments")}


def _wait(student, outputs, seconds):
    """Collect outputs until the student's process is done; None if it had to be interrupted."""
    try:
        return _until_done(student, outputs, time.monotonic() + max(seconds, 0))
    except TimeoutError:
        student.interrupt()
    try:
        _until_done(student, outputs, time.monotonic() + GRACE)
    except TimeoutError:
        student.stop("it took too long and ignored the interrupt")
    return None


def _until_done(student, outputs, deadline):
    while True:
        message = student.receive(deadline)
        if isinstance(message.get("done"), dict):
            return message["done"]
        outputs.add(message.get("output"))


class _closing(ExitStack):
    """Closes a process at the end of a `with`, and returns it at its beginning."""

    def __init__(self, process):
        super().__init__()
        self.process = process

    def __enter__(self):
        return self.process

    def __exit__(self, *error):
        self.process.close()
