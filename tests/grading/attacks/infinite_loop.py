# Never end.
# ends: graded
# says: too long
# %%
while True:
    pass
