# Send brackets within brackets, as JSON and where arrays are expected.
# ends: any
# %%
import os
import struct

for text in (b"[" * 10**6, b'{"done": ' + b'{"a":' * 10**5 + b"1" + b"}" * 10**5 + b"}", b'{"done": {"dict": ' + b"[" * 900 + b"]" * 900 + b"}}"):
    for number in range(3, 64):
        try:
            os.write(number, struct.pack(">II", len(text), 0) + text)
        except OSError:
            pass
