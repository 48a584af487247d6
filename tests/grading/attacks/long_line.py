# Print one line of 60 MB that never ends.
# ends: any
# %%
import os
import sys

print("x" * 60_000_000, end="")
sys.stdout.write("\r" * 1_000_000)
os.write(1, b"y" * 60_000_000)
