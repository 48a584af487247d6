# Stop every process of the submission, so that nothing ends and nothing answers.
# ends: any
# %%
import os
import signal
import time

for _ in range(3):
    if os.fork() == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
os.killpg(0, signal.SIGSTOP)


# %% grade_id="01-flip"
def flip(w):
    if os.fork() == 0:
        os.kill(os.getppid(), signal.SIGSTOP)
        os._exit(0)
    time.sleep(0.5)
    return w
