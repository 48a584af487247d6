# Send urgent bytes again and again.
# ends: any
# %%
import os
import socket
import time

sockets = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]
hold = [socket.socket(fileno=os.dup(number)) for number in sockets]
for _ in range(1000):
    for connection in hold:
        try:
            connection.send(b"!", socket.MSG_OOB)
        except OSError:
            pass
    time.sleep(0.05)
