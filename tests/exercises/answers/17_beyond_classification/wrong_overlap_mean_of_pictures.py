# loses 17-class-overlap-tests: the mean of the pictures' shares
# told: Count over all pictures first

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    out = np.ones((len(y), 2, classes))
    for n in range(len(y)):
        for k in range(classes):
            a, b = y[n] == k, said[n] == k
            if (a | b).any():
                out[n, :, k] = (a & b).sum() / (a | b).sum(), 2 * (a & b).sum() / (a.sum() + b.sum())
    return out.mean(axis=0)
