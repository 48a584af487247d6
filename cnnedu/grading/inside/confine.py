"""Confine a process after the fork: give it its own namespaces, set limits, drop all rights.

The fork server runs inside bubblewrap, without network and with only the files of `sandbox.py`
visible. This module keeps submissions apart: each gets its own users, process numbers, mounts,
network, /tmp and work folder in memory, its own keyring, and a filter that lets only harmless
system calls through.
"""

import ctypes
import os
import resource
import signal
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

NEW_USERS, NEW_PIDS, NEW_NETWORK, NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x08000000
NEW_NAMES, NEW_CGROUPS, NEW_MOUNTS = 0x04000000, 0x02000000, 0x00020000
NO_SUID, NO_DEVICES, NO_EXECUTION = 2, 4, 8
PRIVATE, RECURSIVE = 0x40000, 0x4000
SET_SECCOMP, DROP_FROM_BOUNDING_SET, ADOPT_ORPHANS, NO_NEW_PRIVILEGES = 22, 24, 36, 38
DIE_WITH_PARENT, DUMPABLE, FILTER = 1, 4, 2
JOIN_SESSION_KEYRING = 1
LAST_CAPABILITY = 40
CAPABILITY_VERSION = 0x20080522

NOBODY = 65534
WORK = "/submission"


class _Filter(ctypes.Structure):
    """Linux's `struct sock_fprog`: the number of a filter's steps, and their address."""

    _fields_ = [("steps", ctypes.c_ushort), ("program", ctypes.c_char_p)]


def become_nobody():
    """Give up root's rights; from here on, /proc shows the sandbox's process numbers."""
    if os.getuid() != 0:
        return
    mount_process_numbers("")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    # After a change of user, a process can't reach its own /proc/self unless it is dumpable.
    _check(_libc.prctl(DUMPABLE, 1, 0, 0, 0), "prctl")


def enter_namespaces(disk):
    """Give this process its own namespaces; process numbers change at its next fork.

    With its own namespace of users, the limit on processes counts only this submission's.

    Args:
        disk: the most bytes that each of the folders /submission, /tmp and /dev/shm may hold.
    """
    user, group = os.getuid(), os.getgid()
    every = NEW_USERS | NEW_PIDS | NEW_NETWORK | NEW_IPC | NEW_NAMES | NEW_CGROUPS | NEW_MOUNTS
    _check(_libc.unshare(every), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _mount(None, "/", None, PRIVATE | RECURSIVE)
    for folder in (WORK, "/tmp", "/dev/shm"):
        _mount("tmpfs", folder, "tmpfs", NO_SUID | NO_DEVICES, f"size={disk},nr_inodes=20000")


def mount_process_numbers(options="subset=pid"):
    """Mount /proc for this process's namespace; by default it shows processes and nothing else."""
    _mount("proc", "/proc", "proc", NO_SUID | NO_DEVICES | NO_EXECUTION, options)


def drop_rights():
    """Give up every capability for good."""
    for capability in range(LAST_CAPABILITY + 1):
        # It fails for numbers that this kernel doesn't know.
        _libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    _check(_libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")


def leave_keyring(number):
    """Start an empty session keyring; `number` is that of the system call keyctl."""
    if _libc.syscall(number, JOIN_SESSION_KEYRING, None) < 0:
        _check(-1, "keyctl")


def filter_calls(program):
    """Let only the system calls in a filter through, for good.

    Args:
        program: the filter, as `seccomp.program` returns it.
    """
    made = _Filter(len(program) // 8, program)
    _check(_libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(made), 0, 0), "seccomp")


def close_all_but(sock):
    """Close every file except a socket, and point standard input and output at nothing."""
    empty = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(empty, standard)
    os.closerange(3, sock.fileno())
    os.closerange(sock.fileno() + 1, os.sysconf("SC_OPEN_MAX"))


def die_with_parent():
    """Have this process die with the one that forked it, and adopt its orphaned descendants."""
    _check(_libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0), "prctl")
    adopt_orphans()


def adopt_orphans():
    """Become the parent of those descendants that lose their own parent."""
    _check(_libc.prctl(ADOPT_ORPHANS, 1, 0, 0, 0), "prctl")


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
