# Keep 60 threads busy in code that lets go of Python's lock.
# ends: any
# %%
import hashlib
import threading
import time


def spin():
    data = bytes(2**24)
    while True:
        hashlib.sha256(data)


for _ in range(60):
    try:
        threading.Thread(target=spin, daemon=True).start()
    except RuntimeError:
        break
time.sleep(1.5)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)
