# loses 14-deletion-tests: goes on with the picture of the count before
# told: goes on where the one before has ended

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat.ravel(), kind="stable")
    copy, out = x.reshape(len(x), -1).astype(float), []
    for count in counts:
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape).copy())
    return np.array(out)
