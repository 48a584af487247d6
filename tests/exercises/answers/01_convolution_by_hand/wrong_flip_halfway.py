# loses 01-flip-tests: rows exchanged over the whole length are back where they were
# told: Only the columns

# %% grade_id="01-flip"
def flip(w):
    out = w[:, ::-1].tolist()
    for u in range(len(out)):
        out[u], out[-1 - u] = out[-1 - u], out[u]
    return out
