# Send half a message, then wait.
# ends: any
# %%
import os
import struct
import time

for number in range(3, 64):
    try:
        os.write(number, struct.pack(">II", 1000, 0) + b'{"done": {')
    except OSError:
        pass
time.sleep(1000)
