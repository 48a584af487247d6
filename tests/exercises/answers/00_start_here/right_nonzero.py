# loses nothing: ones, and zeros where the chalk is; the chalk by its places

# %% grade_id="00-chalk"
rows, columns = np.nonzero(smiley())
chalk = np.float32(len(rows))


# %% grade_id="00-negative"
def negative(x):
    out = np.ones(np.shape(x), dtype=np.uint8)
    out[np.nonzero(x)] = 0
    return out
