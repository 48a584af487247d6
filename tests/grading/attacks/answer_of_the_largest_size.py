# Give values that just fit into a message alone, and don't together.
# ends: any
# %% grade_id="01-by-hand"
by_hand = np.zeros(67_000_000, dtype=np.int8)

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3, 7_000_000), dtype=np.int8)


# %% grade_id="01-flip"
def flip(w):
    return np.zeros(67_000_000, dtype=np.int8)
