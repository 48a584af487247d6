# Start processes in every way that Python knows, with pools that wait for each other.
# ends: any
# %%
import multiprocessing
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

hold = []
for start in [
    lambda: hold.append(multiprocessing.get_context("fork").Pool(4)),
    lambda: multiprocessing.get_context("spawn").Process(target=time.sleep, args=(31415,)).start(),
    lambda: hold.append(ProcessPoolExecutor(4)) or hold[-1].submit(time.sleep, 31415),
    lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(31415)"]),
    lambda: os.posix_spawn("/bin/sleep", ["sleep", "31415"], {}),
    lambda: os.system("setsid nohup sleep 31415 &"),
    lambda: os.popen("sleep 31415"),
] * 3:
    try:
        start()
    except Exception:
        pass
