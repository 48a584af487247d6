"""Execute one notebook: the student's cells in one process, the tests in another.

The tests run in the judge, where a student's functions are stand-ins for those in the student's
process: inputs go there, answers come back as bytes that nobody on the way reads, and the
comparison happens in the judge. The notebook's order is kept, so a test sees what its student's
cells had defined by then. Only the judge's own word for a cell, said once and in time, gives a
point.
"""

import contextlib
import secrets
import time
from dataclasses import dataclass, field

from cnnedu.grading import exercise as exercises
from cnnedu.grading.forkserver import Limits, ServerLost
from cnnedu.grading.outputs import Outputs, Room, failure
from cnnedu.grading.process import GRACE, Ended

# A notebook may take so many times what one of its cells may.
MOST_CELLS_LONG = 4
# Who took too long with less than this share of a processor, and stood in line for one for more
# than that share of the time, was kept waiting by others. Who slept was not.
ENOUGH, IN_LINE = 0.8, 0.1


@dataclass(frozen=True)
class Job:
    """A sanitised notebook: plain data that can be sent to another machine.

    Args:
        cells: the notebook's code cells in order, (position, source, grade_id of a test or None).
        exercise: what the source version says.
        files: {name: bytes} that the student handed in beside the notebook.
        given: {name: bytes} that the instructor gave out with it.
        timeout: seconds that a cell may take.
        limits: of each process.
        patience: how many times the timeout something may take while others have the processors.
    """

    cells: list[tuple[int, str, str | None]]
    exercise: exercises.Exercise
    files: dict[str, bytes] = field(default_factory=dict)
    given: dict[str, bytes] = field(default_factory=dict)
    timeout: float = 30
    limits: Limits = field(default_factory=Limits)
    patience: int = 1


@dataclass
class Result:
    """What came out.

    Args:
        outputs: {position: outputs} of the code cells.
        verdicts: {grade_id: (passed, text of the last line's value or None)}, the judge's words.
        unjudged: {grade_id: why there is no verdict}.
        ended: why the student's process ended before its time, or None.
        slow: positions of cells that took longer than they may.
        starved: whether something took too long that was kept waiting by others.
    """

    outputs: dict[int, list] = field(default_factory=dict)
    verdicts: dict[str, tuple] = field(default_factory=dict)
    unjudged: dict[str, str] = field(default_factory=dict)
    ended: str | None = None
    slow: list[int] = field(default_factory=list)
    starved: bool = False


def execute(job, servers, made=None):
    """Return the `Result` of a job.

    Exercises whose tests allow different modules are run once for each set of modules, so that no
    test meets a process that holds more than it allows.

    Args:
        job: a `Job`.
        servers: a `Servers`.
        made: called with each process before it runs anything.

    Raises:
        ServerLost: a fork server is gone, which is not the submission's fault.
    """
    result, room = Result(), Room()
    for imports in reversed(job.exercise.imports):
        with contextlib.closing(_Run(job, imports, servers, result, room, made)) as run:
            run.run()
    late = [position for position in run.after_tests if result.outputs[position]]
    if late:
        # By then the student's process had seen hidden inputs, which these outputs may hold. They
        # are replaced by those of a process that has seen none.
        shown = Result()
        with contextlib.closing(_Run(job, imports, servers, shown, Room(), made)) as run:
            run.run(judging=False)
        result.outputs |= {position: shown.outputs[position] for position in late}
    return result


class _Run:
    """A notebook's run beside one set of allowed modules; judges the tests that allow just them.

    `after_tests`: positions of the student's cells that ran after a test had asked for something.
    """

    def __init__(self, job, imports, servers, result, room, made):
        self.job, self.imports, self.servers, self.made = job, imports, servers, made
        self.result, self.room = result, room
        self.student = self.judge = None
        # Seconds that the student's process may take in all, and has taken (the judge's own apart).
        self.most, self.spent = MOST_CELLS_LONG * job.timeout * job.patience, 0.0
        self.told = 0  # how many of the instructor's own cells the judge has run
        self.asked = False
        self.after_tests = []

    def run(self, judging=True):
        """Run all cells in order; without judging, the student's alone."""
        job = self.job
        files = {name: data for name, data in job.files.items() if name not in job.given}
        self.student = self._fork(self.imports, "student", files | job.given)
        begun = time.monotonic()
        for position, source, grade_id in job.cells:
            if self.spent >= self.most and not self.student.ended:
                self._note_hunger(begun)
                with contextlib.suppress(Ended):
                    self.student.stop(f"all cells together took more than {self.most:g} s")
            if grade_id is None:
                self._run_cell(source, position)
                continue
            test = job.exercise.tests[grade_id]
            if judging and test.imports == self.imports:
                self._judge_cell(position, source, grade_id, test)
            # What the visible part defines, the student's later cells may use.
            self._run_cell(exercises.visible(source))
        self.result.ended = self.result.ended or self.student.ended

    def close(self):
        """Kill both processes."""
        for process in (self.student, self.judge):
            if process:
                process.close()

    def _fork(self, imports, role, files):
        group = self.servers.group(self.job.limits)
        server = self.servers[imports]
        return server.fork(role, files, self.job.limits, group, self._look, self.made)

    def _look(self):
        """Look at what both processes use, whichever is waited for."""
        for process in (self.student, self.judge):
            if process:
                process.look()

    def _note_hunger(self, begun):
        """Note, and return, whether what took too long had little of the processors."""
        both = [process for process in (self.student, self.judge) if process]
        took = time.monotonic() - begun
        starved = sum(process.share(begun) or 0 for process in both) < ENOUGH
        starved = starved and sum(process.waited for process in both) > IN_LINE * took
        self.result.starved |= starved
        return starved

    def _run_cell(self, source, position=None):
        """Run a cell in the student's process; keep its outputs unless position is None.

        A test's own visible part, which has no position, is run statement by statement, whatever
        happens to those before.
        """
        outputs = Outputs(self.room)
        begun = time.monotonic()
        try:
            deadline = begun + min(self.job.timeout, self.most - self.spent)
            self.student.send("run", {"leniently": position is None}, source.encode(), deadline)
            if self._wait(outputs, deadline) is None:
                outputs.add(failure("TimeoutError", f"it took longer than {self.job.timeout:g} s"))
                self.result.slow += [] if position is None else [position]
        except Ended as end:
            outputs.add(failure("Stopped", f"The notebook was stopped: {end}."))
        if position is not None:
            self.result.outputs[position] = outputs.kept()
            self.after_tests += [position] if self.asked else []

    def _judge_cell(self, position, source, grade_id, test):
        """Have the judge run a test cell, and take its verdict."""
        outputs, verdict = Outputs(self.room), None
        begun = time.monotonic()
        try:
            if self.judge is None or self.judge.ended:
                self.judge, self.told = self._fork(None, "judge", self.job.given), 0
            # The instructor's own cells on the way: their errors cost nobody a point.
            for own in test.before[self.told :]:
                self._ask_judge(own, test, grade_id, Outputs(Room()))
                self.told += 1
            verdict = self._ask_judge(source, test, grade_id, outputs)
            why = "its verdict can't be read"
        except TimeoutError:
            self.judge.close()
            self._note_hunger(begun)
            why = f"the checks took longer than {self.job.timeout:g} s"
        except ServerLost:
            raise
        except Ended as end:
            why = f"the checks were stopped: {end}"
        if verdict is None:
            self.result.unjudged[grade_id] = why
            outputs.add(failure("NotGraded", f"There is no verdict: {why}."))
        else:
            self.result.verdicts[grade_id] = verdict
        self.result.outputs[position] = outputs.kept()

    def _ask_judge(self, source, test, grade_id, outputs):
        """Run a cell in the judge's process; carry its questions; return its verdict or None."""
        for name in dict.fromkeys(test.names):
            kind, value = self._value(name)
            self.judge.send("bind", {"name": name, "kind": kind}, value)
        question = {"cell": grade_id, "nonce": secrets.token_hex(16)}
        self.judge.send("run", question, source.encode())
        deadline = time.monotonic() + self.job.timeout * self.job.patience
        while True:
            kind, fields, body = self.judge.receive(deadline + GRACE)
            if kind == "ask":
                self.judge.send("reply", *self._answer(fields, body, deadline))
            elif kind == "output":
                outputs.receive(body)
            else:
                return _verdict(kind, fields, question)

    def _value(self, name):
        """Return (kind, bytes) of a variable of the student's process."""
        try:
            deadline = time.monotonic() + self.job.timeout
            self.student.send("value", {"name": name}, b"", deadline)
            fields, body = self._wait(Outputs(Room()), deadline) or ({}, b"")
        except Ended:
            fields, body = {}, b""
        kind = fields.get("kind")
        return (kind, body) if kind in ("value", "function") else ("missing", b"")

    def _answer(self, question, body, deadline):
        """Return (fields, bytes) of a student's function's answer, or of the error to raise."""
        self.asked, begun = True, time.monotonic()
        deadline = min(deadline, begun + min(self.job.timeout, self.most - self.spent))
        try:
            self.student.send("call", question, body, deadline)
            # What a function prints while it is tested would give the hidden inputs away.
            answered = self._wait(Outputs(Room()), deadline)
        except Ended as end:
            return {"error": "Stopped", "message": str(end)}, b""
        if answered is None:
            return {"error": "TimeoutError", "message": "it takes too long"}, b""
        fields, answer = answered
        if "error" in fields:
            said = [str(fields.get(part))[:6000] for part in ("error", "message")]
            return {"error": said[0], "message": said[1]}, b""
        return {}, answer

    def _wait(self, outputs, deadline):
        """Collect outputs until the student's process is done; None if it was interrupted."""
        begun = time.monotonic()
        for left in reversed(range(self.job.patience)):
            try:
                return self._until_done(outputs, deadline)
            except TimeoutError:
                if not self._note_hunger(begun) or not left:
                    break
                deadline += self.job.timeout
        self.student.interrupt()
        try:
            self._until_done(outputs, time.monotonic() + GRACE)
        except TimeoutError:
            self.student.stop("it took too long and ignored the interrupt")
        return None

    def _until_done(self, outputs, deadline):
        begun = time.monotonic()
        try:
            while True:
                kind, fields, body = self.student.receive(deadline)
                if kind == "done":
                    return fields, body
                if kind == "output":
                    outputs.receive(body)
        finally:
            self.spent += time.monotonic() - begun


def _verdict(kind, fields, question):
    """Return (passed, shown) if this is the judge's word for just this question, else None."""
    ours = {key: fields.get(key) for key in question} == question
    passed, shown = fields.get("passed"), fields.get("shown")
    if kind != "verdict" or not ours or not isinstance(passed, bool):
        return None
    return (passed, shown) if shown is None or isinstance(shown, str) else None
