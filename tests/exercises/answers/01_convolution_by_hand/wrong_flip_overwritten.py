# loses 01-flip-tests: read from the array that is being written
# told: Weights were overwritten before they had moved

# %% grade_id="01-flip"
def flip(w):
    out = w.copy()
    KH, KW = w.shape
    for u in range(KH):
        for v in range(KW):
            out[u, v] = out[KH - 1 - u, KW - 1 - v]
    return out
