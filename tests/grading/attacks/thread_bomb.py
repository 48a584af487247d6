# Start threads without end.
# ends: graded
# %%
import threading
import time

for _ in range(10**5):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
