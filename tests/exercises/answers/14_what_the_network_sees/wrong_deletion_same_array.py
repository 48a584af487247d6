# loses 14-deletion-tests: puts the same array into the list again and again
# told: All your pictures are the same array

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat, axis=None, kind="stable")
    out = [x.astype(float)] * len(counts)
    for copy, count in zip(out, counts):
        for p in order[:count]:
            copy[:, p // heat.shape[1], p % heat.shape[1]] = fill
    return out
