"""A point needs the judge's verdict, whatever happens to a message or a process."""

import dataclasses
import json
import os
import select
import signal
import time
from dataclasses import replace
from typing import ClassVar

import fuzz
import nbformat
import pytest
from grading.graded_course import fill_in
from hypothesis import given
from hypothesis import strategies as st

from cnnedu.grading import (
    child_process,
    confined_process,
    execute,
    exercise,
    forkserver,
    pools,
    sanitise,
)
from cnnedu.grading.inside import wire
from cnnedu.grading.job import Job, Result
from cnnedu.grading.servers import Servers
from cnnedu.grading.submission import Report
from harness.course import ROOT, answer_cells

NAME = "01_convolution_by_hand"
DESERVED = {
    "01-by-hand-tests": True,
    "01-correlate2d-tests": False,
    "01-changed-tests": True,
    "01-flip-tests": True,
    "01-horizontal-kernel-tests": False,
}
FRAMES = 260  # about as many as one notebook takes
DAMAGES = ("kill", "kill the other", "cut", "lose", "delay", "repeat", "corrupt", "hold back")


class Tampered(confined_process.Process):
    """A process whose connection goes wrong once, at a certain frame in either direction."""

    made: ClassVar = []
    frame = 0
    plan = (0, "none", 0)

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.pushed = bytearray()
        Tampered.made.append(self)

    @classmethod
    def damage(cls):
        """Count a frame; return what should happen to it."""
        cls.frame += 1
        return cls.plan[1] if cls.frame == cls.plan[0] else "none"

    def _hurt(self, damage, frame):
        """Return what is left of the frame after the damage."""
        at = self.plan[2] % len(frame)
        if damage in ("kill", "kill the other"):
            victims = [one for one in self.made if (one is self) == (damage == "kill")]
            for victim in victims:
                if victim.pidfd is not None:
                    signal.pidfd_send_signal(victim.pidfd, signal.SIGKILL)
        changed = bytearray(frame)
        changed[at] ^= 1 + self.plan[2] % 255
        return {
            "cut": frame[:at],
            "lose": b"",
            "delay": frame,
            "repeat": frame * 2,
            "corrupt": bytes(changed),
            "hold back": frame[:at],
        }.get(damage, frame)

    def _write(self, data):
        damage = self.damage()
        if damage == "delay":
            time.sleep(2 * confined_process.GRACE)
        super()._write(self._hurt(damage, data))
        if damage == "cut":
            self._sock.shutdown(2)

    def receive(self, deadline):
        damage = self.damage()
        if damage != "none":
            self._deadline = deadline
            try:
                self._spoil(damage)
            except (OSError, EOFError, confined_process.Ended, wire.WireError):
                self.stop("it is gone")
        return super().receive(deadline)

    def _spoil(self, damage):
        """Take a whole frame from the connection; put back what is left of it."""
        header = super()._read(wire.HEADER.size)
        _, text, body, _ = wire.HEADER.unpack(header)
        frame = header + super()._read(text) + super()._read(body)
        if damage == "delay":
            self.pushed += frame
            raise TimeoutError
        self.pushed += self._hurt(damage, frame)
        if damage == "cut":
            self._sock.shutdown(2)

    def _read(self, count):
        got, self.pushed = self.pushed[:count], self.pushed[count:]
        return bytes(got) + (super()._read(count - len(got)) if len(got) < count else b"")


@pytest.fixture(scope="module")
def job():
    """Return the job of a notebook in which three of five questions are right."""
    notebook = nbformat.read(ROOT / f"solutions/{NAME}/{NAME}.ipynb", as_version=4)
    read = exercise.read(notebook)
    wrong = answer_cells(ROOT / f"tests/exercises/answers/{NAME}/wrong_flipped_kernel.py")
    wrong["01-horizontal-kernel"] = "horizontal = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]"
    fill_in(notebook, wrong)
    return Job(sanitise.cells_to_run(notebook, read), read)


@pytest.fixture(scope="module")
def servers(job):
    """Fork without bubblewrap: these tests are about the messages."""
    servers = Servers(confined=False)
    servers.start([None, *job.exercise.imports])
    yield servers
    servers.close()


@pytest.fixture
def tampered(monkeypatch):
    monkeypatch.setattr(forkserver, "Process", Tampered)
    monkeypatch.setattr(execute, "GRACE", 0.3)
    monkeypatch.setattr(confined_process, "GRACE", 0.3)
    monkeypatch.setattr(confined_process, "PATIENCE", 1)


def run(job, servers, plan, timeout=1):
    Tampered.made, Tampered.frame, Tampered.plan = [], 0, plan
    try:
        return execute.execute(dataclasses.replace(job, timeout=timeout), servers)
    except confined_process.Ended:
        return Result()  # no verdict on anything


def passed(result):
    return {name for name, (right, _) in result.verdicts.items() if right}


def test_without_damage_every_test_gets_the_right_verdict(job, servers, tampered):
    result = run(job, servers, (0, "none", 0), timeout=10)
    assert {name: right for name, (right, _) in result.verdicts.items()} == DESERVED
    assert not result.unjudged
    assert FRAMES * 0.6 < Tampered.frame < FRAMES * 1.5


@fuzz.share("damage in a whole run")
@given(st.integers(1, FRAMES), st.sampled_from(DAMAGES), st.integers(0, 2**16))
def test_no_damage_to_a_message_or_a_process_gains_a_point(
    job, servers, tampered, frame, damage, where
):
    result = run(job, servers, (frame, damage, where))
    assert passed(result) <= {name for name, right in DESERVED.items() if right}
    # A test without a verdict is listed as such, or missing; it never counts as right.
    assert not set(result.verdicts) & set(result.unjudged)


def test_the_damage_is_noticed(job, servers, tampered):
    """Without a digest, some damage would go unnoticed, and a changed test could pass."""
    for damage in ("corrupt", "repeat", "lose"):
        losses = (run(job, servers, (frame, damage, 70)) for frame in range(20, 60, 8))
        assert any(result.unjudged or result.ended for result in losses), damage


def said(body=b"{}", key=b"k" * 32):
    """Return the last word of a child that did its task."""
    (frame,) = fuzz.frames([("word", None, body)], key, "child")
    return frame


@fuzz.share("a child's last word")
@given(st.data())
def test_a_damaged_last_word_does_not_count(data):
    key, right = b"k" * 32, said(b'{"report": 1}')
    assert child_process.word(right, key) == b'{"report": 1}'
    changed = bytearray(right)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        how = data.draw(st.sampled_from(["change", "cut", "add"]))
        if how == "change":
            changed[place] ^= data.draw(st.integers(1, 255))
        elif how == "cut" and place:
            del changed[place:]
        else:
            changed[place:place] = data.draw(st.binary(min_size=1, max_size=40))
    if bytes(changed) != right:
        with pytest.raises(child_process.NoWord):
            child_process.word(bytes(changed), key)


def test_only_one_word_under_the_right_key_counts():
    with pytest.raises(child_process.NoWord):
        child_process.word(said(key=b"a" * 32), b"b" * 32)
    with pytest.raises(child_process.NoWord):
        child_process.word(said() + said(), b"k" * 32)
    with pytest.raises(child_process.NoWord):
        child_process.word(b"", b"k" * 32)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
TABLES = ("points", "empty", "diagnoses", "differs")
PARTS = (*TABLES, "problems", "notes", "evidence", "starved")


REPORTS = st.fixed_dictionaries({"report": st.dictionaries(st.sampled_from(PARTS), PLAIN)})


def is_report(plain):
    """Return whether this is a report: all parts are there and have the right type."""
    if not isinstance(plain, dict) or plain.keys() != {"report"}:
        return False
    kinds = dict.fromkeys(PARTS, list) | dict.fromkeys(TABLES, dict)
    kinds["starved"] = bool
    parts = plain["report"]
    return (
        isinstance(parts, dict)
        and parts.keys() == kinds.keys()
        and all(isinstance(parts[name], kind) for name, kind in kinds.items())
    )


def run_child(task, seconds):
    """Do a task in a `ChildProcess`, as the grader does; return its word."""
    child = child_process.ChildProcess(task, seconds)
    ready = []
    while not child.listen(ready):
        ready = select.select([child.words, child.made], [], [], child_process.LOOK)[0]
    return child.end()


@fuzz.share("reports")
@given(PLAIN | REPORTS | st.builds(lambda: {"report": Report().plain()}))
def test_only_a_whole_report_counts(plain):
    done = pools.done("somebody", lambda: json.dumps(plain).encode())
    assert (done.report is not None) == is_report(plain)
    assert done.report or done.why or done.disk or done.server or list(plain.values()) == [""]


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (lambda made: os.kill(os.getpid(), signal.SIGKILL), "was killed"),
        (lambda made: os._exit(0), "can't be read"),
        (lambda made: os._exit(7), "ended with 7"),
        (lambda made: bytearray(2**32), "of memory"),
        (lambda made: time.sleep(1000), "more than 1 s"),
        (lambda made: "no bytes", "TypeError"),
        (lambda made: b"x" * (wire.MOST_BODY + 1), "a message of 80 MB"),
    ],
)
def test_a_child_without_a_word_says_why(task, says, capfd):
    with pytest.raises(child_process.NoWord, match=says):
        run_child(task, seconds=1 if says == "more than 1 s" else 60)


def test_processes_of_a_killed_child_are_killed_as_well(servers, job):
    """A student's code can't go on without the process that watches it."""

    def task(made):
        student = servers[job.exercise.imports[0]].fork(
            "student", {}, forkserver.Limits(), made=made
        )
        student.send("run", {"forgiven": 0}, b"while True: pass")
        os.write(told, str(student._number).encode())
        os.kill(os.getpid(), signal.SIGKILL)

    hear, told = os.pipe()
    with pytest.raises(child_process.NoWord, match="was killed"):
        run_child(task, seconds=20)
    number = int(os.read(hear, 20))
    gone = os.pidfd_open(number) if os.path.exists(f"/proc/{number}") else None
    assert gone is None or select.select([gone], [], [], 20)[0]


def with_flip(job, answer, test=None):
    """Return a job with another answer to the question on `flip`, and perhaps another test."""
    cells = [(p, answer if "def flip" in s and not g else s, g) for p, s, g in job.cells]
    cells = [(p, test if test and g == "01-flip-tests" else s, g) for p, s, g in cells]
    return replace(job, cells=cells, timeout=30)


def test_an_error_of_sixty_megabytes_is_a_wrong_answer(servers, job):
    """The judge once failed to show such an error, so there was none: full points."""
    long = 'def flip(w):\n    raise ValueError("ab " * 20_000_000)'
    result = execute.execute(with_flip(job, long), servers)
    assert result.verdicts["01-flip-tests"] == (False, None)
    ((said,),) = [result.outputs[p] for p, _, g in job.cells if g == "01-flip-tests"]
    assert "ValueError: ab ab" in said.evalue
    assert len(said.evalue) <= 3000


def test_a_check_switches_off_what_it_does_not_allow(servers, job):
    answer = "from scipy import ndimage\ndef flip(w):\n    return ndimage.rotate(w, 180)"
    result = execute.execute(with_flip(job, answer), servers)
    assert result.verdicts["01-flip-tests"] == (False, None)
    assert "`ndimage` is switched off" in str(result.outputs)


def test_a_test_may_call_a_function_without_a_check(servers, job):
    answer = "def flip(w):\n    return np.flip(w)"
    test = "assert flip(np.ones((2, 3))).shape == (2, 3)"
    result = execute.execute(with_flip(job, answer, test), servers)
    assert result.verdicts["01-flip-tests"] == (True, None)


def test_a_judge_that_ran_out_of_time_costs_no_later_question(servers, job):
    late = "01-correlate2d-tests"
    cells = [(p, "import time; time.sleep(60)" if g == late else s, g) for p, s, g in job.cells]
    result = execute.execute(replace(job, cells=cells, timeout=1), servers)
    assert "took longer than 1 s" in result.unjudged[late]
    assert {name: right for name, (right, _) in result.verdicts.items()} == {
        name: right for name, right in DESERVED.items() if name != late
    }


def test_a_cell_that_sleeps_too_long_was_not_starved(servers, job):
    cells = [(job.cells[0][0], "import time; time.sleep(60)", None)]
    result = execute.execute(replace(job, cells=cells, timeout=1), servers)
    assert result.slow == [job.cells[0][0]]
    assert not result.starved
