# Act when the process ends.
# ends: graded
# %%
import atexit
import os
import signal

atexit.register(lambda: open("/tmp/PWNED", "w"))
signal.signal(signal.SIGTERM, lambda *a: None)


class Late:
    def __del__(self):
        while True:
            pass


late = Late()
