# Fork 60 children that stay busy and write to all their memory.
# ends: any
# %%
import os
import time

for _ in range(60):
    try:
        if os.fork() == 0:
            while True:
                bytearray(2**20)
    except OSError:
        break
time.sleep(1.5)
