"""A cell that takes too long is interrupted, whatever it does, and its process goes on."""

import select
import time

import pytest

from cnnedu.grading.forkserver import Limits
from cnnedu.grading.inside import values
from cnnedu.grading.servers import Servers

PATIENCE = 10


@pytest.fixture(scope="module")
def server():
    servers = Servers(confined=False)
    servers.start([("numpy",)])
    yield servers[("numpy",)]
    servers.close()


@pytest.fixture
def student(server):
    student = server.fork("student", {}, Limits())
    yield student
    student.close()


def start(student, source):
    student.send("run", {"forgiven": 0}, source.encode())


def finish(student):
    """Wait until a cell is done; return the texts that it has printed."""
    texts = []
    while True:
        kind, _, body = student.receive(time.monotonic() + PATIENCE)
        if kind == "done":
            return texts
        texts.append(values.decode(body).get("text", ""))


def test_a_cell_that_prints_a_gigabyte_is_interrupted_between_two_messages(student):
    """Nobody reads at first, so the interrupt comes while it is sending."""
    start(student, "for _ in range(1000):\n    print('x' * 2**20)")
    assert select.select([student._sock], [], [], PATIENCE)[0]  # it sends more than fits in
    student.interrupt()
    finish(student)
    start(student, "print('still here')")
    assert finish(student) == ["still here\n"]


def test_an_interrupt_at_the_very_end_of_a_cell_does_no_harm(student):
    for number in range(400):
        start(student, f"print({number})")
        time.sleep(number * 1e-5)
        student.interrupt()
        finish(student)
    start(student, "print('still here')")
    assert finish(student) == ["still here\n"]
