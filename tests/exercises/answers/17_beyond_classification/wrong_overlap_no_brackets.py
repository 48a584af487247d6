# loses 17-class-overlap-tests: `&` binds more tightly than `==`
# told: you gave a whole array

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    out = np.ones((2, classes))
    for k in range(classes):
        a, b = y == k, said == k
        both = (y == k & said == k).sum()
        if (a | b).any():
            out[:, k] = both / (a | b).sum(), 2 * both / (a.sum() + b.sum())
    return out
