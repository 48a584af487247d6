# Never end, and ignore the interrupt.
# ends: failed
# says: ignored the interrupt
# %%
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
