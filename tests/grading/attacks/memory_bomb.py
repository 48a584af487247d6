# Take all memory.
# ends: any
# %%
hoard = []
while True:
    hoard.append(bytearray(2**26))
