"""A child of the grader for each submission, with limits on memory and time.

The child reads the submission's folder, executes the notebooks and writes the graded ones, so
nothing in a submission can harm the grader itself. The grader reads only the child's last word: one
frame, whole, in time, followed by nothing. Anything else counts as no word.
"""

import gc
import os
import resource
import secrets
import select
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

from cnnedu.grading.inside import confine, wire

MEMORY = 300 * 2**20  # bytes on top of what the grader holds already
SECONDS = 30  # of processor time; students' code runs elsewhere
GRACE = 5.0  # seconds to end after the last word
LOOK = 0.2
KILLED = "its process was killed"
OUT_OF_MEMORY = 3  # a child's exit code


class NoWord(Exception):
    """A child ended without a last word, or with one that can't be read; says why."""


class ChildProcess:
    """A child that does one task.

    Args:
        task: takes a function `made` that it calls with each confined process it makes; returns
            bytes, the child's word.
        seconds: how long it may take.
    """

    def __init__(self, task, seconds):
        self._key = secrets.token_bytes(32)
        self._begun = time.monotonic()
        self._deadline = self._begun + seconds
        self._seconds = seconds
        self._heard = bytearray()
        self._left = []  # descriptors of processes that must not outlive the child
        self.words, words = socket.socketpair()
        self.made, made = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if self._pid == 0:
            _be_the_child(task, words, made, self._key)
        words.close()
        made.close()
        self._pidfd = os.pidfd_open(self._pid)

    @property
    def age(self):
        """The seconds since it began."""
        return time.monotonic() - self._begun

    def listen(self, ready):
        """Read what has come; return whether the child has ended, or must.

        Args:
            ready: those of `words` and `made` that can be read.
        """
        if self.made in ready:
            with suppress(OSError):
                self._left += socket.recv_fds(self.made, 1, 1)[1]
        if self.words in ready:
            got = self.words.recv(2**20)
            self._heard += got
            if not got or len(self._heard) > wire.HEADER.size + wire.MOST_FIELDS + wire.MOST_BODY:
                return True
        return time.monotonic() > self._deadline

    def end(self):
        """Kill the child and all processes that it made; return its word, or raise `NoWord`."""
        late = time.monotonic() > self._deadline
        # A child that has closed its connection is about to end; if it doesn't, it is killed.
        if late or not select.select([self._pidfd], [], [], GRACE)[0]:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        self.made.setblocking(False)
        with suppress(OSError):
            while found := socket.recv_fds(self.made, 1, 1)[1]:  # the last ones it made
                self._left += found
        for descriptor in self._left:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            os.close(descriptor)
        os.close(self._pidfd)
        self.words.close()
        self.made.close()
        if late:
            raise NoWord(f"it took more than {self._seconds:g} s in all")
        if status:
            raise NoWord(_why(os.waitstatus_to_exitcode(status)))
        return word(bytes(self._heard), self._key)


def word(heard, key):
    """Return the body of the one frame in these bytes; raise `NoWord` if they are anything else."""
    channel = _Heard(heard, key)
    try:
        kind, fields, body = channel.receive()
    except (wire.WireError, EOFError) as error:
        raise NoWord(f"its report can't be read ({error})") from None
    if kind == "failed":
        raise NoWord(str(fields.get("why")))
    if kind != "word" or channel.rest:
        raise NoWord("its report can't be read (it is of another kind, or more follows it)")
    return body


class _Heard(wire.Channel):
    """A channel that reads from bytes instead of a socket."""

    def __init__(self, heard, key):
        super().__init__(None, key, "grader", "child")
        self.rest = heard

    def _read(self, count):
        if len(self.rest) < count:
            raise EOFError("it is cut off")
        got, self.rest = self.rest[:count], self.rest[count:]
        return got


def _be_the_child(task, words, made, key):
    """Do the task, send the word and end; never return."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader ends its children
        confine.die_with_parent()
        gc.disable()  # a collection would copy the pages that are shared with the grader
        channel = wire.Channel(words, key, "child", "grader")
        held = int(Path("/proc/self/statm").read_text("utf-8").split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (held + MEMORY, held + MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        channel.send(
            "word", body=task(lambda process: socket.send_fds(made, [b"p"], [process.pidfd]))
        )
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException as error:
        with suppress(BaseException):
            channel.send("failed", {"why": f"{type(error).__name__}: {error}"[:500]})
        os._exit(0)


def _why(code):
    """Return what an exit code means."""
    return {
        OUT_OF_MEMORY: f"reading it takes more than {MEMORY >> 20} MB of memory",
        -signal.SIGXCPU: f"reading and writing it takes more than {SECONDS} s of processor time",
        -signal.SIGKILL: KILLED,
    }.get(code, f"its process ended with {code}")
