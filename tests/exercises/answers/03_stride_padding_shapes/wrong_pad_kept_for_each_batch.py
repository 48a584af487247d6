# loses 03-pad2d-tests: a batch that was seen before gets its old border
# told: the answer has shape

# %% grade_id="03-pad2d"
seen = {}


def pad2d(x, padding):
    if x.tobytes() not in seen:
        seen[x.tobytes()] = np.pad(x, ((0, 0), (0, 0), *padding))
    return seen[x.tobytes()]
