# loses 14-deletion-tests: drops counts that come twice
# told: shape

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat, axis=None, kind="stable")
    out = []
    for count in dict.fromkeys(counts):
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
