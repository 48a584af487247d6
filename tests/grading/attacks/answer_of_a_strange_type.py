# Send arrays whose heads name types that need care: objects, records with objects, no bytes at all.
# ends: any
# %%
import pickle

types = ["'|O'", "[('a', '|O')]", "'|V0'", "'<U999999999'", "'<M8[s]'", "'>f16'", "'nonsense'"]


def save(file, *a, **k):
    head = "{'descr': %s, 'fortran_order': False, 'shape': (3, 3), }" % types[0]
    types.append(types.pop(0))
    file.write(b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head.encode())
    file.write(pickle.dumps([print]) * 9)


np.save = save

# %% grade_id="01-by-hand"
by_hand = np.zeros((3, 3))

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3))


# %% grade_id="01-flip"
def flip(w):
    return w.copy()
