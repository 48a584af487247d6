"""Execute one notebook: the student's cells in one process, the tests in another.

The tests run in the judge. There, stand-ins take the place of the student's functions: they send
the inputs to the student's process, the answers come back as bytes that nobody on the way reads,
and the judge compares them. Cells run in the notebook's order, so a test sees what the student's
cells had defined by then. A point needs the judge's verdict on that cell, given once and in time.
"""

import contextlib
import secrets
import time

from cnnedu.grading import exercise as exercises
from cnnedu.grading.allowed_modules import EVERYTHING
from cnnedu.grading.cell_outputs import Outputs, Room, failure
from cnnedu.grading.confined_process import GRACE, Ended
from cnnedu.grading.forkserver import ServerLost
from cnnedu.grading.job import Result

# All cells of a notebook together may take this many timeouts.
MOST_CELLS_LONG = 4
ALL = 10**6  # statements
# A process that took too long was starved if it had less than the share ENOUGH of a processor and
# stood in line for one for more than the share IN_LINE of the time. One that slept was not.
ENOUGH, IN_LINE = 0.8, 0.1


def execute(job, servers, made=None):
    """Return the `Result` of a job.

    If the tests of an exercise allow different modules, the notebook runs once for each set of
    modules, so no test meets a process that holds more than the test allows. If a cell asks for a
    module that isn't there, the notebook runs once more, beside a process in which every module is:
    that process decides what the cells show, how far each gets and what values they leave. It is
    never asked for a function's answer, and sees no hidden input.

    Args:
        job: a `Job`.
        servers: a `Servers`.
        made: called with each process before it runs anything.

    Raises:
        ServerLost: a fork server has ended, which is not the submission's fault.
    """
    result, run = _run_all(job, servers, made)
    if result.absent:
        servers.start([EVERYTHING])
        return _run_all(job, servers, made, beside=True)[0]
    late = [position for position in run.after_tests if result.outputs[position]]
    if late:
        # The student's process had seen hidden inputs by then, and these outputs may show them. The
        # outputs of a process that has seen none take their place.
        shown = Result()
        with contextlib.closing(_Run(job, run.imports, servers, shown, Room(), made)) as run:
            run.run(judging=False)
        result.outputs |= {position: shown.outputs[position] for position in late}
    return result


def _run_all(job, servers, made, beside=False):
    """Run the notebook once for each set of modules; return the `Result` and the last run."""
    result, room = Result(), Room()
    for imports in reversed(job.exercise.imports):
        with contextlib.closing(_Run(job, imports, servers, result, room, made, beside)) as run:
            run.run()
    return result, run


class _Run:
    """Runs a notebook with one set of allowed modules; judges the tests that allow just these.

    `beside`: whether another process, with every module, runs the student's cells as well.
    `after_tests`: positions of the student's cells that ran after a test had called a function.
    """

    def __init__(self, job, imports, servers, result, room, made, beside=False):
        self.job, self.imports, self.servers, self.made = job, imports, servers, made
        self.result, self.room, self.beside = result, room, beside
        self.student = self.judge = self.other = None
        # Seconds that the student's processes may take in all, and have taken so far.
        self.most = MOST_CELLS_LONG * job.timeout * job.patience * (2 if beside else 1)
        self.spent = 0.0
        self.prepared = 0  # how many of the instructor's own cells the judge has run
        self.asked = False
        self.after_tests = []

    def run(self, judging=True):
        """Run all cells in order; without `judging`, only the student's."""
        job = self.job
        files = {name: data for name, data in job.files.items() if name not in job.given}
        self.student = self._fork(self.imports, "student", files | job.given)
        if self.beside:
            self.other = self._fork(EVERYTHING, "student", files | job.given)
        begun = time.monotonic()
        for position, source, grade_id in job.cells:
            if self.spent >= self.most and not self.student.ended:
                self._note_starved(begun)
                for process in self._students():
                    with contextlib.suppress(Ended):
                        process.stop(f"all cells together took more than {self.most:g} s")
            if grade_id is None:
                self._run_cell(source, position)
                continue
            test = job.exercise.tests[grade_id]
            if judging and test.imports == self.imports:
                self._judge_cell(position, source, grade_id, test)
            # The student's later cells may use what the visible part defines.
            for process in self._students():
                self._send_cell(process, exercises.visible(source), Outputs(Room()), ALL)
        for process in self._students():
            self.result.ended = self.result.ended or process.ended

    def close(self):
        """Kill all processes."""
        for process in self._processes():
            process.close()

    def _students(self):
        return [process for process in (self.student, self.other) if process]

    def _processes(self):
        return [*self._students(), *([self.judge] if self.judge else [])]

    def _fork(self, imports, role, files):
        group = self.servers.group(self.job.limits)
        server = self.servers[imports]
        return server.fork(role, files, self.job.limits, group, self._look, self.made)

    def _look(self):
        """Check what all processes use, whichever of them is being waited for."""
        for process in self._processes():
            process.look()

    def _note_starved(self, begun):
        """Return, and note in the result, whether what took too long was starved."""
        used = self._processes()
        took = time.monotonic() - begun
        starved = sum(process.share(begun) or 0 for process in used) < ENOUGH
        starved = starved and sum(process.waited for process in used) > IN_LINE * took
        self.result.starved |= starved
        return starved

    def _run_cell(self, source, position):
        """Run a cell of the notebook and keep its outputs."""
        outputs = Outputs(self.room)
        # The instructor's own cells may ask for modules that some of the tests don't allow.
        forgiven = ALL if source in self.job.exercise.own else 0
        process = self.other or self.student
        reply = self._send_cell(process, source, outputs, 0 if self.other else forgiven, position)
        if self.other:
            # As far as that one came; what fails here for want of a module didn't fail there. One
            # that was interrupted doesn't say how far it came.
            begun = reply.get("statements")
            begun = begun if isinstance(begun, int) else 0
            self._send_cell(self.student, source, Outputs(Room()), max(begun, 0))
        elif not forgiven:
            self.result.absent |= bool(reply.get("absent"))
        self.result.outputs[position] = outputs.kept()
        self.after_tests += [position] if self.asked else []

    def _send_cell(self, process, source, outputs, forgiven, position=None):
        """Run a cell in a process; return what the process says of it, note if it took too long."""
        begun = time.monotonic()
        try:
            deadline = begun + min(self.job.timeout, self.most - self.spent)
            process.send("run", {"forgiven": forgiven}, source.encode(), deadline)
            done = self._wait(process, outputs, deadline)
        except Ended as end:
            outputs.add(failure("Stopped", f"The notebook was stopped: {end}."))
            return {}
        if done is None:
            outputs.add(failure("TimeoutError", f"it took longer than {self.job.timeout:g} s"))
            self.result.slow += [] if position is None else [position]
            return {}
        return done[0]

    def _judge_cell(self, position, source, grade_id, test):
        """Have the judge run a test cell; note its verdict."""
        outputs, verdict = Outputs(self.room), None
        begun = time.monotonic()
        try:
            if self.judge is None or self.judge.ended:
                self.judge, self.prepared = self._fork(None, "judge", self.job.given), 0
            # The instructor's own cells before it: an error there costs nobody a point.
            for own in test.before[self.prepared :]:
                self._ask_judge(own, test, grade_id, Outputs(Room()))
                self.prepared += 1
            verdict = self._ask_judge(source, test, grade_id, outputs)
            why = "the verdict can't be read"
        except TimeoutError:
            self.judge.close()
            self._note_starved(begun)
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
        """Run a cell in the judge's process, pass its questions on; return its verdict or None."""
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
        """Return (kind, bytes) of a variable of the student's."""
        if self.other:
            found = self._value_in(self.other, name)
            if found[0] == "value":
                return found
        return self._value_in(self.student, name)

    def _value_in(self, process, name):
        try:
            deadline = time.monotonic() + self.job.timeout
            process.send("value", {"name": name}, b"", deadline)
            fields, body = self._wait(process, Outputs(Room()), deadline) or ({}, b"")
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
            # What a function prints while it is tested is thrown away: it may show hidden inputs.
            answered = self._wait(self.student, Outputs(Room()), deadline)
        except Ended as end:
            return {"error": "Stopped", "message": str(end)}, b""
        if answered is None:
            return {"error": "TimeoutError", "message": "it takes too long"}, b""
        fields, answer = answered
        if "error" in fields:
            said = [str(fields.get(part))[:6000] for part in ("error", "message")]
            return {"error": said[0], "message": said[1]}, b""
        return {}, answer

    def _wait(self, process, outputs, deadline):
        """Collect outputs until a student's process is done; None if it was interrupted."""
        begun = time.monotonic()
        for left in reversed(range(self.job.patience)):
            try:
                return self._until_done(process, outputs, deadline)
            except TimeoutError:
                if not self._note_starved(begun) or not left:
                    break
                deadline += self.job.timeout
        process.interrupt()
        try:
            self._until_done(process, outputs, time.monotonic() + GRACE)
        except TimeoutError:
            process.stop("it took too long and ignored the interrupt")
        return None

    def _until_done(self, process, outputs, deadline):
        begun = time.monotonic()
        try:
            while True:
                kind, fields, body = process.receive(deadline)
                if kind == "done":
                    return fields, body
                if kind == "output":
                    outputs.receive(body)
        finally:
            self.spent += time.monotonic() - begun


def _verdict(kind, fields, question):
    """Return (passed, shown) if this is the judge's verdict on just this question, else None."""
    ours = {key: fields.get(key) for key in question} == question
    passed, shown = fields.get("passed"), fields.get("shown")
    if kind != "verdict" or not ours or not isinstance(passed, bool):
        return None
    return (passed, shown) if shown is None or isinstance(shown, str) else None
