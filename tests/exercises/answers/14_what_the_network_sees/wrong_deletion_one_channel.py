# loses 14-deletion-tests: covers the first channel only

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat.ravel())
    out = np.repeat(x[None], len(counts), axis=0)
    for k, count in enumerate(counts):
        out[k, 0].ravel()[order[:count]] = fill
    return out
