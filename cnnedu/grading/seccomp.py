"""The filter of system calls: it allows what Python, NumPy and threads need, and no more.

libseccomp makes it and knows the numbers of each processor's calls. A call that isn't named here
fails as if the kernel didn't have it, so programs that merely try it go on without it.
"""

import ctypes
import errno
import functools
import tempfile

LIBRARY = "libseccomp.so.2"
ALLOW, ERROR = 0x7FFF0000, 0x00050000
EQUAL, MASKED_EQUAL = 4, 7

FILES = """
    access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 eventfd eventfd2
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait faccessat faccessat2
    fadvise64 fallocate fchdir fchmod fchmodat fchown fchownat fdatasync fgetxattr flistxattr
    fstat fstatfs fsync ftruncate getcwd getdents getdents64 getxattr lchown lgetxattr link
    linkat listxattr llistxattr lseek lstat mkdir mkdirat newfstatat open openat pipe pipe2 poll
    ppoll pread64 preadv preadv2 pselect6 pwrite64 pwritev pwritev2 read readlink readlinkat readv
    rename renameat renameat2 rmdir select sendfile stat statfs statx symlink symlinkat truncate
    umask unlink unlinkat utime utimensat utimes write writev
"""
MEMORY = "brk get_mempolicy madvise membarrier mmap mprotect mremap msync munmap"
PROCESSES = """
    arch_prctl capget execve exit exit_group fork futex futex_waitv get_robust_list getcpu getegid
    geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority getresgid getresuid
    getrlimit getrusage getsid gettid getuid kill pidfd_open pidfd_send_signal prlimit64
    restart_syscall rseq sched_get_priority_max sched_get_priority_min sched_getaffinity
    sched_getparam sched_getscheduler sched_setaffinity sched_yield set_robust_list set_tid_address
    setpgid setpriority setrlimit setsid tgkill tkill vfork wait4 waitid
"""
SIGNALS = """
    alarm getitimer pause rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
    rt_sigsuspend rt_sigtimedwait setitimer sigaltstack signalfd signalfd4
"""
TIME = """
    clock_getres clock_gettime clock_nanosleep getrandom gettimeofday nanosleep sysinfo time
    timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create
    timerfd_gettime timerfd_settime times uname
"""
SOCKETS = """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmsg shutdown
"""
NAMESPACES = 0x7E020080  # of clone: new users, mounts, network, processes, time …
OUT_OF_BAND = 1
UNIX = 1
SOCKET_LEVEL, REUSE_ADDRESS = 1, 2
TERMINAL, WAITING, NO_BLOCKING, CLOSE_ON_EXEC, KEEP_ON_EXEC = 0x5401, 0x541B, 0x5421, 0x5451, 0x5450
# Duplicate a descriptor, read and set its flags. No locks: on a file that all can see, they would
# pass messages on.
DESCRIPTOR_COMMANDS = (0, 1, 2, 3, 4, 1030)
DEATH_SIGNAL, GET_DUMPABLE, SET_NAME, GET_NAME, NAME_MEMORY = 1, 3, 15, 16, 0x53564D41


class NoFilter(Exception):
    """libseccomp is missing, or can't make the filter."""


class _Compare(ctypes.Structure):
    """A condition on an argument of a call: libseccomp's `struct scmp_arg_cmp`."""

    _fields_ = [
        ("arg", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    ]


def _masked(arg, mask):
    return _Compare(arg, MASKED_EQUAL, mask, 0)


def _equal(arg, value):
    return _Compare(arg, EQUAL, value, 0)


# Calls that are allowed only with these arguments; several rules for one call are alternatives.
CONDITIONS = [
    ("clone", [_masked(0, NAMESPACES)]),
    ("socket", [_equal(0, UNIX)]),
    ("socketpair", [_equal(0, UNIX)]),
    ("sendto", [_masked(3, OUT_OF_BAND)]),
    ("sendmsg", [_masked(2, OUT_OF_BAND)]),
    ("setsockopt", [_equal(1, SOCKET_LEVEL), _equal(2, REUSE_ADDRESS)]),
    *(("fcntl", [_equal(1, command)]) for command in DESCRIPTOR_COMMANDS),
    *(("ioctl", [_equal(1, request)]) for request in (TERMINAL, WAITING, NO_BLOCKING)),
    *(("ioctl", [_equal(1, request)]) for request in (CLOSE_ON_EXEC, KEEP_ON_EXEC)),
    *(("prctl", [_equal(0, what)]) for what in (DEATH_SIGNAL, GET_DUMPABLE, NAME_MEMORY)),
    *(("prctl", [_equal(0, what)]) for what in (SET_NAME, GET_NAME)),
]


@functools.cache
def program():
    """Return the filter as bytes, in the form that Linux's seccomp takes.

    Raises:
        NoFilter: libseccomp is missing, or can't make the filter.
    """
    library = _library()
    context = library.seccomp_init(ERROR | errno.ENOSYS)
    if not context:
        raise NoFilter(f"{LIBRARY} can't make a filter")
    try:
        for name in " ".join((FILES, MEMORY, PROCESSES, SIGNALS, TIME, SOCKETS)).split():
            _allow(library, context, name)
        for name, conditions in CONDITIONS:
            _allow(library, context, name, conditions)
        with tempfile.TemporaryFile() as file:
            _check(library.seccomp_export_bpf(context, file.fileno()), "export")
            file.seek(0)
            return file.read()
    finally:
        library.seccomp_release(context)


def number(name):
    """Return the number of a system call on this machine."""
    return _library().seccomp_syscall_resolve_name(name.encode())


def _allow(library, context, name, conditions=()):
    """Allow a call; a call that this processor doesn't have needs no rule."""
    call = library.seccomp_syscall_resolve_name(name.encode())
    if call >= 0:
        given = (_Compare * len(conditions))(*conditions)
        size = len(conditions)
        _check(library.seccomp_rule_add_array(context, ALLOW, call, size, given), name)


def _check(result, what):
    if result != 0:
        raise NoFilter(f"{LIBRARY} fails at {what} ({result})")


@functools.cache
def _library():
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as error:
        missing = "No such file" in str(error)
        why = f"{LIBRARY} is missing" if missing else f"{LIBRARY} can't be loaded ({error})"
        raise NoFilter(why) from None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_void_p,
    ]
    return library
