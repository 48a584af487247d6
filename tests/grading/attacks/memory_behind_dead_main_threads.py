# Hold a gigabyte in children whose main thread has ended while another one lives on.
# ends: any
# %%
import ctypes
import os
import threading
import time


def later():
    time.sleep(0.5)
    later.hoard = bytearray(180 * 2**20)
    later.hoard[:: 4096] = b"x" * len(later.hoard[:: 4096])
    time.sleep(20)


children = []
for _ in range(5):
    children.append(os.fork())
    if children[-1] == 0:
        threading.Thread(target=later).start()
        ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)
time.sleep(0.9)

# %%
time.sleep(1)


# %% grade_id="01-flip"
def flip(w):
    alive = [number for number in children if len(os.listdir(f"/proc/{number}/task")) > 1]
    return w[::-1, ::-1] if len(alive) == 5 else w
