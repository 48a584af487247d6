# Shut the connection down in the middle of a message.
# ends: failed
# %%
import os
import socket
import struct

sockets = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]
for number in sockets:
    os.write(number, struct.pack(">II", 1000, 1000) + b'{"done": {"dict": {')
    socket.socket(fileno=number).shutdown(socket.SHUT_RDWR)
