"""The fork server: has everything imported and forks one confined process per request.

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


def main(descriptor, confined, preparation):
    """Import, then fork for each request that comes over the socket `descriptor`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.path[:0] = preparation["path"]
    from cnnedu.grading.inside import absent, shell

    absent.install(preparation["absent"])
    os.environ.update(preparation["environment"])
    for name in preparation["imports"]:
        # What can't be imported here fails once more where it is used, and says so there.
        with suppress(Exception):
            importlib.import_module(name)
    ready = shell.make()
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=descriptor)
    control.send(b"ready")
    # Without the sandbox the work folders lie in here; they go when the grader or this ends.
    with tempfile.TemporaryDirectory(prefix="cnnedu-grade-") as folders:
        while True:
            request, descriptors, _, _ = socket.recv_fds(control, 2**16, 1)
            if not request:
                return
            pid = os.fork()
            if pid == 0:
                control.close()
                folder = None if confined else folders
                _child(socket.socket(fileno=descriptors[0]), json.loads(request), folder, ready)
            for number in descriptors:
                os.close(number)
            if confined:
                os.waitpid(pid, 0)
            _reap()


def _reap():
    """Bury children that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _child(sock, request, folders, shell):
    """Confine this process, or give it a folder in `folders`, and serve; never return."""
    from cnnedu.grading.inside import confine, wire

    try:
        if folders is None:
            confine.enter_namespaces(request["limits"]["disk"])
            if os.fork():
                os._exit(0)
            confine.enter_process_numbers()
            confine.drop_rights()
            os.chdir(confine.WORK)
        else:
            confine.die_with_parent()
            os.chdir(tempfile.mkdtemp(dir=folders))
        # A signal to one's own group must not reach the others'.
        os.setsid()
        # Sent with this process's number attached by the kernel: so the grader learns it.
        sock.send(b"ready")
        for name, data in wire.receive(sock)["files"].items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(data)
        confine.limit(request["limits"])
        role = importlib.import_module(f"cnnedu.grading.inside.{request['role']}")
        sys.path.insert(0, "")
        role.serve(sock, shell)
    except EOFError:
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.__stderr__, flush=True)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "confined", json.loads(sys.argv[3]))
