# loses 01-flip-tests: as many columns as rows
# told: the first difference is at

# %% grade_id="01-flip"
def flip(w):
    k = len(w)
    out = np.zeros(w.shape)
    for u in range(k):
        for v in range(k):
            out[u, v] = w[k - 1 - u, k - 1 - v]
    return out
