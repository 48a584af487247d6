# Leave an answer in shared memory of every kind for a neighbour.
# ends: any
# %%
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
key = libc.shmget(31415, 4096, 0o1666)
libc.msgget(31415, 0o1666)
libc.semget(31415, 1, 0o1666)
libc.shmat.restype = ctypes.c_void_p
where = libc.shmat(key, None, 0)
if where and where != 2**64 - 1:
    ctypes.memmove(where, b"PWNED", 5)
for folder in ("/dev/shm", "/dev/mqueue", "/dev/hugepages", "/run/shm", "/run/lock"):
    try:
        open(f"{folder}/PWNED", "w").write("PWNED")
    except OSError:
        pass
