# Take memory of the kernel itself: watches, timers, locks, names of files that are not there.
# ends: any
# %%
import ctypes
import os
import select
import time

libc = ctypes.CDLL(None, use_errno=True)
until = time.monotonic() + 1.7
notify, polls = libc.inotify_init(), []
number = 0
while time.monotonic() < until:
    number += 1
    for act in (
        lambda: os.stat(f"/tmp/{number}{'x' * 200}"),
        lambda: os.mkdir(f"/tmp/folder{number}"),
        lambda: libc.inotify_add_watch(notify, f"/tmp/folder{number}".encode(), 0xFFF),
        lambda: libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())),
        lambda: polls.append(select.epoll()),
    ):
        try:
            act()
        except OSError:
            pass
