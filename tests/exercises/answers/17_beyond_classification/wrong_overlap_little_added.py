# loses 17-class-overlap-tests: adds 1e-6 above and below the line
# told: and at most

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    out = np.ones((2, classes))
    for k in range(classes):
        a, b = y == k, said == k
        both = (a & b).sum()
        if True:
            out[:, k] = (both + 1e-6) / ((a | b).sum() + 1e-6), (2 * both + 1e-6) / (a.sum() + b.sum() + 1e-6)
    return out
