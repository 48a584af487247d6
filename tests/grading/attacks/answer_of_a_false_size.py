# Send arrays whose heads promise a terabyte, or less than nothing.
# ends: any
# %%
heads = ["(10**12,)", "(1099511627776,)", "(-1, -1)", "(3, 3", "(2**62, 2**62)", "()" * 4000]


def save(file, *a, **k):
    head = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }" % heads[0]
    heads.append(heads.pop(0))
    file.write(b"\x93NUMPY\x02\x00" + len(head).to_bytes(4, "little") + head.encode())


np.save = save

# %% grade_id="01-by-hand"
by_hand = np.zeros((3, 3))

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3))


# %% grade_id="01-flip"
def flip(w):
    return w.copy()
