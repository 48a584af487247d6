# Hold hundreds of megabytes in page tables: one touched page of every two megabytes.
# ends: any
# %%
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype, libc.mmap.argtypes = ctypes.c_void_p, [ctypes.c_void_p, *[ctypes.c_size_t] * 5]


def table():
    for line in open("/proc/self/status"):
        if line.startswith("VmPTE"):
            return int(line.split()[1]) * 1024


# The page of zeros is read only, and never counted; the tables that lead to it are real.
where = libc.mmap(None, 2**39, 1, 0x4022, 2**64 - 1, 0)
steps = iter(range(2**18))


def touch():
    until = time.monotonic() + 1.6
    for step in steps:
        ctypes.c_char.from_address(where + step * 2**21).value
        if step % 1000 == 0 and time.monotonic() > until:
            break


touch()

# %%
touch()

# %%
touch()


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if table() > 620 * 2**20 else w
