# loses 01-flip-tests: rows are exchanged in the kernel that was given
# told: `flip` changed what it was given; work on a copy

# %% grade_id="01-flip"
def flip(w):
    out = w
    for u in range(len(w) // 2):
        out[u], out[-1 - u] = out[-1 - u], out[u]
    return out[:, ::-1]
