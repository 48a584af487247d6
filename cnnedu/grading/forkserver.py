"""Fork servers and the confined processes they make, seen from outside the sandbox."""

import json
import os
import select
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import psutil

from cnnedu.grading import modules, sandbox
from cnnedu.grading.inside import wire

GRACE = 2.0  # seconds between the interrupt and the kill
LOOK = 0.2  # seconds between two looks at the memory
START = 60.0  # seconds that a server may take to import everything
MOST_SENT = 256 * 2**20  # bytes that one process may send in all
CREDENTIALS = struct.Struct("3i")


class Ended(Exception):
    """The process is gone or was stopped; says why."""


@dataclass(frozen=True)
class Limits:
    """What one process and its children may use: bytes, seconds, numbers."""

    memory: int = 2 * 2**30
    disk: int = 256 * 2**20
    seconds: int = 600
    processes: int = 64


class ForkServer:
    """A process that has the allowed modules imported and forks confined processes."""

    def __init__(self, allowed, confined=True, used=()):
        """Start the server; the first fork waits until it has imported everything.

        Args:
            allowed: the modules in its sandbox, or None for all (for the judge).
            confined: whether to use bubblewrap.
            used: modules to import before the first fork.
        """
        # Keeps one request apart from the next, whichever thread sends it.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.confined = confined
        self._control = ours
        self._errors = tempfile.TemporaryFile()
        place = sandbox.inside if confined else str
        preparation = json.dumps(_preparation(allowed, used, place))
        script = place(modules.ROOT / "grading/inside/server.py")
        confinement = "confined" if confined else "open"
        program = [sandbox.python(), "-I", "-S", "-B", script]
        program += [str(theirs.fileno()), confinement, preparation]
        files = modules.shown(allowed)
        with theirs:
            self._process = subprocess.Popen(
                sandbox.command(files, program) if confined else program,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
                cwd="/",
            )
        ours.settimeout(START)
        self._lock = threading.Lock()
        self._ready = False

    def fork(self, role, files, limits):
        """Return a new `Process` with `files` {name: bytes} in its work folder."""
        self.wait_until_ready()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        if not self.confined:
            # All processes of the user count, not only those of the submission.
            limits = replace(limits, processes=2**16)
        request = {"role": role, "limits": asdict(limits)}
        ours.settimeout(START)
        try:
            with theirs:
                socket.send_fds(self._control, [json.dumps(request).encode()], [theirs.fileno()])
            said, ancillary, _, _ = ours.recvmsg(5, socket.CMSG_SPACE(CREDENTIALS.size))
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        except OSError:
            said = b""
        if said != b"ready":
            ours.close()
            raise Ended(f"no process in the sandbox: {self._last_error()}")
        number = CREDENTIALS.unpack(ancillary[0][2])[0]
        process = Process(ours, number, limits)
        process.send({"files": files})
        return process

    @property
    def alive(self):
        """Whether the server still runs."""
        return self._process.poll() is None

    def close(self):
        """End the server and all that it has forked."""
        self._control.close()
        try:
            self._process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def wait_until_ready(self):
        """Wait until everything is imported; `Ended` if that fails."""
        with self._lock:
            try:
                self._ready = self._ready or self._control.recv(5) == b"ready"
            except OSError:
                pass
            if not self._ready:
                raise Ended(f"the sandbox doesn't start: {self._last_error()}")

    def _last_error(self):
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it gives no reason"


class Process:
    """One confined process: messages to and fro, watched for time, memory and volume."""

    def __init__(self, sock, number, limits):
        self._sock = sock
        self._pidfd = os.pidfd_open(number)
        self._number = number
        self._limits = limits
        self._received = 0
        self._looked = 0.0
        self.ended = None

    def send(self, message):
        """Send a message."""
        if self.ended:
            raise Ended(self.ended)
        try:
            self._sock.settimeout(START)
            wire.send(self._sock, message)
        except OSError:
            self.stop("its process had ended")

    def receive(self, deadline):
        """Return the next message; `TimeoutError` after the deadline, `Ended` at the end."""
        try:
            text, blobs = wire.sizes(self._bytes(wire.HEADER.size, deadline))
            return wire.unpack(self._bytes(text, deadline), self._bytes(blobs, deadline))
        except wire.WireError as error:
            self.stop(f"it sent {error}")

    def interrupt(self):
        """Interrupt what the process is doing, as Ctrl-C would."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGINT)

    def close(self):
        """Kill the process and, since it is the first of its namespace, all its children."""
        if self._pidfd is None:
            return
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        os.close(self._pidfd)
        self._pidfd = None
        self._sock.close()

    def _bytes(self, count, deadline):
        if self.ended:
            raise Ended(self.ended)
        data = bytearray(count)
        view = memoryview(data)
        while view:
            self._watch()
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            readable, _, _ = select.select([self._sock], [], [], min(left, LOOK))
            if not readable:
                continue
            try:
                got = self._sock.recv_into(view)
            except OSError:
                got = 0
            if not got:
                self.stop("its process ended by itself (did it call exit, or use up its memory?)")
            self._received += got
            if self._received > MOST_SENT:
                self.stop(f"it sent more than {MOST_SENT >> 20} MB")
            view = view[got:]
        return bytes(data)

    def _watch(self):
        """Kill the process if it and its children together hold too much memory."""
        now = time.monotonic()
        if now < self._looked + LOOK:
            return
        self._looked = now
        try:
            parent = psutil.Process(self._number)
            family = [parent, *parent.children(recursive=True)]
        except psutil.Error:
            return
        if sum(map(_memory, family)) > self._limits.memory:
            self.stop(f"it used more than {self._limits.memory / 2**30:.3g} GB of memory")

    def stop(self, why):
        """Kill the process and raise `Ended` with the reason."""
        self.ended = why
        self.close()
        raise Ended(why)


def _memory(process):
    """Return the bytes of memory that a process holds for itself."""
    try:
        text = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    kept = [line.split()[1] for line in text.splitlines() if line.startswith(("RssAnon", "RssSh"))]
    return 1024 * sum(map(int, kept))


def _preparation(allowed, used, place):
    """Return what a server must know to start; `place` tells where it sees a path."""
    path = [place(folder) for folder in (modules.ROOT.parent, *modules.packages_folders())]
    environment = {
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": "/tmp/matplotlib",
        "NBGRADER_EXECUTION": "autograde",
        "PATH": "/usr/bin:/bin",
        # Threads don't survive a fork.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    role = "judge" if allowed is None else "student"
    return {
        "path": path,
        "absent": modules.absent(allowed),
        "environment": environment,
        "imports": [f"cnnedu.grading.inside.{role}", *used],
    }
