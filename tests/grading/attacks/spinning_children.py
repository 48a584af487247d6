# Keep 60 small processes busy beside the neighbours.
# ends: any
# %%
import os
import time

for _ in range(60):
    try:
        os.posix_spawn("/bin/sh", ["sh", "-c", "while :; do :; done"], {}, setsid=True)
    except OSError:
        break
time.sleep(1.5)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)
