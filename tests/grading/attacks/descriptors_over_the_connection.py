# Send open files and one's own identity along with bytes of the connection.
# ends: any
# %%
import os
import socket

sockets = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]
for number in sockets:
    connection = socket.socket(fileno=os.dup(number))
    for _ in range(100):
        try:
            socket.send_fds(connection, [b"\0"], [os.open("/", os.O_RDONLY)] * 2)
        except OSError:
            break
