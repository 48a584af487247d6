# loses 00-negative-tests: as many columns as rows
# told: IndexError

# %% grade_id="00-negative"
def negative(x):
    out = np.zeros(x.shape)
    for i in range(len(x)):
        for j in range(len(x)):
            out[i, j] = 1 - x[i, j]
    return out
