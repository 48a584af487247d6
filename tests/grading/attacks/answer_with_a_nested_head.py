# Send an array whose head is a Python expression of a great many brackets.
# ends: any
# %%
def save(file, *a, **k):
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': " + b"(" * 9000 + b")" * 9000 + b"}"
    file.write(b"\x93NUMPY\x02\x00" + len(head).to_bytes(4, "little") + head)


np.save = np.lib.format.write_array = save

# %% grade_id="01-by-hand"
by_hand = np.zeros((3, 3))

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3))
