# Hold a gigabyte in shared memory of System V that no process is attached to.
# ends: any
# %%
import ctypes
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype, libc.shmdt.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
held = 0


def take():
    key = libc.shmget(0, 100 * 2**20, 0o1600)
    where = libc.shmat(key, None, 0)
    if key < 0 or where in (None, 2**64 - 1):
        return 0
    ctypes.memset(where, 120, 100 * 2**20)
    libc.shmdt(where)
    return 100 * 2**20


held += sum(take() for _ in range(3))

# %%
held += sum(take() for _ in range(3))

# %%
held += sum(take() for _ in range(3))

# %%
time.sleep(0.7)


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if held > 850 * 2**20 else w
