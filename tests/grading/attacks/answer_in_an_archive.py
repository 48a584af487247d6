# Send an archive of arrays, which unpacks to a gigabyte, where one array is expected.
# ends: any
# %%
import io

stream = io.BytesIO()
np.savez_compressed(stream, a=np.zeros(20_000_000), b=np.zeros(3))
np.save = lambda file, *a, **k: file.write(stream.getvalue())

# %% grade_id="01-by-hand"
by_hand = np.zeros((3, 3))


# %% grade_id="01-flip"
def flip(w):
    return w.copy()
