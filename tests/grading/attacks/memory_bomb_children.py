# Take all memory with many processes.
# ends: failed
# says: of memory|ended by itself
# %%
import os
import time

for _ in range(16):
    if os.fork() == 0:
        hoard = [bytearray(b"x" * 2**26) for _ in range(12)]
        time.sleep(60)
time.sleep(60)
