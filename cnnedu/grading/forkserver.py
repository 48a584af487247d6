"""A fork server and the confined processes that it forks, seen from outside the sandbox."""

import json
import os
import secrets
import signal
import socket
import struct
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from cnnedu.grading import allowed_modules, sandbox, seccomp
from cnnedu.grading.confined_process import Ended, Process

GRACE = 2.0  # seconds to end by itself
START = 60.0  # seconds that a server may take to import everything
CREDENTIALS = struct.Struct("3i")
# Without the sandbox, this limit would count all processes of the user, not just the submission's.
NO_LIMIT = 2**16


@dataclass(frozen=True)
class Limits:
    """What one process and its children may use.

    Args:
        memory: bytes.
        disk: bytes of each folder in memory, and of the largest file.
        seconds: of processor time.
        processes: how many, threads included.
    """

    memory: int = 2 * 2**30
    disk: int = 256 * 2**20
    seconds: int = 600
    processes: int = 64


class ForkServer:
    """A process that has the allowed modules imported and forks confined processes."""

    def __init__(self, allowed, confined=True, used=()):
        """Start the server; the first fork waits until it has imported everything.

        Args:
            allowed: the modules in its sandbox, or None for all of them (for the judge).
            confined: whether to use bubblewrap.
            used: the modules to import before the first fork.
        """
        # SEQPACKET keeps requests apart, whichever thread or process sends them.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.confined = confined
        self._control = ours
        self._errors = tempfile.TemporaryFile()
        place = sandbox.inside if confined else str
        preparation = json.dumps(_preparation(allowed, used, confined))
        script = place(allowed_modules.ROOT / "grading/inside/server.py")
        confinement = "confined" if confined else "open"
        program = [place(sandbox.python()), "-I", "-S", "-B", script]
        program += [str(theirs.fileno()), confinement, preparation]
        if confined:
            program = sandbox.command(
                allowed_modules.shown(allowed), program, everything=allowed is None
            )
        with theirs:
            self._process = subprocess.Popen(
                program,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
                cwd="/",
            )
        ours.settimeout(START)
        self._ready = False

    def fork(self, role, files, limits, group=None, watch=None, made=None):
        """Return a new `Process`; `wait_until_ready` must have been called before.

        Args:
            role: "student" or "judge".
            files: {name: bytes} of its work folder.
            limits: its `Limits`.
            group: the `cgroups.Group` that it joins, or None.
            watch: called regularly while the grader waits for its messages.
            made: called with the process before it runs anything.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        if not self.confined:
            limits = replace(limits, processes=NO_LIMIT)
        key = secrets.token_bytes(32)
        request = {"role": role, "limits": asdict(limits), "key": key.hex()}
        ours.settimeout(START)
        try:
            with theirs:
                socket.send_fds(self._control, [json.dumps(request).encode()], [theirs.fileno()])
            said, ancillary, _, _ = ours.recvmsg(200, socket.CMSG_SPACE(CREDENTIALS.size))
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            number = CREDENTIALS.unpack(ancillary[0][2])[0] if said == b"ready" else 0
        except (OSError, IndexError, struct.error):
            said, number = b"", 0
        if not number:
            ours.close()
            why = said.decode(errors="replace") or self._last_error()
            raise ServerLost(f"no process could be started in the sandbox: {why}")
        try:
            process = Process(ours, key, number, limits, self.confined, group, watch)
        except OSError as error:
            ours.close()
            raise ServerLost(f"a process in the sandbox ended at once: {error}") from None
        try:
            if made:
                made(process)
            process.begin(files)
        except BaseException:
            process.close()
            raise
        return process

    @property
    def alive(self):
        """Whether the server is still running; only the process that started it can tell."""
        return self._process.poll() is None

    def close(self):
        """End the server and all processes that it has forked."""
        self._control.close()
        try:
            self._process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._errors.close()

    def wait_until_ready(self):
        """Wait until everything is imported and a process can be forked, or raise `ServerLost`."""
        if self._ready:
            return
        try:
            self._ready = self._control.recv(5) == b"ready"
        except OSError:
            pass
        if not self._ready:
            raise ServerLost(f"the sandbox doesn't start: {self._last_error()}")
        self._try()

    def _try(self):
        """Confine a process that does nothing: if that is impossible here, it fails at once."""
        process = self.fork("student", {}, Limits())
        try:
            process.send("run", {"forgiven": 0})
            process.receive(time.monotonic() + START)
        except (Ended, TimeoutError) as error:
            raise ServerLost(f"no process could be started in the sandbox: {error}") from None
        finally:
            process.close()

    def _last_error(self):
        self._errors.seek(0)
        lines = self._errors.read(2**16).decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no reason given"


class ServerLost(Ended):
    """A fork server didn't start, or has ended; no submission is at fault."""


def _preparation(allowed, used, confined):
    """Return what a server must know at its start."""
    place = sandbox.inside if confined else str
    path = [place(folder) for folder in (allowed_modules.ROOT.parent, *sandbox.packages_folders())]
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
        "absent": allowed_modules.absent(allowed),
        "environment": environment,
        "imports": [f"cnnedu.grading.inside.{role}", *used],
        "filter": seccomp.program().hex() if confined else "",
        "keyctl": seccomp.number("keyctl") if confined else 0,
    }
