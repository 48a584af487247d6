# Leave a process behind.
# ends: graded
# %%
import os
import subprocess
import sys

subprocess.Popen(["sleep", "31415"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "31415"])
    os._exit(0)
