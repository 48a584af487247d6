"""Shut a process off after the fork: namespaces, limits, no rights left.

The fork server runs inside bubblewrap, without network and with the few files of `sandbox.py` in
sight. What is added here keeps the submissions from each other: own processes, own /tmp, own
work folder in memory. Needs CAP_SYS_ADMIN in the server's user namespace and gives it up.
"""

import ctypes
import os
import resource
import signal

_libc = ctypes.CDLL(None, use_errno=True)

NEW_MOUNTS, NEW_IPC, NEW_PIDS, NEW_NETWORK = 0x20000, 0x08000000, 0x20000000, 0x40000000
NO_SUID, NO_DEVICES = 2, 4
PRIVATE, RECURSIVE = 0x40000, 0x4000
DROP_FROM_BOUNDING_SET, NO_NEW_PRIVILEGES, DIE_WITH_PARENT = 24, 38, 1
LAST_CAPABILITY = 40
CAPABILITY_VERSION = 0x20080522

WORK = "/submission"


def enter_namespaces(disk):
    """Give this process its own mounts and, from its next fork on, its own process numbers.

    Args:
        disk: bytes that each of the folders /submission, /tmp and /dev/shm holds at most.
    """
    _check(_libc.unshare(NEW_MOUNTS | NEW_IPC | NEW_PIDS | NEW_NETWORK), "unshare")
    _mount(None, "/", None, PRIVATE | RECURSIVE)
    for folder in (WORK, "/tmp", "/dev/shm"):
        _mount("tmpfs", folder, "tmpfs", NO_SUID | NO_DEVICES, f"size={disk},nr_inodes=20000")


def enter_process_numbers():
    """Show this process, the first of its namespace, only its own children in /proc."""
    _mount("proc", "/proc", "proc", NO_SUID | NO_DEVICES)


def drop_rights():
    """Give up every capability for good."""
    for capability in range(LAST_CAPABILITY + 1):
        # Fails for numbers that this kernel doesn't know.
        _libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    _check(_libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")


def die_with_parent():
    """End this process when the one that forked it ends."""
    _check(_libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0), "prctl")


def limit(limits):
    """Set the limits of this process and its children.

    Args:
        limits: {"memory": bytes, "seconds": of processor time, "processes": number,
            "disk": bytes of the largest file}.
    """
    for kind, most in [
        (resource.RLIMIT_DATA, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_FSIZE, limits["disk"]),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ]:
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _mount(source, target, kind, flags, options=""):
    encoded = [text.encode() if text else None for text in (source, target, kind)]
    _check(_libc.mount(*encoded, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def _check(result, what):
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
