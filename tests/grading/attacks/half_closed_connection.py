# Shut down one direction of the connection: the grader can't write, but still waits.
# ends: any
# %%
import os
import socket

hold = []
sockets = [n for n in range(3, 64) if os.path.lexists(f"/proc/self/fd/{n}") and "socket" in os.readlink(f"/proc/self/fd/{n}")]
for number in sockets:
    hold.append(socket.socket(fileno=os.dup(number)))
    hold[-1].shutdown(socket.SHUT_RD)


# %% grade_id="01-flip"
def flip(w):
    hold[0].shutdown(socket.SHUT_WR)
