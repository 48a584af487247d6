"""The fork server: it imports everything once and forks a confined process for each request.

Started inside bubblewrap as `python -I -S -B server.py FD CONFINED PREPARATION`.
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

# What these modules import late: PyTorch at an optimiser's first step, Pillow at the first
# photograph. Every submission would pay for it, with PyTorch up to two seconds.
LATE_PARTS = {
    "torch": ("torch.optim", "torch._dynamo"),
    "cnnedu.data.photos": ("PIL.Image", "PIL.PngImagePlugin"),
}


def main(descriptor, confined, preparation):
    """Import, then fork for each request that comes over the socket `descriptor`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.path[:0] = preparation["path"]
    from cnnedu.grading.inside import absent_modules, confine, shell

    if confined:
        confine.become_nobody()
    else:
        confine.adopt_orphans()
    absent_modules.install(preparation["absent"])
    os.environ.update(preparation["environment"])
    _import(preparation["imports"])
    _import(part for name, parts in LATE_PARTS.items() if name in sys.modules for part in parts)
    ready = shell.make()
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=descriptor)
    control.send(b"ready")
    # Without the sandbox, the work folders are in here; they are removed at the end.
    with tempfile.TemporaryDirectory(prefix="cnnedu-grade-") as folders:
        place = None if confined else folders
        while True:
            request, descriptors, _, _ = socket.recv_fds(control, 2**16, 1)
            if not request:
                break
            pid = os.fork()
            if pid == 0:
                _child(descriptors[0], json.loads(request), place, preparation, ready)
            for number in descriptors:
                os.close(number)
            if confined:
                os.waitpid(pid, 0)
            _reap()
        if not confined:
            # Some processes may have outlived their notebook; in the sandbox none does.
            from cnnedu.grading import process_tree

            process_tree.kill(os.getpid())


def _import(names):
    """Import modules; one that can't be imported fails again where it is used, with a message."""
    for name in names:
        with suppress(Exception):
            importlib.import_module(name)


def _reap():
    """Wait for children that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _child(descriptor, request, place, preparation, shell):
    """Confine this process, or give it a folder in `place`; then serve and never return."""
    from cnnedu.grading.inside import confine, wire

    sock = socket.socket(fileno=descriptor)
    channel = wire.Channel(sock, bytes.fromhex(request["key"]), "inside", "grader")
    confined = False
    try:
        confine.close_all_but(sock)
        if place is None:
            confine.enter_namespaces(request["limits"]["disk"])
            if os.fork():
                os._exit(0)
            confine.mount_process_numbers()
            os.chdir(confine.WORK)
        else:
            confine.die_with_parent()
            os.chdir(tempfile.mkdtemp(dir=place))
        # A signal to its own process group must not reach other submissions.
        os.setsid()
        # The kernel attaches this process's number, so the grader learns it.
        sock.send(b"ready")
        confined = True
        _write_files(channel)
        role = importlib.import_module(f"cnnedu.grading.inside.{request['role']}")
        confine.limit(request["limits"])
        if place is None:
            confine.leave_keyring(preparation["keyctl"])
            confine.drop_rights()
            confine.filter_calls(bytes.fromhex(preparation["filter"]))
        sys.path.insert(0, "")
        role.serve(channel, shell)
    except EOFError:
        os._exit(0)
    except BaseException as error:
        why = f"{type(error).__name__}: {error}"[:200]
        with suppress(Exception):
            channel.send("failed", {"why": why}) if confined else sock.send(why.encode())
    finally:
        os._exit(1)


def _write_files(channel):
    """Write the files that arrive, until the message to start."""
    while True:
        kind, fields, body = channel.receive()
        if kind == "start":
            return
        path = Path(fields["name"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "confined", json.loads(sys.argv[3]))
