# loses 14-deletion-tests: covers the first channel only
# told: Replace all channels of a pixel

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat.ravel(), kind="stable")
    out = np.repeat(x[None], len(counts), axis=0).astype(float)
    for k, count in enumerate(counts):
        out[k, 0].ravel()[order[:count]] = fill
    return out
