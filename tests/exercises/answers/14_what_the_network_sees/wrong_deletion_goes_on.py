# loses 14-deletion-tests: goes on with the picture of the count before

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat.ravel())
    copy, out = x.reshape(len(x), -1).copy(), []
    for count in counts:
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape).copy())
    return np.array(out)
