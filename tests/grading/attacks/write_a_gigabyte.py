# Write a gigabyte to standard output and error, below Python.
# ends: graded
# %%
import os

for _ in range(500):
    os.write(1, b"x" * 2**20)
    os.write(2, b"x" * 2**20)
