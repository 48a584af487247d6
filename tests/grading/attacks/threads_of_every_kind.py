# Start threads in every way that Python knows, and leave them running.
# ends: any
# %%
import _thread
import asyncio
import ctypes
import multiprocessing.pool
import threading
import time
from concurrent.futures import ThreadPoolExecutor

forever = lambda *a: time.sleep(31415)
hold = []
for start in [
    lambda: threading.Thread(target=forever).start(),
    lambda: threading.Timer(0, forever).start(),
    lambda: _thread.start_new_thread(forever, ()),
    lambda: hold.append(ThreadPoolExecutor(9)) or [hold[-1].submit(forever) for _ in range(9)],
    lambda: hold.append(multiprocessing.pool.ThreadPool(9)) or hold[-1].map_async(forever, range(9)),
    lambda: asyncio.get_event_loop().run_in_executor(None, forever),
    lambda: ctypes.CDLL(None).pthread_create(ctypes.byref(ctypes.c_ulong()), None, ctypes.CDLL(None).pause, None),
] * 5:
    try:
        start()
    except Exception:
        pass
