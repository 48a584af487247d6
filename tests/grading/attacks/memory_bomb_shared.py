# Take all memory where limits on data don't count it.
# ends: any
# %%
import mmap

hoard = []
while True:
    hoard.append(mmap.mmap(-1, 2**26))
    hoard[-1].write(b"x" * 2**26)
