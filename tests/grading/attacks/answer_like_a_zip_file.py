# Let the bytes of an array begin as those of a zip file do.
# ends: any
# %%
np.save = lambda file, *a, **k: file.write(b"PK\x03\x04" + b"PWNED" * 100)

# %% grade_id="01-by-hand"
by_hand = np.zeros((3, 3))


# %% grade_id="01-flip"
def flip(w):
    return np.zeros(w.shape)


# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3))
