# loses 14-deletion-tests: leaves the order of equally hot pixels to a partition
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        if count:
            copy[:, np.argpartition(-heat.ravel(), count - 1)[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
