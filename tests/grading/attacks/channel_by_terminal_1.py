# Open terminals and leave an answer in them for a neighbour.
# ends: any
# %%
import os
import time

hold = []
for _ in range(50):
    try:
        hold.append(os.openpty())
        os.write(hold[-1][0], b"PWNED\n")
        os.chmod(os.ttyname(hold[-1][1]), 0o666)
    except OSError:
        break
time.sleep(0.9)

# %%
time.sleep(0.9)
