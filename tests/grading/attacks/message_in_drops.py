# Send a message that is never complete, byte by byte.
# ends: any
# %%
import os
import struct
import threading
import time

connections = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]


def drip():
    for number in connections:
        os.write(number, struct.pack(">II", 10**7, 0))
    while True:
        for number in connections:
            os.write(number, b" ")
        time.sleep(0.1)


threading.Thread(target=drip).start()


# %% grade_id="01-flip"
def flip(w):
    time.sleep(1000)
