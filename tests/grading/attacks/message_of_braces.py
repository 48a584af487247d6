# Send 60 MB of empty dictionaries as an output that is kept.
# ends: any
# %%
import os
import struct

text = b'{"output": {"output_type": "error", "traceback": [' + b"{}," * 20_000_000 + b"{}]}}"
message = memoryview(struct.pack(">II", len(text), 0) + text)
sockets = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]
while message:
    message = message[os.write(sockets[0], message) :]
