# Stay just below the limit in each of many processes.
# ends: any
# %%
import os
import time

children = []
for _ in range(5):
    children.append(os.fork())
    if children[-1] == 0:
        hoard = bytearray(b"x" * (450 * 2**20))
        time.sleep(20)
time.sleep(1.6)


# %% grade_id="01-flip"
def flip(w):
    alive = [number for number in children if open(f"/proc/{number}/stat").read().split()[2] != "Z"]
    return w[::-1, ::-1] if len(alive) == 5 else w
