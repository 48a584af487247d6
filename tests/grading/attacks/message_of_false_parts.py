# Send messages whose parts are of the wrong kind, one after the other.
# ends: any
# %%
import os
import struct

parts = [b"null", b"5", b"[]", b'"done"', b'{"tuple": 5}', b'{"array": [0, 9]}', b'{"array": [-5, 1e9]}', b'{"dict": {"kind": "value"}}']
parts += [b'{"bytes": [0]}', b'{"opaque": null}', b'{"dict": {"error": {"dict": {}}, "message": [1]}}', b"1e999", b"-NaN", b"9" * 5000]
for part in parts:
    for key in (b'"done"', b'"output"', b'"ask"', b'"reply"', b'"done": 1, "done"'):
        text = b"{" + key + b": " + part + b"}"
        for number in range(3, 64):
            try:
                os.write(number, struct.pack(">II", len(text), 4) + text + b"\x93NUM")
            except OSError:
                pass
