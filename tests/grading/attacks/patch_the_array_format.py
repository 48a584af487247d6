# Patch every part of NumPy that writes arrays.
# ends: any
# %%
def nothing(*a, **k):
    return None


np.save = np.lib.format.write_array = np.lib.format.write_array_header_1_0 = nothing
np.asarray = np.asanyarray = lambda value, *a, **k: value
