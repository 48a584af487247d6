# loses 14-deletion-tests: numbers the pixels column by column
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat.T, axis=None, kind="stable")
    out = np.array([x] * len(counts), dtype=float)
    for copy, count in zip(out, counts):
        columns, rows = np.unravel_index(order[:count], heat.T.shape)
        copy[:, rows, columns] = fill
    return out
