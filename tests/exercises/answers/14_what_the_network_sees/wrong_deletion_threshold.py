# loses 14-deletion-tests: covers all that is as hot as the last pixel
# told: so there are too many of them

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat, axis=None, kind="stable")
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        if count:
            copy[:, heat.ravel() >= heat.ravel()[order[count - 1]]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
