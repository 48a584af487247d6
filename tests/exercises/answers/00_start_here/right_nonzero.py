# loses nothing: ones, and zeros where the ink is; the ink by its places

# %% grade_id="00-ink"
rows, columns = np.nonzero(smiley())
ink = np.float32(len(rows))


# %% grade_id="00-negative"
def negative(x):
    out = np.ones(np.shape(x), dtype=np.uint8)
    out[np.nonzero(x)] = 0
    return out
