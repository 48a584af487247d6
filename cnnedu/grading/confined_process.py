"""A confined process, seen from outside: exchange messages with it, and watch what it uses."""

import os
import select
import signal
import time
from contextlib import suppress

from cnnedu.grading import process_tree
from cnnedu.grading.inside import wire

PATIENCE = 60.0  # seconds for a process to read what it is sent, unless a deadline is given
GRACE = 2.0  # seconds between the interrupt and the kill
LOOK = 0.2  # seconds between two checks of what is used
MOST_SENT = 256 * 2**20  # bytes that one process may send in all
MOST_MESSAGES = 100_000


class Ended(Exception):
    """The process has ended or was stopped; says why."""


class Process(wire.Channel):
    """A process in the sandbox.

    It is the first of its namespace, so killing it kills its children as well.

    Args:
        sock: the connection to it.
        key: the key of the connection.
        number: the number of the process outside the sandbox.
        limits: a `Limits`.
        confined: whether it is in a namespace of its own.
        group: the `cgroups.Group` that it joins, or None.
        watch: called several times a second while the grader waits for its messages.
    """

    def __init__(self, sock, key, number, limits, confined=True, group=None, watch=None):
        super().__init__(sock, key, "grader", "inside")
        sock.setblocking(False)
        self.pidfd = os.pidfd_open(number)
        self.ended = None
        self._number = number
        self._limits = limits
        self._confined = confined
        self._group = group
        self._watch = watch or self.look
        self._received = self._messages = 0
        self._looked = 0.0
        self._used = []
        self._deadline = 0.0
        if group:
            group.add(number)

    def begin(self, files):
        """Send the files {name: bytes} and have it start."""
        for name, data in files.items():
            self.send("file", {"name": name}, data)
        self.send("start")

    def send(self, kind, fields=None, body=b"", deadline=None):
        """Send a message; `Ended` if the process has ended or hasn't read it by the deadline."""
        self._deadline = deadline or time.monotonic() + PATIENCE
        try:
            self._checked(super().send, kind, fields, body)
        except TimeoutError:
            self.stop("it didn't read what it was sent")

    def receive(self, deadline):
        """Return the next (kind, fields, body); `TimeoutError` after the deadline, or `Ended`."""
        self._deadline = deadline
        self._messages += 1
        if self._messages > MOST_MESSAGES:
            self.stop(f"it sent more than {MOST_MESSAGES:,} messages")
        kind, fields, body = self._checked(super().receive)
        if kind == "failed":
            self.stop(f"the sandbox failed: {str(fields.get('why'))[:200]}")
        return kind, fields, body

    def interrupt(self):
        """Interrupt the process, as Ctrl-C would."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGINT)

    def stop(self, why):
        """Kill the process and raise `Ended` with the reason."""
        if not self.ended and self._too_large():
            why = f"it used more than {self._limits.memory / 2**30:.3g} GB of memory"
        self.ended = self.ended or why
        self.close()
        raise Ended(self.ended)

    def close(self):
        """Kill the process with all its children."""
        if self.pidfd is None:
            return
        if not self._confined:
            process_tree.kill(self._number)
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        os.close(self.pidfd)
        self.pidfd = None
        self.ended = self.ended or "it was closed"
        self._sock.close()

    def share(self, since):
        """Return its share of a processor since a time of `time.monotonic`.

        Return None if it has not been checked since.
        """
        seen = [(moment, used) for moment, used in self._used if moment >= since]
        if not seen or self.pidfd is None:
            return None
        moment, used = seen[0]
        return (self._seconds() - used) / max(time.monotonic() - moment, LOOK)

    @property
    def waited(self):
        """The seconds that it and its children have stood in line for a processor."""
        return process_tree.waited(self._number)

    def look(self):
        """Kill the process if it holds too much memory together with its children."""
        now = time.monotonic()
        if self.ended or now < self._looked + LOOK:
            return
        self._looked = now
        self._used.append((now, self._seconds()))
        if self._too_large():
            with suppress(Ended):
                self.stop("it used too much memory")

    def _seconds(self):
        """Return the processor time that it and its children have used."""
        return self._group.seconds() if self._group else process_tree.seconds(self._number)

    def _too_large(self):
        if self._group:
            return self._group.out_of_memory()
        return process_tree.memory(self._number) > self._limits.memory

    def _checked(self, action, *arguments):
        if self.ended:
            raise Ended(self.ended)
        try:
            return action(*arguments)
        except TimeoutError:
            raise
        except wire.WireError as error:
            self.stop(f"it sent {error}")
        except (EOFError, OSError):
            self.stop("its process ended by itself (did it call exit or run out of memory?)")

    def _wait(self, reading, writing):
        """Wait until the connection is ready, and watch meanwhile what is used."""
        while True:
            self._watch()
            if self.ended:
                raise Ended(self.ended)
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            ready = select.select(reading, writing, [], min(left, LOOK))
            if ready[0] or ready[1]:
                return

    def _write(self, data):
        view = memoryview(data)
        while view:
            try:
                view = view[self._sock.send(view) :]
            except BlockingIOError:
                self._wait([], [self._sock])

    def _read(self, count):
        data = bytearray(count)
        view = memoryview(data)
        while view:
            try:
                got = self._sock.recv_into(view)
            except BlockingIOError:
                self._wait([self._sock], [])
                continue
            if not got:
                raise EOFError
            self._received += got
            if self._received > MOST_SENT:
                raise wire.WireError(f"more than {MOST_SENT >> 20} MB")
            view = view[got:]
        return bytes(data)
