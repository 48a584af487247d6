# Print a gigabyte.
# ends: any
# %%
for _ in range(1000):
    print("x" * 2**20)
