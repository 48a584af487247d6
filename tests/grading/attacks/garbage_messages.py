# Write garbage on every open connection.
# ends: failed
# says: it sent
# %%
import os

for number in range(3, 64):
    try:
        os.write(number, b"\xff" * 4096)
    except OSError:
        pass
