# Make shared memory, queues and semaphores of System V, and queues of POSIX.
# ends: any
# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
gained = {"memory": libc.shmget(0, 4096, 0o1600), "queue": libc.msgget(0, 0o1600)}
gained["semaphores"] = libc.semget(0, 1, 0o1600)
gained["posix"] = libc.mq_open(b"/PWNED", 0o102, 0o600, None)
print(gained)


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if max(gained.values()) >= 0 else w
