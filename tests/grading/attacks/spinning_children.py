# Keep 60 small processes busy beside the neighbours.
# ends: any
# %%
import os
import time

for _ in range(60):
    try:
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
    except OSError:
        break
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)
