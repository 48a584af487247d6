# Hold a gigabyte in the buffers of sockets that nobody reads.
# ends: any
# %%
import os
import socket
import time


def fill(told):
    hold, text, held = [], b"x" * 2**16, 0
    try:
        while len(hold) < 110:
            hold.append(socket.socketpair())
            for end in hold[-1]:
                end.setblocking(False)
                try:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**30)
                except OSError:
                    pass
                try:
                    while True:
                        held += end.send(text)
                except BlockingIOError:
                    pass
    except OSError:
        pass
    os.write(told, held.to_bytes(8, "big"))
    time.sleep(20)


hear, told = os.pipe()
children = []
for _ in range(9):
    children.append(os.fork())
    if children[-1] == 0:
        fill(told)
        os._exit(0)
held = sum(int.from_bytes(os.read(hear, 8), "big") for _ in children)
time.sleep(0.5)
alive = sum(os.waitpid(number, os.WNOHANG) == (0, 0) for number in children)


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if alive == 9 and held > 2**30 else w
