# Send every signal to everything in reach, and set alarms that go off between the cells.
# ends: any
# %%
import os
import signal

for number in range(1, 65):
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        try:
            signal.signal(number, lambda *a: None)
        except (OSError, ValueError):
            pass
for kind in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
    signal.setitimer(kind, 0.001, 0.001)
for number in range(1, 65):
    for process in (os.getppid(), 1, 2, 3):
        if process != os.getpid() and number != signal.SIGKILL:
            try:
                os.kill(process, number)
            except OSError:
                pass
