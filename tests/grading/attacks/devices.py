# Use devices of the machine.
# ends: any
# %%
import os
import stat

gained = []
for top, _, names in os.walk("/dev"):
    for name in names:
        path = os.path.join(top, name)
        if name not in ("null", "zero", "full", "random", "urandom", "tty", "ptmx", "stdin", "stdout", "stderr") and "/pts" not in top:
            try:
                os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
                gained.append(path)
            except OSError:
                pass
for kind, number in ((stat.S_IFBLK, (254, 0)), (stat.S_IFCHR, (1, 1))):
    try:
        os.mknod(f"PWNED{kind}", kind | 0o666, os.makedev(*number))
        gained.append(number)
    except OSError:
        pass


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if gained else w
