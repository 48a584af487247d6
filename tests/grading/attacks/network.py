# Reach a server on this machine.
# ends: graded
# %%
import os
import socket

for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0"):
    try:
        with socket.create_connection((host, 48765), timeout=1) as connection:
            connection.send(b"PWNED")
    except OSError:
        pass
abstract = socket.socket(socket.AF_UNIX)
try:
    abstract.connect("\0cnnedu-attack")
    abstract.send(b"PWNED")
except OSError:
    pass
