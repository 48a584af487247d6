# Hold memory in the buffers of pipes and in files that are on their way through sockets.
# ends: any
# %%
import fcntl
import os
import socket
import time

hold, held = [], 0
try:
    while len(hold) < 110:
        hold.append(os.pipe())
        try:
            fcntl.fcntl(hold[-1][1], 1031, 2**20)
        except OSError:
            pass
        os.set_blocking(hold[-1][1], False)
        held += os.write(hold[-1][1], b"x" * 2**20)
except OSError:
    pass
one, other = socket.socketpair()
for _ in range(200):
    number = os.memfd_create("PWNED")
    os.write(number, b"x" * 2**22)
    socket.send_fds(one, [b"x"], [number])
    os.close(number)
    held += 2**22
time.sleep(0.7)


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if held > 850 * 2**20 else w
