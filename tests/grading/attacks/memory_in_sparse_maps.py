# Reserve terabytes, share pages between many children, and touch few.
# ends: any
# %%
import mmap
import os
import time

hold = []
try:
    while len(hold) < 40:
        hold.append(mmap.mmap(-1, 2**40, flags=0x4001))
        for step in range(0, 2**40, 2**35):
            hold[-1][step] = 1
except (OSError, ValueError):
    pass
for _ in range(8):
    if os.fork() == 0:
        for one in hold:
            one[: 2**24] = b"x" * 2**24
        time.sleep(20)
time.sleep(1)
